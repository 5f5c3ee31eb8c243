"""The measures by name; run as a module, it takes one of them in this process."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.report import Row


@dataclass(frozen=True, slots=True)
class Context:
    """What a measure is given: real material when there is some, and how thorough to be."""

    data: Path | None = None
    is_quick: bool = False
    minutes: float = 0.0  # 0: as long as the measure finds right

    def of(self, thorough: int, quick: int) -> int:
        """Return how much of something to take."""
        return quick if self.is_quick else thorough

    def material(self, name: str) -> Path | None:
        """Return a file or folder of the real material, None when it is not at hand."""
        path = self.data / name if self.data else None
        return path if path is not None and path.exists() else None


Measuring = Callable[[Context], list[Row]]


@dataclass(frozen=True, slots=True)
class Measure:
    """Where a measure is and what it measures."""

    place: str  # module:function
    about: str
    only_when_named: bool = False

    def load(self) -> Measuring:
        module, _, function = self.place.partition(":")
        found: Measuring = getattr(importlib.import_module(f"tests.bench.{module}"), function)
        return found


MEASURES = {
    "load": Measure("loading:measure", "catalogue from the hub to sellable"),
    "lookup": Measure("lookups:measure_catalogue", "one product among a million, building alone"),
    "search": Measure("ui_search:measure", "key → painted list, through the search panel"),
    "scan": Measure("ui_scan:measure", "scan → painted line, sync running; bursts"),
    "announce": Measure("ui_announce:measure", "order placed → announced at the till"),
    "handover": Measure("ui_handover:measure", "pickup code → handover painted, 5,000 orders"),
    "sale": Measure("selling:measure", "a 10-line sale recorded durably"),
    "returns": Measure("returning:measure", "a purchase claimed and its return told, PostgreSQL"),
    "receipt": Measure("ui_returns:measure", "receipt scanned → page of returns painted"),
    "gift-card": Measure("gift_cards:measure", "balance of a card with 10,000 movements"),
    "customers-till": Measure("customers_till:measure", "customer by card and name, 100,000"),
    "customers": Measure("customers_hub:measure", "one of 5,000,000 at the hub, PostgreSQL"),
    "suggestions": Measure(
        "suggestions:measure", "what goes with a ticket; hits on real invoices"
    ),
    "promotions": Measure("promotions:measure", "50 lines, 500 active promotions"),
    "print": Measure("ui_print:measure", "pay → first byte at the printer"),
    "start": Measure("ui_start:measure", "program started → ready to scan"),
    "memory": Measure("ui_memory:measure", "after the start and after 10,000 sales"),
    "prices": Measure("ui_prices:measure", "1,000 price changes while selling"),
    "ingest": Measure("ingesting:measure", "sales the hub takes in a second, PostgreSQL"),
    "drain": Measure("draining:measure", "3,000 sales after an outage"),
    "month": Measure("month:measure", "30 days without the hub, then all of it, PostgreSQL"),
    "backup": Measure("backing_up:measure", "a sale while the till is being copied"),
    "soak": Measure("ui_soak:measure", "an hour of selling, every stall of it", True),
    "history": Measure("lookups:measure_history", "Z and receipts among 500,000 sales"),
    "pickup-races": Measure(
        "pickup_races:measure", "10,000 orders two tills want, PostgreSQL", True
    ),
    "camera": Measure("seeing:measure", "photographs read right, frames a second"),
}


def main() -> int:
    """Take one measure and print its rows for `tests.bench`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=list(MEASURES))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--minutes", type=float, default=0.0)
    chosen = parser.parse_args()
    # A keyring would ask a person, and start-up is measured with compiled bytecode.
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    context = Context(chosen.data, is_quick=chosen.quick, minutes=chosen.minutes)
    rows = MEASURES[chosen.name].load()(context)
    print(f"MEASURED {json.dumps([asdict(row) for row in rows], ensure_ascii=False)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
