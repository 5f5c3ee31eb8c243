"""A terminal made of memory, for development, demos and tests."""

from __future__ import annotations

import json
import threading
from collections import deque
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from hardware.errors import DeviceBusy, DeviceRefused, DeviceUnreachable, OutcomeUnknown
from hardware.payment_terminal.port import (
    Approved,
    Cancelled,
    Declined,
    DeclineReason,
    NeverReached,
    QueryAnswer,
    StillUnknown,
    TerminalCapabilities,
    TerminalOutcome,
    check_refund,
    check_request,
)


@dataclass(frozen=True, slots=True)
class Approve:
    """The card is accepted."""

    brand: str = "VISA"
    last4: str | None = "4242"


@dataclass(frozen=True, slots=True)
class Decline:
    """The card is refused."""

    reason: DeclineReason = DeclineReason.REFUSED


@dataclass(frozen=True, slots=True)
class Cancel:
    """The customer presses the red key."""


@dataclass(frozen=True, slots=True)
class LoseAnswer:
    """The request arrives or not, and the answer is lost on its way.

    Attributes:
        truth: What really happens at the terminal; None is that nothing arrived.
        queries_in_progress: How many queries are answered "still at it" first.
    """

    truth: Approve | Decline | Cancel | None = field(default_factory=Approve)
    queries_in_progress: int = 0


@dataclass(frozen=True, slots=True)
class WaitForCard:
    """Nothing happens until `present_card`, `refuse_card`, `abort` or `wait_s` have passed."""

    then: Approve | Decline | Cancel = field(default_factory=Approve)
    wait_s: float | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is under way: a payment, or (with an `original`) a refund of one."""

    reference: str
    amount_minor: int
    original: str = ""


class _As(Enum):
    """How the wait for a card ended."""

    SCRIPTED = "scripted"
    REFUSED = "refused"
    ABORTED = "aborted"


@dataclass(frozen=True, slots=True)
class Contradict:
    """The terminal says `told` now, and `truth` whenever it is asked afterwards."""

    told: Approve | Decline
    truth: Approve | Decline


Step = Approve | Decline | Cancel | LoseAnswer | WaitForCard | Contradict

AMOUNT_MAGIC: dict[int, Step] = {
    91: Decline(),
    92: Cancel(),
    93: LoseAnswer(Approve()),
    94: LoseAnswer(Approve(), queries_in_progress=3),
    95: LoseAnswer(None),
    96: WaitForCard(wait_s=10.0),
}
"""Last two digits of an amount in minor units, and what they bring about when asked for."""


class SimulatedTerminal:
    """Approves every payment and refund unless told otherwise by a script or the amount.

    It never gives back more of a payment of its own than it took. One it does not know was taken
    by another terminal of the acquirer's, and is given back too.

    Args:
        deadline_s: Longest wait for a card before the outcome is unknown.
        wait_s: How long a person takes with the card, for demonstrations.
        heeds_amounts: Amounts ending in the digits of `AMOUNT_MAGIC` bring
            about what it says.
        memory: File in which the terminal remembers its payments, as a real one
            does while the till starts again; None forgets.

    Attributes:
        is_plugged_in: False cannot be reached.
        charged: What was really taken, in minor units by reference; the truth
            against which a test holds the till's books.
        given_back: What really went back, in minor units by refund id; as `charged`.
    """

    def __init__(
        self,
        *,
        deadline_s: float = 120.0,
        wait_s: float = 0.0,
        heeds_amounts: bool = False,
        memory: Path | None = None,
    ) -> None:
        self.is_plugged_in = True
        self.charged: dict[str, int] = {}
        self.given_back: dict[str, int] = {}
        self._deadline_s = deadline_s
        self._wait_s = wait_s
        self._heeds_amounts = heeds_amounts
        self._changed = threading.Condition()
        self._steps: deque[Step] = deque()
        self._refund_steps: deque[Step] = deque()
        self._under_way: str | None = None
        self._card: _As | None = None
        self._known: dict[str, TerminalOutcome] = {}
        self._refunds: dict[str, _Asked] = {}
        self._in_progress: dict[str, int] = {}
        self._memory = memory
        if memory is not None and memory.exists():
            for line in memory.read_text(encoding="utf-8").splitlines():
                self._recall(json.loads(line))

    @property
    def capabilities(self) -> TerminalCapabilities:
        return TerminalCapabilities(is_integrated=True, can_query=True, can_abort=True)

    def script(self, *steps: Step) -> None:
        """Say how the next payments go, in order; after them all are approved."""
        with self._changed:
            self._steps.extend(steps)

    def script_refunds(self, *steps: Step) -> None:
        """Say how the next refunds go, in order; after them all are approved."""
        with self._changed:
            self._refund_steps.extend(steps)

    def present_card(self) -> None:
        """Let what waits for a card or a person go on."""
        with self._changed:
            self._card = self._card or _As.SCRIPTED
            self._changed.notify_all()

    def refuse_card(self) -> None:
        """Let what waits for a card or a person be declined."""
        with self._changed:
            self._card = self._card or _As.REFUSED
            self._changed.notify_all()

    def wait_until_paying(self, timeout_s: float) -> bool:
        """Wait until a payment or refund is under way; return whether one is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._under_way is not None, timeout_s)

    def pay(self, reference: str, amount_minor: int, currency: str) -> TerminalOutcome:
        check_request(reference, amount_minor, currency)
        with self._changed:
            self._check_free()
            if reference in self._known:
                raise DeviceRefused(f"Payment {reference} was asked for before.")
            return self._go_through(_Asked(reference, amount_minor), self._steps)

    def refund(
        self, refund_id: str, amount_minor: int, currency: str, original: str
    ) -> TerminalOutcome:
        check_refund(refund_id, amount_minor, currency, original)
        asked = _Asked(refund_id, amount_minor, original)
        with self._changed:
            self._check_free()
            if self._refunds.get(refund_id, asked) != asked or refund_id in self.charged:
                raise DeviceRefused(f"{refund_id} was something else.")
            if refund_id in self._refunds:
                return self._known[refund_id]
            return self._go_through(asked, self._refund_steps)

    def query_refund(self, refund_id: str) -> QueryAnswer:
        return self.query(refund_id)

    def query(self, reference: str) -> QueryAnswer:
        with self._changed:
            if not self.is_plugged_in:
                raise DeviceUnreachable("The payment terminal is unplugged (simulated).")
            if reference == self._under_way:
                return StillUnknown()
            if self._in_progress.get(reference, 0) > 0:
                self._in_progress[reference] -= 1
                return StillUnknown()
            return self._known.get(reference, NeverReached())

    def abort(self) -> None:
        with self._changed:
            self._card = self._card or _As.ABORTED
            self._changed.notify_all()

    def _check_free(self) -> None:
        if not self.is_plugged_in:
            raise DeviceUnreachable("The payment terminal is unplugged (simulated).")
        if self._under_way is not None:
            raise DeviceBusy(f"{self._under_way} is under way.")

    def _go_through(self, asked: _Asked, steps: deque[Step]) -> TerminalOutcome:
        self._under_way = asked.reference
        self._card = None
        self._changed.notify_all()
        try:
            return self._play(self._next_step(steps, asked.amount_minor), asked)
        finally:
            self._under_way = None
            self._changed.notify_all()

    def _next_step(self, steps: deque[Step], amount_minor: int) -> Step:
        if steps:
            return steps.popleft()
        if self._heeds_amounts and amount_minor % 100 in AMOUNT_MAGIC:
            return AMOUNT_MAGIC[amount_minor % 100]
        return WaitForCard(wait_s=self._wait_s) if self._wait_s else Approve()

    def _play(self, step: Step, asked: _Asked) -> TerminalOutcome:
        match step:
            case LoseAnswer():
                if step.truth is not None:
                    self._settle(step.truth, asked)
                    self._in_progress[asked.reference] = step.queries_in_progress
                raise OutcomeUnknown("The terminal's answer was lost (simulated).")
            case WaitForCard():
                return self._wait_for_card(step, asked)
            case Contradict():
                self._settle(step.truth, asked)
                is_approved = isinstance(step.told, Approve)
                return Approved("000000") if is_approved else Declined()
            case _:
                return self._settle(step, asked)

    def _wait_for_card(self, step: WaitForCard, asked: _Asked) -> TerminalOutcome:
        wait_s = self._deadline_s if step.wait_s is None else min(step.wait_s, self._deadline_s)
        is_slow = step.wait_s is not None and step.wait_s < self._deadline_s
        self._changed.wait_for(lambda: self._card is not None, wait_s)
        if self._card is _As.ABORTED:
            return self._settle(Cancel(), asked)
        if self._card is _As.REFUSED:
            return self._settle(Decline(), asked)
        # Too late for the till, the customer still goes on: the terminal finishes by itself.
        outcome = self._settle(step.then, asked)
        if self._card is None and not is_slow:
            raise OutcomeUnknown(f"No answer from the terminal in {wait_s} s (simulated).")
        return outcome

    def _settle(self, step: Approve | Decline | Cancel, asked: _Asked) -> TerminalOutcome:
        if isinstance(step, Approve) and asked.amount_minor > self._left_of(asked):
            step = Decline(DeclineReason.ALREADY_REFUNDED)
        entry: dict[str, Any] = {
            "reference": asked.reference,
            "amount_minor": asked.amount_minor,
            "original": asked.original,
            "outcome": type(step).__name__,
        }
        match step:
            case Approve():
                number = f"{len(self.charged) + len(self.given_back) + 1:06d}"
                entry |= {"number": number, "brand": step.brand, "last4": step.last4}
            case Decline():
                entry["reason"] = step.reason.value
            case Cancel():
                pass
        if self._memory is not None:
            with self._memory.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")
        return self._recall(entry)

    def _left_of(self, asked: _Asked) -> int:
        """Return what can still be given back of the payment, as much as asked if unknown."""
        taken = self.charged.get(asked.original)
        if taken is None:
            return asked.amount_minor
        return taken - sum(
            amount
            for refund_id, amount in self.given_back.items()
            if self._refunds[refund_id].original == asked.original
        )

    def _recall(self, entry: dict[str, Any]) -> TerminalOutcome:
        """Know of a payment or refund what its entry in the terminal's memory says."""
        reference, original = entry["reference"], entry.get("original", "")
        outcome: TerminalOutcome = Cancelled()
        if original:
            self._refunds[reference] = _Asked(reference, entry["amount_minor"], original)
        if entry["outcome"] == Approve.__name__:
            number = entry["number"]
            outcome = Approved(number, entry["brand"], entry["last4"], f"SIM-{number}")
            moved = self.given_back if original else self.charged
            moved[reference] = entry["amount_minor"]
        elif entry["outcome"] == Decline.__name__:
            outcome = Declined(DeclineReason(entry["reason"]))
        self._known[reference] = outcome
        return outcome
