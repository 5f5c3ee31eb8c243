"""Asks why a handover is taken back and who allows it, and takes it back."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal

from pos.domain.collection import Order
from pos.domain.staff import Act, Approval, Capability
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.ports import Sound
from pos.screens.reason.view_model import ReasonViewModel
from pos.services import undo_handover
from pos.services.orders import NoSuchOrder
from pos.services.undo_handover import CannotUndo, WhyNot


class Undoing(QObject):
    """One handover at a time on its way back to the shelf."""

    undone = Signal(object)  # Order
    refused = Signal(str)

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator

    def was_here(self, order: Order) -> bool:
        """True for an order that this till handed over."""
        return order.closed_at_till == self._counter.station.till

    def why_not(self, order_id: str) -> str:
        """Say why a handover cannot be taken back; empty when it can."""
        try:
            undo_handover.undoable(self._counter.sign_on, order_id)
        except CannotUndo as error:
            return why_not_words(error.why)
        except NoSuchOrder:
            return why_not_words(WhyNot.NOT_HERE)
        return ""

    def is_possible(self, order_id: str) -> bool:
        """True while the handover can be taken back here."""
        return not self.why_not(order_id)

    def ask(self, order_id: str) -> None:
        """Ask for the reason, then for the permission; `undone` or `refused` follows."""
        why = self.why_not(order_id)
        if why:
            self._refuse(why)
            return
        panel = ReasonViewModel(self._navigator, "undo")

        def decided(reason: str) -> None:
            self._navigator.close(panel)
            self._ask_permission(order_id, reason)

        panel.decided.connect(decided)
        self._navigator.close_all()
        self._navigator.open(panel)

    def _ask_permission(self, order_id: str, reason: str) -> None:
        ask_permission(
            self._counter,
            self._navigator,
            OverrideRequest(
                Act(Capability.UNDO_HANDOVER),
                self.tr("Take a handover back"),
                reason,
                None,
                None,
                lambda approval: self._undo(order_id, reason, approval),
                reason=reason,
            ),
        )

    def _undo(self, order_id: str, reason: str, approval: Approval | None) -> None:
        sign_on = self._counter.sign_on
        try:
            order = attempt(
                self._counter,
                self._navigator,
                lambda: undo_handover.undo(sign_on, order_id, reason=reason, approval=approval),
            )
        except CannotUndo as error:
            self._refuse(why_not_words(error.why))
            return
        if order is not None:
            self._counter.devices.sounds.play(Sound.DONE)
            self._counter.devices.link.nudge()
            self.undone.emit(order)

    def _refuse(self, text: str) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.refused.emit(text)


def why_not_words(why: WhyNot) -> str:
    """Say why a handover stays."""
    return {
        WhyNot.NOT_HANDED_OVER: QCoreApplication.translate("Handover", "It was not handed over"),
        WhyNot.NOT_HERE: QCoreApplication.translate("Handover", "Another till handed it over"),
        WhyNot.TOO_LATE: QCoreApplication.translate(
            "Handover", "Too late: what comes back now is a return"
        ),
        WhyNot.SOLD: QCoreApplication.translate(
            "Handover", "It was paid here: goods and money come back together, by a return"
        ),
        WhyNot.TAKEN_BACK: QCoreApplication.translate(
            "Handover", "Something of it came back already: the rest is a return too"
        ),
        WhyNot.REFUND_ASKED: QCoreApplication.translate(
            "Handover", "Money for what stayed is on its way back: it can only come as a return"
        ),
    }[why]
