"""What a prepaid order owes: never above what was paid, each unit once, in whatever order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pos.domain.collection import Order, OrderLine, OrderState, PaymentState, ShortReason
from pos.domain.quantity import Unit
from sync.hub.conflicts import desk_items
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.orders.book import Happened
from sync.hub.orders.refunding import RefundState, ask_again, owe
from sync.hub.tables_orders import order_payment, order_refund
from sync.wire.v1.desk import ItemKind, ItemState
from tests.sync.facts import T0
from tests.templates import new_hub

ORDER = "order-1"


def line(number: int, pieces: int, paid: int) -> OrderLine:
    return OrderLine(
        number, f"S{number}", None, f"Cosa {number}", pieces * 1000, Unit.EACH,
        paid // pieces, paid, 2100, "IVA",
    )  # fmt: skip


def order(*lines: OrderLine, is_prepaid: bool = True) -> Order:
    return Order(
        ORDER, "W-10001", 10001, "K7M4", "FUEN", "EUR", OrderState.PLACED, lines, is_prepaid, T0,
        payment=PaymentState.CAPTURED,
    )  # fmt: skip


def keep(database: HubDatabase, kept: Order, *, captured: int | None = None) -> None:
    """Keep an order that is paid."""
    amount = kept.total.minor if captured is None else captured
    with database.transaction() as connection:
        book.add(connection, kept, Happened(f"place-{kept.order_id}", T0))
        connection.execute(
            order_payment.insert().values(
                payment_id=f"{kept.order_id}-p", order_id=kept.order_id, state="captured",
                amount=kept.total.minor, currency="EUR", captured=amount, next_step="",
                next_try_at_ms=0, tries=1, error="", changed_at_ms=T0,
            )
        )  # fmt: skip


def became(database: HubDatabase, changed: Order, reason: str = "left") -> None:
    """Let the order become `changed`, and have what is owed worked out."""
    with database.transaction() as connection:
        known = book.held(connection, changed.order_id)
        book.save(connection, known, replace(changed, payment=known.order.payment))
        owe(connection, changed.order_id, reason, T0 + 1)


def refunds(database: HubDatabase, order_id: str = ORDER) -> list[tuple[int, str, str]]:
    with database.reading() as connection:
        rows = connection.execute(
            select(order_refund)
            .where(order_refund.c.order_id == order_id)
            .order_by(order_refund.c.refund_id)
        )
        return [(row.amount, row.reason, row.state) for row in rows]


def payment_of(database: HubDatabase, order_id: str = ORDER) -> PaymentState:
    with database.reading() as connection:
        known = book.get(connection, order_id)
    assert known is not None
    return known.payment


def on_desk(database: HubDatabase) -> list[tuple[ItemKind, int, str]]:
    with database.reading() as connection:
        found = desk_items.items(connection, ["FUEN"], ItemState.OPEN)
    return [(item.kind, item.money, item.subject) for item in found]


def collected(placed: Order, *delivered: int) -> Order:
    """Return the order handed over: so many pieces of each line were taken."""
    lines = tuple(
        replace(each, picked=each.quantity, delivered=count * 1000)
        for each, count in zip(placed.lines, delivered, strict=True)
    )
    return replace(placed, lines=lines, state=OrderState.PARTLY_COLLECTED)


def test_what_is_left_at_the_counter_is_requested_back_once(database: HubDatabase) -> None:
    placed = order(line(1, 3, 1000), line(2, 1, 2490))
    keep(database, placed)

    became(database, collected(placed, 2, 0))
    became(database, collected(placed, 2, 0))

    assert refunds(database) == [(333 + 2490, "left", "requested")]
    assert payment_of(database) is PaymentState.REFUND_REQUESTED


def test_an_order_that_is_paid_in_the_shop_owes_nothing(database: HubDatabase) -> None:
    placed = order(line(1, 3, 1000), is_prepaid=False)
    keep(database, placed)

    became(database, replace(placed, state=OrderState.CANCELLED), "cancelled")

    assert refunds(database) == []


def test_what_was_not_captured_is_not_given_back(database: HubDatabase) -> None:
    placed = order(line(1, 1, 1000))
    keep(database, placed, captured=0)

    became(database, replace(placed, state=OrderState.CANCELLED), "cancelled")

    assert refunds(database) == []


def test_a_shortage_counts_when_the_picking_is_finished(database: HubDatabase) -> None:
    placed = order(line(1, 4, 1000), line(2, 1, 500))
    keep(database, placed)
    missing = replace(placed.lines[0], picked=3000, short=1000, short_reason=ShortReason.MISSING)
    short = replace(placed, lines=(missing, replace(placed.lines[1], picked=1000)))

    became(database, replace(short, state=OrderState.PICKING), "shortage")
    while_picking = refunds(database)
    became(database, replace(short, state=OrderState.PICKED), "shortage")
    became(database, replace(short, state=OrderState.CANCELLED), "cancelled")

    assert while_picking == []
    assert refunds(database) == [
        (250, "shortage", "requested"),
        (1250, "cancelled", "requested"),
    ]


def test_a_handover_undone_before_the_provider_was_asked_takes_the_request_back(
    database: HubDatabase,
) -> None:
    placed = order(line(1, 2, 1000))
    keep(database, placed)

    became(database, collected(placed, 1))
    became(database, replace(placed, state=OrderState.READY))
    undone = payment_of(database)
    became(database, collected(placed, 0))

    assert undone is PaymentState.CAPTURED
    assert refunds(database) == [(500, "left", "withdrawn"), (1000, "left", "requested")]


def test_what_the_provider_refused_is_asked_for_again_under_another_id(
    database: HubDatabase,
) -> None:
    placed = order(line(1, 2, 1000))
    keep(database, placed)
    became(database, collected(placed, 1))
    with database.transaction() as connection:
        connection.execute(order_refund.update().values(state="refused", tries=1))

    became(database, collected(placed, 1))  # nobody decided yet: nothing is asked by itself
    by_itself = refunds(database)
    for _ in range(2):
        with database.transaction() as connection:
            ask_again(connection, ORDER, f"{ORDER}-p-r1", T0 + 5)

    assert by_itself == [(500, "left", "refused")]
    assert refunds(database) == [(500, "left", "replaced"), (500, "left", "requested")]


def test_a_refund_that_was_settled_in_cash_is_not_asked_for_with_another(
    database: HubDatabase,
) -> None:
    placed = order(line(1, 2, 1000), line(2, 1, 300))
    keep(database, placed)
    first = replace(placed.lines[1], short=1000, short_reason=ShortReason.MISSING)
    short = replace(placed, lines=(placed.lines[0], first), state=OrderState.PICKED)
    became(database, short, "shortage")
    became(database, replace(short, state=OrderState.CANCELLED), "cancelled")
    with database.transaction() as connection:
        connection.execute(order_refund.update().values(state="refused", tries=1))

        ask_again(connection, ORDER, f"{ORDER}-p-r2", T0 + 5)

    assert refunds(database) == [
        (300, "shortage", "refused"),
        (1000, "cancelled", "replaced"),
        (1000, "cancelled", "requested"),
    ]


def test_goods_whose_money_was_given_back_already_are_a_matter_for_the_desk(
    database: HubDatabase,
) -> None:
    placed = order(line(1, 2, 1000))
    keep(database, placed)
    became(database, collected(placed, 1))
    with database.transaction() as connection:
        connection.execute(order_refund.update().values(state="confirmed", tries=1))

    became(database, replace(placed, state=OrderState.READY))  # taken back
    before = on_desk(database)
    became(database, collected(placed, 2))
    after = on_desk(database)
    became(database, replace(placed, state=OrderState.READY))  # and once more
    settled = on_desk(database)

    assert (before, settled) == ([], [])
    assert after == [(ItemKind.GOODS_NOT_PAID, 500, "W-10001")]


def test_an_order_nobody_knows_owes_nothing(database: HubDatabase) -> None:
    with database.transaction() as connection:
        owe(connection, "no-such-order", "left", T0)

    assert refunds(database) == []


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubDatabase]:
    """Return one database for all the examples of the law."""
    opened = new_hub(tmp_path_factory.mktemp("law") / "hub.db")
    yield opened
    opened.close()


LINES = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 5000)), min_size=1, max_size=4).map(
    lambda pairs: tuple(line(n + 1, *pair) for n, pair in enumerate(pairs))
)
STATES = st.sampled_from(list(OrderState))
FATES = st.lists(
    st.tuples(
        STATES,
        st.lists(st.integers(0, 5), min_size=4, max_size=4),
        st.sampled_from(list(ShortReason)),
        st.sampled_from(["", "sent", "refused", "confirmed"]),
    ),
    min_size=1,
    max_size=6,
)


SERIALS = itertools.count(20_000)


@given(lines=LINES, fates=FATES)
@settings(max_examples=40, deadline=None)
def test_never_is_more_asked_back_than_was_paid(
    kept: HubDatabase,
    lines: tuple[OrderLine, ...],
    fates: list[tuple[OrderState, list[int], ShortReason, str]],
) -> None:
    serial = next(SERIALS)
    order_id = f"order-{serial}"
    placed = replace(order(*lines), order_id=order_id, serial=serial)
    keep(kept, placed)

    for state, counts, reason, answered in fates:
        became(kept, _fated(placed, state, counts, reason))
        asked = sum(amount for amount, _, state in refunds(kept, order_id) if _counts(state))
        assert 0 <= asked <= placed.total.minor
        if answered:
            _answer(kept, order_id, answered)
    became(kept, replace(placed, state=OrderState.RESTOCKED))
    with kept.transaction() as connection:
        for refund_id in connection.scalars(select(order_refund.c.refund_id)).all():
            ask_again(connection, order_id, refund_id, T0)

    in_the_end = [amount for amount, _, state in refunds(kept, order_id) if _counts(state)]
    assert sum(in_the_end) == placed.total.minor


def _fated(placed: Order, state: OrderState, counts: list[int], reason: ShortReason) -> Order:
    changed = tuple(
        replace(
            each,
            delivered=min(count * 1000, each.quantity),
            short=min(count * 1000, each.quantity),
            short_reason=reason,
        )
        for each, count in zip(placed.lines, counts, strict=False)
    )
    return replace(placed, lines=changed, state=state)


def _counts(state: str) -> bool:
    return RefundState(state) in {
        RefundState.REQUESTED, RefundState.CONFIRMED, RefundState.REFUSED,
    }  # fmt: skip


def _answer(database: HubDatabase, order_id: str, answered: str) -> None:
    """Let the provider have answered what was requested."""
    values: dict[str, object] = {"tries": 1}
    if answered != "sent":
        values["state"] = answered
    with database.transaction() as connection:
        connection.execute(
            order_refund.update()
            .where(order_refund.c.order_id == order_id, order_refund.c.state == "requested")
            .values(**values)
        )
