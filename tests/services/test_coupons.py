"""Coupons on the ticket: what each comes to is said, and a sale tells which were brought."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.basket import MAX_COUPONS, EntryMethod
from pos.domain.promotion import (
    Channel,
    Coupon,
    CouponUse,
    OffTotal,
    PercentOff,
    Promotion,
)
from pos.domain.quantity import Quantity
from pos.domain.ticket import Ticket
from pos.services import park, pay, sell
from pos.services.coupons import (
    CouponOutcome,
    drop_coupon,
    is_on_parked,
    shared_coupon,
    use_coupon,
)
from pos.services.workstation import SignOn
from pos.store.verify import verify
from tests.domain import promotion_kit
from tests.fakes.promotions import offering
from tests.services.conftest import KEY, OIL, FakeClock, Shop

NOW_MS = FakeClock().ms
SUMMER = replace(
    promotion_kit.promotion(PercentOff(20_00), "summer", name="Verano"),
    valid_from_ms=NOW_MS - 1,
    valid_until_ms=NOW_MS + 1_000,
    coupon=CouponUse.SHARED,
    code="VERANO",
)
FROM_50 = replace(
    SUMMER, promotion_id="from-50", offer=OffTotal(50_00, minor=5_00), code="DESDE50"
)
SORRY = replace(SUMMER, promotion_id="sorry", coupon=CouponUse.SINGLE, code="")
CLAIMED = Coupon("PERDON-7K", "sorry", 12)


@pytest.fixture
def lucia(at_work: SignOn) -> SignOn:
    return offering(at_work, SUMMER, FROM_50, SORRY)


def one_oil(sign_on: SignOn, ticket: Ticket | None = None) -> Ticket:
    return sell.add_product(sign_on, ticket, OIL, Quantity.each(1), EntryMethod.SCANNED)


def summer(sign_on: SignOn) -> Coupon:
    coupon = shared_coupon(sign_on, " verano ")
    assert coupon is not None
    return coupon


def test_a_coupon_takes_off_what_it_was_given_out_for(lucia: SignOn) -> None:
    answer = use_coupon(lucia, one_oil(lucia), summer(lucia))

    assert answer.outcome is CouponOutcome.APPLIED
    assert answer.promotion == SUMMER
    assert answer.ticket is not None
    assert answer.ticket.basket.totals.total.minor == 6_36
    assert [given.coupon for given in answer.ticket.basket.promotions] == ["VERANO"]
    with lucia.station.store.reading() as records:
        assert records.tickets.current() == answer.ticket


def test_a_coupon_may_come_before_the_goods(lucia: SignOn) -> None:
    answer = use_coupon(lucia, None, summer(lucia))
    ticket = one_oil(lucia, answer.ticket)

    assert answer.outcome is CouponOutcome.GIVES_NOTHING_YET
    assert ticket.basket.totals.total.minor == 6_36


def test_a_coupon_waits_on_the_ticket_for_its_minimum(lucia: SignOn) -> None:
    coupon = shared_coupon(lucia, "DESDE50")
    assert coupon is not None

    answer = use_coupon(lucia, one_oil(lucia), coupon)
    assert answer.ticket is not None
    enough = sell.set_quantity(lucia, answer.ticket, 1, Quantity.each(7))

    assert answer.outcome is CouponOutcome.GIVES_NOTHING_YET
    assert enough.basket.totals.total.minor == 7 * 7_95 - 5_00


def test_a_coupon_taken_off_takes_what_it_gave_with_it(lucia: SignOn) -> None:
    ticket = use_coupon(lucia, one_oil(lucia), summer(lucia)).ticket
    assert ticket is not None

    without = drop_coupon(lucia, ticket, "VERANO")

    assert (without.basket.coupons, without.basket.promotions) == ((), ())
    assert drop_coupon(lucia, without, "VERANO").basket == without.basket


def test_a_code_nobody_knows_is_no_coupon(lucia: SignOn) -> None:
    assert shared_coupon(lucia, "INVIERNO") is None
    assert shared_coupon(lucia, "") is None


def changed(promotion: Promotion, **changes: object) -> Promotion:
    return replace(promotion, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("promotion", "outcome"),
    [
        (changed(SUMMER, valid_from_ms=NOW_MS + 1), CouponOutcome.NOT_YET),
        (changed(SUMMER, valid_until_ms=NOW_MS), CouponOutcome.OVER),
        (changed(SUMMER, channels=frozenset({Channel.WEB})), CouponOutcome.NOT_HERE),
        (changed(SUMMER, shops=frozenset({"GAVA"})), CouponOutcome.NOT_HERE),
        (changed(SUMMER, tier="gold"), CouponOutcome.MEMBERS_ONLY),
        (changed(SUMMER, coupon=None, code=""), CouponOutcome.UNKNOWN),
        (changed(SUMMER, code="OTRO"), CouponOutcome.UNKNOWN),
        (changed(SUMMER, coupon=CouponUse.SINGLE, code=""), CouponOutcome.UNKNOWN),
        (SORRY, CouponOutcome.UNKNOWN),
    ],
)
def test_why_a_coupon_is_not_taken_is_said(
    at_work: SignOn, promotion: Promotion, outcome: CouponOutcome
) -> None:
    lucia = offering(at_work, promotion)
    ticket = one_oil(lucia)

    answer = use_coupon(lucia, ticket, Coupon("VERANO", "summer"))

    assert answer.outcome is outcome
    assert not answer.outcome.is_on_ticket
    assert answer.ticket == ticket


def test_a_code_for_one_use_is_taken_with_its_claim_only(lucia: SignOn) -> None:
    ticket = one_oil(lucia)

    assert use_coupon(lucia, ticket, replace(CLAIMED, fence=0)).outcome is CouponOutcome.UNKNOWN
    assert use_coupon(lucia, ticket, CLAIMED).outcome is CouponOutcome.APPLIED


def test_the_same_code_twice_is_one_coupon(lucia: SignOn) -> None:
    ticket = use_coupon(lucia, one_oil(lucia), CLAIMED).ticket
    assert ticket is not None

    again = use_coupon(lucia, ticket, CLAIMED)
    claimed_anew = use_coupon(lucia, ticket, replace(CLAIMED, fence=13)).ticket

    assert (again.outcome, again.ticket) == (CouponOutcome.ALREADY_ON_TICKET, ticket)
    assert claimed_anew is not None
    assert claimed_anew.basket.coupons == (replace(CLAIMED, fence=13),)


def test_two_codes_of_one_promotion_are_not_taken_together(lucia: SignOn) -> None:
    ticket = use_coupon(lucia, one_oil(lucia), CLAIMED).ticket

    other = use_coupon(lucia, ticket, Coupon("PERDON-8L", "sorry", 3))

    assert other.outcome is CouponOutcome.SAME_PROMOTION
    assert other.ticket == ticket


def test_a_ticket_takes_so_many_coupons(at_work: SignOn) -> None:
    known = [
        replace(SUMMER, promotion_id=f"p{number}", code=f"C-{number}")
        for number in range(MAX_COUPONS + 1)
    ]
    lucia = offering(at_work, *known)
    ticket: Ticket | None = one_oil(lucia)
    for one in known[:-1]:
        ticket = use_coupon(lucia, ticket, Coupon(one.code, one.promotion_id)).ticket

    answer = use_coupon(lucia, ticket, Coupon(known[-1].code, known[-1].promotion_id))

    assert answer.outcome is CouponOutcome.TOO_MANY
    assert answer.ticket == ticket


def test_a_ticket_being_paid_takes_no_coupon(lucia: SignOn) -> None:
    paying = pay.begin(lucia, one_oil(lucia))

    with pytest.raises(sell.TicketBusy):
        use_coupon(lucia, paying, summer(lucia))
    with pytest.raises(sell.TicketBusy):
        drop_coupon(lucia, paying, "VERANO")


def test_a_sale_tells_of_all_coupons_and_which_of_them_gave_something(
    lucia: SignOn, shop: Shop
) -> None:
    waiting = shared_coupon(lucia, "DESDE50")
    assert waiting is not None
    ticket = use_coupon(lucia, one_oil(lucia), CLAIMED).ticket
    ticket = use_coupon(lucia, ticket, waiting).ticket
    assert ticket is not None

    paying = pay.begin(lucia, ticket)
    assert isinstance(pay.take_cash(lucia, paying, paying.payment.due), pay.Paid)

    body = next(fact.body for fact in shop.facts() if fact.kind.value == "sale.completed")
    assert body["coupons"] == [
        {"code": "PERDON-7K", "promotion_id": "sorry", "fence": 12},
        {"code": "DESDE50", "promotion_id": "from-50", "fence": 0},
    ]
    told = body["promotions"]
    assert isinstance(told, list)
    assert [one["coupon"] for one in told if isinstance(one, dict)] == ["PERDON-7K"]
    assert verify(shop.path, key=KEY) == []


def test_a_code_that_was_given_out_anew_is_that_of_the_promotion_that_runs(
    at_work: SignOn,
) -> None:
    ended = changed(SUMMER, promotion_id="a-year-ago", valid_until_ms=NOW_MS)
    lucia = offering(at_work, ended, SUMMER)

    assert use_coupon(lucia, one_oil(lucia), summer(lucia)).outcome is CouponOutcome.APPLIED


def test_a_code_stands_for_what_it_did_when_the_ticket_was_opened(
    at_work: SignOn, shop: Shop
) -> None:
    follower = changed(
        SUMMER, promotion_id="a-new-one", valid_from_ms=NOW_MS + 500, valid_until_ms=NOW_MS + 2_000
    )
    lucia = offering(at_work, changed(SUMMER, valid_until_ms=NOW_MS + 500), follower)
    ticket = one_oil(lucia)
    shop.clock.ms += 600

    coupon = shared_coupon(lucia, "VERANO", ticket)

    assert coupon is not None
    assert coupon == Coupon("VERANO", "summer")
    assert use_coupon(lucia, ticket, coupon).outcome is CouponOutcome.APPLIED


def test_a_code_for_one_use_is_not_on_two_tickets_of_a_till(lucia: SignOn) -> None:
    parked = use_coupon(lucia, one_oil(lucia), CLAIMED).ticket
    assert parked is not None
    park.park(lucia, parked)
    ticket = one_oil(lucia)

    again = use_coupon(lucia, ticket, replace(CLAIMED, fence=13))

    assert is_on_parked(lucia, CLAIMED.code)
    assert (again.outcome, again.ticket) == (CouponOutcome.ON_PARKED_TICKET, ticket)


def test_a_code_for_everybody_may_be_on_many_tickets(lucia: SignOn) -> None:
    parked = use_coupon(lucia, one_oil(lucia), summer(lucia)).ticket
    assert parked is not None
    park.park(lucia, parked)

    assert use_coupon(lucia, one_oil(lucia), summer(lucia)).outcome is CouponOutcome.APPLIED
