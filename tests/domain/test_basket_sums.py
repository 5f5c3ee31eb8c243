"""Whatever is done to a ticket, in whatever order, its sums agree to the cent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import Basket, BasketError, Discount, DiscountKind, EntryMethod
from pos.domain.basket import PriceOverride as Override
from pos.domain.catalogue import Product
from pos.domain.money import Money, total
from pos.domain.numbering import ReceiptNumber
from pos.domain.promotion import GivenPromotion, Share
from pos.domain.quantity import Quantity, QuantityNotPossible, Unit
from pos.domain.sale import complete_sale
from pos.domain.tax import TaxRate
from pos.domain.tender import CashPolicy, Payment
from tests.builders import STAMP

_RATES = (TaxRate(2100, "general"), TaxRate(1000, "reducido"), TaxRate(0, "exento"))
_ACTS = (
    "promotion",
    "add",
    "label",
    "weigh",
    "quantity",
    "discount",
    "ticket",
    "override",
    "void",
    "undo",
)
_act = st.tuples(
    st.sampled_from(_ACTS), st.integers(1, 4), st.integers(0, 2_000_00), st.integers(1, 3000)
)


def _eur(minor: int) -> Money:
    return Money(minor, "EUR")


def _discount(minor: int, size: int) -> Discount:
    if size % 2:
        return Discount(DiscountKind.PERCENT, minor % 10_000 + 1, "x")
    return Discount(DiscountKind.AMOUNT, minor, "x")


def _done(basket: Basket, act: tuple[str, int, int, int]) -> Basket:
    kind, line, minor, size = act
    rate = _RATES[size % 3]
    each = Product(f"{size}", None, "x", _eur(minor), rate)
    kilo = Product(f"{size}", None, "x", _eur(minor), rate, Unit.KILOGRAM)
    scanned = EntryMethod.SCANNED
    match kind:
        case "promotion":
            off = tuple(
                GivenPromotion(f"{size}-{taking.number}", "x", (Share(taking.number, part),))
                for taking in basket.live_lines
                for part in _eur(min(minor, taking.net.minor)).allocate([1, size])
                if taking.takes_promotions and part
            )
            return basket.with_promotions(off)
        case "add":
            return basket.with_product(each, Quantity.each(size), scanned)
        case "label":
            return basket.with_product(
                kilo, Quantity(size, Unit.KILOGRAM), scanned, extended_price=_eur(minor // 7)
            )
        case "weigh":
            return basket.with_product(kilo, Quantity(size, Unit.KILOGRAM), scanned)
        case "quantity":
            return basket.with_quantity(line, Quantity(size, basket.line(line).quantity.unit))
        case "discount":
            return basket.with_discount(line, _discount(minor, size))
        case "ticket":
            return basket.with_ticket_discount(_discount(minor, size))
        case "override":
            return basket.with_price_override(line, Override(_eur(minor), "x"))
        case "void":
            return basket.with_line_voided(line)
        case _:
            return basket.with_discount(line, None)


@given(st.lists(_act, max_size=25))
def test_lines_discounts_tax_and_total_agree(acts: list[tuple[str, int, int, int]]) -> None:
    basket = Basket("b", "EUR", 0, "ana")
    for act in acts:
        try:
            basket = _done(basket, act)
        except (BasketError, QuantityNotPossible):
            continue

    totals = basket.totals
    payment = Payment(totals.total)
    if totals.total:
        payment = payment.with_cash(totals.total, CashPolicy())
    sale = complete_sale(
        basket, payment, number=ReceiptNumber("2", 1), shop="S", till="S-2", session_id="s",
        staff_id="a", staff_name="A", completed_at_ms=0, fiscal=STAMP,
    )  # fmt: skip

    assert all(0 <= line.net.minor <= line.gross.minor for line in sale.lines)
    assert all(
        line.gross - line.discount - line.promotion - line.ticket_discount == line.net
        for line in sale.lines
    )
    assert total((line.net for line in sale.lines), "EUR") == sale.total == totals.total
    assert total((tender.amount for tender in sale.tenders), "EUR") == sale.total
    assert total((entry.base + entry.tax for entry in sale.tax), "EUR") == sale.total
    assert total((line.promotion for line in sale.lines), "EUR") == total(
        (share.amount for given in sale.promotions for share in given.shares), "EUR"
    )
    assert totals.gross - totals.savings == totals.total
    assert sale.savings == totals.savings
