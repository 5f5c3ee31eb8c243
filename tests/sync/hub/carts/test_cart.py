"""The cart: what is in it, whoever changes it at once from wherever."""

from __future__ import annotations

import threading

from hypothesis import given
from hypothesis import strategies as st

from sync.hub.carts.cart import MOST, Cart, CartLine, keep, read
from sync.hub.database import HubDatabase
from tests.sync.facts import T0

CHANGES = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 3 * MOST)))


@given(CHANGES)
def test_a_product_is_in_the_cart_once_with_what_was_said_last(
    changes: list[tuple[str, int]],
) -> None:
    cart, said = Cart(), {}
    for sku, quantity in changes:
        cart = cart.with_quantity(sku, quantity)
        said[sku] = min(quantity, MOST)

    assert {line.sku: line.quantity for line in cart.lines} == {
        sku: quantity for sku, quantity in said.items() if quantity
    }
    assert cart.count == len({line.sku for line in cart.lines})


def test_two_devices_that_fill_a_new_cart_at_once_lose_nothing(database: HubDatabase) -> None:
    at_once = threading.Barrier(4)

    def add(sku: str) -> None:
        at_once.wait(60)
        with database.transaction() as connection:
            cart = read(connection, "carmen", is_locked=True)
            keep(connection, "carmen", cart.with_more((CartLine(sku, 1000),)), T0)

    threads = [threading.Thread(target=add, args=(f"S-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    with database.reading() as connection:
        assert read(connection, "carmen").count == 4
