"""Checks a data folder against the invariants, and against its hub."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos.store.data_folder import DataFolder
from pos.store.digest import Digest
from pos.store.keys import KeyMissing, load_key
from pos.store.outbox import AgentStore
from pos.store.till_store import NotATill
from pos.store.verify import Violation, verify
from sync.agent.hub import Hub
from sync.client import HubClient, HubRefused, HubUnreachable
from sync.credentials import Credentials, NotEnrolled, credentials_of
from sync.wire.v1.tills import Comparison
from sync.wire.v1.tills import Digest as HubDigest

COMPARE_S = 30.0


@dataclass(frozen=True)
class Checked:
    """What was found; `waiting` is how many facts the hub has not acknowledged.

    `of_copies` is how many sales the hub holds of other copies of the till, taken in there.
    """

    till: str
    violations: tuple[Violation, ...]
    sales: int
    total_minor: int
    waiting: int
    of_copies: int = 0
    returns: int = 0
    returns_minor: int = 0

    @property
    def summary(self) -> str:
        state = "holds" if not self.violations else "does NOT hold"
        waiting = f", {self.waiting} facts still to send" if self.waiting else ""
        copies = f", {self.of_copies} more of another copy at the hub" if self.of_copies else ""
        sold = f"{self.sales} sales, {self.total_minor} minor units"
        if self.returns:
            sold += f", {self.returns} returns, {self.returns_minor} minor units"
        return f"{self.till}: {sold}, {state}{waiting}{copies}"

    def as_json(self) -> dict[str, Any]:
        return {
            "till": self.till,
            "sales": self.sales,
            "total_minor": self.total_minor,
            "returns": self.returns,
            "returns_minor": self.returns_minor,
            "waiting": self.waiting,
            "of_copies": self.of_copies,
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
    of_copies = 0
    try:
        if hub is not None:
            found, of_copies = _against_hub(store, hub)
            violations += found
        mine, waiting = store.digest(), store.queue_state()
    finally:
        store.close()
    queued = waiting.queued + waiting.parked
    return Checked(
        till=store.till,
        violations=tuple(violations),
        sales=mine.sales,
        total_minor=mine.total_minor,
        waiting=queued,
        of_copies=of_copies,
        returns=mine.returns,
        returns_minor=mine.returns_minor,
    )


def _against_hub(store: AgentStore, hub: str) -> tuple[list[Violation], int]:
    """Compare what the hub has acknowledged with what this till says (I6).

    The sums are comparable only when nothing waits, before and after the hub was asked. Where
    every epoch of this till agrees, what the hub holds beyond it is of other copies of the
    till; their sales are counted and no violation.
    """
    waited = store.queue_state().queued
    mine = store.digest()
    try:
        credentials = credentials_of(store)
        theirs = HubClient(hub, credentials).digest(store.till)
        found = _behind(store, theirs)
        if waited or store.digest() != mine:
            return found, 0
        differing = _differing(mine, theirs)
        if differing and theirs.sales > mine.sales and _agrees(store, credentials, hub):
            return found, theirs.sales - mine.sales
    except (HubUnreachable, HubRefused, NotEnrolled) as error:
        return [Violation("I6", f"nothing to compare with at {hub}: {error}")], 0
    return found + differing, 0


def _behind(store: AgentStore, theirs: HubDigest) -> list[Violation]:
    """Say that the hub lacks what it acknowledged."""
    ack = store.last_ack(theirs.epoch)
    if ack is None or theirs.received_through >= ack.through_seq:
        return []
    message = f"the hub acknowledged {ack.through_seq} and has {theirs.received_through}"
    return [Violation("I6", message)]


def _differing(mine: Digest, theirs: HubDigest) -> list[Violation]:
    return [
        Violation("I6", f"{name}: till {ours}, hub {its}")
        for name, ours, its in (
            ("sales", mine.sales, theirs.sales),
            ("total", mine.total_minor, theirs.total_minor),
            ("tenders", dict(mine.by_tender), dict(theirs.by_tender)),
            ("returns", mine.returns, theirs.returns),
            ("returns total", mine.returns_minor, theirs.returns_minor),
            ("refunds", dict(mine.by_refund), dict(theirs.by_refund)),
            ("paid again", dict(mine.by_reissue), dict(theirs.by_reissue)),
        )
        if ours != its
    ]


def _agrees(store: AgentStore, credentials: Credentials, hub: str) -> bool:
    """Compare chain and days of each epoch; True when the hub holds all of them as we do."""
    http = credentials.open(hub, deadline_s=COMPARE_S)
    client = Hub(http, till=store.till, shop=store.till.rpartition("-")[0])
    try:
        held = [store.agreement(epoch, 0) for epoch in store.epochs()]
        if any(each is None or each.again_from for each in held):
            return False
        answers = [client.compare(each).comparison for each in held if each is not None]
    finally:
        http.close()
    return bool(answers) and set(answers) == {Comparison.AGREES}
