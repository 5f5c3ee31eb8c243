"""A handover is taken back within minutes, and never one that moved money."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.collection import Order, OrderState
from pos.domain.pickup_policy import MINUTE_MS
from pos.domain.return_ledger import ledger_of
from pos.domain.return_purchase import Means, purchase_of_order
from pos.domain.staff import Act, Approval, Capability
from pos.services import handover, handover_steps
from pos.services.hand_over_payment import (
    hand_over,
    to_ticket,
)
from pos.services.undo_handover import CannotUndo, WhyNot, undo
from pos.services.workstation import NotAllowed, SignOn
from tests.services.conftest import HUGO, MARTA
from tests.services.handover_kit import Counter, counter, pay_cash, pay_in_shop
from tests.services.pickup_things import know, on_shelf
from tests.services.return_things import draft, taken_back

__all__ = ["counter"]


def lead_of(counter: Counter) -> SignOn:
    return replace(counter.sign_on, operator=HUGO)


def handed_over(counter: Counter, order: Order, **_: object) -> Order:
    counter.prepare(order)
    return hand_over(counter.sign_on, order.order_id)


def test_a_handover_is_taken_back_within_minutes(counter: Counter) -> None:
    order = on_shelf()
    handed_over(counter, order)
    counter.shop.clock.ms += 14 * MINUTE_MS
    back = undo(lead_of(counter), order.order_id, reason="era otro cliente")
    assert back.state is OrderState.READY
    facts = counter.shop.facts()
    handed = next(fact for fact in facts if fact.kind.value == "order.handed_over")
    assert counter.last("order.handover_undone")["handover"] == handed.op_id
    counter.prepare(order)
    assert hand_over(counter.sign_on, order.order_id).state is OrderState.COLLECTED


def test_a_cashier_needs_somebody_to_allow_it(counter: Counter) -> None:
    order = on_shelf()
    handed_over(counter, order)
    with pytest.raises(NotAllowed):
        undo(counter.sign_on, order.order_id, reason="error")
    approval = Approval(Act(Capability.UNDO_HANDOVER), "lucia", MARTA.staff_id, "error", "ap-2")
    undo(counter.sign_on, order.order_id, reason="error", approval=approval)
    assert counter.last("order.handover_undone")["approved_by"] == MARTA.staff_id


def test_a_quarter_of_an_hour_later_it_stays(counter: Counter) -> None:
    order = on_shelf()
    handed_over(counter, order)
    counter.shop.clock.ms += 15 * MINUTE_MS + 1
    with pytest.raises(CannotUndo) as refused:
        undo(lead_of(counter), order.order_id, reason="error")
    assert refused.value.why is WhyNot.TOO_LATE


def test_what_was_paid_here_comes_back_only_as_a_return(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    pay_cash(counter, to_ticket(counter.sign_on, order.order_id, None))
    with pytest.raises(CannotUndo) as refused:
        undo(lead_of(counter), order.order_id, reason="error")
    assert refused.value.why is WhyNot.SOLD


def test_a_refund_on_its_way_keeps_the_handover(counter: Counter) -> None:
    order = on_shelf()
    counter.prepare(order)
    handover_steps.leave_all(counter.sign_on, order.order_id, "no lo quiere")
    hand_over(counter.sign_on, order.order_id)
    with pytest.raises(CannotUndo) as refused:
        undo(lead_of(counter), order.order_id, reason="error")
    assert refused.value.why is WhyNot.REFUND_ASKED


def test_reading_never_writes(counter: Counter) -> None:
    order = on_shelf()
    know(counter.shop, order)
    seen = handover.look(counter.sign_on, order.order_id)
    assert seen.draft.began_at_ms == 0
    assert counter.drafts() == 0


def test_a_handover_of_which_something_came_back_stays(counter: Counter) -> None:
    order = on_shelf()
    done = handed_over(counter, order)
    made = draft(
        counter.sign_on,
        ledger_of(purchase_of_order(done), ()),
        (done.lines[0].number, done.lines[0].delivered),
        means=Means.STORE_CREDIT,
    )
    taken_back(counter.sign_on, made)

    with pytest.raises(CannotUndo) as refused:
        undo(lead_of(counter), order.order_id, reason="error")

    assert refused.value.why is WhyNot.TAKEN_BACK
