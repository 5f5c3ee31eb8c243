"""How the album reaches what a till shows of orders to collect."""

from __future__ import annotations

from pos.commands import album_orders as orders
from pos.commands.album_acts import Model, badge
from pos.commands.album_orders import ALONE, PAID, TO_PAY, TO_PICK, TO_RECEIVE, TO_STAGE, Placed
from pos.commands.demonstration.eyes import wait_until
from pos.domain.collection import OrderState
from pos.domain.scan_codes import parcel_code, shelf_code

ARRIVES_S = 60.0


def begin(model: Model) -> None:
    """Sign in and open a shift without a float."""
    badge(model)
    model.cashier.look()
    with model.cashier.books.expecting("session.opened"):
        model.key("F10")
    model.cashier.see_link("online")


def go_to_queue(model: Model) -> None:
    model.cashier.look()
    model.key("F5")
    model.cashier.look()


def orders_come(model: Model) -> None:
    """Web shops and other tills fill the queue."""
    model.orders = orders.place_all(model.cashier.opened, (*orders.BEFORE, *orders.ORDERS))
    books = model.cashier.books
    wanted = [model.orders[one.customer].order for one in orders.ORDERS]

    def is_known(order_id: str, state: OrderState) -> bool:
        known = books.order(order_id)
        return known is not None and known.state is state

    wait_until(
        "the till knows the orders",
        lambda: all(is_known(one.order_id, one.state) for one in wanted),
        deadline_s=ARRIVES_S,
    )


def show_queue(model: Model) -> None:
    """Choose the order that is to be prepared next."""
    go_to_queue(model)
    model.key("Down", "Down")


def show_more(model: Model) -> None:
    model.key("F8")


def find(model: Model, wanted: orders.Wanted) -> Placed:
    """Choose an order in the queue by its number."""
    placed = model.orders[wanted.customer]
    model.type(placed.order.number)
    model.cashier.look()
    return placed


def pick_half(model: Model) -> None:
    """Fetch some, report a jar that is not there, fetch one cup of two."""
    find(model, TO_PICK)
    books, hand = model.cashier.books, model.cashier.hand
    with books.expecting("order.picking_begun"):
        model.key("Return")
    model.cashier.look()
    with books.expecting("order.line_picked"):
        hand.scan(orders.MOKA)
    model.key("Down", "Down")
    with books.expecting("order.line_short"):
        model.key("F3")
    with books.expecting("order.line_picked"):
        hand.scan(orders.CUP)


def leave_screen(model: Model) -> None:
    model.key("Escape")
    model.cashier.look()


def stage_half(model: Model) -> None:
    """One parcel of two has its shelf."""
    find(model, TO_STAGE)
    model.key("Return")
    model.cashier.look()
    model.type("+")
    model.cashier.hand.scan(shelf_code("B3"))


def show_shelves(model: Model) -> None:
    """Shelves are the first of what can be done without an order."""
    model.type("zz")
    model.cashier.look()
    model.key("F8")
    model.cashier.look()
    model.type("1")


def receive_half(model: Model) -> None:
    """One parcel of two came off the courier's trolley."""
    order = find(model, TO_RECEIVE).order
    model.key("Return")
    model.cashier.look()
    with model.cashier.books.expecting("order.received"):
        model.cashier.hand.scan(parcel_code(order.number, 1, 1))


def come(model: Model, wanted: orders.Wanted) -> None:
    """A customer shows the code, and the parcels are scanned."""
    placed = model.orders[wanted.customer]
    model.cashier.hand.scan(placed.code)
    model.cashier.look()
    order = placed.order
    for parcel in order.parcels:
        model.cashier.hand.scan(parcel_code(order.number, parcel.number, parcel.print_number))
    model.cashier.look()


def hand_over_part(model: Model) -> None:
    """Carmen leaves the cushion, signs, and takes a candle that she did not order."""
    come(model, TO_PAY)
    model.key("Down", "Down", "space")
    model.cashier.look()
    model.touch_side(0.12, 195)
    model.key("Return")
    model.cashier.look()
    model.cashier.hand.scan(orders.CANDLE)


def pay_part(model: Model) -> None:
    """She pays; sale and handover are one act."""
    model.cashier.look()
    model.key("F10")
    model.cashier.look()
    with model.cashier.books.expecting("order.handed_over"):
        model.key("Return")
    model.cashier.next_customer()
    model.cashier.look()


def hand_over_paid(model: Model) -> None:
    come(model, PAID)
    with model.cashier.books.expecting("order.handed_over"):
        model.key("F10")


def next_customer(model: Model) -> None:
    model.key("Return")
    model.cashier.look()


def show_figures(model: Model) -> None:
    """The shop's last seven days."""
    model.menu("figures")
    model.cashier.look()
    model.key("2")


def hand_over_alone(model: Model) -> None:
    """The hub is away; what the till knew, the code and the label are enough."""
    model.cashier.opened.hub.kill()
    model.cashier.see_link("offline")
    come(model, ALONE)
