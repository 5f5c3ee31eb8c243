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


class _As(Enum):
    """How the wait for a card ended."""

    SCRIPTED = "scripted"
    REFUSED = "refused"
    ABORTED = "aborted"


Step = Approve | Decline | Cancel | LoseAnswer | WaitForCard

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
    """Approves every payment unless told otherwise by `script` or the amount.

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
        self._deadline_s = deadline_s
        self._wait_s = wait_s
        self._heeds_amounts = heeds_amounts
        self._changed = threading.Condition()
        self._steps: deque[Step] = deque()
        self._under_way: str | None = None
        self._card: _As | None = None
        self._known: dict[str, TerminalOutcome] = {}
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

    def present_card(self) -> None:
        """Let the payment that waits for a card go on."""
        with self._changed:
            self._card = self._card or _As.SCRIPTED
            self._changed.notify_all()

    def refuse_card(self) -> None:
        """Let the payment that waits for a card be declined."""
        with self._changed:
            self._card = self._card or _As.REFUSED
            self._changed.notify_all()

    def wait_until_paying(self, timeout_s: float) -> bool:
        """Wait until a payment is under way; return whether one is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._under_way is not None, timeout_s)

    def pay(self, reference: str, amount_minor: int, currency: str) -> TerminalOutcome:
        check_request(reference, amount_minor, currency)
        with self._changed:
            self._begin(reference)
            try:
                return self._play(self._next_step(amount_minor), reference, amount_minor)
            finally:
                self._under_way = None
                self._changed.notify_all()

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

    def _begin(self, reference: str) -> None:
        if not self.is_plugged_in:
            raise DeviceUnreachable("The payment terminal is unplugged (simulated).")
        if self._under_way is not None:
            raise DeviceBusy(f"Payment {self._under_way} is under way.")
        if reference in self._known:
            raise DeviceRefused(f"Payment {reference} was asked for before.")
        self._under_way = reference
        self._card = None
        self._changed.notify_all()

    def _next_step(self, amount_minor: int) -> Step:
        if self._steps:
            return self._steps.popleft()
        if self._heeds_amounts and amount_minor % 100 in AMOUNT_MAGIC:
            return AMOUNT_MAGIC[amount_minor % 100]
        return WaitForCard(wait_s=self._wait_s) if self._wait_s else Approve()

    def _play(self, step: Step, reference: str, amount_minor: int) -> TerminalOutcome:
        match step:
            case LoseAnswer():
                if step.truth is not None:
                    self._settle(step.truth, reference, amount_minor)
                    self._in_progress[reference] = step.queries_in_progress
                raise OutcomeUnknown("The terminal's answer was lost (simulated).")
            case WaitForCard():
                return self._wait_for_card(step, reference, amount_minor)
            case _:
                return self._settle(step, reference, amount_minor)

    def _wait_for_card(
        self, step: WaitForCard, reference: str, amount_minor: int
    ) -> TerminalOutcome:
        wait_s = self._deadline_s if step.wait_s is None else min(step.wait_s, self._deadline_s)
        is_slow = step.wait_s is not None and step.wait_s < self._deadline_s
        self._changed.wait_for(lambda: self._card is not None, wait_s)
        if self._card is _As.ABORTED:
            return self._settle(Cancel(), reference, amount_minor)
        if self._card is _As.REFUSED:
            return self._settle(Decline(), reference, amount_minor)
        # Too late for the till, the customer still goes on: the terminal finishes by itself.
        outcome = self._settle(step.then, reference, amount_minor)
        if self._card is None and not is_slow:
            raise OutcomeUnknown(f"No answer from the terminal in {wait_s} s (simulated).")
        return outcome

    def _settle(
        self, step: Approve | Decline | Cancel, reference: str, amount_minor: int
    ) -> TerminalOutcome:
        entry: dict[str, Any] = {"reference": reference, "outcome": type(step).__name__}
        match step:
            case Approve():
                number = f"{len(self.charged) + 1:06d}"
                entry |= {"number": number, "brand": step.brand, "last4": step.last4}
                entry["amount_minor"] = amount_minor
            case Decline():
                entry["reason"] = step.reason.value
            case Cancel():
                pass
        if self._memory is not None:
            with self._memory.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")
        return self._recall(entry)

    def _recall(self, entry: dict[str, Any]) -> TerminalOutcome:
        """Know of a payment what its entry in the terminal's memory says."""
        reference = entry["reference"]
        outcome: TerminalOutcome = Cancelled()
        if entry["outcome"] == Approve.__name__:
            number = entry["number"]
            outcome = Approved(number, entry["brand"], entry["last4"], f"SIM-{number}")
            self.charged[reference] = entry["amount_minor"]
        elif entry["outcome"] == Decline.__name__:
            outcome = Declined(DeclineReason(entry["reason"]))
        self._known[reference] = outcome
        return outcome
