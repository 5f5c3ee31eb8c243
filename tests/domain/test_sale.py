"""A paid basket becomes a sale that says all there is to say."""

from __future__ import annotations

import pytest

from pos.domain.basket import Basket, Discount, DiscountKind, EntryMethod, PriceOverride
from pos.domain.catalogue import Product
from pos.domain.fiscal import FiscalDocument, FiscalStamp
from pos.domain.journal import canonical_json
from pos.domain.money import Money
from pos.domain.numbering import DocumentKind, ReceiptNumber, series_of
from pos.domain.quantity import Quantity
from pos.domain.sale import PaymentIncomplete, Sale, complete_sale, sale_body
from pos.domain.tax import TaxRate
from pos.domain.tender import CashPolicy, Payment, TenderKind
from pos.domain.ticket import Ticket
from pos.fiscal.none import NoFiscalModule

OIL = Product("oil", 8410000000003, "Aceite", Money(7_95, "EUR"), TaxRate(1000, "IVA"))


def basket() -> Basket:
    ticket = Basket("b1", "EUR", 10, "lucia")
    for _ in range(3):
        ticket = ticket.with_product(OIL, Quantity.each(2), EntryMethod.SCANNED)
    discount = Discount(DiscountKind.PERCENT, 10_00, "tara", "marta")
    override = PriceOverride(Money(7_00, "EUR"), "web", "oscar")
    return (
        ticket.with_discount(1, discount)
        .with_price_override(2, override)
        .with_line_voided(3)
        .with_ticket_discount(Discount(DiscountKind.AMOUNT, 1_00, "queja"))
    )


def sale(payment: Payment) -> Sale:
    return complete_sale(
        basket(),
        payment,
        number=ReceiptNumber("2", 4318),
        shop="FUEN",
        till="FUEN-2",
        session_id="s1",
        staff_id="lucia",
        staff_name="Lucía",
        completed_at_ms=20,
        fiscal=FiscalStamp("none"),
    )


def paid() -> Payment:
    total = basket().totals.total
    return (
        Payment(total)
        .with_exact(TenderKind.CARD, Money(10_00, "EUR"), reference="c1", is_verified=False)
        .with_cash(Money(50_00, "EUR"), CashPolicy())
    )


def test_lines_less_discounts_are_the_tenders_less_the_change() -> None:
    recorded = sale(paid())

    lines = sum(line.net.minor for line in recorded.sold_lines)
    tendered = sum(tender.tendered.minor for tender in recorded.tenders)

    assert lines == recorded.total.minor == tendered - recorded.change.minor
    assert recorded.savings.minor == sum(
        line.gross.minor - line.net.minor for line in recorded.sold_lines
    )
    assert recorded.cash_taken == recorded.total - Money(10_00, "EUR")


def test_a_voided_line_is_kept_and_counts_nothing() -> None:
    recorded = sale(paid())

    assert [line.is_void for line in recorded.lines] == [False, False, True]
    assert recorded.lines[2].net.minor == 0


def test_the_sale_says_who_allowed_what_and_why() -> None:
    first, second, _ = sale(paid()).lines

    assert (first.discount_reason, first.approved_by) == ("tara", "marta")
    assert (second.override_reason, second.approved_by) == ("web", "oscar")
    assert second.list_price != second.unit_price


def test_a_sale_cannot_be_made_while_something_is_due() -> None:
    with pytest.raises(PaymentIncomplete):
        sale(Payment(basket().totals.total))


def test_a_payment_for_another_total_makes_no_sale() -> None:
    other = Payment(Money(1, "EUR")).with_cash(Money(1, "EUR"), CashPolicy())

    with pytest.raises(PaymentIncomplete):
        sale(other)


def test_the_fact_of_a_sale_is_canonical() -> None:
    body = sale_body(sale(paid()))

    assert canonical_json(body)
    assert body["number"] == "2-004318"


def test_an_open_ticket_knows_what_is_due() -> None:
    ticket = Ticket(basket())

    assert ticket.payment.due == basket().totals.total


@pytest.mark.parametrize(
    ("kind", "epoch", "series"),
    [
        (DocumentKind.SALE, 1, "2"),
        (DocumentKind.SALE, 3, "2.3"),
        (DocumentKind.RETURN, 1, "D2"),
        (DocumentKind.SESSION, 1, "Z2"),
    ],
)
def test_a_restored_till_numbers_in_a_series_of_its_own(
    kind: DocumentKind, epoch: int, series: str
) -> None:
    assert series_of(kind, till_number=2, epoch=epoch) == series


def test_without_a_fiscal_module_the_receipt_says_it_is_a_demonstration() -> None:
    document = FiscalDocument(ReceiptNumber("2", 1), 0, Money(1, "EUR"), Money(0, "EUR"))

    stamp = NoFiscalModule().stamp(document)

    assert stamp.legend == ("Documento no fiscal – demostración",)
    assert stamp.qr == ""
