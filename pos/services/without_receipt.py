"""Goods that come back without a receipt: which of them, and at what price.

What lies on the counter stands for the purchase nobody knows, so that everything else is as with
a receipt. A piece is worth the lowest price it lately had: that of the catalogue now, or what
somebody paid at this till for one in the last `RECENT_DAYS`, with the promotions and discounts of
that sale; never more than it costs now. What other tills sold, what the web asked, and older
prices of the catalogue are not known here. What went for nothing is no price.

Caps: there are no customers yet, so the cap of a customer and day is that of one return. The cap
of the shop and day is held against what this till gave back without a receipt that day; it does
not know of the other tills.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum

from pos.domain.basket import MAX_LINES
from pos.domain.catalogue import Product
from pos.domain.money import Money
from pos.domain.promotion import Channel
from pos.domain.quantity import THOUSAND
from pos.domain.refund_options import lowest_recent_price
from pos.domain.return_ledger import ledger_of
from pos.domain.return_purchase import Purchase, PurchasedLine, PurchaseSource
from pos.domain.returns import ReturnLine
from pos.services.find_purchase import GoodsRead, Known
from pos.services.take_back import TakingBack, add_one
from pos.services.take_back import begin as begin_with
from pos.services.workstation import Workstation

RECENT_DAYS = 30
MOST_PIECES = 99  # of one article at a time
_RECENT_MS = int(timedelta(days=RECENT_DAYS).total_seconds() * 1000)
# Of the purchase while it is put together: it is never recorded.
_ON_THE_COUNTER = "on the counter"


class NotTaken(Enum):
    """Why goods do not come back without a receipt."""

    UNKNOWN = "unknown"  # not ours, as far as anybody knows
    NO_LONGER_SOLD = "no longer sold"
    MEASURED = "measured"  # nobody knows how much of it there was
    NO_PRICE = "no price"
    GIFT_CARD = "gift card"
    TOO_MANY = "too many"  # `MOST_PIECES` of it, or too many lines


@dataclass(frozen=True, slots=True)
class Added:
    """Goods were put to the others, on that line."""

    state: TakingBack
    line: int


def begin(station: Workstation, *, is_isolated: bool) -> TakingBack:
    """Begin to take goods back without a receipt, none yet."""
    now_ms = station.clock.now_ms()
    counter = Purchase(
        reference=_ON_THE_COUNTER,
        number="",
        source=PurchaseSource.SALE,
        channel=Channel.SHOP,
        shop=station.shop,
        currency=station.currency,
        sold_at_ms=now_ms,
        handed_over_at_ms=None,
        lines=(),
        paid=(),
        delivery=Money(0, station.currency),
    )
    state = begin_with(station, Known(ledger_of(counter, ())), is_isolated=is_isolated)
    return replace(state, has_receipt=False)


def add(station: Workstation, state: TakingBack, product: Product) -> Added | NotTaken:
    """Put one piece of a product to what comes back, at its lowest recent price."""
    for row in state.known.ledger.lines:
        if row.line.sku == product.sku:
            number = row.line.number
            if state.of_line(number).quantity >= row.returnable:
                return NotTaken.TOO_MANY
            return Added(add_one(state, number), number)
    if len(state.known.ledger.lines) >= MAX_LINES:
        return NotTaken.TOO_MANY
    if product.sku in station.gift_card_skus:
        return NotTaken.GIFT_CARD
    if not product.unit.is_counted:
        return NotTaken.MEASURED
    price = lowest_price(station, product)
    return NotTaken.NO_PRICE if price is None else _with_line(state, product, price)


def lowest_price(station: Workstation, product: Product) -> Money | None:
    """Return what a piece is worth without a receipt; None when it has no price."""
    if product.has_open_price or product.price.minor <= 0:
        return None
    now_ms = station.clock.now_ms()
    since_ms = now_ms - _RECENT_MS
    with station.store.reading() as records:
        asked = records.sales.asked_since(since_ms, sku=product.sku)
    paid = [one for one in asked if one[1].currency == product.price.currency and one[1]]
    return lowest_recent_price([(now_ms, product.price), *paid], since_ms=since_ms)


def why_unknown(station: Workstation, goods: GoodsRead) -> NotTaken:
    """Say why goods that the catalogue does not know are not taken."""
    if goods.gtin is None:
        return NotTaken.UNKNOWN
    since_ms = station.clock.now_ms() - _RECENT_MS
    with station.store.reading() as records:
        was_sold = records.sales.asked_since(since_ms, gtin=goods.gtin)
    return NotTaken.NO_LONGER_SOLD if was_sold else NotTaken.UNKNOWN


def as_recorded(lines: Iterable[ReturnLine]) -> tuple[ReturnLine, ...]:
    """Return the lines as a return without a receipt records them: of no purchase."""
    return tuple(replace(line, purchase="", purchase_line=0) for line in lines)


def _with_line(state: TakingBack, product: Product, price: Money) -> Added:
    purchase = state.known.ledger.purchase
    line = PurchasedLine(
        number=len(purchase.lines) + 1,
        sku=product.sku,
        gtin=product.gtin,
        name=product.name,
        quantity=MOST_PIECES * THOUSAND,
        unit=product.unit,
        net=price.scaled(MOST_PIECES, 1),
        tax_rate=product.tax_rate,
        promotion=Money(0, price.currency),
        department=product.department,
    )
    ledger = ledger_of(replace(purchase, lines=(*purchase.lines, line)), ())
    changed = replace(state, known=replace(state.known, ledger=ledger))
    return Added(add_one(changed, line.number), line.number)
