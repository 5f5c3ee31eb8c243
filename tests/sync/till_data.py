"""A real till's data folder for tests of the agent."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pos.domain.journal import FactKind
from pos.store.data_folder import DataFolder
from pos.store.enrolled import Enrolment, keep_enrolment
from pos.store.facts import TillIdentity
from pos.store.keys import load_or_create_key
from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from pos.system import Uuid7
from sync.credentials import Credentials
from sync.hub.database import HubDatabase
from tests.architecture.sources import ROOT
from tests.builders import KEY
from tests.sync.enrolling import enrolled, secret_of
from tests.sync.facts import T0, TillJournal, sale
from tests.templates import new_till

RUN_AGENT = (
    "import sys; from pathlib import Path; from sync.agent.main import run; run(Path(sys.argv[1]))"
)


class ShopTill:
    """A till with a data folder, without its window."""

    def __init__(self, root: Path, hub: str, *, number: int = 1) -> None:
        self.folder = DataFolder(root)
        self.folder.create()
        self.key = load_or_create_key(self.folder, lambda count: KEY[:count])
        self.identity = TillIdentity(f"FUEN-{number}", "FUEN", number)
        new_till(self.folder.database, key=self.key, identity=self.identity)
        self.credentials = self._pin("", "")
        self.store = TillStore(self.folder.database, key=self.key)
        self.folder.settings.write_text(
            f'hub = "{hub}"\nshop = "FUEN"\ntill_number = {number}\n', encoding="utf-8"
        )
        self._bodies = TillJournal(self.identity.till)
        self._sold = 0
        self._ids = Uuid7()

    def register(self, database: HubDatabase) -> Credentials:
        """Enrol the till at the hub with this database; return what it then holds."""
        told = enrolled(database, self.identity.till, secret=self.credentials.secret)
        self.credentials = self._pin(told.hub_key, told.ca)
        return self.credentials

    def _pin(self, hub_key: str, ca: str) -> Credentials:
        secret = secret_of(self.identity.till)
        enrolment = Enrolment(secret, hub_key, ca, self.identity.epoch)
        keep_enrolment(self.folder.database, key=self.key, enrolment=enrolment, now_ms=T0)
        return Credentials(self.identity.till, secret, hub_key, ca)

    def sell(self, times: int = 1, lines: Sequence[tuple[str, int]] = (("A", 100),)) -> None:
        """Record sales in one transaction, each with its fact and its place in the queue."""
        with self.store.transaction() as records:
            for _ in range(times):
                self._sold += 1
                number = self._sold
                body = sale(self._bodies, lines, number=f"1-{number:06d}", sequence=number)
                records.journal.append(
                    FactKind.SALE_COMPLETED,
                    {**body, "sale_id": self._ids.new()},
                    op_id=self._ids.new(),
                    at_ms=T0 + number,
                    session_id=None,
                )

    def open_agent_store(self) -> AgentStore:
        """Open the agent's side of the database."""
        return AgentStore(self.folder.database, key=self.key)

    def close(self) -> None:
        """Close the database."""
        self.store.close()


@contextmanager
def running_agent(till: ShopTill) -> Iterator[subprocess.Popen[bytes]]:
    """Run the till's agent as a process; end it with the block."""
    agent = start_agent(till)
    try:
        yield agent
    finally:
        agent.send_signal(signal.SIGTERM)
        agent.wait(30)


def start_agent(till: ShopTill) -> subprocess.Popen[bytes]:
    """Start the till's agent."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN_AGENT, str(till.folder.root)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )


def read_log(till: ShopTill) -> list[dict[str, object]]:
    """Return the lines of the agent's log, none before it began one."""
    path = till.folder.logs / "agent.log"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
