"""The end of a shift: a blind count, then the difference, then the Z."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Signal

from pos.domain.cash import Denomination
from pos.domain.money import Money
from pos.domain.printing import PrintJob, PrintKind
from pos.domain.scan import ScannedCode
from pos.domain.staff import Act, Approval, Capability
from pos.domain.till_session import CashCount, SessionReport, TillSession, expected_cash
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.cash_office.report import ask_for_x
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.ports import PrinterTrouble, Sound
from pos.screens.receipts.print_trouble import PrintTroubleViewModel
from pos.screens.sale.drawer import ask_to_open_drawer
from pos.screens.scan_refusal import refuse_scan
from pos.services import sign_in, till_session
from pos.services.desk_refunds import held_up_by, open_refunds

_MOST_PIECES = 4  # digits


class Step(Enum):
    """Where the closing is."""

    COUNTING = "counting"
    COUNTED = "counted"  # the difference is known
    CLOSED = "closed"


class CloseShiftViewModel(QObject):
    """State of closing a shift; what is expected stays unknown until a count is handed in."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        pieces = counter.station.denominations
        self.notes = tuple(one for one in pieces if one.is_note)
        self.coins = tuple(one for one in pieces if not one.is_note)
        self.step = Step.COUNTING
        self.current = 0
        self.refusal = self.reason = ""
        self.difference: Money | None = None
        self.report: SessionReport | None = None
        self.trouble: PrintTroubleViewModel | None = None
        self._typed: dict[int, str] = {}
        self._session: TillSession | None = None
        counter.devices.printing.finished.connect(self._print_ended)

    # what is shown

    @property
    def pieces(self) -> tuple[Denomination, ...]:
        """Notes first, then coins, the largest first."""
        return (*self.notes, *self.coins)

    @property
    def about(self) -> str:
        """Who closes which shift."""
        if self._session is None:
            return ""
        text = self.tr("{name} · Till {till} · opened at {time}")
        return text.format(
            name=self._counter.sign_on.operator.name if self._counter.signed_on else "",
            till=self._counter.station.till_number,
            time=wording.clock(self._session.opened_at_ms),
        )

    def typed(self, piece: Denomination) -> str:
        """Return how many of a piece were typed; empty while it was not counted."""
        return self._typed.get(piece.minor, "")

    def amount(self, piece: Denomination) -> Money:
        """Return what the counted pieces of one kind come to."""
        return self._money(piece.minor * int(self.typed(piece) or 0))

    def name(self, piece: Denomination) -> str:
        """Return the name of a note or coin."""
        return wording.short_money(self._money(piece.minor))

    @property
    def in_notes(self) -> Money:
        return self._sum(self.notes)

    @property
    def in_coins(self) -> Money:
        return self._sum(self.coins)

    @property
    def counted(self) -> Money:
        return self._sum(self.pieces)

    @property
    def missing(self) -> int:
        """How many kinds of pieces were not counted yet."""
        return sum(not self.typed(piece) for piece in self.pieces)

    @property
    def may_recount(self) -> bool:
        return self._session is not None and self._session.may_recount

    @property
    def why_not(self) -> str:
        """Why the shift cannot be closed now; empty when it can."""
        if self._counter.ticket is not None:
            return self.tr("A ticket is at the counter: sell, park or cancel it first.")
        with self._counter.station.store.reading() as records:
            has_open_card = bool(records.cards.open())
            has_open_refund = any(map(held_up_by, open_refunds(records)))
        if has_open_card:
            return self.tr("A card payment has no outcome yet: settle it first.")
        if has_open_refund:
            return self.tr("A card refund has no outcome yet: settle it at the conflict desk.")
        return ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Reasons for a difference."""
        return (
            self.tr("Wrong change given"),
            self.tr("Movement not noted"),
            self.tr("Miscounted"),
            self.tr("Unknown"),
        )

    @property
    def can_close(self) -> bool:
        needs_reason = bool(self.difference)
        return self.step is Step.COUNTED and (not needs_reason or bool(self.reason))

    # what is done

    def entered(self) -> None:
        """Begin, or go on where the closing was left."""
        signed_on = self._counter.signed_on
        if signed_on is None or signed_on.session is None:
            self._navigator.go(Screen.SALE if signed_on else Screen.SIGN_IN)
            return
        with self._counter.station.store.reading() as records:
            self._session = records.sessions.current()
        self._typed, self.current = {}, 0
        self.refusal = self.reason = ""
        self.report = self.trouble = None
        self.step, self.difference = Step.COUNTING, None
        if self._session is not None and self._session.counts:
            self._take_up(self._session)
        self.changed.emit()

    def press(self, digits: str) -> None:
        """Take digits for the piece whose turn it is."""
        if self.step is not Step.COUNTING or not digits.isdigit():
            return
        self.refusal = ""
        minor = self.pieces[self.current].minor
        longer = self._typed.get(minor, "") + digits
        self._typed[minor] = str(int(longer))[:_MOST_PIECES]
        self.changed.emit()

    def erase(self) -> None:
        """Take the last digit back; an empty one counts as not counted."""
        if self.step is Step.COUNTING:
            minor = self.pieces[self.current].minor
            shorter = self._typed.get(minor, "")[:-1]
            self._typed[minor] = shorter
            self.changed.emit()

    def go_to(self, index: int) -> None:
        """Count another piece."""
        if self.step is Step.COUNTING:
            self.current = min(max(0, index), len(self.pieces) - 1)
            self.changed.emit()

    def next(self) -> None:
        """Go on: nothing typed means none of it; a whole count is handed in."""
        if self.step is Step.COUNTED:
            self.close_shift()
        elif self.step is Step.CLOSED:
            self.leave()
        elif not self.missing:
            self.submit()
        else:
            self._typed[self.pieces[self.current].minor] = (
                self._typed.get(self.pieces[self.current].minor, "") or "0"
            )
            self.go_to(self._next_uncounted())

    def submit(self) -> None:
        """Hand the count in; only then the difference is told."""
        if self.step is not Step.COUNTING or self.missing:
            return
        pieces = {piece.minor: int(self.typed(piece)) for piece in self.pieces}
        count = CashCount(self._counter.station.currency, pieces)
        try:
            result = attempt(
                self._counter,
                self._navigator,
                lambda: till_session.submit_count(self._counter.sign_on, count),
            )
        except till_session.NotCounted:
            self._refuse(self.tr("It was counted and recounted already."))
            return
        if result is not None:
            self._session, self.difference = result.session, result.difference
            self.step = Step.COUNTED
            exact = not result.difference
            self._counter.devices.sounds.play(Sound.ACCEPTED if exact else Sound.REFUSED)
            self.changed.emit()

    def recount(self) -> None:
        """Count once more; the pieces typed stay, to be corrected."""
        if self.step is Step.COUNTED and self.may_recount:
            self.step, self.difference, self.current = Step.COUNTING, None, 0
            self.reason = self.refusal = ""
            self.changed.emit()

    def give_reason(self, reason: str) -> None:
        """Say why the count differs."""
        self.reason = reason
        self.changed.emit()

    def close_shift(self) -> None:
        """Close the shift, with a permission where one is needed."""
        if not self.can_close:
            return
        ask_permission(
            self._counter,
            self._navigator,
            OverrideRequest(
                Act(Capability.CLOSE_SESSION),
                self.tr("Close the shift"),
                self.about,
                self.difference,
                None,
                self._close,
                reason=self.reason or self.tr("End of the shift"),
            ),
        )

    def back(self) -> None:
        """Leave without closing; what was handed in stays handed in."""
        if self.step is Step.CLOSED:
            self.leave()
        else:
            self._navigator.go(Screen.SALE)

    def leave(self) -> None:
        """Sign off after the shift is closed."""
        signed_on = self._counter.signed_on
        if signed_on is not None:

            def act() -> bool:
                sign_in.sign_off(signed_on)
                return True

            attempt(self._counter, self._navigator, act)
            self._counter.work_as(None)
        self._navigator.go(Screen.SIGN_IN)

    def take_x(self) -> None:
        """Show the figures so far."""
        ask_for_x(self._counter, self._navigator)

    def open_drawer(self) -> None:
        """Ask for a reason, then open the drawer."""
        ask_to_open_drawer(self._counter, self._navigator)

    def scanned(self, _code: ScannedCode) -> None:
        """Take no scan while cash is counted."""
        self._refuse(refuse_scan(self._counter), sounds=False)

    # how

    def _take_up(self, session: TillSession) -> None:
        with self._counter.station.store.reading() as records:
            figures = records.sessions.figures(session.session_id)
        expected = expected_cash(session.opening_float.total, figures)
        last = session.counts[-1]
        self._typed = {minor: str(count) for minor, count in last.pieces.items()}
        self.difference = last.total - expected
        self.step = Step.COUNTED

    def _close(self, approval: Approval | None) -> None:
        reason = self.reason

        def act() -> SessionReport:
            return till_session.close_session(
                self._counter.sign_on, reason=reason, approval=approval
            )

        try:
            report = attempt(self._counter, self._navigator, act)
        except till_session.TicketsLeft:
            self._refuse(self.why_not or self.tr("A ticket is at the counter."))
            return
        except till_session.NotCounted:
            self.entered()
            return
        if report is not None:
            self.report, self.step = report, Step.CLOSED
            self._counter.work_as(self._counter.sign_on.in_session(None))
            self._counter.devices.sounds.play(Sound.DONE)
            self._print(report)
            self.changed.emit()

    def _print(self, report: SessionReport) -> None:
        with self._counter.station.store.reading() as records:
            jobs = records.prints.of_subject(report.session.session_id)
        queued = [job for job in jobs if job.kind is PrintKind.Z_REPORT]
        for job in queued[-1:]:
            self._counter.devices.printing.submit(job)

    def _print_ended(self, job: PrintJob, trouble: PrinterTrouble) -> None:
        if self.report is None or job.subject_id != self.report.session.session_id:
            return
        self.trouble = None
        if trouble is not PrinterTrouble.NONE:
            self.trouble = PrintTroubleViewModel(
                self._counter, self._navigator, job, trouble, self
            )
            self.trouble.settled.connect(self._trouble_settled)
        self.changed.emit()

    def _trouble_settled(self) -> None:
        self.trouble = None
        self.changed.emit()

    def _next_uncounted(self) -> int:
        later = range(self.current + 1, len(self.pieces))
        earlier = range(self.current)
        open_ones = (i for i in (*later, *earlier) if not self.typed(self.pieces[i]))
        return next(open_ones, len(self.pieces) - 1)

    def _refuse(self, text: str, *, sounds: bool = True) -> None:
        self.refusal = text
        if sounds:
            self._counter.devices.sounds.play(Sound.REFUSED)
        self.changed.emit()

    def _sum(self, pieces: tuple[Denomination, ...]) -> Money:
        return self._money(sum(self.amount(piece).minor for piece in pieces))

    def _money(self, minor: int) -> Money:
        return Money(minor, self._counter.station.currency)
