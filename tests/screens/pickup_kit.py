"""The orders of a shop on a till with a window, as the pictures show them."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.catalogue import Product
from pos.domain.collection import Order, OrderLine, OrderState
from pos.domain.collection_events import LinePicked, PickingBegun
from pos.domain.quantity import THOUSAND
from tests.order_builders import after, customer_order, order_line, picking, staged
from tests.screens.counter_kit import Kit
from tests.screens.shop_floor import BLANKET, CANDLE, CUP, MOKA, TWIN

MINUTE_MS, DAY_MS = 60_000, 86_400_000


def know(kit: Kit, *orders: Order) -> None:
    """Let the till know orders, as when the hub told of them."""
    with kit.store.transaction() as records:
        for order in orders:
            records.orders.save(order)


def tell(kit: Kit, *orders: Order) -> None:
    """Let the agent say that orders came."""
    know(kit, *orders)
    kit.devices.link.orders_changed.emit()


def line_of(number: int, product: Product, pieces: int, location: str = "") -> OrderLine:
    """Return a line for pieces of a product of the shop."""
    return order_line(
        number,
        pieces,
        product.price.minor,
        sku=product.sku,
        gtin=product.gtin,
        name=product.name,
        picture=product.picture,
        location=location,
    )


def an_order(serial: int, name: str, *lines: OrderLine, **changes: object) -> Order:
    """Return an order of a customer, placed and prepaid unless said otherwise."""
    wanted = lines or (line_of(1, CUP, 2, "Pasillo 2 · B-14"),)
    order = customer_order(
        *wanted,
        order_id=f"o-{serial}",
        number=f"W-{serial}",
        serial=serial,
        customer_name=name,
    )
    return replace(order, **changes)  # type: ignore[arg-type]


def four_articles() -> tuple[OrderLine, ...]:
    """Return what picture g is about."""
    return (
        line_of(1, MOKA, 1, "Pasillo 2 · C-02"),
        line_of(2, CUP, 2, "Pasillo 2 · B-14"),
        line_of(3, TWIN, 1, "Pasillo 3 · D-11"),
        line_of(4, BLANKET, 2, "Pasillo 4 · A-07"),
    )


def ready(order: Order, *shelves: str, **changes: object) -> Order:
    """Return an order on its shelves, its customer told."""
    fields: dict[str, object] = {"state": OrderState.READY, **changes}
    return replace(staged(order, shelves or ("B3",)), **fields)  # type: ignore[arg-type]


def shop_orders(now: int) -> tuple[Order, ...]:
    """Return the orders of picture f."""
    begun = an_order(10491, "Nuria Paz", line_of(1, CUP, 4), promised_at_ms=now - 6 * MINUTE_MS)
    begun = after(
        begun,
        PickingBegun(begun.order_id, "marta"),
        LinePicked(begun.order_id, "marta", 1, 3 * THOUSAND),
    )
    picked = an_order(10494, "Óscar Tena", line_of(1, CUP, 1), channel="app")
    return (
        replace(begun, placed_at_ms=now - 44 * MINUTE_MS),
        ready(
            an_order(10482, "Carmen Ortega", line_of(1, CUP, 3), is_prepaid=False),
            "B3", "B3",
            arrived_at_ms=now - 2 * MINUTE_MS, placed_at_ms=now - DAY_MS,
        ),
        an_order(
            10497, "Javier Mora", *four_articles(),
            promised_at_ms=now + 9 * MINUTE_MS, placed_at_ms=now - 16 * MINUTE_MS, channel="app",
        ),
        an_order(
            10498, "Inés Rubio", line_of(1, CANDLE, 2), is_prepaid=False,
            promised_at_ms=now + 23 * MINUTE_MS, placed_at_ms=now - 2 * MINUTE_MS,
        ),
        replace(after(picked, *picking(picked)), from_shop="GOYA",
                promised_at_ms=now + 31 * MINUTE_MS, placed_at_ms=now - 90 * MINUTE_MS),
        ready(
            an_order(10377, "Elena Sanz", line_of(1, CUP, 1)), "A1",
            hold_until_ms=now + MINUTE_MS,
            notified_at_ms=(now - 7 * DAY_MS, now - 2 * DAY_MS, now - DAY_MS),
        ),
        ready(
            an_order(10468, "Andrés Lago", line_of(1, BLANKET, 5), is_prepaid=False),
            "C2", "C2", "C2", hold_until_ms=now + 5 * DAY_MS,
        ),
        ready(an_order(10473, "Pilar Gil", line_of(1, CUP, 2)), "A4",
              hold_until_ms=now + 6 * DAY_MS, channel="app"),
    )  # fmt: skip
