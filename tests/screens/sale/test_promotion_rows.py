"""Why a ticket costs what it costs: promotions under their lines, and on the whole of it."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.basket import Basket, EntryMethod
from pos.domain.promotion import Coupon, GivenPromotion, Share
from pos.domain.quantity import Quantity
from pos.screens.sale.lines import TicketWords
from tests.builders import eur
from tests.screens.shop_floor import BLANKET, CHOCOLATE

THREE_FOR_TWO = GivenPromotion("choco", "3×2", (Share(1, eur(249)),))
FIVE_OFF = GivenPromotion(
    "survey", "Vale encuesta", (Share(1, eur(50)), Share(2, eur(450))), "ENC-5", True
)
ENC_5 = Coupon("ENC-5", "survey")


def a_ticket() -> Basket:
    basket = Basket("b-1", "EUR", 0, "lucia")
    basket = basket.with_product(CHOCOLATE, Quantity.each(3), EntryMethod.SCANNED)
    return basket.with_product(BLANKET, Quantity.each(1), EntryMethod.SCANNED)


def test_a_line_says_which_promotion_it_got_and_costs_less() -> None:
    words = TicketWords()
    before = words.rows(a_ticket())

    chocolate, blanket = words.rows(a_ticket().with_promotions((THREE_FOR_TWO,)))

    assert before[0].amount == "7.47"
    assert (chocolate.amount, chocolate.accent) == ("4.98", "3×2 −€2.49")
    assert blanket == before[1]


def test_a_line_whose_promotion_went_is_written_again() -> None:
    words, ticket = TicketWords(), a_ticket()
    words.rows(ticket.with_promotions((THREE_FOR_TWO,)))

    chocolate, _ = words.rows(ticket)

    assert (chocolate.amount, chocolate.accent) == ("7.47", "")


def test_what_is_off_the_whole_ticket_stands_below_and_leaves_the_lines_as_they_are() -> None:
    held = a_ticket().with_coupon(Coupon("ENC-5", "survey"))

    chocolate, blanket, coupon = TicketWords().rows(held.with_promotions((FIVE_OFF,)))

    assert (chocolate.amount, blanket.amount) == ("7.47", "39.90")
    assert (coupon.name, coupon.amount, coupon.detail) == (
        "Vale encuesta",
        "−5.00",
        "Coupon ENC-5",
    )


def test_a_coupon_that_takes_nothing_off_yet_is_not_lost_from_sight() -> None:
    *_, coupon = TicketWords().rows(a_ticket().with_coupon(Coupon("ENC-5", "survey")))

    assert (coupon.name, coupon.amount) == ("Coupon ENC-5", "")
    assert coupon.note == "Takes nothing off this ticket yet"
    assert coupon.number < 0


def test_a_coupon_that_came_before_the_goods_is_seen() -> None:
    (coupon,) = TicketWords().rows(Basket("b-1", "EUR", 0, "lucia").with_coupon(ENC_5))

    assert (coupon.name, coupon.coupon) == ("Coupon ENC-5", "ENC-5")


def test_a_coupon_whose_promotion_is_on_lines_has_a_row_to_take_it_off_by() -> None:
    given = replace(THREE_FOR_TWO, coupon="ENC-5")

    *_, coupon = TicketWords().rows(a_ticket().with_coupon(ENC_5).with_promotions((given,)))

    assert (coupon.name, coupon.detail, coupon.amount) == ("Coupon ENC-5", "3×2", "")
    assert (coupon.note, coupon.coupon) == ("", "ENC-5")
