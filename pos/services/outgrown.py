"""Amounts off that come to weigh more than anybody allowed, because what they are off shrank.

What the whole ticket comes to shrinks also when promotions take more off its lines.
"""

from __future__ import annotations

from pos.domain.basket import Basket, Discount, DiscountKind
from pos.domain.money import Money
from pos.domain.staff import Act, Approved, Capability
from pos.services.promoted import promoted
from pos.services.workstation import SignOn


def without_outgrown(sign_on: SignOn, before: Basket, after: Basket, line: int) -> Basket:
    """Take off the discounts that an act let grow beyond what the operator may give.

    1.50 off ten pieces at 1.00 is 15 %; when eight of them go it is 75 %, which somebody
    would have to allow. So it is taken off, and can be given again. Promotions are found anew
    in between: a line whose discount went may get one, and the rest is what a discount of the
    whole ticket is off.

    Args:
        before: The basket as it was.
        after: The basket after the act.
        line: The line the act was about.
    """
    held = after
    if 0 < line <= len(before.lines):
        was, now = before.lines[line - 1], after.lines[line - 1]
        same = now.discount if now.discount == was.discount and not now.is_void else None
        if _has_outgrown(sign_on, same, was.gross, now.gross):
            held = held.with_discount(line, None)
    held = _promoted_anew(sign_on, before, held)
    whole = held.ticket_discount if held.ticket_discount == before.ticket_discount else None
    if _has_outgrown(sign_on, whole, before.subtotal, held.subtotal):
        held = held.with_ticket_discount(None)
    return held


def _promoted_anew(sign_on: SignOn, before: Basket, after: Basket) -> Basket:
    """Find promotions for what was changed; a discount of the whole ticket changes no line."""
    was = (before.lines, before.coupons, before.promotions)
    if (after.lines, after.coupons, after.promotions) == was:
        return after
    return promoted(sign_on, after)


def _has_outgrown(sign_on: SignOn, discount: Discount | None, was: Money, now: Money) -> bool:
    if discount is None or discount.kind is DiscountKind.PERCENT or now >= was:
        return False
    act = Act(Capability.DISCOUNT, discount.basis_points_of(now))
    return not now or not isinstance(sign_on.decide(act), Approved)
