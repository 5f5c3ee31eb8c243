"""The machine of one till: its data folder, its window's store, its agent, its wrong clock."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pos.country import load_country
from pos.devices.hub_answers import HubAnswers
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.fiscal.none import NoFiscalModule
from pos.services.workstation import SignOn, Workstation
from pos.signatures import SigningKey
from pos.store.catalogue_source import CatalogueSource
from pos.store.data_folder import DataFolder
from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from sync.agent.emails import Emails
from sync.agent.hub import Hub
from sync.agent.loop import PULL_EVERY_MS, Agent
from sync.agent.orders_pull import OrdersPull
from sync.agent.pulling import Pulling
from sync.agent.pushing import Pushing
from sync.agent.revocation import Revocation
from sync.counter_client import CounterClient
from sync.credentials import Credentials, credentials_of
from sync.messages.port import Mail
from sync.signed_http import SignedHttp
from tests.simulator.chance import Chance, MachineClock, SeededIds
from tests.simulator.crashes import AGENT, TILL, Crashes
from tests.simulator.network import Network, SimulatedHttp
from tests.simulator.terminal import Terminal

COUNTRY = load_country("ES")
LONGEST_WAIT_MS = 700
ALL_SALES = 1_000_000
HUB_URL = "http://hub.invalid"


@dataclass(frozen=True, slots=True)
class Told:
    """What a cashier was told is paid or taken back; it must be true from then on."""

    sale_id: str  # or the id of a return
    number: str
    total: int


class PlainPins:
    """Hashes a PIN to itself: what hashing costs is none of the simulation's business."""

    def matches(self, pin: str, stored_hash: str) -> bool:
        return pin == stored_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class _OverTheNetwork(Credentials):
    """Credentials whose connections go through the simulated network."""

    network: Network
    random_bytes: Callable[[int], bytes]

    def open(
        self,
        url: str,
        *,
        deadline_s: float,
        incarnation: str = "",
        random_bytes: Callable[[int], bytes] | None = None,
    ) -> SignedHttp:
        """Return a connection to the simulated hub."""
        return SignedHttp(
            SimulatedHttp(self.network, self.till),
            till=self.till,
            key=SigningKey(bytes.fromhex(self.secret)),
            hub_key=self.hub_key,
            random_bytes=self.random_bytes,
            incarnation=incarnation,
        )


class NoMail:
    """Takes every letter."""

    def send(self, mail: Mail) -> None:
        """Lose it."""


@dataclass
class Surroundings:
    """What all machines share."""

    network: Network
    crashes: Crashes
    ids: SeededIds


class TillMachine:
    """One till. Its two programs, till and agent, die and start separately."""

    def __init__(self, folder: Path, till: str, shared: Surroundings, clock: MachineClock) -> None:
        self.folder = DataFolder(folder)
        self.till = till
        self.shop, _, number = till.rpartition("-")
        self.number = int(number)
        self.clock = clock
        self.terminal = Terminal()
        self.told: list[Told] = []
        self.copies: list[TillMachine] = []  # machines that began as copies of this one's disk
        self.told_returned: list[Told] = []
        self.not_to_resume: set[str] = set()  # tickets parked before the disk was copied
        self.not_to_return: set[str] = set()  # sold, or being sold, before the disk was copied
        self.chance = Chance("no event")
        self._shared = shared
        self._station: Workstation | None = None
        self._store: TillStore | None = None
        self._hub_answers: HubAnswers | None = None
        self._agent: Agent | None = None
        self._agent_store: AgentStore | None = None

    def process(self, program: str) -> str:
        """Return what tells a program of this machine from those of all others."""
        return f"{program} {self.folder.root.name}"

    # -- the till

    @property
    def ids(self) -> SeededIds:
        return self._shared.ids

    @property
    def crashes(self) -> Crashes:
        return self._shared.crashes

    @property
    def station(self) -> Workstation:
        """The till's program, started when it is not running."""
        if self._station is None:
            self._store = TillStore(self.folder.database, key=None)
            self._station = Workstation(
                shop=self.shop,
                till=self.till,
                till_number=self.number,
                currency="EUR",
                store=self._store,
                catalogues=CatalogueSource(self.folder.catalogue),
                clock=self.clock,
                ids=self._shared.ids,
                fiscal=NoFiscalModule(),
                pins=PlainPins(),
                cash_policy=COUNTRY.cash_policy,
                denominations=COUNTRY.denominations,
            )
        return self._station

    def sign_on(self, staff_id: str) -> SignOn:
        """Return somebody at the counter, in the open shift if there is one."""
        with self.station.store.reading() as records:
            person = records.staff.get(staff_id)
            assert person is not None, f"{self.till} does not know {staff_id}"
            return SignOn(self.station, person, records.sessions.current())

    def tell(self, sale: Sale) -> None:
        """Tell the cashier that a sale is paid."""
        self.crashes.step()
        self.told.append(Told(sale.sale_id, str(sale.number), sale.total.minor))

    def tell_returned(self, document: Return) -> None:
        """Tell the cashier that goods are taken back."""
        self.crashes.step()
        told = Told(document.return_id, str(document.number), document.total.minor)
        self.told_returned.append(told)

    @property
    def hub_answers(self) -> HubAnswers:
        """The hub, for somebody who waits at the counter."""
        if self._hub_answers is None:
            self._hub_answers = HubAnswers(CounterClient(HUB_URL, self.credentials()))
        return self._hub_answers

    def end_till(self) -> None:
        """End the till's program, whatever it was doing."""
        if self._store is not None:
            self._store.close()
        self.crashes.close_files(self.process(TILL))
        self._station = self._store = None

    # -- the agent

    @property
    def agent_store(self) -> AgentStore:
        """The agent's side of the database."""
        if self._agent_store is None:
            self._agent_store = AgentStore(self.folder.database, key=None)
        return self._agent_store

    def sync(self, steps: int) -> None:
        """Let the agent do so many steps, time passing between them as it asks."""
        with self.crashes.running(AGENT, self.process(AGENT)):
            agent = self._running_agent()
            for _ in range(steps):
                wait_ms = agent.step()
                self.clock.world.advance(min(wait_ms, LONGEST_WAIT_MS) + 1)

    def end_agent(self) -> None:
        """End the agent, whatever it was doing."""
        if self._agent_store is not None:
            self._agent_store.close()
        self.crashes.close_files(self.process(AGENT))
        self._agent = self._agent_store = None

    def _running_agent(self) -> Agent:
        if self._agent is None:
            self._agent = self._started_agent()
        return self._agent

    def _started_agent(self) -> Agent:
        store, clock = self.agent_store, self.clock
        http = self.credentials().open(HUB_URL, deadline_s=0, incarnation=self.chance.hex(32))
        hub = Hub(http, till=self.till, shop=self.shop)
        pulling = Pulling(store, hub, clock, self.folder.catalogue, _ignored)
        pulling.look()
        return Agent(
            store=store,
            hub=hub,
            pushing=Pushing(store, hub, clock, self._jitter),
            pulling=pulling,
            orders=OrdersPull(store, hub, clock, _ignored, shop=self.shop, every_ms=PULL_EVERY_MS),
            emails=Emails(store, NoMail(), clock, self._jitter),
            revocation=Revocation(store, clock, self.folder.outgoing),
            clock=clock,
            jitter=self._jitter,
            tell=_ignored,
        )

    def credentials(self) -> Credentials:
        """Return what the till shows the hub, over the simulated network."""
        store = AgentStore(self.folder.database, key=None)
        try:
            shown = credentials_of(store)
        finally:
            store.close()
        return _OverTheNetwork(
            shown.till,
            shown.secret,
            shown.hub_key,
            shown.ca,
            network=self._shared.network,
            random_bytes=self._random_bytes,
        )

    def _random_bytes(self, count: int) -> bytes:
        return self.chance.bytes(count)

    def _jitter(self) -> float:
        return self.chance.fraction()

    # -- the machine

    def end(self) -> None:
        """Switch the machine off."""
        self.end_till()
        self.end_agent()

    def cloned(self, folder: Path) -> TillMachine:
        """Copy the disk while the machine is off, and return the machine that boots from it."""
        self.end()
        shutil.copytree(
            self.folder.root, folder, ignore=shutil.ignore_patterns("*.sock", "*.lock")
        )
        copy = TillMachine(folder, self.till, self._shared, MachineClock(self.clock.world))
        copy.terminal = Terminal(
            dict(self.terminal.charged),
            set(self.terminal.declined),
            dict(self.terminal.paid_back),
            set(self.terminal.asked),
        )
        with copy.station.store.reading() as records:
            copy.not_to_resume = {each.basket.basket_id for each in records.tickets.parked()}
            current = records.tickets.current()
            sold = {each.sale_id for each in records.sales.recent(ALL_SALES)}
            copy.not_to_return = sold | ({current.basket.basket_id} if current else set())
        self.copies.append(copy)
        return copy


def _ignored(message: dict[str, object]) -> None:
    """Nobody is connected to the agent."""
