"""Coupons that customers bring: a code puts a promotion within reach of the ticket.

A code that anybody may use is known here (`shared_coupon`). One that may be used once is claimed
at the central system first; who asked there hands the coupon in with the number of its claim,
and gives the claim back whenever the coupon does not stay on the ticket.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pos.domain.basket import Basket, TooManyCoupons
from pos.domain.promotion import Coupon, CouponUse, Promotion
from pos.domain.promotion_pricing import why_withheld
from pos.domain.ticket import Ticket
from pos.services import sell
from pos.services.promoted import shopper_of
from pos.services.workstation import SignOn


class CouponOutcome(Enum):
    """What became of a coupon; on the ticket it is after the first two only."""

    APPLIED = "applied"
    GIVES_NOTHING_YET = "gives nothing yet"  # its goods or its minimum are missing
    ALREADY_ON_TICKET = "already on ticket"
    ON_PARKED_TICKET = "on parked ticket"  # of this till
    SAME_PROMOTION = "same promotion"  # another code of its promotion is on the ticket
    UNKNOWN = "unknown"
    NOT_YET = "not yet"
    OVER = "over"
    NOT_HERE = "not here"  # for other shops, or for the web alone
    MEMBERS_ONLY = "members only"
    TOO_MANY = "too many"

    @property
    def is_on_ticket(self) -> bool:
        return self in {CouponOutcome.APPLIED, CouponOutcome.GIVES_NOTHING_YET}


@dataclass(frozen=True, slots=True)
class CouponAnswer:
    """What became of a coupon, and of the ticket; `promotion` says its name and its dates."""

    outcome: CouponOutcome
    ticket: Ticket | None
    promotion: Promotion | None = None


def shared_coupon(sign_on: SignOn, code: str, ticket: Ticket | None = None) -> Coupon | None:
    """Return the coupon of a code that anybody may use, None when it is no such code.

    It is for what the code stood for when `ticket` was opened; without one, stands for now.
    """
    wanted = code.strip().upper()
    station = sign_on.station
    at_ms = ticket.basket.opened_at_ms if ticket else station.clock.now_ms()
    promotion = station.promotions.book().by_code(wanted, at_ms)
    return None if promotion is None else Coupon(wanted, promotion.promotion_id)


def is_on_parked(sign_on: SignOn, code: str) -> bool:
    """True for a code on a ticket that waits at this till.

    The central system would grant it to this till once more, for another ticket.
    """
    with sign_on.station.store.reading() as records:
        parked = records.tickets.parked()
    return any(held.code == code for ticket in parked for held in ticket.basket.coupons)


def use_coupon(sign_on: SignOn, ticket: Ticket | None, coupon: Coupon) -> CouponAnswer:
    """Put a coupon on the ticket, opening one when there is none.

    Raises:
        TicketBusy: The ticket is being paid.
        NoOpenSession: A ticket belongs to a shift.
        StoreUnavailable: Nothing was recorded; the ticket is as it was.
    """
    basket = ticket.basket if ticket else sell.opened_basket(sign_on)
    promotion = sign_on.station.promotions.book().get(coupon.promotion_id)
    refused = _refusal(sign_on, basket, coupon, promotion)
    if refused is not None:
        return CouponAnswer(refused, ticket, promotion)
    try:
        changed = basket.with_coupon(coupon)
    except TooManyCoupons:
        return CouponAnswer(CouponOutcome.TOO_MANY, ticket, promotion)
    kept = sell.change_whole(sign_on, ticket, changed)
    gives = any(given.coupon == coupon.code for given in kept.basket.promotions)
    outcome = CouponOutcome.APPLIED if gives else CouponOutcome.GIVES_NOTHING_YET
    return CouponAnswer(outcome, kept, promotion)


def drop_coupon(sign_on: SignOn, ticket: Ticket, code: str) -> Ticket:
    """Take a coupon off the ticket, and what it gave; one that is not on it changes nothing.

    Raises:
        TicketBusy: The ticket is being paid.
        StoreUnavailable: Nothing was recorded; the ticket is as it was.
    """
    return sell.change_whole(sign_on, ticket, ticket.basket.without_coupon(code))


def _refusal(
    sign_on: SignOn, basket: Basket, coupon: Coupon, promotion: Promotion | None
) -> CouponOutcome | None:
    if coupon in basket.coupons:
        return CouponOutcome.ALREADY_ON_TICKET
    if promotion is None or not _is_for(promotion, coupon):
        return CouponOutcome.UNKNOWN
    if any(_is_other(held, coupon) for held in basket.coupons):
        return CouponOutcome.SAME_PROMOTION
    if promotion.coupon is CouponUse.SINGLE and is_on_parked(sign_on, coupon.code):
        return CouponOutcome.ON_PARKED_TICKET
    withheld = why_withheld(promotion, shopper_of(sign_on, basket))
    return None if withheld is None else CouponOutcome(withheld.value)


def _is_for(promotion: Promotion, coupon: Coupon) -> bool:
    if promotion.coupon is CouponUse.SHARED:
        return promotion.code == coupon.code
    return promotion.coupon is CouponUse.SINGLE and coupon.fence > 0


def _is_other(held: Coupon, coupon: Coupon) -> bool:
    return held.promotion_id == coupon.promotion_id and held.code != coupon.code
