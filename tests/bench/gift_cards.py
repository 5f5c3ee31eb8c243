"""How long a customer waits to hear what is on a card that was used for years, on PostgreSQL."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection

from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.stored_value import ValueLoad, card_id, last_four, value_body
from sync.counter_client import CounterClient
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase, open_database
from sync.hub.value.holds import reserve
from sync.wire.v1.value import BalanceRequest, ReserveRequest
from tests.bench.catalogue import figures, timed
from tests.bench.hub import bare_server, post_all
from tests.bench.measures import Context
from tests.bench.processes import running_hub
from tests.bench.report import Row, spread, times
from tests.postgres import create_database, running_cluster
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0
from tests.sync.hub.returns.kit import watch
from tests.sync.hub.value.value_kit import GIFT, CardTill, code_of

GOAL_MS = 20
MOVEMENTS, OTHER_CARDS = 10_000, 2_000
FIRST, TOP_UP, SPENT = 1_000_000, 10_00, 5_00
FACTS_A_PUSH = 100  # of 200 that a push may have
CARD = code_of(0, GIFT)


def measure(context: Context) -> list[Row]:
    """Ask for the balance of one card among others."""
    movements, questions = context.of(MOVEMENTS, 100), context.of(1_000, 20)
    with running_cluster() as cluster:
        url = cluster.url(create_database(cluster))
        database = open_database(url)
        try:
            add_shop(
                database.engine, "FUEN", name="Bench", currency="EUR", country="ES", now_ms=T0
            )
            expected = _use(database, movements, context.of(OTHER_CARDS, 10))
            credentials = enrolled(database, "FUEN-2")
            with running_hub(url) as hub_url, bare_server(url) as bare_url:
                client, asked = CounterClient(hub_url, credentials), BalanceRequest(code=CARD)
                if client.balance(asked).available != expected:
                    raise RuntimeError("the card is not what was put onto it")
                found = figures([timed(partial(client.balance, asked)) for _ in range(questions)])
                body = asked.model_dump_json().encode()
                ask_raw = partial(post_all, bare_url, "/", [body])
                raw = figures([timed(ask_raw) for _ in range(questions)])
        finally:
            database.close()
    how = (
        f"{questions:,} questions over HTTP, each on a connection of its own, signed with their"
        f" answers; {OTHER_CARDS:,} other cards. Limit: the same body to a bare HTTP server with"
        " one INSERT and COMMIT."
    )
    return [
        Row(
            f"balance of a gift card with {movements:,} movements, PostgreSQL",
            f"p99 ≤ {GOAL_MS} ms",
            spread(found),
            spread(raw),
            times(found["p50"], raw["p50"]),
            found["p99"] <= GOAL_MS,
            (how,),
        )
    ]


def _use(database: HubDatabase, movements: int, others: int) -> int:
    """Load a card and pay with it in turns, beside others; return what is left (minor units)."""
    till = CardTill(database, "FUEN-1")
    _load(till, FactKind.VALUE_ISSUED, CARD, FIRST)
    for place in range(1, others + 1):
        _load(till, FactKind.VALUE_ISSUED, code_of(place, GIFT), TOP_UP)
        if place % FACTS_A_PUSH == 0 or place == others:
            till.push()
    spent = 0
    for first in range(1, movements, FACTS_A_PUSH):
        last = min(first + FACTS_A_PUSH, movements)
        with database.transaction() as connection:
            for place in range(first, last):
                if place % 2:
                    _load(till, FactKind.VALUE_TOPPED_UP, CARD, TOP_UP)
                else:
                    _pay(till, connection, f"hold-{place}")
                    spent += SPENT
        till.push()
    watch(database)  # or the hub would do it beside the questions
    return FIRST + movements // 2 * TOP_UP - spent


def _load(till: CardTill, kind: FactKind, code: str, amount: int) -> None:
    load = ValueLoad(card_id(code), last_four(code), GIFT, Money(amount, "EUR"), "1-000001", "ana")
    till.journal.append(kind, value_body(load))


def _pay(till: CardTill, connection: Connection, hold: str) -> None:
    """Sell for what the card pays, set aside before as at a counter."""
    request = ReserveRequest(
        op_id=hold, code=CARD, amount=SPENT, currency="EUR", basket_id="b-1", up_to=False
    )
    held = reserve(connection, till=till.till, shop=till.shop, request=request, now_ms=T0)
    if held.refusal is not None:
        raise RuntimeError(f"nothing was set aside: {held.refusal}")
    till.note_sale((CARD, hold, SPENT))
