"""How long a customer who brings something back waits for the hub, on PostgreSQL."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field, replace
from functools import partial

from pos.domain.journal import Fact, FactKind
from pos.domain.return_content import return_body
from pos.signatures import Purpose, SigningKey
from sync.counter_client import CounterClient
from sync.credentials import Credentials
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase, open_database
from sync.hub.trust.keys import hub_identity
from sync.wire.v1.claims import ClaimAnswer, ClaimKind, ClaimRequest, ClaimState
from tests.bench.catalogue import figures, timed
from tests.bench.hub import bare_server, post_all
from tests.bench.measures import Context
from tests.bench.processes import running_hub
from tests.bench.report import Row, spread, times
from tests.postgres import create_database, running_cluster
from tests.sync.enrolling import secret_of
from tests.sync.facts import T0, push_of
from tests.sync.hub.returns.kit import ReturnTill, ledger_at, told, watch

GOAL_MS = 50
LINES, PIECES, RETURNS = 10, 4, 3
SALES_A_PUSH = 100
TILL = "FUEN-2"


@dataclass
class _Found:
    """Milliseconds for each purchase; `raw` are the same two requests at a bare server."""

    claims: list[float] = field(default_factory=list)
    nobodys: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)


def measure(context: Context) -> list[Row]:
    """Claim purchases of ten lines of which something came back, and tell what comes back."""
    count = context.of(1_000, 10)
    with running_cluster() as cluster:
        url = cluster.url(create_database(cluster))
        database = open_database(url)
        try:
            counter = _Counter(database, _prepare(database, count, context.of(20_000, 50)))
            with running_hub(url) as hub_url, bare_server(url) as bare_url:
                found = counter.take_everything_back(hub_url, bare_url)
        finally:
            database.close()
    return _rows(count, found)


def _rows(count: int, found: _Found) -> list[Row]:
    how = (
        f"{count:,} purchases of {LINES} lines with {RETURNS} returns each: claimed with their"
        " whole ledger, then the return told, which uses the claim up; two requests over HTTP,"
        " each on a connection of its own; questions, fact and answers signed. Limit: the same"
        " two bodies to a bare HTTP server with one INSERT and COMMIT for each."
    )
    claims, nobodys = figures(found.claims), figures(found.nobodys)
    whole, raw = figures(found.whole), figures(found.raw)
    return [
        Row(
            "refund allocation at the hub, PostgreSQL",
            f"p99 ≤ {GOAL_MS} ms",
            spread(whole),
            spread(raw),
            times(whole["p50"], raw["p50"]),
            whole["p99"] <= GOAL_MS,
            (how,),
        ),
        Row(
            "refund allocation at the hub, the claim alone",
            "",
            spread(claims),
            spread(nobodys),
            times(claims["p50"], nobodys["p50"]),
            notes=("Limit: the same question about a purchase nobody made.",),
        ),
    ]


def _prepare(database: HubDatabase, count: int, others: int) -> list[str]:
    """Return the purchases to bring something back of, among others."""
    add_shop(database.engine, "FUEN", name="Bench", currency="EUR", country="ES", now_ms=T0)
    till = ReturnTill(database, "FUEN-1")
    sales: list[str] = []
    for at in range(1, count + others + 1):
        sales.append(till.sell(*[PIECES * 100] * LINES, pieces=PIECES, push=False))
        if at % SALES_A_PUSH == 0 or at == count + others:
            till.push()
    for sold in sales[:count]:
        for line in range(1, RETURNS + 1):
            till.take_back(ledger_at(database, sold), (line, 1000))
    watch(database)  # or the hub would do it beside the questions
    return sales[:count]


class _Counter:
    """The till that asks the hub, as its window and its agent do."""

    def __init__(self, database: HubDatabase, sales: list[str]) -> None:
        self._till = ReturnTill(database, TILL)
        self._till.push()
        hub = hub_identity(database.engine, secrets.token_bytes)
        self._credentials = Credentials(TILL, secret_of(TILL), hub.key.public)
        self._key = SigningKey(bytes.fromhex(self._credentials.secret))
        self._sales = sales

    def take_everything_back(self, hub_url: str, bare_url: str) -> _Found:
        """Bring a piece of a line back of every purchase."""
        client, found = CounterClient(hub_url, self._credentials), _Found()
        client.claim(_question("warm-up", "nobody"))
        for at, sold in enumerate(self._sales):
            asked = _question(f"op-{at}", sold)
            answers: list[ClaimAnswer] = []
            found.claims.append(timed(lambda: answers.append(client.claim(asked))))  # noqa: B023
            found.nobodys.append(timed(partial(client.claim, _question(f"no-{at}", f"no-{at}"))))
            if answers[0].state is not ClaimState.GRANTED:
                raise RuntimeError(f"a purchase was not to be had: {answers[0]}")
            body = self._told(answers[0])
            path = f"/v1/tills/{TILL}/ops"
            telling = timed(partial(post_all, hub_url, path, [body], self._credentials))
            found.whole.append(found.claims[-1] + telling)
            bare = (asked.model_dump_json().encode(), body)
            found.raw.append(sum(timed(partial(post_all, bare_url, "/", [one])) for one in bare))
        self._see_all_applied()
        return found

    def _told(self, answer: ClaimAnswer) -> bytes:
        """Return the request that tells the hub of the return of one piece more."""
        document = self._till.document(told(answer), (RETURNS + 1, 1000))
        fact = self._till.journal.append(FactKind.RETURN_COMPLETED, return_body(document))
        return json.dumps(push_of([self._signed(fact)]), ensure_ascii=False).encode()

    def _signed(self, fact: Fact) -> Fact:
        return replace(fact, signature=self._key.sign(Purpose.FACT, fact.hash.encode("ascii")))

    def _see_all_applied(self) -> None:
        """Each piece really came back at the hub."""
        for sold in self._sales[:: max(1, len(self._sales) // 20)]:
            back = ledger_at(self._till.database, sold).returns
            if len(back) != RETURNS + 1:
                raise RuntimeError(f"{len(back)} returns of {sold}")


def _question(op_id: str, reference: str) -> ClaimRequest:
    return ClaimRequest(op_id=op_id, kind=ClaimKind.PURCHASE, key=reference)
