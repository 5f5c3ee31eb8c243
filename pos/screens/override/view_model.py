"""Who may allow it, the PIN that proves it, and what is recorded."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.scan import ScannedCode
from pos.domain.staff import (
    PIN_MAX_DIGITS,
    Approval,
    Approved,
    Capability,
    NeedsOverride,
    StaffMember,
    is_pin,
)
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.override.remote import RemoteAsk, Stage
from pos.screens.override.request import OverrideRequest
from pos.screens.ports import Sound
from pos.screens.scan_refusal import badge_of, refuse_scan
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import override
from pos.services.override import CannotApprove
from pos.services.sign_in import PinLocked, PinWrong


class OverrideViewModel(QObject):
    """State of one question for permission, until `finished`.

    The PIN is checked off the interface thread; while it is, nothing else is taken.
    """

    changed = Signal()
    finished = Signal()

    asks = True

    def __init__(
        self,
        counter: Counter,
        request: OverrideRequest,
        navigator: Navigator | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Ask; with a navigator another reason than those offered can be written."""
        super().__init__(parent)
        self._counter, self.request, self._navigator = counter, request, navigator
        self.approvers = override.approvers(counter.sign_on, request.act)
        able = [member for member, decision in self.approvers if isinstance(decision, Approved)]
        self.approver: StaffMember | None = able[0] if able else None
        self.reason = request.reasons[0] if request.reasons else request.reason
        self.pin_length = 0
        self.message = "" if able else self.tr("Nobody in this shop can authorise it")
        self.is_busy = False
        self._pin = ""
        self._locked_until_ms = 0
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)
        self.remote = RemoteAsk(counter, request, self)
        self.remote.changed.connect(self.changed)
        self.remote.granted.connect(self._finish)

    @property
    def requester(self) -> StaffMember:
        return self._counter.sign_on.operator

    @property
    def can_submit(self) -> bool:
        return (
            self.approver is not None
            and is_pin(self._pin)
            and bool(self.reason)
            and not self.is_busy
        )

    def why_not(self, decision: Approved | NeedsOverride) -> str:
        """Return why a person cannot allow it; empty when they can."""
        if isinstance(decision, Approved):
            return ""
        if decision.act.capability is Capability.DISCOUNT and decision.limit:
            return self.tr("only up to {limit}").format(limit=wording.percent(decision.limit))
        return self.tr("may not either")

    @property
    def may_write_reason(self) -> bool:
        return self._navigator is not None and bool(self.request.reasons)

    @property
    def written_reason(self) -> str:
        """The reason when it is none of those offered."""
        offered = self.request.reasons or (self.reason,)
        return "" if self.reason in offered else self.reason

    def choose_reason(self, reason: str) -> None:
        """Say why the act is asked for."""
        self.reason = reason
        self.changed.emit()

    def write_reason(self) -> None:
        """Go and write another reason."""
        if self._navigator is not None:
            entry = TextEntryViewModel(self._navigator, self.tr("Another reason"), "")
            entry.written.connect(self.choose_reason)
            self._navigator.open(entry)

    def choose(self, staff_id: str) -> None:
        """Say who is going to allow it; what was typed of a PIN is forgotten."""
        for member, decision in self.approvers:
            if member.staff_id == staff_id and isinstance(decision, Approved):
                self.approver = member
                self._forget_pin("")

    def ask_remotely(self) -> None:
        """Ask somebody who is not here, or take that question back."""
        if self.remote.is_under_way:
            self.remote.withdraw()
        else:
            self.remote.ask(self.reason)

    @property
    def remote_words(self) -> tuple[str, str]:
        """What the key says that asks from afar."""
        remote = self.remote
        if remote.is_under_way:
            waits = self.tr("waiting for {seconds} s").format(seconds=remote.seconds)
            waits = self.tr("no contact, still trying") if remote.is_out_of_touch else waits
            return self.tr("Withdraw"), waits
        ended = {
            Stage.DENIED: self.tr("{name} says no"),
            Stage.EXPIRED: self.tr("nobody answered"),
            Stage.NOT_SENT: self.tr("could not be asked"),
            Stage.NOT_GOOD: self.tr("not good at this till"),
        }
        second = ended.get(remote.stage, self.tr("asks a manager"))
        name = remote.decided_by.split(" ")[0] if remote.decided_by else self.tr("The manager")
        return self.tr("From afar"), second.format(name=name)

    @property
    def why_not_remote(self) -> str:
        """Why nobody can be asked from afar; empty when somebody can."""
        if self.remote.is_online or self.remote.is_under_way:
            return ""
        return self.tr("not while offline")

    def choose_next(self) -> None:
        """Go on to the next person who may allow it."""
        able = [member for member, decision in self.approvers if isinstance(decision, Approved)]
        if self.approver in able:
            self.choose(able[(able.index(self.approver) + 1) % len(able)].staff_id)

    def press(self, digit: str) -> None:
        """Take a digit of the PIN."""
        if self.is_busy or not digit.isdigit() or len(self._pin) >= PIN_MAX_DIGITS:
            return
        self._pin += digit
        self._tell_length(keeps_message=False)

    def erase(self) -> None:
        """Take the last digit back."""
        self._pin = self._pin[:-1]
        self._tell_length(keeps_message=True)

    def submit(self) -> None:
        """Check the PIN of the person who is to allow it."""
        approver = self.approver
        if approver is None or not self.can_submit:
            return
        sign_on, act, pin, reason = self._counter.sign_on, self.request.act, self._pin, self.reason
        self.is_busy = True
        self._forget_pin("")
        self._counter.background.run(
            lambda: override.approve(sign_on, act, approver, pin, reason=reason), self._on_checked
        )

    def scanned(self, code: ScannedCode) -> None:
        """Take a staff badge for the answer; any other code is refused."""
        badge = badge_of(self._counter, code)
        if badge is None or not self.reason or self.is_busy:
            refuse_scan(self._counter)
            self._forget_pin(self.tr("That is no staff badge"))
            return
        try:
            approval = override.approve_by_badge(
                self._counter.sign_on, self.request.act, badge, reason=self.reason
            )
        except CannotApprove:
            self._refuse(self.tr("The person of this badge cannot authorise it"))
            return
        if approval is None:
            self._refuse(self.tr("Nobody here has this badge"))
        else:
            self._finish(approval)

    def cancel(self) -> None:
        """Take the question back."""
        self.remote.withdraw()
        self.finished.emit()
        self.request.on_cancelled()

    def _on_checked(self, outcome: Approval | PinWrong | PinLocked) -> None:
        self.is_busy = False
        match outcome:
            case Approval():
                self._finish(outcome)
            case PinWrong(tries_left):
                self._refuse(self.tr("Wrong PIN: %n tries left", "", tries_left))
            case PinLocked(until_ms):
                self._locked_until_ms = until_ms
                self._tick.start()
                self._counter.devices.sounds.play(Sound.REFUSED)
                self._count_down()

    def _count_down(self) -> None:
        left_ms = self._locked_until_ms - self._counter.station.clock.now_ms()
        if left_ms <= 0:
            self._tick.stop()
            self._forget_pin("")
            return
        seconds = -(-left_ms // 1000)
        self._forget_pin(self.tr("Too many wrong PINs: wait %n s", "", seconds))

    def _finish(self, approval: Approval) -> None:
        self.remote.withdraw()
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self.finished.emit()
        self.request.on_approved(approval)

    def _refuse(self, message: str) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        self._forget_pin(message)

    def _forget_pin(self, message: str) -> None:
        self._pin, self.message = "", message
        self._tell_length(keeps_message=True)

    def _tell_length(self, *, keeps_message: bool) -> None:
        if not keeps_message:
            self.message = ""
        self.pin_length = len(self._pin)
        self.changed.emit()
