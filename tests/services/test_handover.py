"""An order goes over the counter of a real till, each step kept: who collects, and alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.collection import Collector, IdentityMethod, OrderState
from pos.domain.collection_events import Identity
from pos.domain.handover_rules import (
    CodeTrouble,
    LabelTrouble,
    Missing,
    NeedsOverride,
    Obstacle,
    Ready,
    Refused,
)
from pos.domain.pickup_policy import MINUTE_MS
from pos.domain.scan_codes import ParcelScan
from pos.domain.staff import Act, Approval
from pos.services import handover, handover_identity, handover_steps
from pos.services.hand_over_payment import (
    NotReady,
    hand_over,
)
from pos.services.handover_identity import CodeRefused, WrongProof
from pos.services.handover_steps import LabelRefused
from pos.services.workstation import NotAllowed
from tests.services.handover_kit import Counter, code_of, counter
from tests.services.pickup_things import know, on_shelf

__all__ = ["counter"]


# -- without money


def test_a_prepaid_order_goes_without_a_sale(counter: Counter) -> None:
    order = on_shelf()
    assert counter.prepare(order).decision == Ready()
    done = hand_over(counter.sign_on, order.order_id)
    assert done.state is OrderState.COLLECTED
    assert counter.order(order).closed_at_till == "FUEN-2"
    body = counter.last("order.handed_over")
    assert (body["fence"], body["balance"], body["refund"], body["sale_id"]) == (7, 0, 0, "")
    assert "sale.completed" not in counter.shop.kinds()
    assert counter.drafts() == 0


def test_what_a_prepaid_customer_leaves_is_named_for_its_refund(counter: Counter) -> None:
    order = on_shelf()
    counter.prepare(order)
    handover_steps.choose(counter.sign_on, order.order_id, 2, 0, "No le convence el color")
    assert hand_over(counter.sign_on, order.order_id).state is OrderState.PARTLY_COLLECTED
    body = counter.last("order.handed_over")
    assert body["refund"] == order.line(2).paid
    assert counter.order(order).line(2).left == 1000


def test_nothing_goes_before_everything_is_there(counter: Counter) -> None:
    order = on_shelf()
    counter.begin(order)
    with pytest.raises(NotReady) as refused:
        hand_over(counter.sign_on, order.order_id)
    assert isinstance(refused.value.decision, Missing)
    assert counter.order(order).state is OrderState.READY


def test_a_signature_is_in_the_fact_by_its_digest_only(counter: Counter) -> None:
    order = on_shelf(identity=IdentityMethod.DOCUMENT)
    counter.prepare(order)
    who = Identity(IdentityMethod.DOCUMENT, "Carmen Ortega Vidal", "", "dni", "678z")
    handover_identity.identify(counter.sign_on, order.order_id, who)
    handover_steps.sign(counter.sign_on, order.order_id, [[(10, 20), (30, 40)]])
    hand_over(counter.sign_on, order.order_id)
    body = counter.last("order.handed_over")
    assert len(str(body["signature"])) == 64
    assert body["identity"]["last4"] == "678Z"  # type: ignore[index]
    assert "strokes" not in body


# -- who may collect


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"shop": "GOYA"}, CodeTrouble.OTHER_SHOP),
        ({"last_day": 3}, CodeTrouble.PAST),
        ({"version": 0}, CodeTrouble.OLD),
        ({"serial": 999}, CodeTrouble.UNKNOWN),
    ],
)
def test_a_code_of_no_use_says_why(
    counter: Counter, changes: dict[str, object], trouble: CodeTrouble
) -> None:
    order = on_shelf()
    know(counter.shop, order)
    with pytest.raises(CodeRefused) as refused:
        handover_identity.order_of_code(counter.sign_on, code_of(order, **changes))
    assert refused.value.trouble is trouble


def test_a_code_that_was_copied_to_two_phones_works_once(counter: Counter) -> None:
    order = on_shelf()
    code = code_of(order)
    counter.prepare(order)
    hand_over(counter.sign_on, order.order_id)
    with pytest.raises(CodeRefused) as refused:
        handover_identity.order_of_code(counter.sign_on, code)
    assert refused.value.trouble is CodeTrouble.USED
    assert refused.value.order is not None
    assert refused.value.order.closed_at_till == "FUEN-2"


def test_a_forged_code_proves_nothing(counter: Counter) -> None:
    order = on_shelf()
    know(counter.shop, order)
    forged = replace(code_of(order), last_day=30_000)
    with pytest.raises(CodeRefused) as refused:
        handover_identity.order_of_code(counter.sign_on, forged)
    assert refused.value.trouble is CodeTrouble.FORGED


@pytest.mark.parametrize(
    ("method", "proof", "is_good"),
    [
        (IdentityMethod.SHORT_CODE, "k7m4", True),
        (IdentityMethod.SHORT_CODE, "K7M5", False),
        (IdentityMethod.SHORT_CODE, "", False),
        (IdentityMethod.MEMBER_CARD, "C-77", True),
        (IdentityMethod.MEMBER_CARD, "C-78", False),
        (IdentityMethod.SIGNED_CODE, "K7M4", False),
    ],
)
def test_what_is_typed_must_be_this_orders(
    counter: Counter, method: IdentityMethod, proof: str, is_good: bool
) -> None:
    order = on_shelf(member_card="C-77")
    counter.begin(order)
    act = (counter.sign_on, order.order_id, Identity(method), proof)
    if is_good:
        assert handover_identity.identify(*act).draft.identity == Identity(method)
    else:
        with pytest.raises(WrongProof):
            handover_identity.identify(*act)


def test_without_a_code_somebody_has_to_allow_it_and_both_are_recorded(counter: Counter) -> None:
    order = on_shelf(collectors=(Collector("Iván Ruiz", "hijo"),))
    counter.prepare(order)
    who = Identity(IdentityMethod.DOCUMENT, "Iván Ruiz", "hijo", "passport", "A123")
    handover_identity.identify(counter.sign_on, order.order_id, who)
    seen = handover_steps.sign(counter.sign_on, order.order_id, [[(1, 1)]])
    assert isinstance(seen.decision, NeedsOverride)
    capability = seen.decision.capability
    with pytest.raises(NotAllowed):
        handover_steps.allow(counter.sign_on, order.order_id, capability, None)
    approval = Approval(Act(capability), "lucia", "hugo", "la conozco", "ap-1")
    seen = handover_steps.allow(counter.sign_on, order.order_id, capability, approval)
    assert seen.decision == Ready()
    hand_over(counter.sign_on, order.order_id)
    assert counter.last("order.handed_over")["approved_by"] == "hugo"
    assert counter.last("override.granted")["capability"] == "hand_over_without_code"


# -- alone


def test_alone_with_code_and_labels_it_goes_and_says_how_old_its_knowledge_was(
    counter: Counter,
) -> None:
    order = on_shelf("W-10482", "B3", "B4")
    counter.confirmed()
    assert counter.prepare(order, fence=0).decision == Ready()
    hand_over(counter.sign_on, order.order_id)
    body = counter.last("order.handed_over")
    assert (body["is_isolated"], body["fence"]) == (True, 0)
    assert body["mirrored_at_ms"] == counter.shop.clock.now_ms()


def test_alone_an_old_copy_needs_an_override(counter: Counter) -> None:
    counter.confirmed()
    counter.shop.clock.ms += 25 * 60 * MINUTE_MS
    assert isinstance(counter.prepare(on_shelf(), fence=0).decision, NeedsOverride)


def test_an_outdated_label_is_refused(counter: Counter) -> None:
    order = on_shelf()
    order = replace(order, parcels=(replace(order.parcels[0], print_number=3),))
    counter.begin(order)
    with pytest.raises(LabelRefused) as refused:
        handover_steps.scan_parcel(counter.sign_on, order.order_id, ParcelScan(order.number, 1, 2))
    assert refused.value.trouble is LabelTrouble.OUTDATED


def test_the_hub_says_it_was_collected_meanwhile(counter: Counter) -> None:
    order = on_shelf()
    counter.begin(order, fence=0)
    gone = replace(order, state=OrderState.COLLECTED, closed_at_till="FUEN-1", closed_at_ms=5)
    seen = handover.told_gone(counter.sign_on, order.order_id, gone)
    assert seen.decision == Refused(Obstacle.COLLECTED)
    assert counter.drafts() == 0


# -- serial numbers


def test_an_imei_is_a_serial_number_and_a_card_number_is_none(counter: Counter) -> None:
    order = on_shelf()
    counter.begin(order)
    seen = handover_steps.add_serial(counter.sign_on, order.order_id, "490154203237518")
    assert seen.draft.serials == ("490154203237518",)
    with pytest.raises(ValueError, match="card number"):
        handover_steps.add_serial(counter.sign_on, order.order_id, "4111111111111111")
