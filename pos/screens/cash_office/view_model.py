"""The cash office of the shift: what moved without a sale, and the acts around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pos.domain.money import Money
from pos.domain.printing import PrintJob, PrintKind
from pos.domain.scan import ScannedCode
from pos.domain.till_session import CashMovement, MovementKind, TillSession
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.cash_office.movement import MovementViewModel
from pos.screens.cash_office.report import ask_for_x
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import PrinterTrouble, Sound
from pos.screens.receipts.print_trouble import PrintTroubleViewModel
from pos.screens.sale.drawer import ask_to_open_drawer
from pos.screens.scan_refusal import refuse_scan
from pos.services import print_jobs


@dataclass(frozen=True, slots=True)
class MovementLine:
    """One movement as it is listed."""

    movement_id: str
    kind: MovementKind
    word: str
    second: str
    amount: str


class CashOfficeViewModel(QObject):
    """State of the cash office; movements are read from the shift's own rows."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._session: TillSession | None = None
        self._movements: tuple[CashMovement, ...] = ()
        self._names: dict[str, str] = {}
        self._last_z: TillSession | None = None
        self.last_z_number = ""
        self.said = ""
        self.trouble: PrintTroubleViewModel | None = None
        counter.devices.printing.finished.connect(self._print_ended)
        counter.devices.printing.drawer_failed.connect(self._drawer_did_not_open)

    @property
    def about(self) -> str:
        """Which shift this is."""
        session = self._session
        if session is None:
            return self.tr("no shift is open")
        text = self.tr("Shift {number} · opened at {time}")
        return text.format(number=session.number, time=wording.clock(session.opened_at_ms))

    @property
    def has_session(self) -> bool:
        return self._session is not None

    @property
    def float_text(self) -> str:
        """The float the shift was opened with."""
        return wording.money(self._session.opening_float.total) if self._session else ""

    @property
    def movements(self) -> tuple[MovementLine, ...]:
        """The movements of the shift, the latest first."""
        return tuple(self._line(one) for one in reversed(self._movements))

    @property
    def moved_text(self) -> str:
        """What the movements come to."""
        total = sum(one.signed.minor for one in self._movements)
        return wording.money(Money(total, self._counter.station.currency))

    @property
    def why_not_closing(self) -> str:
        """Why the shift cannot be closed now; empty when it can."""
        if not self.has_session:
            return self.tr("no shift is open")
        return self.tr("a ticket is at the counter") if self._counter.ticket else ""

    def entered(self) -> None:
        """Read the shift afresh."""
        self.said, self.trouble = "", None
        if self._counter.signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
            return
        self._read()

    def move(self, kind: MovementKind) -> None:
        """Ask for a movement of cash."""
        if not self.has_session:
            return
        self._navigator.close_all()
        panel = MovementViewModel(self._counter, self._navigator, kind)
        panel.recorded.connect(self._recorded)
        self._navigator.open(panel)

    def open_drawer(self) -> None:
        """Ask for a reason, then open the drawer."""
        if self.has_session:
            ask_to_open_drawer(self._counter, self._navigator)

    def take_x(self) -> None:
        """Take an X and show it."""
        if self.has_session:
            self._navigator.close_all()
            ask_for_x(self._counter, self._navigator)

    def print_last_z(self) -> None:
        """Print the Z of the shift before once more, marked as a copy."""
        session = self._last_z
        if session is None:
            return
        self._submit(
            lambda: print_jobs.queue_slip(
                self._counter.sign_on, PrintKind.Z_REPORT, session.session_id
            )
        )

    def close_shift(self) -> None:
        """Go to the blind count."""
        if self.why_not_closing:
            self._counter.devices.sounds.play(Sound.REFUSED)
        else:
            self._navigator.go(Screen.CLOSE_SHIFT)

    def back(self) -> None:
        """Go back to selling."""
        self._navigator.go(Screen.SALE)

    def scanned(self, _code: ScannedCode) -> None:
        """Take no scan here."""
        self.said = refuse_scan(self._counter)
        self.changed.emit()

    def _read(self) -> None:
        with self._counter.station.store.reading() as records:
            self._session = records.sessions.current()
            self._movements = (
                records.sessions.figures(self._session.session_id).movements
                if self._session
                else ()
            )
            self._names = {one.staff_id: one.name for one in records.staff.all()}
            self._last_z = records.sessions.last_closed()
            report = records.sessions.report(self._last_z.session_id) if self._last_z else None
        self.last_z_number = report.number if report else ""
        self.changed.emit()

    def _line(self, movement: CashMovement) -> MovementLine:
        words = {
            MovementKind.PAID_IN: self.tr("Paid in"),
            MovementKind.PAID_OUT: self.tr("Paid out"),
            MovementKind.DROP: self.tr("Drop"),
        }
        name = self._names.get(movement.staff_id, movement.staff_id)
        second = f"{wording.clock(movement.at_ms)} · {movement.reason} · {name}"
        amount = wording.money(movement.signed)
        return MovementLine(
            movement.movement_id, movement.kind, words[movement.kind], second, amount
        )

    def _recorded(self, movement: CashMovement) -> None:
        self._read()
        with self._counter.station.store.reading() as records:
            jobs = records.prints.of_subject(movement.movement_id)
        for job in jobs[-1:]:
            self._counter.devices.printing.submit(job)

    def _submit(self, queue: Callable[[], PrintJob]) -> None:
        job = attempt(self._counter, self._navigator, queue)
        if job is not None:
            self._counter.devices.printing.submit(job)
            self.said = self.tr("Printing…")
            self.changed.emit()

    def _print_ended(self, job: PrintJob, trouble: PrinterTrouble) -> None:
        if self._navigator.current is not Screen.CASH_OFFICE:
            return
        self.said, self.trouble = "", None
        if trouble is not PrinterTrouble.NONE:
            self.trouble = PrintTroubleViewModel(
                self._counter, self._navigator, job, trouble, self
            )
            self.trouble.settled.connect(self._trouble_settled)
        self.changed.emit()

    def _trouble_settled(self) -> None:
        self.trouble = None
        self.changed.emit()

    def _drawer_did_not_open(self) -> None:
        if self._navigator.current is Screen.CASH_OFFICE:
            self.said = self.tr("The drawer did not open: use its key")
            self.changed.emit()
