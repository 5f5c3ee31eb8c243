"""A purchase is what was paid for and handed over, whichever channel sold it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import Basket, Discount, DiscountKind, EntryMethod
from pos.domain.collection import OrderState, PaymentState, Substitute, SubstituteState
from pos.domain.collection_events import LineDelivered
from pos.domain.money import Money, total
from pos.domain.promotion import Channel, GivenPromotion, Share
from pos.domain.quantity import THOUSAND, Quantity
from pos.domain.return_ledger import ledger_of
from pos.domain.return_purchase import (
    Means,
    NothingBought,
    PaidBy,
    PurchaseSource,
    merged,
    purchase_of_order,
    purchase_of_sale,
)
from pos.domain.tender import CashPolicy, Payment, TenderKind
from tests.builders import MORNING_MS, basket, eur, product, sale
from tests.order_builders import after, customer_order, handover, order_line, staged
from tests.return_builders import after_return, bought_line, purchase


def _three_for_two() -> Basket:
    made = Basket("b-1", "EUR", MORNING_MS, "ana").with_product(
        product(price=9_99), Quantity.each(3), EntryMethod.SCANNED
    )
    free = GivenPromotion("3x2", "3x2", (Share(1, eur(9_99)),))
    return made.with_promotions((free,)).with_ticket_discount(
        Discount(DiscountKind.AMOUNT, 1_00, "queja")
    )


def test_a_sale_is_bought_for_what_was_paid_after_promotions_and_discounts() -> None:
    bought = purchase_of_sale(sale(_three_for_two()), departments={"8410000000017": "hogar"})

    line = bought.line(1)
    assert (line.net, line.promotion, line.department) == (eur(18_98), eur(9_99), "hogar")
    assert bought.total_paid == eur(18_98)
    assert (bought.channel, bought.source) == (Channel.SHOP, PurchaseSource.SALE)
    assert bought.handed_over_at_ms == bought.sold_at_ms == MORNING_MS


@given(st.permutations([THOUSAND, 2 * THOUSAND]))
def test_part_of_a_three_for_two_and_the_rest_are_worth_the_whole(sizes: list[int]) -> None:
    ledger = ledger_of(purchase_of_sale(sale(_three_for_two())), ())

    for size in sizes:
        ledger = after_return(ledger, (1, size))

    assert ledger.line(1).value_returned == eur(18_98)


def test_tenders_of_one_kind_are_one_and_change_is_not_paid() -> None:
    made = basket(3)
    payment = Payment(made.totals.total).with_exact(TenderKind.CARD, eur(1_00), reference="c-1")
    payment = payment.with_cash(eur(50), CashPolicy()).with_cash(eur(5_00), CashPolicy())

    bought = purchase_of_sale(sale(made, payment=payment), labels={"c-1": "Visa 7702"})

    cash = made.totals.total - eur(1_00)
    card = PaidBy(Means.CARD, eur(1_00), "c-1", "Visa 7702")
    assert bought.paid == (card, PaidBy(Means.CASH, cash))


def test_every_kind_of_tender_can_be_paid_back() -> None:
    assert {kind.value for kind in TenderKind} <= {means.value for means in Means}


def test_a_voided_line_was_not_bought() -> None:
    made = basket(2).with_line_voided(1)

    assert [line.number for line in purchase_of_sale(sale(made)).lines] == [2]
    with pytest.raises(NothingBought):
        purchase_of_sale(sale(basket(1).with_line_voided(1)))


def test_of_an_order_only_what_was_handed_over_is_bought() -> None:
    order = staged(customer_order(order_line(1, 3, paid=20_00), order_line(2, 1, 32_90)))
    some = (LineDelivered(1, 2 * THOUSAND, THOUSAND), LineDelivered(2, 0, THOUSAND))
    collected = after(order, handover(order, lines=some))

    bought = purchase_of_order(collected, delivery=eur(4_95), serials={1: ("A",)})

    assert [(line.number, line.quantity) for line in bought.lines] == [(1, 2 * THOUSAND)]
    assert bought.lines[0].net == eur(13_33)
    assert bought.paid == (PaidBy(Means.WEB, eur(18_28), collected.order_id),)
    assert bought.channel is Channel.WEB
    assert bought.handed_over_at_ms == collected.closed_at_ms
    assert bought.lines[0].serials == ("A",)


@pytest.mark.parametrize(
    "changes",
    [
        {"is_prepaid": False, "payment": PaymentState.NONE},
        {"payment": PaymentState.UNKNOWN},
        {"payment": PaymentState.DECLINED},
        {"state": OrderState.READY},
    ],
)
def test_what_was_not_paid_or_not_handed_over_cannot_come_back(
    changes: dict[str, object],
) -> None:
    order = staged(customer_order())
    collected = after(order, handover(order))

    with pytest.raises(NothingBought):
        purchase_of_order(replace(collected, **changes))  # type: ignore[arg-type]
    with pytest.raises(NothingBought):
        purchase_of_order(order)


def test_the_substitute_that_was_taken_is_what_can_come_back() -> None:
    other = Substitute("sku-9", 8436012349999, "Cuenco", 9_95, 2100, "general", THOUSAND)
    taken = replace(other, state=SubstituteState.ACCEPTED)
    order = staged(customer_order(order_line(1), order_line(2)))
    collected = after(order, handover(order))
    lines = (
        replace(collected.lines[0], substitute=taken),
        replace(collected.lines[1], substitute=replace(taken, state=SubstituteState.REFUSED)),
    )

    bought = purchase_of_order(replace(collected, lines=lines))

    assert [line.sku for line in bought.lines] == ["sku-9", "sku-2"]


def test_amounts_that_cannot_be_are_no_purchase() -> None:
    with pytest.raises(ValueError, match="two lines"):
        purchase(bought_line(1), bought_line(1))
    with pytest.raises(ValueError, match="one tender twice"):
        purchase(paid=(PaidBy(Means.CASH, eur(5_00)), PaidBy(Means.CASH, eur(5_00))))
    with pytest.raises(ValueError, match="amounts"):
        purchase(paid=(PaidBy(Means.CASH, Money(1, "GBP")),))
    with pytest.raises(ValueError, match="paid by"):
        PaidBy(Means.CASH, eur(-1))
    with pytest.raises(ValueError, match="line 1"):
        bought_line(1, net=-1)
    with pytest.raises(KeyError):
        purchase().line(7)


@given(st.lists(st.tuples(st.sampled_from(Means), st.integers(0, 99)), max_size=9))
def test_taking_parts_together_loses_nothing(parts: list[tuple[Means, int]]) -> None:
    given_parts = [PaidBy(means, eur(amount)) for means, amount in parts]

    together = merged(given_parts)

    assert len({part.means for part in together}) == len(together)
    assert total((part.amount for part in together), "EUR") == total(
        (part.amount for part in given_parts), "EUR"
    )


def test_a_purchase_says_what_a_tender_paid() -> None:
    bought = purchase(paid=(PaidBy(Means.CARD, eur(10_00), "c-1"),))

    assert bought.paid_by(Means.CARD, "c-1") == bought.paid[0]
    assert bought.paid_by(Means.CARD, "c-2") is None
