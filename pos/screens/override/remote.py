"""Asking somebody who is not here: the question on its way, its age, and how it ended."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.free_text import LooksLikeCardNumber
from pos.screens.counter import Counter
from pos.screens.override.request import OverrideRequest
from pos.screens.ports import LinkState, LinkStatus, Sound
from pos.services import remote_approval
from pos.services.hub_calls import ApprovalQuestion, ApprovalReply, AskedState, HubAway

LOOK_EVERY_MS = 700  # a manager's tap is seen within two seconds


class Stage(Enum):
    IDLE = "idle"
    ASKING = "asking"  # the question is on its way to the hub
    WAITING = "waiting"  # the hub has it and nobody decided
    DENIED = "denied"
    EXPIRED = "expired"
    NOT_SENT = "not sent"
    NOT_GOOD = "not good"  # granted by somebody this till does not know to be able to


class RemoteAsk(QObject):
    """One question at a time; `granted` carries the approval. The PIN stays open meanwhile."""

    changed = Signal()
    granted = Signal(object)  # Approval

    def __init__(
        self, counter: Counter, request: OverrideRequest, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._request = counter, request
        self.stage = Stage.IDLE
        self.is_out_of_touch = False
        self.decided_by = ""
        self._asked: ApprovalQuestion | None = None
        self._since_ms = 0
        self._is_looking = False
        self._poll = QTimer(self)
        self._poll.setInterval(LOOK_EVERY_MS)
        self._poll.timeout.connect(self._look)
        counter.devices.link.changed.connect(self._follow)

    @property
    def is_under_way(self) -> bool:
        return self.stage in (Stage.ASKING, Stage.WAITING)

    @property
    def is_online(self) -> bool:
        return self._counter.devices.link.status.state is not LinkState.OFFLINE

    @property
    def seconds(self) -> int:
        """How long ago it was asked."""
        return max(0, self._counter.station.clock.now_ms() - self._since_ms) // 1000

    def ask(self, reason: str) -> None:
        """Ask; a question that is under way stays the one."""
        if self.is_under_way or not self.is_online or not reason:
            return
        request = self._request
        try:
            self._asked = remote_approval.question(
                self._counter.sign_on,
                request.act,
                request.amount,
                reason=reason,
                detail=request.title,
            )
        except LooksLikeCardNumber:
            self._end(Stage.NOT_SENT)
            return
        self._since_ms = self._counter.station.clock.now_ms()
        self.is_out_of_touch, self.decided_by = False, ""
        self.stage = Stage.ASKING
        self._poll.start()
        self._counter.devices.hub.ask_approval(self._asked, self._answered)
        self.changed.emit()

    def withdraw(self) -> None:
        """Take the question back; a tap of the manager that comes too late counts no more."""
        if self._asked is not None and self.is_under_way:
            self._counter.devices.hub.withdraw_approval(self._asked.request_id, self._withdrawn)
        self._asked = None
        self._end(Stage.IDLE)

    def _look(self) -> None:
        if self.stage is Stage.WAITING and self._asked is not None and not self._is_looking:
            self._is_looking = True
            self._counter.devices.hub.look_at_approval(self._asked.request_id, self._answered)
        self.changed.emit()

    def _answered(self, reply: ApprovalReply | HubAway) -> None:
        self._is_looking = False
        if self._asked is None or not self.is_under_way:
            return
        if isinstance(reply, HubAway):
            self._not_heard(reply)
            return
        if reply.request_id != self._asked.request_id:
            return
        self.is_out_of_touch, self.decided_by = False, reply.decided_by_name
        match reply.state:
            case AskedState.WAITING:
                self.stage = Stage.WAITING
                self.changed.emit()
            case AskedState.GRANTED:
                self._take(reply)
            case AskedState.DENIED:
                self._end(Stage.DENIED, Sound.REFUSED)
            case AskedState.EXPIRED | AskedState.WITHDRAWN:
                self._end(Stage.EXPIRED, Sound.REFUSED)

    def _take(self, reply: ApprovalReply) -> None:
        if self._asked is None:
            return
        sign_on, act = self._counter.sign_on, self._request.act
        approval = remote_approval.approval_of(sign_on, act, self._asked, reply)
        if approval is None:
            self._end(Stage.NOT_GOOD, Sound.REFUSED)
            return
        self._end(Stage.IDLE)
        self.granted.emit(approval)

    def _not_heard(self, away: HubAway) -> None:
        """Go on asking where the hub has the question; else say that it was not sent."""
        if self.stage is Stage.ASKING or away.code:
            self._end(Stage.NOT_SENT, Sound.REFUSED)
            return
        self.is_out_of_touch = True
        self.changed.emit()

    def _withdrawn(self, _reply: ApprovalReply | HubAway) -> None:
        """Nothing to do: the question is forgotten here whatever the hub made of it."""

    def _end(self, stage: Stage, sound: Sound | None = None) -> None:
        self.stage = stage
        self._poll.stop()
        if sound is not None:
            self._counter.devices.sounds.play(sound)
        self.changed.emit()

    def _follow(self, _status: LinkStatus) -> None:
        self.changed.emit()
