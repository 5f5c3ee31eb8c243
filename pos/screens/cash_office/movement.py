"""One movement of cash without a sale: how much, why, and perhaps who allows it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.money import Money
from pos.domain.staff import Act, Approval, Capability
from pos.domain.till_session import CashMovement, MovementKind
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.amount_entry import AmountEntry
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.ports import Sound
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import till_session

OTHER = "other"


class MovementViewModel(QObject):
    """Asks for amount and reason; `recorded` carries the movement."""

    changed = Signal()
    recorded = Signal(object)  # CashMovement

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        kind: MovementKind,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator, self.kind = counter, navigator, kind
        self._entry = AmountEntry(counter.station.currency)
        self.reason = ""

    @property
    def title(self) -> str:
        return {
            MovementKind.PAID_IN: self.tr("Cash paid in"),
            MovementKind.PAID_OUT: self.tr("Cash paid out"),
            MovementKind.DROP: self.tr("Drop to the safe"),
        }[self.kind]

    @property
    def explanation(self) -> str:
        return {
            MovementKind.PAID_IN: self.tr("Cash that comes into the drawer without a sale."),
            MovementKind.PAID_OUT: self.tr("Cash that leaves the drawer for a purpose."),
            MovementKind.DROP: self.tr("Cash that goes from the drawer to the safe."),
        }[self.kind]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Reasons offered for this kind of movement."""
        return {
            MovementKind.PAID_IN: (
                self.tr("Change from the bank"),
                self.tr("More float"),
                self.tr("Paid back"),
            ),
            MovementKind.PAID_OUT: (
                self.tr("Supplier"),
                self.tr("Small expense"),
                self.tr("Change to the bank"),
            ),
            MovementKind.DROP: (
                self.tr("Too much cash"),
                self.tr("End of the day"),
                self.tr("To the bank"),
            ),
        }[self.kind]

    @property
    def amount(self) -> Money:
        return self._entry.amount

    @property
    def amount_text(self) -> str:
        return self._entry.shown or wording.money(self.amount)

    @property
    def missing(self) -> str:
        """What is still needed; empty when it can be recorded."""
        if not 0 < self.amount.minor <= till_session.MAX_MOVEMENT_MINOR:
            most = Money(till_session.MAX_MOVEMENT_MINOR, self.amount.currency)
            if self.amount:
                return self.tr("at most {most}").format(most=wording.short_money(most))
            return self.tr("type the amount")
        return "" if self.reason else self.tr("choose a reason")

    def press(self, signs: str) -> None:
        """Take digits or a decimal sign."""
        if not self._entry.press(signs):
            self._counter.devices.sounds.play(Sound.REFUSED)
        self.changed.emit()

    def erase(self) -> None:
        """Take the last sign back."""
        self._entry.erase()
        self.changed.emit()

    def choose(self, reason: str) -> None:
        """Say why, or go and write another reason."""
        if reason != OTHER:
            self.reason = reason
            self.changed.emit()
            return
        entry = TextEntryViewModel(self._navigator, self.tr("Another reason"), "")
        entry.written.connect(self.choose)
        self._navigator.open(entry)

    def choose_next(self) -> None:
        """Go on to the next reason."""
        offered = self.reasons
        place = offered.index(self.reason) + 1 if self.reason in offered else 0
        self.choose(offered[place % len(offered)])

    def record(self) -> None:
        """Record it, with a permission where one is needed; the drawer opens."""
        if self.missing:
            self._counter.devices.sounds.play(Sound.REFUSED)
            return
        why = self.tr("{name} may not do it alone; reason: {reason}")
        operator = self._counter.sign_on.operator
        ask_permission(
            self._counter,
            self._navigator,
            OverrideRequest(
                Act(Capability.CASH_MOVEMENT),
                self.title,
                why.format(name=wording.first_name(operator), reason=self.reason),
                Money(self.kind.sign * self.amount.minor, self.amount.currency),
                None,
                self._record,
                reason=self.reason,
            ),
        )

    def close(self) -> None:
        """Take the question back."""
        self._navigator.close(self)

    def _record(self, approval: Approval | None) -> None:
        kind, amount, reason = self.kind, self.amount, self.reason

        def act() -> CashMovement:
            return till_session.move_cash(
                self._counter.sign_on, kind, amount, reason=reason, approval=approval
            )

        movement = attempt(self._counter, self._navigator, act)
        if movement is None:
            return
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self._counter.devices.printing.open_drawer()
        self._counter.devices.link.nudge()
        self._navigator.close(self)
        self.recorded.emit(movement)
