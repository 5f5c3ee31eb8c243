"""Checks a data folder against the invariants, and against its hub."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos.store.data_folder import DataFolder
from pos.store.keys import KeyMissing, load_key
from pos.store.outbox import AgentStore
from pos.store.till_store import NotATill
from pos.store.verify import Violation, verify
from sync.client import HubClient, HubRefused, HubUnreachable
from sync.credentials import NotEnrolled, credentials_of


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
    if not folder.database.is_file():
        raise NotATill(f"there is no till in {data}")
    key = load_key(folder)
    if key is None:
        raise KeyMissing(f"the key of {folder.database} is gone")
    violations = verify(folder.database, key=key)
    store = AgentStore(folder.database, key=key)
    try:
        if hub is not None:
            violations += _against_hub(store, hub)
        mine, waiting = store.digest(), store.queue_state()
    finally:
        store.close()
    queued = waiting.queued + waiting.parked
    return Checked(store.till, tuple(violations), mine.sales, mine.total_minor, queued)


def _against_hub(store: AgentStore, hub: str) -> list[Violation]:
    """Compare what the hub has acknowledged with what this till says (I6).

    The sums are comparable only when nothing waits, before and after the hub was asked.
    """
    waited = store.queue_state().queued
    mine = store.digest()
    try:
        theirs = HubClient(hub, credentials_of(store)).digest(store.till)
    except (HubUnreachable, HubRefused, NotEnrolled) as error:
        return [Violation("I6", f"nothing to compare with at {hub}: {error}")]
    ack = store.last_ack(theirs.epoch)
    found: list[Violation] = []
    if ack is not None and theirs.received_through < ack.through_seq:
        message = f"the hub acknowledged {ack.through_seq} and has {theirs.received_through}"
        found.append(Violation("I6", message))
    if waited or store.digest() != mine:
        return found
    for name, ours, its in (
        ("sales", mine.sales, theirs.sales),
        ("total", mine.total_minor, theirs.total_minor),
        ("tenders", dict(mine.by_tender), dict(theirs.by_tender)),
    ):
        if ours != its:
            found.append(Violation("I6", f"{name}: till {ours}, hub {its}"))
    return found
