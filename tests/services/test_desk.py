"""What people do at the conflict desk of a till, with and without a link."""

from __future__ import annotations

from typing import Any

import pytest

from pos.domain.basket import EntryMethod
from pos.domain.card_payment import AttemptEvent, AttemptState, CardAttempt
from pos.domain.desk import CannotResolve, ItemKind, Resolution, item_id_of
from pos.domain.free_text import LooksLikeCardNumber
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.ticket import Ticket
from pos.domain.till_session import CashCount
from pos.services import desk, pay, sell, till_session
from pos.services.workstation import NotAllowed, SignOn
from tests.services.conftest import HUGO, KEY, MARTA, OIL, Shop
from tests.services.desk_things import tell, told


def to_pay(sign_on: SignOn) -> Ticket:
    ticket = sell.add_product(sign_on, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    return pay.begin(sign_on, ticket)


def told_of_card(item_id: str, **changes: Any) -> dict[str, Any]:
    ways = ["charged", "not_charged"]
    return told(item_id, "card_outcome_unknown", resolutions=ways, **changes)


def asked_about_by_the_hub(sign_on: SignOn, shop: Shop) -> tuple[Ticket, CardAttempt, str]:
    """Lose the answer of a card, and have the hub put it on the desk; the ticket stays."""
    ticket = to_pay(sign_on)
    attempt = pay.request_card(sign_on, ticket, Money(7_95, "EUR"), terminal="t")
    pay.settle_card(sign_on, ticket, attempt, AttemptEvent.ANSWER_LOST)
    item_id = item_id_of(ItemKind.CARD_OUTCOME_UNKNOWN, attempt.attempt_id)
    tell(shop.path, KEY, [told_of_card(item_id)])
    return ticket, attempt, item_id


def lose_ticket_of_card(shop: Shop) -> str:
    """Leave a card without outcome whose ticket is gone, as a restore does; return its item."""
    at_ms = shop.clock.now_ms()
    lost = CardAttempt("lost", "gone", Money(7_95, "EUR"), AttemptState.UNKNOWN, at_ms)
    with shop.station.store.transaction() as records:
        records.cards.save(lost)
    return item_id_of(ItemKind.CARD_OUTCOME_UNKNOWN, "lost")


def state_of_lost_card(shop: Shop) -> AttemptState:
    with shop.station.store.reading() as records:
        attempt = records.cards.get("lost")
    assert attempt is not None
    return attempt.state


def test_what_moves_most_money_comes_first(shop: Shop) -> None:
    tell(shop.path, KEY, [told("small", money=1_00), told("large", money=-312_75)])

    assert [item.item_id for item in desk.items(shop.station)] == ["large", "small"]


def test_shift_leads_and_managers_decide(shop: Shop) -> None:
    assert desk.deciders(shop.station) == (HUGO, MARTA)


def test_a_cashier_decides_nothing(at_work: SignOn, shop: Shop) -> None:
    tell(shop.path, KEY, [told("one")])

    with pytest.raises(NotAllowed):
        desk.resolve(at_work, "one", Resolution.SEEN)
    with pytest.raises(NotAllowed):
        desk.write_note(at_work, "one", "mine")
    assert desk.items(shop.station)[0].is_open


def test_a_decision_is_a_fact_and_waits_to_be_sent(lead: SignOn, shop: Shop) -> None:
    tell(shop.path, KEY, [told("one")])

    desk.resolve(lead, "one", Resolution.BOTH_STAND, note="the lady came back")

    (item,) = desk.items(shop.station)
    fact = shop.facts()[-1]
    assert item.is_on_its_way
    assert fact.kind.value == "desk.resolved"
    assert {**fact.body, "session_id": ""} == {
        "item_id": "one",
        "resolution": "both_stand",
        "note": "the lady came back",
        "staff_id": "hugo",
        "session_id": "",
    }


def test_what_was_decided_elsewhere_before_counts(lead: SignOn, shop: Shop) -> None:
    tell(shop.path, KEY, [told("one")])
    desk.resolve(lead, "one", Resolution.BOTH_STAND)

    ended = told("one", state="resolved", resolution="seen", resolved_by="marta")
    tell(shop.path, KEY, [ended], cursor=2)

    (item,) = desk.items(shop.station)
    assert item.was_overtaken
    assert (item.resolution, item.resolved_by) == ("seen", "marta")


def test_the_hubs_yes_to_our_decision_is_no_surprise(lead: SignOn, shop: Shop) -> None:
    tell(shop.path, KEY, [told("one")])
    desk.resolve(lead, "one", Resolution.BOTH_STAND)

    ended = told("one", state="resolved", resolution="both_stand", resolved_by="hugo")
    tell(shop.path, KEY, [ended], cursor=2)

    (item,) = desk.items(shop.station)
    assert (item.is_on_its_way, item.was_overtaken) == (False, False)


@pytest.mark.parametrize("resolution", [Resolution.STOP_COPY, Resolution.CHARGED])
def test_an_item_has_only_its_own_ways_out(
    lead: SignOn, shop: Shop, resolution: Resolution
) -> None:
    tell(shop.path, KEY, [told("one")])

    with pytest.raises(CannotResolve):
        desk.resolve(lead, "one", resolution)


def test_nothing_is_decided_twice(lead: SignOn, shop: Shop) -> None:
    tell(shop.path, KEY, [told("one")])
    desk.resolve(lead, "one", Resolution.SEEN)

    with pytest.raises(CannotResolve):
        desk.resolve(lead, "one", Resolution.BOTH_STAND)
    assert shop.kinds().count("desk.resolved") == 1


def test_an_item_that_is_gone_cannot_be_decided(lead: SignOn) -> None:
    with pytest.raises(CannotResolve):
        desk.resolve(lead, "nowhere", Resolution.SEEN)


def test_an_item_is_given_to_somebody_with_a_note(lead: SignOn, shop: Shop) -> None:
    tell(shop.path, KEY, [told("one")])

    desk.assign(lead, "one", MARTA)
    desk.write_note(lead, "one", "calls back on Monday")

    (item,) = desk.items(shop.station)
    assert (item.whose, item.doing.notes) == ("marta", ("calls back on Monday",))
    assert shop.kinds()[-2:] == ["desk.assigned", "desk.noted"]


def test_a_card_number_is_not_taken_for_a_note(lead: SignOn, shop: Shop) -> None:
    tell(shop.path, KEY, [told("one")])

    with pytest.raises(LooksLikeCardNumber):
        desk.write_note(lead, "one", "4111 1111 1111 1111")


def test_an_item_of_a_later_version_is_shown_without_being_known(shop: Shop) -> None:
    tell(shop.path, KEY, [told("one", "a_kind_of_tomorrow", resolutions=["dance", "seen"])])

    (item,) = desk.items(shop.station)

    assert item.kind is ItemKind.OTHER
    assert item.resolutions == (Resolution.SEEN,)


def test_a_terminal_that_contradicts_the_hand_is_an_item_once(
    at_work: SignOn, lead: SignOn, shop: Shop
) -> None:
    ticket = to_pay(at_work)
    attempt = pay.request_card(at_work, ticket, Money(7_95, "EUR"), terminal="t")
    pay.settle_card(at_work, ticket, attempt, AttemptEvent.ANSWER_LOST)
    pay.resolve_card_by_hand(lead, ticket, attempt, was_charged=False, authorisation="")

    first = pay.hear_late(lead, attempt, AttemptEvent.APPROVAL, authorisation="A1")
    pay.hear_late(lead, attempt, AttemptEvent.APPROVAL, authorisation="A1")

    (item,) = desk.items(shop.station)
    assert first
    assert item.item_id == item_id_of(ItemKind.CARD_OUTCOME_UNKNOWN, attempt.attempt_id)
    assert (item.money, len(item.sides)) == (Money(7_95, "EUR"), 2)
    assert shop.kinds().count("card.contradicted") == 1
    desk.resolve(lead, item.item_id, Resolution.CHARGED)
    assert not desk.items(shop.station)[0].is_open


@pytest.mark.parametrize(
    "then",
    [
        pytest.param({}, id="still asking"),
        pytest.param(
            {"state": "resolved", "resolution": "settled", "resolved_by": "hub"}, id="settled"
        ),
        pytest.param(
            {"state": "resolved", "resolution": "not_charged", "resolved_by": "marta"},
            id="decided",
        ),
    ],
)
def test_a_terminal_contradicts_the_hand_also_about_a_card_the_hub_asked_about_before(
    at_work: SignOn, lead: SignOn, shop: Shop, then: dict[str, str]
) -> None:
    ticket, attempt, item_id = asked_about_by_the_hub(at_work, shop)
    pay.resolve_card_by_hand(lead, ticket, attempt, was_charged=False, authorisation="")
    tell(shop.path, KEY, [told_of_card(item_id, **then)], cursor=2)

    for _ in range(2):
        assert pay.hear_late(lead, attempt, AttemptEvent.APPROVAL, authorisation="A1")

    (item,) = desk.items(shop.station)
    assert item.is_open
    assert [side.till for side in item.sides] == ["FUEN-2", "terminal"]
    assert shop.kinds().count("card.contradicted") == 1


def test_a_contradiction_opens_again_what_was_decided_here_and_keeps_the_notes(
    at_work: SignOn, lead: SignOn, shop: Shop
) -> None:
    ticket, attempt, item_id = asked_about_by_the_hub(at_work, shop)
    desk.write_note(lead, item_id, "she paid in cash")
    desk.assign(lead, item_id, MARTA)
    desk.resolve(lead, item_id, Resolution.NOT_CHARGED)
    pay.resolve_card_by_hand(lead, ticket, attempt, was_charged=False, authorisation="")

    pay.hear_late(lead, attempt, AttemptEvent.APPROVAL, authorisation="A1")

    (item,) = desk.items(shop.station)
    assert (item.is_open, item.whose) == (True, "marta")
    assert item.doing.notes == ("she paid in cash",)
    desk.resolve(lead, item_id, Resolution.CHARGED)
    assert not desk.items(shop.station)[0].is_open


def test_a_contradiction_that_was_decided_is_not_told_again(
    at_work: SignOn, lead: SignOn, shop: Shop
) -> None:
    ticket, attempt, item_id = asked_about_by_the_hub(at_work, shop)
    pay.resolve_card_by_hand(lead, ticket, attempt, was_charged=False, authorisation="")
    pay.hear_late(lead, attempt, AttemptEvent.APPROVAL, authorisation="A1")
    sides: list[dict[str, Any]] = [
        {"shop": "FUEN", "till": till, "rows": []} for till in ("FUEN-2", "terminal")
    ]
    ended = told_of_card(
        item_id, state="resolved", resolution="charged", resolved_by="marta", sides=sides
    )
    tell(shop.path, KEY, [ended], cursor=2)

    pay.hear_late(lead, attempt, AttemptEvent.APPROVAL, authorisation="A1")

    assert not desk.items(shop.station)[0].is_open
    assert shop.kinds().count("card.contradicted") == 1


def test_an_answer_that_says_the_same_is_no_contradiction(
    at_work: SignOn, lead: SignOn, shop: Shop
) -> None:
    ticket = to_pay(at_work)
    attempt = pay.request_card(at_work, ticket, Money(7_95, "EUR"), terminal="t")
    pay.settle_card(at_work, ticket, attempt, AttemptEvent.ANSWER_LOST)
    pay.resolve_card_by_hand(lead, ticket, attempt, was_charged=False, authorisation="")

    for event in (AttemptEvent.DECLINE, AttemptEvent.CANCELLATION, AttemptEvent.ANSWER_LOST):
        assert not pay.hear_late(lead, attempt, event)

    assert desk.items(shop.station) == ()


def test_a_card_without_outcome_whose_ticket_is_gone_is_settled_at_the_desk(
    at_work: SignOn, lead: SignOn, shop: Shop
) -> None:
    pay.request_card(at_work, to_pay(at_work), Money(7_95, "EUR"), terminal="t")
    assert desk.items(shop.station) == ()
    lose_ticket_of_card(shop)

    (item,) = desk.items(shop.station)
    desk.resolve(lead, item.item_id, Resolution.NOT_CHARGED)

    assert state_of_lost_card(shop) is AttemptState.DECLINED
    assert shop.kinds()[-2:] == ["card.resolved", "desk.resolved"]


def test_a_shift_ends_after_a_card_the_hub_asked_about_is_decided_at_its_till(
    at_work: SignOn, lead: SignOn, shop: Shop
) -> None:
    item_id = lose_ticket_of_card(shop)
    tell(shop.path, KEY, [told_of_card(item_id)])

    desk.resolve(lead, item_id, Resolution.NOT_CHARGED)

    assert state_of_lost_card(shop) is AttemptState.DECLINED
    assert shop.kinds()[-2:] == ["card.resolved", "desk.resolved"]
    till_session.submit_count(at_work, CashCount("EUR", {5000: 2}))
    till_session.close_session(SignOn(shop.station, MARTA, at_work.session))


@pytest.mark.parametrize(
    ("decided", "ways"),
    [
        ("not_charged", (Resolution.NOT_CHARGED,)),
        ("charged", (Resolution.CHARGED,)),
        ("settled", (Resolution.CHARGED, Resolution.NOT_CHARGED)),
    ],
)
def test_what_was_decided_elsewhere_about_a_card_stays_open_until_its_till_recorded_it(
    at_work: SignOn, lead: SignOn, shop: Shop, decided: str, ways: tuple[Resolution, ...]
) -> None:
    item_id = lose_ticket_of_card(shop)
    tell(shop.path, KEY, [told_of_card(item_id)])
    desk.write_note(lead, item_id, "ask the bank")
    ended = told_of_card(item_id, state="resolved", resolution=decided, resolved_by="marta")
    tell(shop.path, KEY, [ended], cursor=2)

    (item,) = desk.items(shop.station)
    desk.write_note(lead, item_id, "the bank says so")
    desk.resolve(lead, item_id, ways[0])

    assert (item.is_open, item.resolutions) == (True, ways)
    charged = ways[0] is Resolution.CHARGED
    assert state_of_lost_card(shop) is (
        AttemptState.APPROVED if charged else AttemptState.DECLINED
    )
    (after,) = desk.items(shop.station)
    assert (after.is_open, after.was_overtaken) == (False, False)
    assert after.doing.notes == ("ask the bank", "the bank says so")


def test_a_card_whose_ticket_is_at_the_counter_is_settled_there(
    at_work: SignOn, lead: SignOn, shop: Shop
) -> None:
    ticket, attempt, item_id = asked_about_by_the_hub(at_work, shop)

    desk.resolve(lead, item_id, Resolution.CHARGED)
    step = pay.resolve_card_by_hand(lead, ticket, attempt, was_charged=True, authorisation="A1")

    assert isinstance(step, pay.Paid)
    assert [tender.reference for tender in step.sale.tenders] == [attempt.attempt_id]
