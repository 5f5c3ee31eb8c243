"""What a played day came to, and whether it counts."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LEAST_TICKETS = 30


@dataclass
class Step:
    """One step of the day; `seconds` is how long it took."""

    name: str
    seconds: float
    screen: str = ""
    fault: str = ""


@dataclass
class DemoReport:
    """The day in figures; amounts in minor units."""

    steps: list[Step] = field(default_factory=list)
    tickets: int = 0
    total_minor: int = 0
    by_tender: dict[str, int] = field(default_factory=dict)
    hub_tickets: int = 0
    hub_total_minor: int = 0
    hub_agrees: bool = False
    violations: list[str] = field(default_factory=list)
    receipts: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.faults

    def judge(self) -> None:
        """Note what is missing for the day to count."""
        self.faults += [f"{step.name}: {step.fault}" for step in self.steps if step.fault]
        if self.tickets < LEAST_TICKETS:
            self.faults.append(f"{self.tickets} tickets, at least {LEAST_TICKETS} are wanted")
        if self.violations:
            self.faults.append(f"verify finds {len(self.violations)} violations")
        if not self.hub_agrees:
            self.faults.append(
                f"the hub has {self.hub_tickets} tickets of {self.hub_total_minor}, "
                f"the till {self.tickets} of {self.total_minor}"
            )

    @property
    def summary(self) -> str:
        euros = f"{self.total_minor // 100}.{self.total_minor % 100:02d}"
        agrees = "agrees" if self.hub_agrees else "does NOT agree"
        return (
            f"{self.tickets} tickets, {euros} in all, {self.receipts} receipts printed, "
            f"{len(self.steps)} steps in {self.seconds:.0f} s; "
            f"verify: {len(self.violations)} violations; the hub {agrees}"
        )

    def write(self, file: Path) -> None:
        """Write it as JSON."""
        values: dict[str, Any] = {"good": self.is_good, **vars(self)}
        values["steps"] = [vars(step) for step in self.steps]
        text = json.dumps(values, ensure_ascii=False, indent=1)
        file.write_text(text + "\n", encoding="utf-8")
