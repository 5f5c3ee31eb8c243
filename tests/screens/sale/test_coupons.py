"""Coupons at the counter: scanned or keyed in, put on the ticket, refused in words, given back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from pos.domain.promotion import Coupon, CouponUse, Goods, MultiBuy, OffTotal, Promotion
from pos.domain.scan_codes import coupon_code
from pos.screens.discount.view import DiscountPanel
from pos.screens.navigator import Screen
from pos.screens.ports import LinkState, LinkStatus, Sound
from pos.services import park
from pos.services.hub_calls import ClaimState, CouponClaim, HubAway
from tests.builders import MORNING_MS
from tests.fakes.promotions import KnownPromotions
from tests.screens.shop_floor import BLANKET, CHOCOLATE, Floor

DAY_MS = 24 * 3_600_000
SINGLE = "AB23CD45EF"
VALID = (MORNING_MS - DAY_MS, MORNING_MS + DAY_MS)

THREE_FOR_TWO = Promotion(
    "choco-3x2", "3×2", MultiBuy(3, 2), *VALID, goods=Goods(skus=frozenset({CHOCOLATE.sku}))
)
SUMMER = Promotion(
    "summer", "Verano", OffTotal(30_00, minor=5_00), *VALID,
    coupon=CouponUse.SHARED, code="VERANO5",
)  # fmt: skip
THANKS = Promotion(
    "thanks", "Vale gracias", OffTotal(0, minor=2_00), *VALID, coupon=CouponUse.SINGLE
)
OVER = replace(SUMMER, promotion_id="spring", code="PRIMAVERA", valid_until_ms=MORNING_MS - 1)


@pytest.fixture
def shop(floor: Floor) -> Floor:
    """A till with promotions, in touch with the hub."""
    counter = floor.kit.counter
    station = replace(
        counter.station, promotions=KnownPromotions(THREE_FOR_TWO, SUMMER, THANKS, OVER)
    )
    counter.station = station
    counter.work_as(replace(counter.sign_on, station=station))
    floor.kit.navigator.go(Screen.SALE)
    floor.kit.devices.link.say(LinkStatus(LinkState.ONLINE))
    return floor


def granted(promotion_id: str = "thanks") -> CouponClaim:
    return CouponClaim(ClaimState.GRANTED, fence=3, promotion_id=promotion_id)


def coupons_of(shop: Floor) -> tuple[Coupon, ...]:
    ticket = shop.kit.counter.ticket
    return ticket.basket.coupons if ticket else ()


def test_the_third_chocolate_is_free_as_soon_as_it_is_scanned(shop: Floor) -> None:
    for _ in range(3):
        shop.scan(CHOCOLATE)

    accents = [row.accent for row in shop.sale_page.ticket.lines.rows.rows]
    assert all(accent.startswith("3×2 ") for accent in accents)
    assert shop.sale_page.keypad.closing.content.amount == "€4.98"


def test_a_code_for_everybody_is_keyed_in_or_scanned_like_any_other(shop: Floor) -> None:
    shop.scan(BLANKET)
    shop.scan("verano5")

    assert shop.lines[-1] == ("", "Verano", "−5.00")
    assert shop.kit.devices.sounds.played[-1] is Sound.ACCEPTED
    assert shop.sale_page.keypad.closing.content.amount == "€34.90"


def test_a_coupon_waits_on_the_ticket_until_there_is_enough(shop: Floor) -> None:
    shop.scan(CHOCOLATE)
    shop.scan("VERANO5")
    assert shop.lines[-1] == ("", "Coupon VERANO5", "")

    shop.scan(BLANKET)

    assert shop.lines[-1] == ("", "Verano", "−5.00")


def test_a_code_that_works_once_is_asked_for_at_the_hub_first(shop: Floor) -> None:
    shop.scan(BLANKET)
    shop.scan(coupon_code(SINGLE))
    assert coupons_of(shop) == ()
    assert SINGLE in shop.entry

    shop.kit.devices.hub.answer(granted())

    assert coupons_of(shop) == (Coupon(SINGLE, "thanks", 3),)
    assert shop.lines[-1] == ("", "Vale gracias", "−2.00")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            CouponClaim(ClaimState.GONE, holder="FUEN-1", detail="used"),
            f"Coupon {SINGLE} was used already (Till 1)",
        ),
        (
            CouponClaim(ClaimState.GONE, detail="ended"),
            f"Coupon {SINGLE} is not valid any more",
        ),
        (CouponClaim(ClaimState.GONE, detail="unknown"), f"No coupon has the code {SINGLE}"),
        (HubAway(), f"Coupon {SINGLE} cannot be checked: no connection"),
        (granted("nobody-published-it"), f"No coupon has the code {SINGLE}"),
    ],
)
def test_a_code_that_is_not_good_says_why_and_leaves_the_ticket(
    shop: Floor, answer: CouponClaim | HubAway, words: str
) -> None:
    shop.scan(BLANKET)
    shop.scan(coupon_code(SINGLE))

    shop.kit.devices.hub.answer(answer)

    assert shop.entry == words
    assert coupons_of(shop) == ()
    assert shop.kit.devices.sounds.played[-1] is Sound.REFUSED


def test_a_claim_that_cannot_be_used_is_given_back(shop: Floor) -> None:
    shop.scan(BLANKET)
    shop.scan(coupon_code(SINGLE))
    shop.kit.devices.hub.answer(granted("nobody-published-it"))

    assert shop.kit.devices.hub.released_coupons[-1] == (SINGLE, 3)


def test_without_connection_nothing_is_asked(shop: Floor) -> None:
    shop.scan(BLANKET)
    shop.kit.devices.link.say(LinkStatus(LinkState.OFFLINE))
    shop.scan(coupon_code(SINGLE))

    assert shop.entry == f"Coupon {SINGLE} cannot be checked: no connection"


def test_a_coupon_that_another_till_forgot_about_goes_to_who_has_it_in_hand(shop: Floor) -> None:
    shop.scan(BLANKET)
    shop.scan(coupon_code(SINGLE))
    shop.kit.devices.hub.answer(
        CouponClaim(ClaimState.HELD, holder="FUEN-1", may_be_taken_over=True)
    )
    shop.kit.devices.hub.answer(granted())

    assert coupons_of(shop) == (Coupon(SINGLE, "thanks", 3),)


def test_supr_takes_a_coupon_off_the_ticket_and_gives_it_back(shop: Floor) -> None:
    shop.scan(BLANKET)
    shop.scan(coupon_code(SINGLE))
    shop.kit.devices.hub.answer(granted())

    shop.press(Qt.Key.Key_Down)
    shop.press(Qt.Key.Key_Delete)

    assert coupons_of(shop) == ()
    assert shop.lines == [("1", BLANKET.name, "39.90")]
    assert shop.kit.devices.hub.released_coupons == [(SINGLE, 3)]


def test_a_coupon_of_yesterday_says_until_when_it_was_valid(shop: Floor) -> None:
    shop.scan(BLANKET)
    shop.scan("PRIMAVERA")

    assert shop.entry.startswith("Coupon PRIMAVERA was valid until ")


def test_the_code_is_written_where_discounts_are_given(shop: Floor) -> None:
    shop.scan(BLANKET)
    shop.press(Qt.Key.Key_F7)
    assert isinstance(shop.panel, DiscountPanel)
    shop.panel.scope.chosen.emit("coupon")
    shop.type("verano5")
    shop.press(Qt.Key.Key_Return)

    assert shop.lines[-1] == ("", "Verano", "−5.00")


def test_a_discount_by_hand_says_that_the_promotion_goes(shop: Floor) -> None:
    shop.type("3*")
    shop.scan(CHOCOLATE)

    shop.press(Qt.Key.Key_F7)

    assert isinstance(shop.panel, DiscountPanel)
    assert shop.panel.view_model.instead_of == "3×2"


def test_a_code_that_is_granted_too_late_is_not_put_on_the_next_customers_ticket(
    shop: Floor,
) -> None:
    shop.scan(BLANKET)
    shop.scan(coupon_code(SINGLE))
    counter = shop.kit.counter
    assert counter.ticket is not None
    park.park(counter.sign_on, counter.ticket)
    counter.put(None)
    shop.scan(CHOCOLATE)

    shop.kit.devices.hub.answer(granted())

    assert coupons_of(shop) == ()
    assert shop.kit.devices.hub.released_coupons == [(SINGLE, 3)]


def test_a_code_on_a_parked_ticket_is_found_there_and_not_claimed_again(shop: Floor) -> None:
    shop.scan(BLANKET)
    shop.scan(coupon_code(SINGLE))
    shop.kit.devices.hub.answer(granted())
    counter = shop.kit.counter
    assert counter.ticket is not None
    park.park(counter.sign_on, counter.ticket)
    counter.put(None)

    shop.scan(coupon_code(SINGLE))

    assert shop.entry == f"Coupon {SINGLE} is on a parked ticket"
    assert shop.sale_page.view_model.coupons.asking == ""
    assert shop.kit.devices.hub.released_coupons == []


def test_a_coupon_for_some_goods_can_be_taken_off_the_ticket_too(shop: Floor) -> None:
    counter = shop.kit.counter
    third_free = replace(THREE_FOR_TWO, coupon=CouponUse.SINGLE)
    station = replace(counter.station, promotions=KnownPromotions(third_free))
    counter.station = station
    counter.work_as(replace(counter.sign_on, station=station))
    shop.type("3*")
    shop.scan(CHOCOLATE)
    shop.scan(coupon_code(SINGLE))
    shop.kit.devices.hub.answer(granted("choco-3x2"))
    assert shop.lines[-1] == ("", f"Coupon {SINGLE}", "")

    shop.press(Qt.Key.Key_Down)
    shop.press(Qt.Key.Key_Delete)

    assert coupons_of(shop) == ()
    assert shop.kit.devices.hub.released_coupons == [(SINGLE, 3)]
