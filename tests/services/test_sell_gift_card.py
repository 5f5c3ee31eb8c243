"""Gift cards sold and topped up as lines of a ticket: money comes onto them with the sale."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.basket import Discount, DiscountKind, EntryMethod
from pos.domain.catalogue import Product
from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.scan_codes import stored_value_code
from pos.domain.stored_value import (
    CODE_LENGTH,
    CardOnLine,
    StoredValueKind,
    card_id,
    gift_card_skus,
    value_reference,
)
from pos.domain.tax import TaxRate
from pos.domain.ticket import Ticket
from pos.domain.ticket_content import UnreadableTicket, read_ticket, ticket_content
from pos.services import pay, scan, sell
from pos.services.scan import Added, AskCard, NotPossible, Wanted
from pos.services.workstation import SignOn
from tests.services.conftest import LUCIA, MARTA, TWIN, Shop

CODE = stored_value_code(StoredValueKind.GIFT_CARD, "7" * CODE_LENGTH)
CARD = CardOnLine(value_reference(CODE).text)
REGALO = Product(
    "regalo", None, "Tarjeta regalo", Money(0, "EUR"), TaxRate(2100, "IVA"), has_open_price=True
)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.fixture
def selling(at_work: SignOn) -> SignOn:
    """Lucía in a shop that sells gift cards."""
    station = replace(at_work.station, gift_card_skus=frozenset({REGALO.sku}))
    return replace(at_work, station=station)


def with_card(sign_on: SignOn, minor: int, card: CardOnLine = CARD) -> Ticket:
    added = scan.take(sign_on, None, REGALO, Wanted(extended_price=eur(minor), card=card))
    assert isinstance(added, Added)
    return added.ticket


def sold(sign_on: SignOn, ticket: Ticket) -> pay.Paid:
    paying = pay.begin(sign_on, ticket)
    done = pay.take_cash(sign_on, paying, paying.payment.due)
    assert isinstance(done, pay.Paid)
    return done


def test_a_gift_card_asks_for_its_amount_and_then_for_the_card(selling: SignOn) -> None:
    asked = scan.take(selling, None, REGALO, Wanted(extended_price=eur(25_00)))

    assert isinstance(asked, AskCard)
    assert isinstance(scan.take(selling, None, REGALO, Wanted()), scan.AskPrice)
    three = Wanted(count=3, extended_price=eur(75_00))
    assert isinstance(scan.take(selling, None, REGALO, three), NotPossible)


def test_money_comes_onto_the_card_with_the_sale_and_never_before(
    shop: Shop, selling: SignOn
) -> None:
    ticket = with_card(selling, 25_00)
    assert "value.activated" not in shop.kinds()

    done = sold(selling, ticket)

    assert shop.kinds()[-2:] == ["sale.completed", "value.activated"]
    body = shop.facts()[-1].body
    assert (body["card"], body["amount"]) == (card_id(CODE), 25_00)
    assert body["document"] == str(done.sale.number)
    assert CODE not in str([fact.body for fact in shop.facts()])


def test_nothing_is_taxed_before_the_card_is_spent(selling: SignOn) -> None:
    done = sold(selling, with_card(selling, 25_00))

    assert [(entry.rate.basis_points, entry.tax.minor) for entry in done.sale.tax] == [(0, 0)]
    assert done.sale.lines[0].note == "···7777"


def test_a_card_that_is_active_is_topped_up(shop: Shop, selling: SignOn) -> None:
    sold(selling, with_card(selling, 10_00, replace(CARD, is_new=False)))

    assert shop.facts()[-1].kind is FactKind.VALUE_TOPPED_UP


def test_a_voided_line_puts_nothing_onto_its_card(shop: Shop, selling: SignOn) -> None:
    ticket = with_card(selling, 25_00)
    ticket = sell.add_product(selling, ticket, TWIN, Quantity.each(1), EntryMethod.SCANNED)
    ticket = sell.void_line(selling, ticket, 1)

    sold(selling, ticket)

    assert shop.kinds()[-1] == "sale.completed"


def test_no_more_comes_onto_a_card_than_was_paid_for_it(shop: Shop, selling: SignOn) -> None:
    manager = replace(selling, operator=MARTA)
    ticket = with_card(manager, 25_00)
    discount = Discount(DiscountKind.PERCENT, 1_000, "cliente", None)
    ticket = sell.give_discount(manager, ticket, 1, discount)

    sold(replace(selling, operator=LUCIA), ticket)

    assert shop.facts()[-1].body["amount"] == 22_50


def test_a_ticket_keeps_its_cards_on_the_disk_and_on_the_way_to_another_till(
    selling: SignOn,
) -> None:
    ticket = with_card(selling, 25_00)

    with selling.station.store.reading() as records:
        assert records.tickets.current() == ticket
    assert read_ticket(ticket_content(ticket)).basket.lines[0].card == CARD


def test_a_card_that_cannot_be_is_no_line_of_a_ticket(selling: SignOn) -> None:
    content = ticket_content(with_card(selling, 25_00))
    lines = content["lines"]
    assert isinstance(lines, list)
    assert isinstance(lines[0], dict)
    lines[0]["card"] = "of another world"

    with pytest.raises(UnreadableTicket):
        read_ticket(content)


def test_which_articles_are_gift_cards_is_the_shops_setting() -> None:
    assert gift_card_skus({"gift_card_skus": ["regalo", 7, ""]}) == {"regalo"}
    assert gift_card_skus(None) == gift_card_skus({"gift_card_skus": "regalo"}) == frozenset()


def test_no_promotion_makes_a_card_of_a_fixed_price_worth_less(selling: SignOn) -> None:
    printed = replace(REGALO, price=eur(25_00), has_open_price=False)

    added = scan.take(selling, None, printed, Wanted(card=CARD))

    assert isinstance(added, Added)
    line = added.ticket.basket.lines[0]
    assert (line.net, line.takes_promotions) == (eur(25_00), False)
