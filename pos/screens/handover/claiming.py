"""Asks the hub which till may hand an order over, and keeps what it says."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from pos.screens.counter import Counter
from pos.screens.ports import LinkState
from pos.services.hub_calls import ClaimState, HubAway, OrderClaim

_NOT_READY = "not_ready"
_TRIES = 3  # a parcel staged here a moment ago is on its way to the hub
_PAUSE_MS = 700


@dataclass(frozen=True, slots=True)
class _Question:
    """Each time under an id of its own: the hub grants nothing twice under one."""

    op_id: str
    order_id: str
    is_wanted: bool = True


class Claiming(QObject):
    """One order at a time; a grant nobody waits for any more is given back."""

    granted = Signal(object)  # OrderClaim
    refused = Signal(object)  # OrderClaim: held or gone
    away = Signal()

    def __init__(self, counter: Counter, parent: QObject) -> None:
        super().__init__(parent)
        self._counter = counter
        self._question: _Question | None = None
        self._tries = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PAUSE_MS)
        self._again.timeout.connect(self._ask_again)
        self._waits_for = ""

    @property
    def is_asking(self) -> bool:
        return self._question is not None or bool(self._waits_for)

    def ask(self, order_id: str, *, takes_over: bool = False) -> None:
        """Ask for an order; `granted`, `refused` or `away` follows."""
        self._tries = 0
        self._waits_for = ""
        self._send(order_id, takes_over=takes_over)

    def forget(self) -> None:
        """Wait for no answer any more."""
        self._question, self._waits_for = None, ""
        self._again.stop()

    def _send(self, order_id: str, *, takes_over: bool) -> None:
        if self._counter.devices.link.status.state is LinkState.OFFLINE:
            self._question = None
            self.away.emit()
            return
        question = _Question(self._counter.station.ids.new(), order_id)
        self._question = question
        self._counter.devices.hub.claim_order(
            question.op_id,
            order_id,
            lambda answer: self._answered(question, answer),
            takes_over=takes_over,
        )

    def _answered(self, question: _Question, answer: OrderClaim | HubAway) -> None:
        if question != self._question or self._counter.signed_on is None:
            if isinstance(answer, OrderClaim) and answer.state is ClaimState.GRANTED:
                self._counter.devices.hub.release_order(question.order_id, answer.fence)
            return
        self._question = None
        if isinstance(answer, HubAway):
            self.away.emit()
        elif answer.state is ClaimState.GRANTED:
            self.granted.emit(answer)
        elif answer.detail == _NOT_READY and self._tries < _TRIES:
            self._tries += 1
            self._waits_for = question.order_id
            self._counter.devices.link.nudge()
            self._again.start()
        else:
            self.refused.emit(answer)

    def _ask_again(self) -> None:
        order_id, self._waits_for = self._waits_for, ""
        if order_id:
            self._send(order_id, takes_over=False)
