"""How long a cashier waits for the hub to allot what a customer brings back, on PostgreSQL."""

from __future__ import annotations

from functools import partial

from sync.counter_client import CounterClient
from sync.credentials import Credentials
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase, open_database
from sync.wire.v1.claims import ClaimKind, ClaimRequest, ClaimState
from tests.bench.catalogue import figures, timed
from tests.bench.measures import Context
from tests.bench.processes import running_hub
from tests.bench.report import Row, spread, times
from tests.postgres import create_database, running_cluster
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0
from tests.sync.hub.returns.kit import ReturnTill, ledger_at

GOAL_MS = 50
LINES, PIECES, RETURNS = 10, 4, 3
SALES_A_PUSH = 100


def measure(context: Context) -> list[Row]:
    """Claim purchases of ten lines, of each of which something came back before."""
    count = context.of(1_000, 10)
    with running_cluster() as cluster:
        url = cluster.url(create_database(cluster))
        database = open_database(url)
        try:
            credentials, sales = _prepare(database, count, context.of(20_000, 50))
            with running_hub(url) as hub_url:
                found, raw = _claims(CounterClient(hub_url, credentials), sales)
        finally:
            database.close()
    how = (
        f"{count:,} purchases of {LINES} lines with {RETURNS} returns each, claimed with their"
        " whole ledger over HTTP, each on a connection of its own; question and answer signed."
        " Limit: the same question about a purchase nobody made."
    )
    return [
        Row(
            "refund allocation at the hub, PostgreSQL",
            f"p99 ≤ {GOAL_MS} ms",
            spread(found),
            spread(raw),
            times(found["p50"], raw["p50"]),
            found["p99"] <= GOAL_MS,
            (how,),
        )
    ]


def _prepare(database: HubDatabase, count: int, others: int) -> tuple[Credentials, list[str]]:
    """Return a till's credentials and the purchases it is to claim, among others."""
    add_shop(database.engine, "FUEN", name="Bench", currency="EUR", country="ES", now_ms=T0)
    till = ReturnTill(database, "FUEN-1")
    sales: list[str] = []
    for at in range(count + others):
        sales.append(till.sell(*[PIECES * 100] * LINES, pieces=PIECES, push=False))
        if at % SALES_A_PUSH == SALES_A_PUSH - 1:
            till.push()
    till.push()
    for sold in sales[:count]:
        for line in range(1, RETURNS + 1):
            till.take_back(ledger_at(database, sold), (line, 1000))
    return enrolled(database, "FUEN-2"), sales[:count]


def _claims(client: CounterClient, sales: list[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Return how long claims took, and questions that find nothing, in milliseconds."""
    _claim(client, "warm-up", "nobody")
    found, raw = [], []
    for at, sold in enumerate(sales):
        found.append(timed(partial(_claim, client, f"op-{at}", sold)))
        raw.append(timed(partial(_claim, client, f"none-{at}", f"none-{at}")))
    if _claim(client, "last", sales[0]) is not ClaimState.GRANTED:
        raise RuntimeError("a purchase was not to be had")
    return figures(found), figures(raw)


def _claim(client: CounterClient, op_id: str, reference: str) -> ClaimState:
    request = ClaimRequest(op_id=op_id, kind=ClaimKind.PURCHASE, key=reference)
    return client.claim(request).state
