"""What a rig did and what did not hold, in numbers."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


def _counters() -> defaultdict[str, Counter[int]]:
    return defaultdict(Counter)


@dataclass
class Tally:
    """The count of one rig.

    Attributes:
        points: Faults that really happened and were checked, by what they were.
        violations: What did not hold, with the fault that showed it.
        missed: Faults that did not come about (a process ended before), by what they were.
        notes: Counts that a test may want to look at.
        remarks: Other counts worth printing, no faults themselves.
        skipped: Why the rig could not run, naming the tool.
    """

    rig: str
    points: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    missed: Counter[str] = field(default_factory=Counter)
    notes: defaultdict[str, Counter[int]] = field(default_factory=_counters)
    remarks: Counter[str] = field(default_factory=Counter)
    skipped: str = ""
    seconds: float = 0.0
    _begun: float = field(default_factory=time.monotonic)

    def add(self, what: str, violations: Iterable[str] = (), *, where: str = "") -> None:
        """Count a fault, and what did not hold after it."""
        self.points[what] += 1
        self.violations.extend(f"{what} {where}: {each}" for each in violations)

    def merge(self, other: Tally) -> None:
        """Add what another process counted."""
        self.points += other.points
        self.missed += other.missed
        self.remarks += other.remarks
        self.violations += other.violations
        self.skipped = self.skipped or other.skipped

    def finished(self) -> Tally:
        """Note how long it took."""
        self.seconds = time.monotonic() - self._begun
        return self

    @property
    def total(self) -> int:
        """How many faults were checked."""
        return sum(self.points.values())

    def rows(self) -> list[str]:
        """Return the table of this rig, a line each."""
        if self.skipped:
            return [f"{self.rig:<4} skipped: {self.skipped}"]
        head = (
            f"{self.rig:<4} {self.total:>6} points, {len(self.violations)} violations,"
            f" {sum(self.missed.values())} missed, {self.seconds:.0f} s"
        )
        body = [f"       {times:>6}  {what}" for what, times in sorted(self.points.items())]
        wrong = [f"     ! {each}" for each in self.violations[:40]]
        missed = [f"     - {times:>6}  {what}" for what, times in sorted(self.missed.items())]
        beside = [f"     + {times:>6}  {what}" for what, times in sorted(self.remarks.items())]
        return [head, *body, *beside, *missed, *wrong]
