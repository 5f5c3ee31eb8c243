"""How many sales the hub takes in, and how long a till takes to catch up after an outage."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg
from sqlalchemy import make_url

from pos.domain.journal import Fact
from pos.signatures import Purpose, SigningKey
from pos.system import Uuid7
from sync.client import HubClient
from sync.credentials import Credentials
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase, open_database
from tests.architecture.sources import ROOT
from tests.bench.cpu import AGENT, CLIENT, HUB, POSTGRES, Meter, server_of
from tests.postgres import Cluster, create_database
from tests.sync.enrolling import enrolled, secret_of, signed_headers
from tests.sync.facts import TillJournal, push_of
from tests.sync.till_data import ShopTill, start_agent

SALES = 3_000
TILLS = 3
LINES = 10
PRODUCTS = 5_000
SALES_A_PUSH = 130  # what fits into the half mebibyte a till aims for
RUN_HUB = "import sys; from sync.hub.main import run; run(sys.argv[1])"

RAW_SERVER = "import sys; from tests.bench.hub import serve_raw; serve_raw(sys.argv[1])"


@dataclass(frozen=True, slots=True)
class Found:
    """What a run gave, a figure for each till where there are several.

    Attributes:
        ingests: Sales a second the hub took in of tills that came one after the other.
        raws: Sales a second of the limit.
        at_once: Sales a second it took in of all of as many tills that came at the same time.
        raw_at_once: Sales a second of the limit, likewise.
        micros: Of a core for each sale, by process.
        drain_s: What the agent of one till took.
        drain_micros: Of a core for each sale of that.
    """

    ingests: list[float]
    raws: list[float]
    at_once: float
    raw_at_once: float
    micros: dict[str, float]
    drain_s: float
    drain_micros: dict[str, float]


def run(cluster: Cluster, tills: int = TILLS) -> Found:
    """Measure on an empty PostgreSQL database, with hub, client and server on this machine.

    Each till brings 3,000 sales over HTTP to a bare server with one INSERT a request and to the
    hub, the facts and requests signed and the signatures checked: first one till after the
    other, then as many others at once. Then a real agent brings as many of a real till store,
    from being ready to the last one acknowledged.
    """
    postgres_url = cluster.url(create_database(cluster))
    database = open_database(postgres_url)
    add_shop(database.engine, "FUEN", name="Bench", currency="EUR", country="ES", now_ms=0)
    brought = {f"FUEN-{number}": pushes(f"FUEN-{number}") for number in range(1, 2 * tills + 1)}
    bodies = list(brought.values())
    raws = raw_ingest(postgres_url, bodies[:tills])
    raw_at_once = _raw_at_once(postgres_url, bodies[tills:])
    with _process(RUN_HUB, postgres_url) as (url, hub), contextlib.closing(database):
        known = {till: enrolled(database, till) for till in brought}
        for till, credentials in known.items():
            HubClient(url, credentials).digest(till)
        meter = Meter({HUB: [hub], CLIENT: [psutil.Process()], POSTGRES: server_of(cluster)})
        jobs = [partial(_ingest, url, known[till], sent) for till, sent in brought.items()]
        ingests = [SALES / job() for job in jobs[:tills]]
        at_once = SALES * tills / _seconds_at_once(jobs[tills:])
        micros = meter.per(SALES * tills * 2)
        drain_s, drain_micros = _drain(url, database, hub, cluster, number=2 * tills + 1)
    return Found(ingests, raws, at_once, raw_at_once, micros, drain_s, drain_micros)


def _ingest(url: str, credentials: Credentials, sent: Sequence[bytes]) -> float:
    """Return the seconds a hub took for the sales of a till."""
    till = credentials.till
    seconds = post_all(url, f"/v1/tills/{till}/ops", sent, credentials)
    taken = HubClient(url, credentials).digest(till).sales
    if taken != SALES:
        raise RuntimeError(f"the hub has {taken} sales of {SALES}")
    return seconds


def _seconds_at_once(jobs: Sequence[Callable[[], float]]) -> float:
    """Return the seconds until the last of jobs was done that began together."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        started = time.perf_counter()
        for each in [pool.submit(job) for job in jobs]:
            each.result()
        return time.perf_counter() - started


def _raw_at_once(postgres_url: str, brought: Sequence[Sequence[bytes]]) -> float:
    with bare_server(postgres_url) as url:
        jobs = [partial(post_all, url, "/", sent) for sent in brought]
        return SALES * len(jobs) / _seconds_at_once(jobs)


def raw_ingest(postgres_url: str, brought: Sequence[Sequence[bytes]]) -> list[float]:
    """Return sales a second of a bare HTTP server with one INSERT and COMMIT a request."""
    with bare_server(postgres_url) as url:
        return [SALES / post_all(url, "/", sent) for sent in brought]


def _drain(
    url: str, database: HubDatabase, hub: psutil.Process, cluster: Cluster, *, number: int
) -> tuple[float, dict[str, float]]:
    """Return the seconds from the agent being ready to the last acknowledgement, and µs a sale."""
    with tempfile.TemporaryDirectory(prefix="mostrador-bench-") as folder:
        till = ShopTill(Path(folder), url, number=number)
        till.register(database)
        for _ in range(SALES // 100):
            till.sell(100, [(f"{place}", 100 + place) for place in range(LINES)])
        store = till.open_agent_store()
        agent = start_agent(till)
        while not till.folder.agent_socket.exists():
            time.sleep(0.005)
        sender = [psutil.Process(agent.pid)]
        meter = Meter({HUB: [hub], AGENT: sender, POSTGRES: server_of(cluster)})
        started = time.perf_counter()
        try:
            while store.queue_state().queued:
                time.sleep(0.01)
            return time.perf_counter() - started, meter.per(SALES)
        finally:
            agent.send_signal(signal.SIGTERM)
            agent.wait(30)
            store.close()
            till.close()


def pushes(till: str) -> list[bytes]:
    """Return the signed requests that bring `SALES` sales of a till."""
    journal = TillJournal(till, ids=Uuid7().new)
    for sale in range(SALES):
        journal.sell([(str((sale * 7 + k * 131) % PRODUCTS), 100 + k) for k in range(LINES)])
    key = SigningKey(bytes.fromhex(secret_of(till)))
    signed = [
        replace(fact, signature=key.sign(Purpose.FACT, fact.hash.encode("ascii")))
        for fact in journal.facts
    ]
    return [
        json.dumps(push_of(part), ensure_ascii=False, separators=(",", ":")).encode()
        for part in _parts(signed)
    ]


def _parts(facts: Sequence[Fact]) -> Iterator[Sequence[Fact]]:
    for start in range(0, len(facts), SALES_A_PUSH):
        yield facts[start : start + SALES_A_PUSH]


def post_all(
    url: str, path: str, bodies: Sequence[bytes], credentials: Credentials | None = None
) -> float:
    """Post one body after the other over one connection, signed by a till; return seconds."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port)
    started = time.perf_counter()
    for body in bodies:
        headers = signed_headers(credentials, "POST", path, body) if credentials else {}
        connection.request("POST", path, body, {**headers, "Content-Type": "application/json"})
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {said[:200]!r}")
    seconds = time.perf_counter() - started
    connection.close()
    return seconds


@contextmanager
def bare_server(postgres_url: str) -> Iterator[str]:
    """Run the limit to compare with and yield its address: one INSERT and COMMIT a request."""
    with _process(RAW_SERVER, postgres_url) as (url, _):
        yield url


@contextmanager
def _process(code: str, argument: str) -> Iterator[tuple[str, psutil.Process]]:
    """Run a server that prints its address as the last word of its first line."""
    server = subprocess.Popen(
        [sys.executable, "-c", code, argument],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    try:
        yield server.stdout.readline().split()[-1], psutil.Process(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        server.stdout.close()


def serve_raw(postgres_url: str) -> None:
    """Serve the limit to compare with: take a body, insert it as one row, commit, answer."""
    url = make_url(postgres_url)
    connection = psycopg.connect(
        host=str(url.query.get("host") or url.host), user=url.username, dbname=url.database
    )
    table = f"raw_{uuid.uuid4().hex}"
    connection.execute(f"CREATE TABLE {table} (body text)")
    connection.commit()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            connection.execute(f"INSERT INTO {table} VALUES (%s)", (body.decode(),))
            connection.commit()
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    sys.stdout.write(f"raw http://127.0.0.1:{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()
