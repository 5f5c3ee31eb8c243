"""A cashier whose disk fails: told refused or unknown, she looks again and goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.sale import Sale
from pos.domain.till_session import TillSession
from pos.open_till import OpenTill
from pos.services import park, recover, till_session
from pos.services.ports import Records
from pos.services.workstation import SignOn
from tests.faults.shift import COUNTED, Counter, Tell
from tests.faults.shop_floor import MANAGER
from tests.faults.taking_back import COMES_BACK, MANY, as_told

GIVES_UP_AFTER = 4  # failures in a row: this disk does not get well by itself
REFUSED, UNKNOWN = "refused", "unknown"
SALES_AFTER = {"cash sale": 1, "card sale": 2, "mixed sale": 3, "parked sale": 4}
RETURNS_AFTER = {name: place for place, name in enumerate(COMES_BACK, start=1)}


class GaveUp(Exception):
    """The disk does not get well."""


class Careful(Counter):
    """Works the shift, and looks the act up after every failure before going on."""

    def __init__(
        self, till: OpenTill, sign_on: SignOn, tell: Tell, reopen: Callable[[], OpenTill]
    ) -> None:
        super().__init__(till, sign_on, self._note)
        self._say = tell
        self._reopen = reopen
        self._known: set[str] = set()
        self._in_a_row = 0
        self._doubts = ""

    def work(self) -> None:
        """Work the whole shift through every failure.

        Raises:
            GaveUp: Nothing can be recorded any more.
        """
        acts = list(self.acts())
        while acts:
            name, act = acts[0]
            with self._failing():
                if self._doubts:
                    self._look_again()
                if not self._is_done(name):
                    act()
                acts.pop(0)

    def count_and_close(self) -> None:
        """Count, unless that was recorded, and close."""
        with self.till.store.reading() as records:
            session = records.sessions.current()
        if session is not None and not session.counts:
            till_session.submit_count(self.sign_on, COUNTED)
        report = till_session.close_session(self.sign_on, reason="Faltaba cambio")
        self.tell("closed", session_id=self.sign_on.session_id, number=report.number)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except StoreUnavailable:
            self._failed(REFUSED)
        except OutcomeOfCommitUnknown:
            self._failed(UNKNOWN)
        else:
            self._in_a_row = 0

    def _failed(self, how: str) -> None:
        self._say(how)
        self._in_a_row += 1
        self._doubts = UNKNOWN if UNKNOWN in {how, self._doubts} else REFUSED
        if self._in_a_row >= GIVES_UP_AFTER:
            raise GaveUp

    def _look_again(self) -> None:
        """Read what the disk says; what stands there after a refusal makes the till a liar."""
        if self._doubts == UNKNOWN:
            self.till.close()
            self.till = self._reopen()
        with self.till.store.reading() as records:
            session, sales = _session(records), records.sales.recent(MANY)
            returned = records.returns.recent(MANY)
            moved = records.sessions.figures(session.session_id).movements if session else ()
        self.sign_on = SignOn(self.till.station, MANAGER, session)
        for sale in sales:
            self._found("sale", sale.sale_id, _as_told(sale))
        for document in returned:
            self._found("return", document.return_id, as_told(document))
        for movement in moved:
            said = {"movement_id": movement.movement_id, "amount": movement.amount.minor}
            self._found("movement", movement.movement_id, said)
        self._doubts = ""
        self._go_on()

    def _go_on(self) -> None:
        """Finish whatever a failure left at the counter; the terminal knows of no charge."""
        found = recover.look_around(self.till.station)
        for attempt in found.open_cards:
            self.resolve(attempt.attempt_id, was_charged=attempt.attempt_id in self._known)
        for asked in found.open_refunds:
            self.pay_back(asked)
        if self.sign_on.session is not None and self.sign_on.session.is_open:
            self.finish_current()
            for parked in park.parked_tickets(self.sign_on):
                self.finish(park.resume(self.sign_on, parked.basket.basket_id))

    def _found(self, what: str, identifier: str, said: dict[str, object]) -> None:
        if identifier in self._known:
            return
        if self._doubts == REFUSED:
            self._say("lied", what=what, id=identifier)
        self.tell(what, **said)

    def _note(self, what: str, **said: object) -> None:
        """Remember what was said, and say it."""
        for key in ("sale_id", "return_id", "movement_id", "attempt_id"):
            if key in said:
                self._known.add(str(said[key]))
        self._say(what, **said)

    def _is_done(self, name: str) -> bool:
        with self.till.store.reading() as records:
            session, sales = _session(records), len(records.sales.recent(MANY))
            returned = len(records.returns.recent(MANY))
            if name == "open":
                return session is not None
            if name in SALES_AFTER:
                return sales >= SALES_AFTER[name]
            if name in RETURNS_AFTER:
                return returned >= RETURNS_AFTER[name]
            if session is None or name == "x":
                return False
            if name == "movement":
                return bool(records.sessions.figures(session.session_id).movements)
            return not session.is_open


def _session(records: Records) -> TillSession | None:
    return records.sessions.current() or records.sessions.last_closed()


def _as_told(sale: Sale) -> dict[str, object]:
    return {
        "sale_id": sale.sale_id, "number": str(sale.number), "total": sale.total.minor,
        "lines": len(sale.lines),
    }  # fmt: skip
