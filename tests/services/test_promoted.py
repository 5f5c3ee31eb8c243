"""Promotions on the ticket at the counter: found at every change, kept until it is paid."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.basket import Discount, DiscountKind, EntryMethod
from pos.domain.catalogue import Product
from pos.domain.money import Money
from pos.domain.promotion import (
    AmountOff,
    Goods,
    MultiBuy,
    NthUnit,
    OffTotal,
    PercentOff,
    Promotion,
)
from pos.domain.quantity import Quantity, Unit
from pos.domain.staff import Approval
from pos.domain.tender import TenderKind
from pos.domain.ticket import Ticket
from pos.services import park, pay, sell
from pos.services.promoted import promoted
from pos.services.workstation import SignOn
from pos.store.verify import verify
from tests.domain import promotion_kit
from tests.fakes.promotions import KnownPromotions, offering
from tests.services.conftest import COFFEE, GIFT_WRAP, KEY, OIL, TWIN, FakeClock, Shop

NOW_MS = FakeClock().ms
OIL_3X2 = replace(
    promotion_kit.promotion(MultiBuy(3, 2), "3x2", promotion_kit.of("oil"), name="3x2 en aceite"),
    valid_from_ms=NOW_MS - 1,
    valid_until_ms=NOW_MS + 1_000,
)
TENTH_OFF_KITCHEN = replace(
    OIL_3X2, promotion_id="ten", name="10 %", offer=PercentOff(10_00),
    goods=Goods(departments=frozenset({"Cocina"})),
)  # fmt: skip
FIVE_OFF_20 = replace(
    OIL_3X2,
    promotion_id="five",
    name="5 € menos",
    offer=OffTotal(20_00, minor=5_00),
    goods=Goods(),
)


def sold(sign_on: SignOn, *counts: int, product: Product = OIL) -> Ticket:
    """Return a ticket with so many pieces on each line."""
    ticket = None
    for count in counts:
        ticket = sell.add_product(
            sign_on, ticket, product, Quantity.each(count), EntryMethod.SCANNED
        )
    assert ticket is not None
    return ticket


def stored(sign_on: SignOn) -> Ticket | None:
    with sign_on.station.store.reading() as records:
        return records.tickets.current()


def total(ticket: Ticket) -> int:
    return ticket.basket.totals.total.minor


def test_the_third_of_three_is_free_as_soon_as_it_is_scanned(at_work: SignOn) -> None:
    lucia = offering(at_work, OIL_3X2)

    two = sold(lucia, 1, 1)
    three = sell.add_product(lucia, two, OIL, Quantity.each(1), EntryMethod.SCANNED)

    assert (total(two), total(three)) == (2 * 7_95, 2 * 7_95)
    assert [given.name for given in three.basket.promotions] == ["3x2 en aceite"]
    assert stored(lucia) == three


def test_what_no_longer_holds_goes_with_the_line_that_made_it(at_work: SignOn) -> None:
    lucia = offering(at_work, OIL_3X2)
    ticket = sold(lucia, 3)

    fewer = sell.set_quantity(lucia, ticket, 1, Quantity.each(2))
    more = sell.set_quantity(lucia, fewer, 1, Quantity.each(6))
    voided = sell.void_line(lucia, more, 1)

    assert (total(fewer), total(more), total(voided)) == (2 * 7_95, 4 * 7_95, 0)
    assert voided.basket.promotions == ()


def test_a_note_leaves_what_was_given(at_work: SignOn) -> None:
    lucia = offering(at_work, OIL_3X2)
    ticket = sold(lucia, 3)

    assert sell.set_note(lucia, ticket, 1, "regalo").basket.promotions == ticket.basket.promotions


def test_promotions_are_found_by_department_and_brand(at_work: SignOn) -> None:
    alda = replace(TENTH_OFF_KITCHEN, goods=Goods(brands=frozenset({"Alda"})), promotion_id="b")
    pot = replace(TWIN, department="Cocina")
    pan = replace(TWIN, brand="Alda")

    assert total(sold(offering(at_work, TENTH_OFF_KITCHEN, alda), 1, product=pot)) == 35_91
    sell.cancel(at_work, _current(at_work), reason="x")
    assert total(sold(offering(at_work, TENTH_OFF_KITCHEN, alda), 1, product=pan)) == 35_91


def _current(sign_on: SignOn) -> Ticket:
    ticket = stored(sign_on)
    assert ticket is not None
    return ticket


def test_what_is_weighed_has_a_percentage_off_and_is_no_piece(at_work: SignOn) -> None:
    half = replace(OIL_3X2, offer=PercentOff(50_00), goods=Goods(frozenset({COFFEE.sku})))
    pieces = replace(half, offer=MultiBuy(2, 1))
    kilo = Quantity(2_000, Unit.KILOGRAM)

    def weighed_twice(sign_on: SignOn) -> Ticket:
        one = sell.add_product(sign_on, None, COFFEE, kilo, EntryMethod.SCANNED)
        return sell.add_product(sign_on, one, COFFEE, kilo, EntryMethod.SCANNED)

    ticket = weighed_twice(offering(at_work, half))
    sell.cancel(at_work, ticket, reason="x")

    assert total(ticket) == 49_80
    assert total(weighed_twice(offering(at_work, pieces))) == 2 * 49_80


def test_pieces_with_one_price_on_their_label_count_as_one_unit(at_work: SignOn) -> None:
    lucia = offering(at_work, OIL_3X2)

    ticket = sell.add_product(
        lucia, None, OIL, Quantity.each(3), EntryMethod.SCANNED, extended_price=Money(10_00, "EUR")
    )

    assert total(ticket) == 10_00


def test_what_was_agreed_by_hand_takes_none_and_gets_it_back_with_its_price(
    lead: SignOn,
) -> None:
    hugo = offering(lead, OIL_3X2)
    ticket = sold(hugo, 3)

    cheaper = sell.give_discount(hugo, ticket, 1, Discount(DiscountKind.PERCENT, 1_00, "tara"))
    again = sell.remove_discount(hugo, cheaper, 1)

    assert cheaper.basket.promotions == ()
    assert again.basket.promotions == ticket.basket.promotions


def test_a_product_with_an_open_price_takes_none(lead: SignOn) -> None:
    everything = replace(OIL_3X2, offer=PercentOff(50_00), goods=Goods())
    hugo = offering(lead, everything)
    wrap = replace(GIFT_WRAP, price=Money(3_00, "EUR"))

    assert total(sold(hugo, 1, product=wrap)) == 3_00


def test_a_discount_of_the_whole_ticket_comes_after_promotions(lead: SignOn) -> None:
    hugo = offering(lead, OIL_3X2)
    ticket = sold(hugo, 3)

    ticket = sell.give_discount(
        hugo, ticket, sell.WHOLE_TICKET, Discount(DiscountKind.PERCENT, 10_00, "tara")
    )

    assert total(ticket) == 14_31  # 15.90 less a tenth
    assert [given.promotion_id for given in ticket.basket.promotions] == ["3x2"]
    assert sell.remove_discount(hugo, ticket, sell.WHOLE_TICKET).basket.promotions


def test_an_amount_off_that_a_promotion_made_too_heavy_goes(lead: SignOn) -> None:
    known = KnownPromotions()
    hugo = replace(lead, station=replace(lead.station, promotions=known))
    ticket = sold(hugo, 2)  # 15.90; the shift lead may give a tenth
    off = Discount(DiscountKind.AMOUNT, 1_50, "tara")
    ticket = sell.give_discount(hugo, ticket, sell.WHOLE_TICKET, off)
    known.tell(replace(OIL_3X2, offer=PercentOff(50_00)))

    noted = sell.set_note(hugo, ticket, 1, "regalo")  # 1.50 off 7.95 would be 19 %

    assert noted.basket.ticket_discount is None
    assert total(noted) == 7_95


def test_an_amount_off_the_ticket_stays_while_it_weighs_no_more(lead: SignOn) -> None:
    hugo = offering(lead, OIL_3X2)
    off = Discount(DiscountKind.AMOUNT, 1_50, "tara")
    ticket = sell.give_discount(hugo, sold(hugo, 2), sell.WHOLE_TICKET, off)

    more = sell.set_quantity(hugo, ticket, 1, Quantity.each(3))  # 3x2: 15.90 as before

    assert more.basket.ticket_discount is not None
    assert total(more) == 14_40


def test_a_line_whose_discount_outgrew_gets_its_promotion(at_work: SignOn) -> None:
    known = KnownPromotions(replace(OIL_3X2, offer=PercentOff(50_00)))
    lucia = replace(at_work, station=replace(at_work.station, promotions=known))
    ticket = sold(lucia, 10)
    off = Discount(DiscountKind.AMOUNT, 7_95, "tara")
    approval = Approval(sell.discount_act(ticket, 1, off), "lucia", "marta", "tara")
    ticket = sell.give_discount(lucia, ticket, 1, off, approval)
    assert ticket.basket.promotions == ()

    fewer = sell.set_quantity(lucia, ticket, 1, Quantity.each(2))

    assert fewer.basket.lines[0].discount is None
    assert total(fewer) == 7_95


def test_a_promotion_that_ends_while_the_ticket_is_open_is_still_given(
    at_work: SignOn, shop: Shop
) -> None:
    lucia = offering(at_work, OIL_3X2)
    ticket = sold(lucia, 2)
    shop.clock.ms = OIL_3X2.valid_until_ms + 1

    later = sell.add_product(lucia, ticket, OIL, Quantity.each(1), EntryMethod.SCANNED)

    assert total(later) == 2 * 7_95
    sell.cancel(at_work, later, reason="x")
    assert total(sold(lucia, 3)) == 3 * 7_95


def test_a_promotion_that_is_not_for_this_shop_is_not_given(at_work: SignOn) -> None:
    elsewhere = replace(OIL_3X2, shops=frozenset({"GAVA"}))

    assert sold(offering(at_work, elsewhere), 3).basket.promotions == ()


def test_a_parked_ticket_keeps_its_promotions_until_it_is_changed(at_work: SignOn) -> None:
    lucia = offering(at_work, OIL_3X2)
    ticket = sold(lucia, 3)
    park.park(lucia, ticket)

    resumed = park.resume(at_work, ticket.basket.basket_id)  # at a till that knows none any more
    changed = sell.set_note(at_work, resumed, 1, "x")

    assert resumed.basket == ticket.basket
    assert changed.basket.promotions == ()


def test_what_is_rung_up_from_another_history_takes_none(at_work: SignOn) -> None:
    lucia = offering(at_work, OIL_3X2, FIVE_OFF_20)

    ticket = sell.add_many(lucia, None, [(OIL, Quantity.each(3), None)], EntryMethod.IMPORTED)

    assert (ticket.basket.promotions, total(ticket)) == ((), 3 * 7_95)


def test_what_is_rung_up_at_once_gets_promotions_at_once(at_work: SignOn) -> None:
    lucia = offering(at_work, OIL_3X2)
    one = (OIL, Quantity.each(1), None)

    ticket = sell.add_many(lucia, None, [one, one, one], EntryMethod.SCANNED)

    assert total(ticket) == 2 * 7_95
    assert stored(lucia) == ticket


def test_a_sale_says_in_its_rows_and_its_fact_what_promotions_took_off(
    at_work: SignOn, shop: Shop
) -> None:
    lucia = offering(at_work, OIL_3X2, FIVE_OFF_20)
    ticket = sold(lucia, 2, 2)  # 31.80 less 7.95, then 5.00 off the whole

    step = pay.take_cash(lucia, paying := pay.begin(lucia, ticket), paying.payment.due)

    assert isinstance(step, pay.Paid)
    sale = step.sale
    assert sale.total.minor == 18_85
    assert [(given.name, given.is_on_total) for given in sale.promotions] == [
        ("3x2 en aceite", False), ("5 € menos", True),
    ]  # fmt: skip
    assert sale.savings.minor == 12_95
    assert sale.tenders[0].kind is TenderKind.CASH
    body = next(fact.body for fact in shop.facts() if fact.kind.value == "sale.completed")
    told = body["promotions"]
    assert isinstance(told, list)
    assert sum(one["amount"] for each in told for one in each["lines"]) == 12_95
    with lucia.station.store.reading() as records:
        assert records.sales.get(sale.sale_id) == sale
        assert records.sessions.figures(lucia.session_id).discounts == 12_95
    assert verify(shop.path, key=KEY) == []


OFFERS = (PercentOff(33_33), AmountOff(3), MultiBuy(3, 2), NthUnit(2, 50_00), OffTotal(1, minor=7))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    prices=st.lists(
        st.tuples(st.integers(0, 999), st.integers(1, 4), st.booleans()), min_size=1, max_size=8
    ),
    offers=st.lists(st.sampled_from(OFFERS), max_size=5),
)
def test_whatever_is_sold_no_promotion_is_refused_by_the_ticket(
    at_work: SignOn, prices: list[tuple[int, int, bool]], offers: list[object]
) -> None:
    known: list[Promotion] = [
        replace(OIL_3X2, promotion_id=f"p{number}", offer=offer, goods=Goods())  # type: ignore[arg-type]
        for number, offer in enumerate(offers)
    ]
    lucia = offering(at_work, *known)
    basket = sell.opened_basket(lucia)
    for price, count, has_label in prices:
        product = replace(OIL, price=Money(price, "EUR"))
        label = Money(price, "EUR") if has_label else None
        basket = basket.with_product(
            product, Quantity.each(count), EntryMethod.SCANNED, extended_price=label
        )

    priced = promoted(lucia, basket)

    assert priced.totals.total.minor >= 0
    assert promoted(lucia, priced) == priced


@pytest.mark.parametrize("count", [1, 2])
def test_a_till_without_promotions_gives_none(at_work: SignOn, count: int) -> None:
    assert sold(at_work, count).basket.promotions == ()
