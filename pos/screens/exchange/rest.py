"""What goods that came back are worth above those taken instead, and how it goes back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.exchange_draft import ExchangeDraft, Way
from pos.domain.return_purchase import Means
from pos.domain.staff import Approval
from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.exchange.recording import record
from pos.screens.navigator import Navigator, Screen
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.ports import Sound
from pos.screens.returns import words
from pos.screens.returns.ways import WayWords, to_where, way_words
from pos.services import exchange
from pos.services.paying_out import NotComplete
from pos.services.return_figures import Lacking
from pos.services.workstation import NoOpenSession, NotAllowed


class RestViewModel(QObject):
    """State of the question how the rest goes back; `said` is why it was not recorded."""

    refuses_scans = True

    changed = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        ticket: Ticket,
        draft: ExchangeDraft,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._ticket, self._draft = ticket, draft
        self._way: Way | None = None
        self.said = ""
        self._look()

    # -- what is shown

    @property
    def ways(self) -> tuple[WayWords, ...]:
        """The ways it can go, those that it cannot at the end with the reason."""
        ledger = self._draft.ledger
        paid = () if ledger is None else ledger.purchase.paid
        ways = way_words(self._rest.options, self._rest.splits, paid)
        return tuple(sorted(ways, key=lambda way: not way.is_on))

    @property
    def sums(self) -> tuple[str, str, str]:
        """What came back, what is taken instead, and what is left."""
        taken = self._ticket.basket.totals.total
        left = self._rest.balance.to_refund
        return (
            wording.money(-self._draft.total), wording.money(taken), wording.money(-left)
        )  # fmt: skip

    @property
    def notice(self) -> str:
        """Why it was not recorded, or why there are so few ways; empty when there is neither."""
        if self.said or not self._draft.is_isolated:
            return self.said
        return self.tr("Taken back without connection: until it is checked there is credit only")

    @property
    def closing(self) -> str:
        """How much goes where."""
        return " · ".join(
            f"{wording.money(split.amount)} {to_where(split.option.means)}"
            for split in self._rest.splits
        )

    @property
    def why_off(self) -> str:
        """Why it cannot be given back yet; empty when it can."""
        return words.lacking(Lacking.NO_WAY) if self._rest.unpaid else ""

    # -- what is done

    def choose(self, means: Means, reference: str) -> None:
        """Say how the customer wants it."""
        self._way, self.said = (means, reference), ""
        self._look()
        self.changed.emit()

    def move(self, by: int) -> None:
        """Go on to the next way that is possible."""
        ways = [way for way in self.ways if way.is_on]
        if ways:
            at = next((place for place, way in enumerate(ways) if way.is_chosen), 0)
            way = ways[min(max(at + by, 0), len(ways) - 1)]
            self.choose(way.means, way.reference)

    def confirm(self) -> None:
        """Give it back, once whoever has to allow it did."""
        if self.why_off:
            self.refuse(self.why_off)
            return
        act, verdict = self._rest.asks_for, self._rest.verdict
        if act is None or verdict is None:
            self._give_back(None)
            return
        amount = self._rest.balance.to_refund
        title = self.tr("Give {amount} back").format(amount=wording.money(amount))
        reasons = (
            self.tr("Known customer"), self.tr("To keep the customer"), self.tr("Our error")
        )  # fmt: skip
        ask_permission(
            self._counter,
            self._navigator,
            OverrideRequest(
                act, title, words.ground(verdict.ground), amount, reasons, self._give_back
            ),
        )

    def refuse(self, text: str) -> None:
        """Say why it was not recorded, with the ways as they are by now."""
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.said = text
        self._look()
        self.changed.emit()

    def close(self) -> None:
        """Go back to the ticket."""
        self._navigator.close(self)

    def _give_back(self, approval: Approval | None) -> None:
        sign_on, ticket, way = self._counter.sign_on, self._ticket, self._way
        try:
            done = attempt(
                self._counter, self._navigator, lambda: record(sign_on, ticket, way, approval)
            )
        except NotAllowed:
            self.refuse(self.tr("The permission ran out: ask for it again"))
        except NotComplete:
            self.refuse(self.tr("Something of it came back meanwhile: look at it again"))
        except NoOpenSession:
            self.refuse(self.tr("Open a shift first: money goes out"))
        else:
            if done is not None:
                self._counter.record_sale(done.sale)
                self._navigator.go(Screen.RETURN, exchanged=done)

    def _look(self) -> None:
        self._rest = exchange.rest_of(self._counter.sign_on, self._draft, self._ticket, self._way)
