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
class TillAtTheEnd:
    """How the books of a till stand in the end; amounts in minor units.

    `explained` says why the hub holds something else than this till alone, if it does.
    """

    name: str
    sales: int
    total_minor: int
    hub_sales: int
    hub_total_minor: int
    violations: list[str] = field(default_factory=list)
    explained: str = ""

    @property
    def row(self) -> str:
        """One line of the table."""
        return (
            f"{self.name:<24}{self.sales:>6}{_euros(self.total_minor):>11}"
            f"{self.hub_sales:>6}{_euros(self.hub_total_minor):>11}"
            f"{len(self.violations):>12}  {self.explained}".rstrip()
        )


HEAD = f"{'till':<24}{'sales':>6}{'total':>11}{'hub':>6}{'total':>11}{'violations':>12}"


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
    tills: list[TillAtTheEnd] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

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
        self.faults += [f"{till.name}: {one}" for till in self.tills for one in till.violations]
        if not self.hub_agrees:
            self.faults.append(
                f"the hub has {self.hub_tickets} tickets of {self.hub_total_minor}, "
                f"the till {self.tickets} of {self.total_minor}"
            )

    @property
    def summary(self) -> str:
        agrees = "agrees" if self.hub_agrees else "does NOT agree"
        day = (
            f"{self.tickets} tickets, {_euros(self.total_minor)} in all, "
            f"{self.receipts} receipts printed, {len(self.steps)} steps in {self.seconds:.0f} s; "
            f"verify: {len(self.violations)} violations; the hub {agrees}"
        )
        table = [HEAD, *(each.row for each in self.tills)] if self.tills else []
        return "\n".join([day, *table])

    def write(self, file: Path) -> None:
        """Write it as JSON."""
        values: dict[str, Any] = {"good": self.is_good, **vars(self)}
        values["steps"] = [vars(step) for step in self.steps]
        values["tills"] = [vars(till) for till in self.tills]
        text = json.dumps(values, ensure_ascii=False, indent=1)
        file.write_text(text + "\n", encoding="utf-8")


def _euros(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"
