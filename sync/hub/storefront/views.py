"""Goods, carts and orders in the customer's words: what the pages show, decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import segno

from pos.domain.collection import Order, OrderState, PaymentState
from pos.domain.quantity import THOUSAND, Unit
from pos.formatting import quantity_text
from pos.resources import resource_path
from sync.hub.carts.cart import Cart, CartLine
from sync.hub.orders.refunding import BACK_IN_STOCK
from sync.hub.pages.wording import Words
from sync.hub.storefront.bargains import Bargain
from sync.hub.storefront.goods import FEW, Good, Shop

# How far an order is, for the bar above it; what went wrong has no step.
STEPS = (
    ("placed", frozenset({OrderState.PLACED})),
    (
        "picking",
        frozenset({
            OrderState.PICKING, OrderState.PICKED, OrderState.IN_TRANSIT, OrderState.RECEIVED,
            OrderState.STAGED,
        }),
    ),
    ("ready", frozenset({OrderState.READY})),
    ("collected", frozenset({OrderState.COLLECTED, OrderState.PARTLY_COLLECTED})),
)  # fmt: skip
HAS_CODE = frozenset({
    OrderState.PLACED, OrderState.PICKING, OrderState.PICKED, OrderState.IN_TRANSIT,
    OrderState.RECEIVED, OrderState.STAGED, OrderState.READY,
})  # fmt: skip
AN_HOUR = 90  # minutes from which on a promise is said in hours


@dataclass(frozen=True, slots=True)
class Offer:
    """What one shop has of a product, and by when it would be ready."""

    code: str
    name: str
    ready: str
    stock: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """A product in a list."""

    sku: str
    name: str
    brand: str
    price: str
    per: str
    picture: str
    offers: tuple[Offer, ...]
    step: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a cart or an order; `notes` are what went otherwise than ordered."""

    sku: str
    name: str
    picture: str
    quantity: str
    less: int
    more: int
    total: str
    notes: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderCard:
    """An order in a list."""

    order_id: str
    number: str
    state: str
    tone: str
    when: str
    total: str
    lines: str


def amount(quantity: int, unit: Unit, say: Words) -> str:
    """Return thousandths as people write them: ``2``, ``0,25 kg``."""
    text = quantity_text(Decimal(quantity) / THOUSAND, say.locale)
    return text if unit.is_counted else f"{text} {unit.value}"


def ready_text(minutes: int, say: Words) -> str:
    """Return when an order placed now would be ready."""
    if minutes < AN_HOUR:
        return say("store.goods.ready_in", minutes=minutes)
    return say("store.goods.ready_in_hours", hours=-(-minutes // 60))


def tile(
    good: Good, shops: Iterable[Shop], stock: Mapping[str, Mapping[str, int]], say: Words
) -> Tile:
    """Return a product as it is offered; `stock` is by shop and SKU."""
    all_shops = tuple(shops)
    currency = all_shops[0].currency if all_shops else "EUR"
    return Tile(
        sku=good.sku,
        name=good.name,
        brand=good.brand,
        price=say.money(good.price, currency),
        per="" if good.unit.is_counted else say("store.goods.per", unit=good.unit.value),
        picture=picture(good.picture),
        offers=tuple(
            _offer(good, each, stock.get(each.code, {}).get(good.sku, 0), say)
            for each in all_shops
        ),
        step=good.step,
    )


def picture(name: str) -> str:
    """Return the drawing of a product, a bag when it has none."""
    is_ours = name.startswith("p-") and name.replace("-", "").isalnum()
    is_there = is_ours and resource_path("icons", f"{name}.svg").is_file()
    return name if is_there else "bag"


def cart_row(
    line: CartLine,
    good: Good | None,
    bargain: Bargain | None,
    short: Mapping[str, int],
    currency: str,
    say: Words,
) -> Row:
    """Return a line of the cart; a product that is no longer sold can only be taken out."""
    if good is None or bargain is None:
        return Row(line.sku, line.sku, "bag", "", 0, 0, "", (say("store.cart.gone"),))
    notes: tuple[str, ...] = ()
    if line.sku in short:
        left = short[line.sku]
        there = amount(left, good.unit, say)
        key = "store.cart.short" if left else "store.cart.short_none"
        notes = (say(key, quantity=there) if left else say(key),)
    return Row(
        sku=line.sku,
        name=good.name,
        picture=picture(good.picture),
        quantity=amount(line.quantity, good.unit, say),
        less=max(0, line.quantity - good.step),
        more=line.quantity + good.step,
        total=say.money(bargain.paid, currency),
        notes=notes,
        offers=tuple(
            say("store.cart.offer", name=name, amount=say.money(minor, currency))
            for name, minor in bargain.taken_off
        ),
    )


def shop_choices(
    cart: Cart, shops: Iterable[Shop], stock: Mapping[str, Mapping[str, int]], say: Words
) -> list[dict[str, object]]:
    """Return the shops to choose from, and whether each has all of the cart."""
    return [
        {
            "code": shop.code,
            "name": shop.name,
            "address": ", ".join(shop.address),
            "ready": ready_text(shop.minutes, say),
            "has_all": all(
                stock.get(shop.code, {}).get(line.sku, 0) >= line.quantity for line in cart.lines
            ),
            "is_chosen": shop.code == cart.shop,
        }
        for shop in shops
    ]


def order_card(order: Order, say: Words) -> OrderCard:
    """Return an order for the list."""
    return OrderCard(
        order_id=order.order_id,
        number=order.number,
        state=say(f"store.state.{order.state.value}"),
        tone=tone(order),
        when=say.when(order.placed_at_ms),
        total=say.money(order.total.minor, order.currency),
        lines=" · ".join(line.name for line in order.lines[:3]),
    )


def order_rows(order: Order, say: Words) -> list[Row]:
    """Return what was ordered and what became of it."""
    rows = []
    for line in order.lines:
        notes = [
            say(f"store.order.{key}", quantity=amount(count, line.unit, say))
            for key, count in (("short", line.short), ("left", line.left))
            if count
        ]
        rows.append(
            Row(
                sku=line.sku,
                name=line.name,
                picture=picture(line.picture),
                quantity=amount(line.quantity, line.unit, say),
                less=0,
                more=0,
                total=say.money(line.paid, order.currency),
                notes=tuple(notes),
            )
        )
    return rows


def tone(order: Order) -> str:
    """Return how an order's state is marked; the word stands beside it always."""
    if order.state is OrderState.READY:
        return "good"
    is_over = order.state in BACK_IN_STOCK or order.state is OrderState.EXPIRED
    return "warn" if is_over or order.payment is PaymentState.UNKNOWN else ""


def step_of(order: Order) -> int:
    """Return how many steps of its way an order has gone, 0 when it left the way."""
    for number, (_, states) in enumerate(STEPS, start=1):
        if order.state in states:
            return number
    return 0


def qr_drawing(text: str) -> str:
    """Return a QR as a drawing that stands in the page; its colours are the page's."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass="qr-dark"))


def _offer(good: Good, shop: Shop, there: int, say: Words) -> Offer:
    quantity = amount(there, good.unit, say)
    if there < good.step:
        stock = say("store.goods.none_left")
    elif there <= FEW * THOUSAND:
        stock = say("store.goods.few", quantity=quantity)
    else:
        stock = say("store.goods.in_stock")
    ready = ready_text(shop.minutes, say)
    return Offer(shop.code, shop.name, ready, stock, is_there=there >= good.step)
