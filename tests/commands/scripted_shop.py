"""A shop with a hub over HTTP and one till, whose days are scripted and whose copies are real."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import select

from pos.commands.enrolment import enrol, mint_code
from pos.store.backup import take_backup
from pos.store.data_folder import DataFolder
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.store.verify import verify
from sync.agent.hub import Hub
from sync.agent.pushing import Pushing
from sync.client import HubClient
from sync.credentials import credentials_of, load_credentials
from sync.hub.database import HubDatabase
from sync.hub.tables import conflict, inbox
from sync.protocol.link import Link
from tests.store.scripted_day import START_MS, Counter, TickingClock, add_staff, dump

Rows = dict[str, list[tuple[object, ...]]]


class Turning:
    """A clock that never makes the agent wait."""

    def __init__(self) -> None:
        self._ms = START_MS

    def now_ms(self) -> int:
        return START_MS

    def monotonic_ms(self) -> int:
        self._ms += 60_000
        return self._ms


class Shop:
    """A hub over HTTP, and a till of it that a person works at."""

    def __init__(self, root: Path, url: str, database: HubDatabase, db_url: str) -> None:
        self.root, self.url, self.database = root, url, database
        self.folder = DataFolder(root / "till")
        enrol(self.folder.root, hub=url, code=mint_code(db_url, "FUEN", 2))
        self.clock = TickingClock()
        self._days = 0
        self.key = load_key(self.folder) or b""
        add_staff(self.folder.database, self.key)

    def play(self, moves: list[str], folder: DataFolder | None = None) -> None:
        self._days += 1
        path = (folder or self.folder).database
        counter = Counter(path, seed=f"{self._days}", clock=self.clock, key=self.key)
        try:
            counter.play(moves)
        finally:
            counter.close()

    def push(self, folder: DataFolder | None = None, *, batches: int = 1_000) -> None:
        """Let an agent send what waits, so many requests at most."""
        store = AgentStore((folder or self.folder).database, key=self.key)
        http = credentials_of(store).open(self.url, deadline_s=30, incarnation=f"a{self._days}")
        clock = Turning()
        pushing = Pushing(store, Hub(http, till=store.till, shop="FUEN"), clock, lambda: 0.5)
        link = Link(clock.monotonic_ms())
        try:
            for _ in range(batches):
                if not store.queue_state().queued:
                    break
                link, _ = pushing.step(link)
        finally:
            http.close()
            store.close()

    def copy(self) -> Path:
        return take_backup(self.folder, key=self.key, now_ms=self.clock.now_ms()).path

    def to_stick(self, backup: Path) -> Path:
        """Carry a copy away from its folder."""
        stick = self.root / "stick"
        stick.mkdir(exist_ok=True)
        return Path(shutil.copy(backup, stick))

    def rows(self, *names: str, folder: DataFolder | None = None) -> Rows:
        return dump((folder or self.folder).database, names, self.key)

    def violations(self, folder: DataFolder) -> list[str]:
        return [found.message for found in verify(folder.database, key=self.key)]

    def at_hub(self) -> dict[tuple[int, int], str]:
        with self.database.reading() as connection:
            rows = connection.execute(select(inbox.c.epoch, inbox.c.seq, inbox.c.hash)).all()
            assert connection.execute(select(conflict)).all() == []
        return {(row.epoch, row.seq): row.hash for row in rows}

    def agrees(self, folder: DataFolder) -> bool:
        """Say whether the hub holds just what a till holds."""
        store = AgentStore(folder.database, key=self.key)
        mine = store.digest()
        store.close()
        theirs = HubClient(self.url, load_credentials(folder)).digest("FUEN-2")
        return (mine.sales, mine.total_minor, dict(mine.by_tender)) == (
            theirs.sales, theirs.total_minor, dict(theirs.by_tender),
        )  # fmt: skip
