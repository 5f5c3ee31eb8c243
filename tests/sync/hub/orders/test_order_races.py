"""Several people at one order at the same moment: what the hub decides is one thing."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pos.domain.collection import Order, OrderState
from sync.hub.counter import claims
from sync.hub.database import HubDatabase
from sync.hub.orders import book, cancelling, moving
from sync.hub.orders.placing import place_order
from sync.wire.v1.claims import ClaimKind, ClaimRequest, ClaimState
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import chance, heard, now_of, place, ready, request

RACES = 25


def at_once(*acts: Callable[[], object]) -> None:
    """Run acts in threads that begin together; what one raises fails the test."""
    begin = threading.Barrier(len(acts))
    errors: list[BaseException] = []

    def run(act: Callable[[], object]) -> None:
        begin.wait()
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - told below
            errors.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def cancel(hub: HubDatabase, order: Order) -> None:
    with hub.transaction() as connection:
        happened = book.Happened(f"cancel-{order.order_id}", T0)
        cancelling.ask(connection, order.order_id, happened, "")


def move(hub: HubDatabase, order: Order, to_shop: str) -> None:
    with hub.transaction() as connection:
        happened = book.Happened(f"move-{to_shop}-{order.order_id}", T0)
        source = chance(order.order_id).random_bytes
        moving.ask(connection, order.order_id, to_shop, happened, source)


def test_an_order_is_either_cancelled_or_handed_to_a_till_never_both(shops: HubDatabase) -> None:
    heard(shops, T0)
    orders = [ready(shops, place(shops, f"op-{number}")) for number in range(RACES)]
    granted: dict[str, bool] = {}

    def claim(order: Order) -> None:
        asked = ClaimRequest(
            op_id=f"claim-{order.order_id}", kind=ClaimKind.PICKUP, key=order.order_id
        )
        with shops.transaction() as connection:
            answer = claims.ask(connection, till="FUEN-1", shop="FUEN", request=asked, now_ms=T0)
        granted[order.order_id] = answer.state is ClaimState.GRANTED

    for order in orders:
        at_once(lambda: claim(order), lambda: cancel(shops, order))  # noqa: B023 - runs here

    for order in orders:
        after = now_of(shops, order)
        assert (after.state is OrderState.CANCELLED) is not granted[order.order_id]
        assert after.cancel_asked is granted[order.order_id]


def test_orders_that_two_shops_send_each_other_at_once_do_not_block(shops: HubDatabase) -> None:
    here = [place(shops, f"here-{number}") for number in range(RACES)]
    there = [place(shops, f"there-{number}", shop="SOL") for number in range(RACES)]

    for mine, theirs in zip(here, there, strict=True):
        at_once(lambda: move(shops, mine, "SOL"), lambda: move(shops, theirs, "FUEN"))  # noqa: B023

    assert {now_of(shops, order).shop for order in here} == {"SOL"}
    assert {now_of(shops, order).shop for order in there} == {"FUEN"}


def test_orders_placed_at_once_in_all_shops_have_numbers_and_codes_of_their_own(
    shops: HubDatabase,
) -> None:
    placed: list[Order] = []

    def send(op_id: str, shop: str) -> None:
        with shops.transaction() as connection:
            asked = request(op_id, shop=shop)
            placed.append(place_order(connection, asked, T0, chance(op_id)))

    at_once(*(
        lambda number=number: send(f"op-{number}", "SOL" if number % 2 else "FUEN")
        for number in range(8)
    ))  # fmt: skip

    assert sorted(order.serial for order in placed) == list(range(10_001, 10_009))
    for shop in ("FUEN", "SOL"):
        codes = [order.short_code for order in placed if order.shop == shop]
        assert len(codes) == len(set(codes)) == 4
