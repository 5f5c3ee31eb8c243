"""What somebody bought and may bring back, whichever channel sold it.

A purchase is made from a recorded sale or from an order that was handed over; there is no way to
make one from a return, so a return of a return cannot be. Amounts are minor units with tax,
quantities thousandths of the unit, times UTC in Unix milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pos.domain.collection import Order, OrderLine, OrderState, SubstituteState
from pos.domain.money import Money, total
from pos.domain.promotion import Channel
from pos.domain.quantity import Quantity, Unit
from pos.domain.sale import Sale, SaleLine
from pos.domain.tax import TaxRate
from pos.domain.tender import Tender

_HANDED_OVER = frozenset({OrderState.COLLECTED, OrderState.PARTLY_COLLECTED})
_NO_TEXTS: Mapping[str, str] = {}
_NO_SERIALS: Mapping[int, tuple[str, ...]] = {}
_UNTAXED = TaxRate(0)


class Means(Enum):
    """What money came by and goes back by; the values are stored, sent, and those of tenders."""

    CASH = "cash"
    CARD = "card"  # at a terminal of ours
    WEB = "web"  # whatever the web shop took
    STORE_CREDIT = "store_credit"
    GIFT_CARD = "gift_card"
    EXCHANGE = "exchange"  # goods that came back in exchange; see `pos.domain.exchange`
    IMPORT = "import"  # another system's history: moves no money


class PurchaseSource(Enum):
    """What the purchase is on record as."""

    SALE = "sale"
    ORDER = "order"


class NothingBought(ValueError):
    """Nothing of it was both paid and handed over, so that nothing of it can come back."""


@dataclass(frozen=True, slots=True)
class PaidBy:
    """What one tender paid of a purchase.

    `reference` names the card attempt, the web payment, the gift card; `label` is what a person
    knows it by ("Visa 7702").
    """

    means: Means
    amount: Money
    reference: str = ""
    label: str = ""

    def __post_init__(self) -> None:
        if self.amount.minor < 0:
            raise ValueError(f"{self.amount.minor} paid by {self.means.value}")


_NO_PARTS: Mapping[str, tuple[PaidBy, ...]] = {}


@dataclass(frozen=True, slots=True)
class PurchasedLine:
    """One line as bought; `net` is what was really paid for all of `quantity`.

    `promotion` is what promotions took off, for the screen: `net` is after it and after every
    other discount. `serials` are those that were handed over, where that was recorded.
    """

    number: int
    sku: str
    gtin: int | None
    name: str
    quantity: int
    unit: Unit
    net: Money
    tax_rate: TaxRate
    promotion: Money
    department: str = ""
    serials: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Quantity(self.quantity, self.unit)
        if self.net.minor < 0:
            raise ValueError(f"line {self.number}: {self.quantity} for {self.net.minor}")


@dataclass(frozen=True, slots=True)
class Purchase:
    """What was bought together.

    `reference` is the id of the sale or order, `number` what is printed on its paper.
    `handed_over_at_ms` is None while the goods are on their way. `delivery` is what was paid
    for the standard way of sending them, taxed at `delivery_tax_rate`.
    """

    reference: str
    number: str
    source: PurchaseSource
    channel: Channel
    shop: str
    currency: str
    sold_at_ms: int
    handed_over_at_ms: int | None
    lines: tuple[PurchasedLine, ...]
    paid: tuple[PaidBy, ...]
    delivery: Money
    delivery_tax_rate: TaxRate = _UNTAXED
    customer_id: str = ""
    customer_name: str = ""

    def __post_init__(self) -> None:
        amounts = [self.delivery, *(line.net for line in self.lines)]
        amounts += [part.amount for part in self.paid]
        if {amount.currency for amount in amounts} != {self.currency} or self.delivery.minor < 0:
            raise ValueError(f"amounts of {self.number}")
        if len({line.number for line in self.lines}) != len(self.lines):
            raise ValueError(f"two lines of one number in {self.number}")
        if len({(part.means, part.reference) for part in self.paid}) != len(self.paid):
            raise ValueError(f"one tender twice in {self.number}")

    @property
    def total_paid(self) -> Money:
        return total((part.amount for part in self.paid), self.currency)

    def line(self, number: int) -> PurchasedLine:
        """Return a line; raises KeyError when there is none of that number."""
        for line in self.lines:
            if line.number == number:
                return line
        raise KeyError(number)

    def paid_by(self, means: Means, reference: str = "") -> PaidBy | None:
        """Return what that tender paid, None when it paid nothing."""
        known = (p for p in self.paid if (p.means, p.reference) == (means, reference))
        return next(known, None)


def purchase_of_sale(
    sale: Sale,
    *,
    departments: Mapping[str, str] = _NO_TEXTS,
    serials: Mapping[int, tuple[str, ...]] = _NO_SERIALS,
    labels: Mapping[str, str] = _NO_TEXTS,
    exchanged: Mapping[str, tuple[PaidBy, ...]] = _NO_PARTS,
    customer_id: str = "",
    customer_name: str = "",
) -> Purchase:
    """Return a sale of a till as a purchase; it was handed over when it was paid.

    Args:
        departments: Department by SKU, as far as the catalogue still knows the products.
        serials: Serial numbers by line.
        labels: What tenders are known by, by their reference ("Visa 7702").
        exchanged: Of goods taken in exchange, by the exchange's id: the tenders that first paid
            for what was given back for them (`exchange.carried`). A refund goes back to those.

    Raises:
        NothingBought: Every line is void.
    """
    if not sale.sold_lines:
        raise NothingBought(str(sale.number))
    return Purchase(
        reference=sale.sale_id,
        number=str(sale.number),
        source=PurchaseSource.SALE,
        channel=Channel.SHOP,
        shop=sale.shop,
        currency=sale.currency,
        sold_at_ms=sale.completed_at_ms,
        handed_over_at_ms=sale.completed_at_ms,
        lines=tuple(_line_of_sale(line, departments, serials) for line in sale.sold_lines),
        paid=merged(
            part
            for tender in sale.tenders
            for part in exchanged.get(tender.reference) or (_paid_by(tender, labels),)
        ),
        delivery=Money(0, sale.currency),
        customer_id=customer_id,
        customer_name=customer_name,
    )


def purchase_of_order(
    order: Order,
    *,
    paid: Sequence[PaidBy] = (),
    delivery: Money | None = None,
    delivery_tax_rate: TaxRate = _UNTAXED,
    departments: Mapping[str, str] = _NO_TEXTS,
    serials: Mapping[int, tuple[str, ...]] = _NO_SERIALS,
) -> Purchase:
    """Return a prepaid order as a purchase: only what of it was handed over.

    An order that was paid at the counter is bought by the sale it was paid with.

    Args:
        paid: What paid for what was handed over and the delivery; without it all of that was
            one web payment, known by the order's id.
        delivery: What was paid for sending it, taxed at `delivery_tax_rate`.

    Raises:
        NothingBought: Not prepaid, not paid, or nothing was handed over.
    """
    nothing = Money(0, order.currency)
    lines = tuple(
        _line_of_order(line, order.currency, departments, serials)
        for line in order.lines
        if line.delivered
    )
    is_bought = order.is_prepaid and order.is_paid_for and order.state in _HANDED_OVER
    if not lines or not is_bought:
        raise NothingBought(order.number)
    whole = total((line.net for line in lines), order.currency) + (delivery or nothing)
    return Purchase(
        reference=order.order_id,
        number=order.number,
        source=PurchaseSource.ORDER,
        channel=Channel.SHOP if order.channel == Channel.SHOP.value else Channel.WEB,
        shop=order.shop,
        currency=order.currency,
        sold_at_ms=order.placed_at_ms,
        handed_over_at_ms=order.closed_at_ms,
        lines=lines,
        paid=merged(paid or (PaidBy(Means.WEB, whole, order.order_id),)),
        delivery=delivery or nothing,
        delivery_tax_rate=delivery_tax_rate,
        customer_id=order.customer_id,
        customer_name=order.customer_name,
    )


def merged(parts: Iterable[PaidBy]) -> tuple[PaidBy, ...]:
    """Return the parts with those of one tender taken together, in the order they came."""
    by_tender: dict[tuple[Means, str], PaidBy] = {}
    for part in parts:
        key = (part.means, part.reference)
        seen = by_tender.get(key)
        amount = part.amount if seen is None else seen.amount + part.amount
        by_tender[key] = PaidBy(part.means, amount, part.reference, part.label)
    return tuple(by_tender.values())


def _paid_by(tender: Tender, labels: Mapping[str, str]) -> PaidBy:
    means = Means(tender.kind.value)
    return PaidBy(means, tender.amount, tender.reference, labels.get(tender.reference, ""))


def _line_of_sale(
    line: SaleLine, departments: Mapping[str, str], serials: Mapping[int, tuple[str, ...]]
) -> PurchasedLine:
    return PurchasedLine(
        number=line.number,
        sku=line.sku,
        gtin=line.gtin,
        name=line.name,
        quantity=line.quantity_thousandths,
        unit=line.unit,
        net=line.net,
        tax_rate=line.tax_rate,
        promotion=line.promotion,
        department=departments.get(line.sku, ""),
        serials=serials.get(line.number, ()),
    )


def _line_of_order(
    line: OrderLine,
    currency: str,
    departments: Mapping[str, str],
    serials: Mapping[int, tuple[str, ...]],
) -> PurchasedLine:
    other = line.substitute
    goods = line if other is None or other.state is not SubstituteState.ACCEPTED else other
    return PurchasedLine(
        number=line.number,
        sku=goods.sku,
        gtin=goods.gtin,
        name=goods.name,
        quantity=line.delivered,
        unit=line.unit,
        net=line.value_of(line.delivered, currency),
        tax_rate=TaxRate(line.tax_basis_points, line.tax_name),
        promotion=Money(0, currency),
        department=departments.get(goods.sku, ""),
        serials=serials.get(line.number, ()),
    )
