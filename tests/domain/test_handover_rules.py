"""When an order may go over the counter: what stops it, what is missing, what is to be allowed."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.collection import (
    MAY_BE_HANDED_OVER,
    Collector,
    IdentityMethod,
    Order,
    OrderLine,
    OrderState,
    Parcel,
    ParcelState,
)
from pos.domain.collection_events import Identity, ParcelInHand
from pos.domain.collection_rules import applied
from pos.domain.handover import Choice, HandoverDraft
from pos.domain.handover_rules import (
    CodeTrouble,
    Exceeds,
    LabelTrouble,
    Missing,
    Need,
    NeedsOverride,
    Obstacle,
    Place,
    Ready,
    Refused,
    code_trouble,
    decide,
    label_trouble,
    needs_of,
    serials_wanted,
    signature_of,
)
from pos.domain.pickup_code import DAY_MS, PickupCode, tag_of
from pos.domain.pickup_policy import PickupPolicy
from pos.domain.staff import Capability
from tests.builders import MORNING_MS
from tests.order_builders import customer_order, order_line, staged

POLICY = PickupPolicy()
CODE = Identity(IdentityMethod.SIGNED_CODE, "Carmen Ortega Vidal")
DNI = Identity(IdentityMethod.DOCUMENT, "Carmen Ortega Vidal", "", "dni", "678Z")
HANDS = (ParcelInHand(1, 1), ParcelInHand(2, 1))
BOTH = frozenset({Capability.HAND_OVER_WITHOUT_CODE, Capability.HAND_OVER_OFFLINE})


def ready_order(*lines: OrderLine, **changes: object) -> Order:
    order = staged(customer_order(*lines, **changes))
    return replace(order, state=OrderState.READY)


def draft(order: Order, **changes: object) -> HandoverDraft:
    """Return a handover that the hub granted, with everything done."""
    made = HandoverDraft(order.order_id, MORNING_MS, fence=7, parcels=HANDS, identity=CODE)
    return replace(made, **changes)  # type: ignore[arg-type]


def place(**changes: object) -> Place:
    made = Place("FUEN", MORNING_MS, MORNING_MS - 60_000, POLICY)
    return replace(made, **changes)  # type: ignore[arg-type]


def alone(order: Order, **changes: object) -> HandoverDraft:
    return draft(order, **{"fence": 0, "is_isolated": True, **changes})


# -- what stops it whoever allows it


@pytest.mark.parametrize("state", OrderState)
def test_only_what_stands_on_its_shelf_goes_over_the_counter(state: OrderState) -> None:
    order = replace(ready_order(), state=state)
    decision = decide(order, draft(order), place(allowed=BOTH))
    if state in MAY_BE_HANDED_OVER:
        assert decision == Ready()
    elif state in {OrderState.COLLECTED, OrderState.PARTLY_COLLECTED}:
        assert decision == Refused(Obstacle.COLLECTED)
    elif state in {OrderState.CANCELLED, OrderState.RESTOCKED}:
        assert decision == Refused(Obstacle.CANCELLED)
    else:
        assert decision == Refused(Obstacle.NOT_STAGED)


def test_an_order_whose_cancelling_was_asked_for_waits_for_the_answer() -> None:
    order = ready_order(cancel_asked=True)
    assert decide(order, draft(order), place()) == Refused(Obstacle.CANCEL_ASKED)


def test_an_order_of_another_shop_stays_there() -> None:
    order = ready_order(shop="GOYA")
    assert decide(order, draft(order), place()) == Refused(Obstacle.OTHER_SHOP)


@pytest.mark.parametrize(
    ("has_fence", "is_alone", "scanned", "identity", "signs"),
    list(product((False, True), (False, True), (0, 1, 2), (None, CODE, DNI), (False, True))),
)
def test_the_full_table_of_what_is_still_to_be_done(
    has_fence: bool, is_alone: bool, scanned: int, identity: Identity | None, signs: bool
) -> None:
    order = ready_order()
    made = HandoverDraft(
        order.order_id,
        MORNING_MS,
        fence=7 if has_fence else 0,
        is_isolated=is_alone,
        parcels=HANDS[:scanned],
        identity=identity,
        strokes=(((1, 2), (3, 4)),) if signs else (),
    )
    needs = set(needs_of(order, made))
    assert (Need.CLAIM in needs) is not (has_fence or is_alone)
    assert (Need.PARCELS in needs) is (scanned < 2)
    assert (Need.IDENTITY in needs) is (identity is None)
    assert (Need.SIGNATURE in needs) is (identity is DNI and not signs)
    decision = decide(order, made, place(allowed=BOTH))
    assert isinstance(decision, Missing if needs else Ready)


def test_nobody_is_asked_to_allow_a_handover_that_lacks_something() -> None:
    order = ready_order()
    lacking = alone(order, parcels=(), identity=DNI, strokes=(((1, 1),),))
    assert decide(order, lacking, place(mirrored_at_ms=0)) == Missing((Need.PARCELS,))


# -- parcels


@pytest.mark.parametrize(("print_number", "is_alone"), list(product((0, 1, 2), (False, True))))
def test_alone_only_the_newest_label_is_a_parcel_in_hand(
    print_number: int, is_alone: bool
) -> None:
    order = replace(ready_order(), parcels=(Parcel(1, "B3", print_number=2),))
    made = alone if is_alone else draft
    needs = needs_of(order, made(order, parcels=(ParcelInHand(1, print_number),)))
    is_in_hand = print_number == 2 or (print_number == 0 and not is_alone)
    assert needs == (() if is_in_hand else (Need.PARCELS,))


def test_a_parcel_that_was_damaged_on_the_way_is_not_waited_for() -> None:
    order = ready_order()
    one, two = order.parcels
    order = replace(order, parcels=(one, replace(two, state=ParcelState.DAMAGED)))
    assert needs_of(order, draft(order, parcels=HANDS[:1])) == ()


@pytest.mark.parametrize(
    ("number", "parcel", "print_number", "trouble"),
    [
        ("W-10482", 1, 2, None),
        ("W-10482", 1, 3, None),  # printed at another till a moment ago
        ("W-10482", 1, 1, LabelTrouble.OUTDATED),
        ("W-10482", 9, 1, LabelTrouble.NO_SUCH_PARCEL),
        ("W-10483", 1, 2, LabelTrouble.OTHER_ORDER),
    ],
)
def test_each_label_of_no_use_has_its_own_answer(
    number: str, parcel: int, print_number: int, trouble: LabelTrouble | None
) -> None:
    order = replace(ready_order(), parcels=(Parcel(1, "B3", print_number=2),))
    assert label_trouble(order, number, ParcelInHand(parcel, print_number)) is trouble


# -- codes


def code(order: Order, **changes: object) -> PickupCode:
    made = PickupCode(
        order.serial, tag_of(order.order_id), order.version, MORNING_MS // DAY_MS + 3, "FUEN"
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "state", "trouble"),
    [
        ({}, OrderState.READY, None),
        ({}, OrderState.EXPIRED, None),  # nobody came in time, and here she is
        ({"shop": "GOYA"}, OrderState.READY, CodeTrouble.OTHER_SHOP),
        ({"version": 1}, OrderState.READY, CodeTrouble.OLD),
        ({"version": 3}, OrderState.READY, CodeTrouble.NEWER),
        ({"last_day": 1}, OrderState.READY, CodeTrouble.PAST),
        ({}, OrderState.COLLECTED, CodeTrouble.USED),
        ({}, OrderState.PARTLY_COLLECTED, CodeTrouble.USED),
        ({"version": 1}, OrderState.CANCELLED, CodeTrouble.CANCELLED),
    ],
)
def test_each_code_of_no_use_has_its_own_answer(
    changes: dict[str, object], state: OrderState, trouble: CodeTrouble | None
) -> None:
    order = replace(ready_order(version=2), state=state)
    read = code(order, **changes)
    seen = code_trouble(read, order, shop="FUEN", is_signed=True, now_ms=MORNING_MS)
    assert seen is trouble
    forged = code_trouble(read, order, shop="FUEN", is_signed=False, now_ms=MORNING_MS)
    assert forged is CodeTrouble.FORGED


def test_a_good_code_of_an_order_nobody_told_this_till_of_is_unknown() -> None:
    read = code(ready_order())
    seen = code_trouble(read, None, shop="FUEN", is_signed=True, now_ms=MORNING_MS)
    assert seen is CodeTrouble.UNKNOWN


# -- what somebody has to allow


@pytest.mark.parametrize(
    ("agreed", "shown", "is_alone"),
    list(product(IdentityMethod, IdentityMethod, (False, True))),
)
def test_who_shows_less_than_was_agreed_needs_an_override(
    agreed: IdentityMethod, shown: IdentityMethod, is_alone: bool
) -> None:
    order = ready_order(identity=agreed)
    made = alone if is_alone else draft
    who = Identity(shown, "Carmen Ortega Vidal", "", "dni", "678Z")
    decision = decide(order, made(order, identity=who, strokes=(((1, 1),),)), place())
    enough = shown is IdentityMethod.SIGNED_CODE or (
        not is_alone
        and (
            shown is agreed
            or (shown, agreed) == (IdentityMethod.SHORT_CODE, IdentityMethod.SIGNED_CODE)
        )
    )
    wanted = NeedsOverride(Capability.HAND_OVER_WITHOUT_CODE, Exceeds.WITHOUT_CODE)
    assert decision == (Ready() if enough else wanted)


def test_a_document_of_somebody_the_order_does_not_name_is_not_enough() -> None:
    order = ready_order(
        identity=IdentityMethod.DOCUMENT, collectors=(Collector("Iván Ruiz", "hijo"),)
    )
    named, stranger = replace(DNI, name="Iván Ruiz"), replace(DNI, name="Otro Señor")
    signed = draft(order, identity=named, strokes=(((1, 1),),))
    assert decide(order, signed, place()) == Ready()
    decision = decide(order, replace(signed, identity=stranger), place())
    assert isinstance(decision, NeedsOverride)


def test_a_till_that_is_alone_hands_over_up_to_its_limit() -> None:
    order = ready_order()
    worth = order.value_in_parcels.minor
    just, above = PickupPolicy(offline_limit=worth), PickupPolicy(offline_limit=worth - 1)
    assert decide(order, alone(order), place(policy=just)) == Ready()
    assert decide(order, alone(order), place(policy=above)) == NeedsOverride(
        Capability.HAND_OVER_OFFLINE, Exceeds.ABOVE_LIMIT
    )
    assert decide(order, draft(order), place(policy=above)) == Ready()


@pytest.mark.parametrize(
    ("age_ms", "is_young"),
    [(0, True), (POLICY.offline_age_ms, True), (POLICY.offline_age_ms + 1, False)],
)
def test_what_is_known_for_too_long_needs_an_override_alone(age_ms: int, is_young: bool) -> None:
    order = ready_order()
    decision = decide(order, alone(order), place(mirrored_at_ms=MORNING_MS - age_ms))
    old = NeedsOverride(Capability.HAND_OVER_OFFLINE, Exceeds.KNOWN_TOO_LONG_AGO)
    assert decision == (Ready() if is_young else old)


def test_a_parcel_without_any_label_needs_an_override_alone() -> None:
    order = replace(ready_order(), parcels=(Parcel(1, "B3"),))
    decision = decide(order, alone(order, parcels=(ParcelInHand(1, 0),)), place())
    assert decision == NeedsOverride(Capability.HAND_OVER_OFFLINE, Exceeds.NO_LABEL)


def test_what_was_allowed_is_not_asked_again() -> None:
    order = ready_order()
    made = alone(order, identity=DNI, strokes=(((1, 1),),))
    bare = place(mirrored_at_ms=0)
    first = decide(order, made, bare)
    assert isinstance(first, NeedsOverride)
    second = decide(order, made, replace(bare, allowed=frozenset({first.capability})))
    assert isinstance(second, NeedsOverride)
    assert {first.capability, second.capability} == BOTH
    assert decide(order, made, replace(bare, allowed=BOTH)) == Ready()


# -- goods that want something


def test_wine_is_not_handed_over_before_somebody_looked_how_old_the_customer_is() -> None:
    order = ready_order(order_line(1, 1, min_age=18), order_line(2, 1))
    assert needs_of(order, draft(order)) == (Need.AGE,)
    assert needs_of(order, draft(order, age_checked=True)) == ()
    assert needs_of(order, draft(order, choices=(Choice(1, 0),))) == ()


def test_each_phone_taken_wants_its_serial_number() -> None:
    order = ready_order(order_line(1, 2, needs_serial=True))
    assert serials_wanted(order, draft(order)) == 2
    assert needs_of(order, draft(order, serials=("A",))) == (Need.SERIALS,)
    assert needs_of(order, draft(order, serials=("A", "B"))) == ()
    assert needs_of(order, draft(order, choices=(Choice(1, 1000),), serials=("A",))) == ()


# -- laws


@st.composite
def drafts(draw: st.DrawFn) -> tuple[Order, HandoverDraft, Place]:
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=6))
    prices = st.integers(0, 90_00)
    lines = [order_line(n, size, draw(prices)) for n, size in enumerate(sizes, 1)]
    order = ready_order(*lines, is_prepaid=draw(st.booleans()))
    choices = tuple(
        Choice(n, 1000 * draw(st.integers(0, size)), "no")
        for n, size in enumerate(sizes, 1)
        if draw(st.booleans())
    )
    made = draft(
        order,
        fence=draw(st.sampled_from((0, 7))),
        is_isolated=draw(st.booleans()),
        choices=choices,
        parcels=tuple(hand for hand in HANDS if draw(st.booleans())),
        identity=draw(st.sampled_from((None, CODE, DNI))),
        strokes=draw(st.sampled_from(((), (((1, 2),),)))),
    )
    allowed = frozenset(one for one in BOTH if draw(st.booleans()))
    mirrored = draw(st.sampled_from((0, MORNING_MS - 1, MORNING_MS - 3 * POLICY.offline_age_ms)))
    return order, made, place(allowed=allowed, mirrored_at_ms=mirrored)


@given(drafts())
def test_what_is_ready_is_taken_by_the_rules_of_orders(
    given_: tuple[Order, HandoverDraft, Place],
) -> None:
    order, made, where = given_
    if decide(order, made, where) != Ready():
        return
    assert made.identity is not None
    event = made.as_event(order, staff_id="lucia", identity=made.identity, mirrored_at_ms=1)
    done = applied(order, event, at_ms=MORNING_MS, till="FUEN-2")
    assert done.state in {OrderState.COLLECTED, OrderState.PARTLY_COLLECTED}
    assert event.balance + event.refund <= order.value_in_parcels.minor
    taken, left = made.value_taken(order), made.value_left(order)
    assert taken + left == order.value_in_parcels
    assert event.refund == (left.minor if order.is_prepaid else 0)
    assert event.balance == (0 if order.is_prepaid else taken.minor)


@given(drafts())
def test_more_permission_never_makes_a_handover_harder(
    given_: tuple[Order, HandoverDraft, Place],
) -> None:
    order, made, where = given_
    if decide(order, made, where) == Ready():
        assert decide(order, made, replace(where, allowed=BOTH)) == Ready()


@given(st.lists(st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999)), min_size=1)))
def test_a_signature_is_known_by_what_was_drawn(strokes: list[list[tuple[int, int]]]) -> None:
    kept = tuple(tuple(stroke) for stroke in strokes)
    assert signature_of(strokes) == signature_of(kept)
    assert bool(signature_of(strokes)) is bool(strokes)
    assert signature_of([*strokes, [(1, 1)]]) != signature_of(strokes)
