"""The same acts against real processes: agents, and a hub on PostgreSQL over HTTP.

What the simulator says must be what really happens: the same sums of every till and day, and
the same kinds of items on the desk.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from pos.settings import TillSettings, write_settings
from sync.connectors.builtin import BuiltinConnector
from sync.http import HubUnreachable
from sync.hub import tables, tables_desk, tables_returns
from sync.hub.agreement import desk_of_tills
from sync.hub.database import HubDatabase, open_database
from sync.wire.v1.desk import ItemKind
from tests.architecture.sources import ROOT
from tests.simulator.asgi import AsgiAnswer, without_threads
from tests.simulator.chance import DAY_MS, Chance
from tests.simulator.hub_machine import clear_desk
from tests.simulator.plan import ACTS, Event, Size, plan
from tests.simulator.runner import quiet
from tests.simulator.shops import Shops, till_names
from tests.simulator.template import furnish, make_template, make_till
from tests.simulator.till_machine import TillMachine
from tests.simulator.world import World

SMALL = Size(days=5, shops=1, tills=2)
PATIENCE_S = 120.0
LOOK_EVERY_S = 0.3
RUN_HUB = (
    "import sys; from pathlib import Path; from sync.hub.main import run;"
    " run(sys.argv[1], port=int(sys.argv[3]), ready_file=Path(sys.argv[2]))"
)
RUN_AGENT = (
    "import sys; from pathlib import Path; from sync.agent.main import run; run(Path(sys.argv[1]))"
)

Sums = dict[tuple[str, str, str], int]  # till, business day, tender: minor units


@dataclass(frozen=True)
class Findings:
    """What a hub holds in the end."""

    sums: Sums
    returned: Sums
    sales: int
    desk_kinds: set[str] = field(default_factory=set)


def acts_of(seed: int, size: Size = SMALL) -> list[Event]:
    """Return the acts of a seed that come out the same whenever the hub is reached.

    Nothing is pulled in between that changes a price, no ticket of another till is asked for;
    for one seed in two a disk is copied half-way.
    """
    events = [
        replace(event, kill=None, weather="dark")
        for event in plan(seed, size)
        if event.what in ACTS
    ]
    if Chance(seed, "copied").happens(0.5) and events:
        middle = events[len(events) // 2]
        events.insert(len(events) // 2, replace(middle, what="clone", till=0, key=f"{seed}/copy"))
    return events


def simulated(seed: int, size: Size = SMALL) -> Findings:
    """Run the acts in the simulator, the network at its worst now and then."""
    with tempfile.TemporaryDirectory(prefix="mostrador-r5-") as name, without_threads():
        folder = Path(name)
        world = World(make_template(folder, size), folder / "world", size)
        try:
            world.run(_with_contacts(seed, acts_of(seed, size)))
            world.heal()
            return findings(world.hub.database)
        finally:
            world.end()


def really(seed: int, database_url: str, size: Size = SMALL) -> Findings:
    """Do the acts with real agents and a real hub; both are killed once meanwhile.

    Args:
        database_url: Of an empty PostgreSQL database.
    """
    with tempfile.TemporaryDirectory(prefix="mostrador-r5-") as name, ExitStack() as stack:
        folder = Path(name)
        database = open_database(database_url)
        stack.callback(database.close)
        bare = folder / "bare"
        bare.mkdir()
        furnish(database, bare, size)
        for till in till_names(size):
            make_till(database, bare / till, till, Chance("first day", till))
        processes = stack.enter_context(_processes(folder, database_url))
        shops = _RealShops(bare, size, processes)
        stack.callback(shops.end)
        return _acted(seed, size, shops, database)


def compare(seed: int, database_url: str) -> list[str]:
    """Return where the simulator and real processes come to different things."""
    with quiet():
        expected, found = simulated(seed), really(seed, database_url)
    differing = []
    for name in ("sums", "returned", "sales", "desk_kinds"):
        here, there = getattr(expected, name), getattr(found, name)
        if here != there:
            differing.append(f"{name}: simulated {here}, really {there}")
    return differing


def findings(database: HubDatabase) -> Findings:
    """Sum up what a hub holds."""
    sale, tender = tables.sale.c, tables.sale_tender.c
    with database.reading() as connection:
        rows = connection.execute(
            select(sale.till, sale.business_day, tender.kind, func.sum(tender.amount))
            .join(tables.sale, sale.sale_id == tender.sale_id)
            .group_by(sale.till, sale.business_day, tender.kind)
        )
        sums = {(till, day, kind): int(amount) for till, day, kind, amount in rows}
        returned = _returned(connection)
        sales = connection.scalar(select(func.count()).select_from(tables.sale)) or 0
        kinds = set(connection.scalars(select(tables_desk.desk_item.c.kind).distinct()))
    return Findings(sums, returned, sales, kinds)


def _returned(connection: Connection) -> Sums:
    """Sum up what came back, by the means it goes back."""
    document, refund = tables_returns.return_document.c, tables_returns.return_refund.c
    rows = connection.execute(
        select(document.till, document.business_day, refund.means, func.sum(refund.amount))
        .join(tables_returns.return_document, document.return_id == refund.return_id)
        .group_by(document.till, document.business_day, refund.means)
    )
    return {(till, day, means): int(amount) for till, day, means, amount in rows}


class _Processes:
    """A hub and agents, each a process of its own."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self._folder = folder
        self._database_url = database_url
        self._agents: dict[Path, subprocess.Popen[bytes]] = {}
        self.url = ""
        self._hub = self._started_hub(0)

    def restart_hub(self) -> None:
        """Kill the hub and start it again where tills look for it."""
        self._hub.kill()
        self._hub.wait()
        self._hub = self._started_hub(int(self.url.rpartition(":")[2]))

    def start_agent(self, folder: Path) -> None:
        """Start the agent of a data folder, which may have been killed before."""
        self.kill_agent(folder)
        self._agents[folder] = self._started(RUN_AGENT, str(folder))

    def kill_agent(self, folder: Path) -> None:
        """Kill an agent, if it runs."""
        agent = self._agents.pop(folder, None)
        if agent is not None:
            agent.kill()
            agent.wait()

    def end(self) -> None:
        """End everything."""
        for folder in list(self._agents):
            self.kill_agent(folder)
        self._hub.send_signal(signal.SIGTERM)
        self._hub.wait()

    def _started_hub(self, port: int) -> subprocess.Popen[bytes]:
        ready = self._folder / "ready"
        ready.unlink(missing_ok=True)
        hub = self._started(RUN_HUB, self._database_url, str(ready), str(port))
        _until(ready.exists)
        self.url = ready.read_text(encoding="utf-8")
        return hub

    @staticmethod
    def _started(program: str, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


class _RealShops(Shops):
    """Shops that are worked at here, while their agents and their hub are processes."""

    def __init__(self, folder: Path, size: Size, processes: _Processes) -> None:
        self.processes = processes
        super().__init__(folder, size, _nobody)
        for machine in self.tills:
            self._serve_by_agent(machine)
        for machine in self.tills:
            _until((machine.folder.catalogue / "current").exists)

    def act(self, event: Event) -> None:
        """Let somebody do something, or a disk be copied."""
        if event.what == "clone":
            self.processes.kill_agent(self.tills[event.till].folder.root)
        self.begin(event)
        self.happen(event)
        if event.what == "clone":
            for machine in self.machines:
                self._serve_by_agent(machine)

    def lose_an_agent(self) -> None:
        """Kill an agent; another one begins."""
        self._serve_by_agent(self.tills[-1])

    def close(self) -> None:
        """Close every shift, as at the end of a simulated world."""
        self.clock.advance(DAY_MS)
        self.network.weather, self.network.chance = "dark", Chance("healing")
        for machine in self.machines:
            self.close_up(machine)

    def is_drained(self) -> bool:
        """True when no till has anything to say to the hub."""
        return not any(machine.agent_store.queue_state().queued for machine in self.machines)

    @property
    def has_copies(self) -> bool:
        return any(till.copies for till in self.tills)

    def sales(self) -> int:
        """Return how many sales there are on all disks together."""
        found: set[str] = set()
        for machine in self.machines:
            with machine.station.store.reading() as records:
                found.update(sale.sale_id for sale in records.sales.recent(100_000))
        return len(found)

    def _serve_by_agent(self, machine: TillMachine) -> None:
        settings = TillSettings(machine.shop, machine.number, self.processes.url)
        write_settings(machine.folder.settings, settings)
        self.processes.start_agent(machine.folder.root)


def _acted(seed: int, size: Size, shops: _RealShops, database: HubDatabase) -> Findings:
    events = acts_of(seed, size)
    desk_of_tills.register(BuiltinConnector())
    for number, event in enumerate(events):
        shops.act(event)
        if number == len(events) // 3:
            shops.processes.restart_hub()
        if number == len(events) // 2:
            shops.lose_an_agent()
    shops.close()
    _until(shops.is_drained)

    def is_complete() -> bool:
        clear_desk(database, shops.clock.now_ms(), Chance(seed, time.monotonic()))
        found = findings(database)
        is_seen = ItemKind.TILL_CLONED.value in found.desk_kinds or not shops.has_copies
        return is_seen and found.sales == shops.sales()

    _until(is_complete)
    return findings(database)


def _with_contacts(seed: int, events: list[Event]) -> list[Event]:
    """Let the tills reach the hub now and then between their acts."""
    found: list[Event] = []
    for number, event in enumerate(events):
        found.append(event)
        chance = Chance(seed, "contact", number)
        if chance.happens(0.4):
            weather = "storm" if chance.happens(0.5) else "fair"
            found.append(
                replace(event, what="sync", key=f"{seed}/contact/{number}", weather=weather)
            )
    return found


@contextmanager
def _processes(folder: Path, database_url: str) -> Iterator[_Processes]:
    processes = _Processes(folder, database_url)
    try:
        yield processes
    finally:
        processes.end()


def _until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: It did not become so within `PATIENCE_S`.
    """
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError("it does not come about")
        time.sleep(LOOK_EVERY_S)


def _nobody(*_: object) -> AsgiAnswer:
    raise HubUnreachable("nobody there")
