"""Checks a data folder against the invariants, and against its hub."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.client import HubClient, HubUnreachable

from pos.store.data_folder import DataFolder
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.store.verify import Violation, verify


@dataclass(frozen=True)
class Checked:
    """What was found; `waiting` is how many facts the hub has not acknowledged."""

    till: str
    violations: tuple[Violation, ...]
    sales: int
    total_minor: int
    waiting: int

    @property
    def summary(self) -> str:
        state = "holds" if not self.violations else "does NOT hold"
        waiting = f", {self.waiting} facts still to send" if self.waiting else ""
        return f"{self.till}: {self.sales} sales, {self.total_minor} minor units, {state}{waiting}"

    def as_json(self) -> dict[str, Any]:
        return {
            "till": self.till,
            "sales": self.sales,
            "total_minor": self.total_minor,
            "waiting": self.waiting,
            "violations": [
                {"code": violation.code, "message": violation.message}
                for violation in self.violations
            ],
        }


def check_folder(data: Path, hub: str | None) -> Checked:
    """Check every invariant that applies; may run while the till is open.

    Raises:
        StoreUnavailable: The folder is not to be opened.
    """
    folder = DataFolder(data)
    key = load_key(folder)
    store = AgentStore(folder.database, key=key)
    try:
        violations = list(verify(folder, key=key))
        till, epoch = store.identity.till, store.identity.epoch
        mine, waiting = store.digest(), store.queue_state()
        if hub is not None:
            violations += _against_hub(store, hub, till, epoch)
    finally:
        store.close()
    queued = waiting.queued + waiting.parked
    return Checked(till, tuple(violations), mine.sales, mine.total_minor, queued)


def _against_hub(store: AgentStore, hub: str, till: str, epoch: int) -> list[Violation]:
    """Compare what the hub has acknowledged with what this till says (I6)."""
    try:
        theirs = HubClient(hub).digest(till)
    except HubUnreachable as error:
        return [Violation("I6", f"the hub does not answer: {error}")]
    mine, ack = store.digest(), store.last_ack(epoch)
    found: list[Violation] = []
    if ack is not None and theirs.received_through < ack.through_seq:
        message = f"the hub acknowledged {ack.through_seq} and has {theirs.received_through}"
        found.append(Violation("I6", message))
    if store.queue_state().queued == 0:
        for name, ours, its in (
            ("sales", mine.sales, theirs.sales),
            ("total", mine.total_minor, theirs.total_minor),
            ("tenders", dict(mine.by_tender), dict(theirs.by_tender)),
        ):
            if ours != its:
                found.append(Violation("I6", f"{name}: till {ours}, hub {its}"))
    return found
