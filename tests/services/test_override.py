"""Permissions: from somebody who may, for one act, and not for later."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlcipher3 import dbapi2

from pos.domain.basket import EntryMethod
from pos.domain.quantity import Quantity
from pos.domain.staff import Act, Approval, Capability, StaffMember
from pos.domain.till_session import MovementKind
from pos.services import override, sell, sign_in, till_session
from pos.services.workstation import APPROVAL_LASTS_MS, NotAllowed, SignOn
from pos.store.outbox import AgentStore
from tests.services.conftest import HUGO, KEY, LUCIA, MARTA, OIL, PINS, Shop
from tests.services.test_till_session import eur

DRAWER = Act(Capability.OPEN_DRAWER)


def staff_are(shop: Shop, *members: StaffMember) -> None:
    agent = AgentStore(shop.path, key=KEY)
    agent.apply_staff([(member, PINS.get(member.staff_id, "4444")) for member in members], 2)
    agent.close()


def approved(sign_on: SignOn, act: Act = DRAWER) -> Approval:
    approval = override.approve(sign_on, act, HUGO, PINS["hugo"], reason="cambio")
    assert isinstance(approval, Approval)
    return approval


def test_a_permission_is_good_for_one_act(shop: Shop, at_work: SignOn) -> None:
    approval = approved(at_work)
    till_session.open_drawer(at_work, reason="cambio", approval=approval)
    before = shop.kinds()

    with pytest.raises(dbapi2.IntegrityError):
        till_session.open_drawer(at_work, reason="cambio", approval=approval)

    assert shop.kinds() == before


def test_a_permission_for_an_act_that_failed_is_still_good(shop: Shop, at_work: SignOn) -> None:
    movement = Act(Capability.CASH_MOVEMENT)
    approval = approved(at_work, movement)
    with pytest.raises(till_session.MovementNotPossible):
        till_session.move_cash(
            at_work, MovementKind.DROP, eur(0), reason="banco", approval=approval
        )

    till_session.move_cash(at_work, MovementKind.DROP, eur(5), reason="banco", approval=approval)

    assert shop.kinds()[-2:] == ["override.granted", "cash.dropped"]


def test_a_permission_does_not_wait_for_later(shop: Shop, at_work: SignOn) -> None:
    approval = approved(at_work)
    shop.clock.ms += APPROVAL_LASTS_MS + 1

    with pytest.raises(NotAllowed):
        till_session.open_drawer(at_work, reason="cambio", approval=approval)


def test_nobody_who_left_or_may_not_allows_anything(shop: Shop, at_work: SignOn) -> None:
    staff_are(shop, LUCIA, replace(HUGO, is_active=False), replace(LUCIA, staff_id="lucia-2"))
    for approver in ("nobody", "lucia-2", "hugo"):
        with pytest.raises(NotAllowed):
            till_session.open_drawer(
                at_work, reason="x", approval=Approval(DRAWER, "lucia", approver, "x")
            )


def test_a_role_that_was_taken_away_no_longer_approves(shop: Shop, at_work: SignOn) -> None:
    staff_are(shop, LUCIA, replace(HUGO, role=LUCIA.role), MARTA)

    with pytest.raises(override.CannotApprove):
        override.approve(at_work, DRAWER, HUGO, PINS["hugo"], reason="x")


@pytest.mark.parametrize("stored", ["Badge-hugo", "badge-hugo", "BADGE-HUGO", "bAdGe-hugo"])
def test_a_badge_is_known_in_whatever_case_it_was_issued(
    shop: Shop, at_work: SignOn, stored: str
) -> None:
    staff_are(shop, LUCIA, replace(HUGO, badge=stored), MARTA)

    holder = sign_in.badge_holder(shop.station, "BADGE-HUGO")
    approval = override.approve_by_badge(at_work, DRAWER, "BADGE-HUGO", reason="x")

    assert holder is not None
    assert holder.staff_id == "hugo"
    assert approval is not None
    assert approval.approved_by == "hugo"


def test_a_badge_that_two_people_have_or_nobody_lets_nobody_in(shop: Shop) -> None:
    staff_are(shop, replace(LUCIA, badge="b9"), replace(HUGO, badge="B9"), MARTA)
    assert sign_in.badge_holder(shop.station, "b9") is None

    staff_are(shop, replace(LUCIA, badge=""), replace(HUGO, badge="B9", is_active=False), MARTA)
    assert sign_in.badge_holder(shop.station, "B9") is None
    assert sign_in.badge_holder(shop.station, "") is None


def test_a_discount_allowed_for_one_line_is_not_given_twice(at_work: SignOn) -> None:
    ticket = sell.add_product(at_work, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    ticket = sell.add_product(at_work, ticket, OIL, Quantity.each(1), EntryMethod.SCANNED)
    act = Act(Capability.PRICE_OVERRIDE)
    approval = override.approve(at_work, act, MARTA, PINS["marta"], reason="web")
    assert isinstance(approval, Approval)
    ticket = sell.override_price(at_work, ticket, 1, eur(1), reason="web", approval=approval)

    with pytest.raises(dbapi2.IntegrityError):
        sell.override_price(at_work, ticket, 2, eur(1), reason="web", approval=approval)
