"""A real hub as a process, tills that it knows, and the agent's own steps to bring facts there."""

from __future__ import annotations

import contextlib
import random
import secrets
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pos.signatures import KEY_BYTES, SigningKey
from pos.store.data_folder import DataFolder
from pos.store.enrolled import Enrolment, keep_enrolment
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.system import SystemClock
from sync.agent.hub import Hub
from sync.agent.pushing import Pushing
from sync.client import HubClient
from sync.credentials import credentials_of
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase, open_database
from sync.hub.trust.enrolment import issue_code
from sync.protocol.link import Link
from tests.builders import KEY
from tests.faults import victims
from tests.faults.shop_floor import SHOP, fresh_till, point_to
from tests.faults.tracing import Victim

LONGEST_S = 30.0
LONGEST_PAUSE_MS = 400_000  # more than an agent ever waits before it tries again
TILLS_OF_A_HUB = 900  # a shop has 999 numbers


@dataclass
class AgentClock(SystemClock):
    """The machine's clock, and one of waits that is moved on by hand."""

    waited_ms: int = field(default=0)

    def monotonic_ms(self) -> int:
        """Return milliseconds since some moment."""
        return time.monotonic_ns() // 1_000_000 + self.waited_ms


@dataclass
class RunningHub:
    """A hub and its database, opened beside it to look behind the counter."""

    url: str
    database: HubDatabase
    known: int = 0

    def next_number(self) -> int:
        """Return a till number nobody has."""
        self.known += 1
        return self.known


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for_port(port: int, longest_s: float = LONGEST_S) -> None:
    """Return when somebody listens on a port of this machine.

    Raises:
        TimeoutError: Nobody did.
    """
    deadline = time.monotonic() + longest_s
    pause = threading.Event()
    while time.monotonic() < deadline:
        with contextlib.suppress(ConnectionRefusedError), socket.socket() as probe:
            probe.connect(("127.0.0.1", port))
            return
        pause.wait(0.005)
    raise TimeoutError(f"nobody listens on port {port}")


@contextmanager
def open_hub_database(url: str) -> Iterator[HubDatabase]:
    """Open a hub's database that knows the shop."""
    database = open_database(url)
    try:
        add_shop(database.engine, SHOP, name="NOGAL", currency="EUR", country="ES", now_ms=1)
        yield database
    finally:
        database.close()


@contextmanager
def hub_process(database_url: str, mutation: str = "") -> Iterator[tuple[Victim, str]]:
    """Run a hub on a database; yield it and where it answers."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="mostrador-hub-") as scratch:
        arguments = (database_url, port, mutation, scratch)
        with Victim(victims.serve_hub, *arguments, is_telling=False) as hub:
            hub.start()
            wait_for_port(port)
            yield hub, f"http://127.0.0.1:{port}"


@contextmanager
def running_hub(database_url: str, mutation: str = "") -> Iterator[RunningHub]:
    """Run a hub that knows the shop."""
    with (
        open_hub_database(database_url) as database,
        hub_process(database_url, mutation) as (_, url),
    ):
        yield RunningHub(url, database)


def enrol(folder: DataFolder, hub: RunningHub, number: int) -> None:
    """Enrol a till at a hub, by a code as the office gives it out."""
    point_to(folder, hub.url, number)
    secret, now_ms = secrets.token_bytes(KEY_BYTES), SystemClock().now_ms()
    code = issue_code(hub.database.engine, SHOP, number, now_ms, secrets.token_bytes)
    said = HubClient(hub.url).enrol(code, SigningKey(secret).public, name="Caja")
    enrolment = Enrolment(secret.hex(), said.hub_key, said.ca, said.epoch)
    key = load_key(folder)
    keep_enrolment(folder.database, key=key, enrolment=enrolment, now_ms=now_ms)


def known_till(root: Path, hub: RunningHub) -> DataFolder:
    """Return the folder of a till that the hub knows and that nobody had before."""
    number = hub.next_number()
    folder = fresh_till(root, hub=hub.url, number=number)
    enrol(folder, hub, number)
    return folder


@contextmanager
def pusher(
    folder: DataFolder, url: str, *, deadline_s: float = 10.0
) -> Iterator[tuple[Pushing, AgentStore, AgentClock]]:
    """Yield what pushes the facts of a till, as its agent makes it."""
    clock = AgentClock()
    with closing(AgentStore(folder.database, key=load_key(folder) or KEY)) as store:
        http = credentials_of(store).open(url, deadline_s=deadline_s)
        hub = Hub(http, till=store.till, shop=SHOP)
        try:
            yield Pushing(store, hub, clock, random.Random(1).random), store, clock
        finally:
            http.close()


def drain(
    folder: DataFolder,
    url: str,
    *,
    longest_s: float = LONGEST_S,
    give_up: Callable[[], bool] = lambda: False,
) -> None:
    """Bring every fact of a till to its hub.

    Raises:
        TimeoutError: Facts are left, or `give_up` said so.
    """
    deadline = time.monotonic() + longest_s
    with pusher(folder, url) as (pushing, store, clock):
        while store.queue_state().queued:
            if time.monotonic() > deadline or give_up():
                raise TimeoutError(
                    f"{store.queue_state().queued} facts left: {pushing.last_error}"
                )
            _, goes_on = pushing.step(Link(0))
            if not goes_on:
                clock.waited_ms += LONGEST_PAUSE_MS
