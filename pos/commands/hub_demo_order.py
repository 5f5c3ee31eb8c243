"""``mostrador hub demo-order``: orders as a web shop would place them, to try and to show."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from pos.commands.hub_database import Db, open_hub
from pos.commands.output import fail, print_json
from pos.system import SystemClock, Uuid7

if TYPE_CHECKING:
    from pos.domain.collection import Order

NOBODY = ""


def demo_order(
    db: Db,
    shop: Annotated[str, typer.Option(help="Code of the shop.")] = "FUEN",
    lines: Annotated[int, typer.Option(min=1, max=500, help="Products of each order.")] = 3,
    prepaid: Annotated[
        bool, typer.Option("--prepaid/--pay-in-store", help="When it is paid.")
    ] = True,
    customer: Annotated[str, typer.Option(help="Name; left out: invented ones.")] = NOBODY,
    count: Annotated[int, typer.Option(min=1, max=10_000, help="How many orders.")] = 1,
    ready: Annotated[
        bool, typer.Option("--ready", help="Prepared, on a shelf, the customer told.")
    ] = False,
    from_shop: Annotated[
        str, typer.Option(help="Filled there and sent by courier, in two parcels.")
    ] = NOBODY,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Place orders of the catalogue's products, for demonstrations and tests.

    Example: mostrador hub demo-order --shop FUEN --lines 3 --count 5 --db sqlite:///hub.db
    """
    from sync.hub.database import begin
    from sync.hub.orders.demonstrating import Wish, place_demo_order
    from sync.hub.orders.goods import Unplaceable
    from sync.hub.orders.placing import Chance

    clock, chance = SystemClock(), Chance(Uuid7().new, secrets.token_bytes)
    wish = Wish(shop, lines, prepaid, customer, ready, from_shop)
    placed: list[Order] = []
    with open_hub(db) as engine:
        for _ in range(count):
            with begin(engine) as connection:
                try:
                    order = place_demo_order(connection, wish, clock.now_ms(), chance)
                except Unplaceable as error:
                    fail(f"cannot be placed: {error.code} {error.detail}")
            placed.append(order)
    if json:
        print_json({"orders": [_as_json(order) for order in placed]})
        return
    for order in placed:
        typer.echo(f"{order.number}  {order.short_code}  {order.state.value}  {order.order_id}")


def _as_json(order: Order) -> dict[str, str | int]:
    return {
        "order_id": order.order_id,
        "number": order.number,
        "short_code": order.short_code,
        "state": order.state.value,
        "total": order.total.minor,
    }
