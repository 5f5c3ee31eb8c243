"""The pages of a customer's orders: how each goes, the code to collect it with, cancelling."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection, Row, select
from starlette.responses import Response

from pos.domain.collection import Order, PaymentState
from pos.domain.collection_rules import Contradiction
from sync.hub.orders import book, cancelling
from sync.hub.orders.codes import pickup_code_of, signing_key
from sync.hub.orders.refunding import RefundState
from sync.hub.pages.rendering import see
from sync.hub.pages.visit import Refused
from sync.hub.pages.wording import Words
from sync.hub.storefront import views
from sync.hub.storefront.checkout import Checkout
from sync.hub.storefront.goods import Shop, shops
from sync.hub.storefront.serving import Storefront, store_page
from sync.hub.storefront.visit import StoreVisit
from sync.hub.tables_orders import customer_order, order_refund

LATEST = 50
REASON = "customer"
DONE = frozenset({"thanks", "cancelled_now", "too_late"})
SHOWN_REFUNDS = frozenset({RefundState.REQUESTED, RefundState.CONFIRMED, RefundState.REFUSED})


class OrderPages:
    """Shows a customer their own orders and nobody else's."""

    def __init__(self, store: Storefront, checkout: Checkout) -> None:
        self._store = store
        self._checkout = checkout

    def index(self, visit: StoreVisit) -> Response:
        """Show the latest orders."""
        with self._store.database.reading() as connection:
            texts = connection.scalars(
                select(customer_order.c.content_json)
                .where(customer_order.c.customer_id == visit.customer.customer_id)
                .order_by(customer_order.c.placed_at_ms.desc(), customer_order.c.serial.desc())
                .limit(LATEST)
            ).all()
        orders = [views.order_card(book.read_order(text), visit.words) for text in texts]
        return store_page(visit, "orders.html", orders=orders)

    def order(self, visit: StoreVisit) -> Response:
        """Show one order; while it is open the page looks again by itself."""
        with self._store.database.reading() as connection:
            order = self._own(connection, visit)
            where = next(
                (each for each in shops(connection, visit.now_ms) if each.code == order.shop), None
            )
            code = _code(connection, order)
            refunds = _refunds(connection, order)
        word = visit.query.get("done", "")
        return store_page(
            visit,
            "order.html",
            **_shown(order, where, visit),
            qr=Markup(views.qr_drawing(code)) if code else "",  # noqa: S704 - our own drawing
            refunds=[_refund(row, order, visit) for row in refunds],
            done=word if word in DONE else "",
            is_moving=order.is_open or any(_is_requested(row) for row in refunds),
        )

    def cancel(self, visit: StoreVisit) -> Response:
        """Cancel an order, or ask its shop to."""
        op_id = f"store-cancel-{visit.parameters['order_id']}"
        with self._store.database.transaction() as connection:
            order_id = self._own(connection, visit).order_id
            happened = book.Happened(op_id, visit.now_ms)
            try:
                order = cancelling.ask(connection, order_id, happened, REASON)
                is_over = "cancelled_now" if order.state in cancelling.IS_CANCELLED else "too_late"
                word = "" if order.is_open else is_over
            except Contradiction:
                word = "too_late"
        return see(f"/store/orders/{order_id}?done={word}")

    def again(self, visit: StoreVisit) -> Response:
        """Put what was ordered back into the cart."""
        with self._store.database.reading() as connection:
            order = self._own(connection, visit)
        self._checkout.put_back(visit.customer, order, visit.now_ms)
        return see("/store/cart")

    def _own(self, connection: Connection, visit: StoreVisit) -> Order:
        order = book.get(connection, visit.parameters["order_id"])
        if order is None or order.customer_id != visit.customer.customer_id:
            raise Refused(404, "not_found")
        return order


def _shown(order: Order, where: Shop | None, visit: StoreVisit) -> dict[str, Any]:
    say = visit.words
    is_waiting = order.is_open and not order.ready_at_ms and order.promised_at_ms > 0
    return {
        "order": order,
        "shop": where,
        "state": say(f"store.state.{order.state.value}"),
        "tone": views.tone(order),
        "step": views.step_of(order),
        "steps": [say(f"store.state.{name}") for name, _ in views.STEPS],
        "placed": say("store.order.placed", when=say.when(order.placed_at_ms)),
        "ready_at": say("store.order.ready_at", when=say.when(order.promised_at_ms))
        if is_waiting
        else "",
        "held_until": say("store.order.held_until", when=say.when(order.hold_until_ms))
        if order.is_open and order.hold_until_ms
        else "",
        "rows": views.order_rows(order, say),
        "total": say.money(order.total.minor, order.currency),
        "payment": _payment(order, say),
        "is_checking": order.is_prepaid and order.payment is PaymentState.UNKNOWN,
        "collectors": [order.customer_name, *(who.name for who in order.collectors)],
    }


def _payment(order: Order, say: Words) -> str:
    if not order.is_prepaid:
        return ""
    was_let_go = not order.is_open and order.payment is PaymentState.NONE
    return say(f"store.payment.{'not_charged' if was_let_go else order.payment.value}")


def _code(connection: Connection, order: Order) -> str:
    """Return the text of the code an order is collected with; none once it cannot be."""
    if order.state not in views.HAS_CODE or order.cancel_asked:
        return ""
    return pickup_code_of(order, signing_key(connection))


def _refunds(connection: Connection, order: Order) -> list[Row[Any]]:
    rows = connection.execute(
        select(order_refund)
        .where(order_refund.c.order_id == order.order_id)
        .order_by(order_refund.c.requested_at_ms, order_refund.c.refund_id)
    )
    return [row for row in rows if RefundState(row.state) in SHOWN_REFUNDS]


def _is_requested(row: Row[Any]) -> bool:
    return RefundState(row.state) is RefundState.REQUESTED


def _refund(row: Row[Any], order: Order, visit: StoreVisit) -> str:
    say = visit.words
    return say(
        "store.order.refund",
        amount=say.money(row.amount, order.currency),
        state=say(f"store.refund.{row.state}"),
    )
