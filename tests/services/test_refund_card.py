"""Money goes back to a card once, whatever becomes of the terminal's answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hardware.payment_terminal.port import DeclineReason
from hardware.payment_terminal.simulator import (
    Approve,
    Cancel,
    Contradict,
    Decline,
    LoseAnswer,
    SimulatedTerminal,
    Step,
)
from pos.devices.terminal import look_up_refund
from pos.domain.card_refund import CardRefund, RefundAnswer
from pos.domain.desk import ItemKind, Resolution
from pos.domain.free_text import LooksLikeCardNumber
from pos.domain.refund import RefundEvent, RefundState
from pos.domain.return_ledger import MoreThanReturnable
from pos.domain.returns import ReturnFlag
from pos.domain.till_session import CashCount
from pos.services import desk, recover, refund_card, till_session
from pos.services.refund_card import AnswerOpen, Contradicted, OwedAgain, PaidBack, RefundStep
from pos.services.workstation import NotAllowed, SignOn
from pos.store.engine import make_engine, transaction
from pos.store.till_store import TillStore
from pos.store.verify import verify
from tests.services.conftest import KEY, Shop
from tests.services.refund_things import (
    as_recorded,
    asked_for,
    card_of,
    sold_by_card,
    state_of,
    took_back,
)
from tests.services.return_things import own_ledger


@pytest.fixture
def terminal() -> SimulatedTerminal:
    return SimulatedTerminal()


def found_out(sign_on: SignOn, terminal: SimulatedTerminal, asked: CardRefund) -> RefundStep:
    return refund_card.settle(sign_on, asked, look_up_refund(terminal, asked))


def told(event: RefundEvent, **changes: object) -> RefundAnswer:
    return replace(RefundAnswer(event), **changes)  # type: ignore[arg-type]


def test_the_card_gets_its_money_back_and_it_is_told_once(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    sale = sold_by_card(at_work, terminal)
    asked = took_back(at_work, sale)

    step = asked_for(at_work, terminal, asked)
    again = asked_for(at_work, terminal, asked)

    assert isinstance(step, PaidBack)
    assert isinstance(again, PaidBack)
    assert terminal.given_back == {asked.refund_id: 7_95}
    assert shop.kinds().count("refund.resolved") == 1
    body = shop.facts()[-1].body
    assert (body["state"], body["reference"]) == ("confirmed", "SIM-000002")
    assert refund_card.to_ask(as_recorded(at_work, asked)) == ()


def test_a_declined_refund_is_owed_again_and_can_be_returned_once_more(
    at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    sale = sold_by_card(at_work, terminal, 1)
    asked = took_back(at_work, sale)
    terminal.script_refunds(Decline(DeclineReason.NO_LINE))

    step = asked_for(at_work, terminal, asked)

    assert step == OwedAgain(
        replace(asked, refund=replace(asked.refund, state=RefundState.FAILED)), "no line"
    )
    assert terminal.given_back == {}


def test_a_refund_that_somebody_breaks_off_moved_nothing(
    at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(at_work, sold_by_card(at_work, terminal))
    terminal.script_refunds(Cancel())

    assert isinstance(asked_for(at_work, terminal, asked), OwedAgain)


def test_a_lost_answer_is_looked_up_and_never_asked_for_anew(
    at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(at_work, sold_by_card(at_work, terminal))
    terminal.script_refunds(LoseAnswer(Approve(), queries_in_progress=1))

    lost = asked_for(at_work, terminal, asked)
    waiting = found_out(at_work, terminal, asked)
    found = found_out(at_work, terminal, asked)

    assert isinstance(lost, AnswerOpen)
    assert isinstance(waiting, AnswerOpen)
    assert isinstance(found, PaidBack)
    assert terminal.given_back == {asked.refund_id: 7_95}


def test_a_request_that_never_arrived_goes_again_by_the_same_id(
    at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(at_work, sold_by_card(at_work, terminal))
    terminal.script_refunds(LoseAnswer(None))

    assert isinstance(asked_for(at_work, terminal, asked), AnswerOpen)
    assert isinstance(found_out(at_work, terminal, asked), PaidBack)
    assert terminal.given_back == {asked.refund_id: 7_95}


def test_a_terminal_that_cannot_be_reached_leaves_the_refund_requested(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(at_work, sold_by_card(at_work, terminal))
    terminal.is_plugged_in = False

    step = asked_for(at_work, terminal, asked)

    assert isinstance(step, AnswerOpen)
    assert not step.was_asked
    assert state_of(at_work, asked) is RefundState.REQUESTED
    assert "refund.resolved" not in shop.kinds()


def test_what_another_gave_back_already_is_refused_and_owed_by_nobody_twice(
    at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    sale = sold_by_card(at_work, terminal, 1)
    terminal.refund("elsewhere", 7_95, "EUR", card_of(sale))
    asked = took_back(at_work, sale)

    step = asked_for(at_work, terminal, asked)

    assert isinstance(step, OwedAgain)
    assert step.detail == "already refunded"


def test_a_terminal_that_contradicts_itself_goes_to_the_desk_once(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(at_work, sold_by_card(at_work, terminal))
    terminal.script_refunds(Contradict(told=Decline(), truth=Approve()))

    assert isinstance(asked_for(at_work, terminal, asked), OwedAgain)
    assert isinstance(found_out(at_work, terminal, asked), Contradicted)
    assert isinstance(found_out(at_work, terminal, asked), Contradicted)

    (item,) = desk.items(shop.station)
    assert (item.kind, item.subject) == (ItemKind.CARD_REFUND_UNKNOWN, asked.number)
    assert [side.till for side in item.sides] == ["FUEN-2", "terminal"]
    assert shop.kinds().count("refund.contradicted") == 1
    assert state_of(at_work, asked) is RefundState.FAILED


def test_an_answer_that_was_lost_contradicts_nothing(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(at_work, sold_by_card(at_work, terminal))
    asked_for(at_work, terminal, asked)

    step = refund_card.settle(at_work, asked, told(RefundEvent.ANSWER_LOST))

    assert isinstance(step, PaidBack)
    assert desk.items(shop.station) == ()


def test_a_till_killed_between_request_and_answer_finds_the_refund_when_it_starts(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(at_work, sold_by_card(at_work, terminal))
    terminal.refund(asked.refund_id, 7_95, "EUR", asked.original)  # and then the power went

    shop.station.store.close()  # type: ignore[attr-defined]
    station = replace(shop.station, store=TillStore(shop.path, key=KEY))
    after = replace(at_work, station=station)
    (left,) = recover.look_around(station).open_refunds
    step = found_out(after, terminal, left)

    assert left == asked
    assert isinstance(step, PaidBack)
    assert terminal.given_back == {asked.refund_id: 7_95}
    assert recover.look_around(station).open_refunds == ()
    station.store.close()  # type: ignore[attr-defined]
    assert verify(shop.path, key=KEY) == []


def test_what_has_no_answer_counts_as_gone(at_work: SignOn, terminal: SimulatedTerminal) -> None:
    sale = sold_by_card(at_work, terminal, 2)
    asked = took_back(at_work, sale)
    terminal.script_refunds(LoseAnswer(None), Decline())

    asked_for(at_work, terminal, asked)
    while_unknown = own_ledger(at_work, sale)
    found_out(at_work, terminal, asked)
    once_refused = own_ledger(at_work, sale)

    (card,) = while_unknown.purchase.paid
    assert while_unknown.refunded_to(card).minor == 7_95
    assert once_refused.refunded_to(card).minor == 0


def test_somebody_who_looked_at_the_slip_says_what_became_of_it(
    shop: Shop, lead: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(lead, sold_by_card(lead, terminal))

    step = refund_card.resolve_by_hand(lead, asked, was_paid_back=True, authorisation="A12345")

    assert isinstance(step, PaidBack)
    body = shop.facts()[-1].body
    assert (body["state"], body["reference"], body["detail"]) == (
        "confirmed", "A12345", "unverified",
    )  # fmt: skip


def test_by_hand_needs_a_permission_and_no_card_number(
    at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(at_work, sold_by_card(at_work, terminal))

    with pytest.raises(NotAllowed):
        refund_card.resolve_by_hand(at_work, asked, was_paid_back=True, authorisation="A1")
    with pytest.raises(LooksLikeCardNumber):
        refund_card.resolve_by_hand(
            at_work, asked, was_paid_back=True, authorisation="4111111111111111"
        )
    assert state_of(at_work, asked) is RefundState.REQUESTED


def test_a_refund_without_an_answer_is_at_the_desk_and_a_lead_settles_it_there(
    shop: Shop, at_work: SignOn, lead: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(at_work, sold_by_card(at_work, terminal))
    refund_card.settle(at_work, asked, told(RefundEvent.ANSWER_LOST))

    (item,) = desk.items(shop.station)
    desk.resolve(lead, item.item_id, Resolution.NOT_PAID_BACK)

    assert item.money == asked.amount
    assert state_of(at_work, asked) is RefundState.FAILED
    assert shop.kinds()[-2:] == ["refund.resolved", "desk.resolved"]
    assert not any(each.is_open for each in desk.items(shop.station))


def test_a_refund_that_was_asked_for_a_moment_ago_is_not_at_the_desk_yet(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    took_back(at_work, sold_by_card(at_work, terminal))
    at_once = desk.items(shop.station)

    shop.clock.ms += 60_000

    assert at_once == ()
    assert [item.kind for item in desk.items(shop.station)] == [ItemKind.CARD_REFUND_UNKNOWN]


def test_a_shift_stays_open_while_a_refund_has_no_answer(
    shop: Shop, at_work: SignOn, lead: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(at_work, sold_by_card(at_work, terminal))
    till_session.submit_count(lead, CashCount("EUR", {50_00: 2}))

    with pytest.raises(till_session.TicketsLeft):
        till_session.close_session(lead)
    asked_for(at_work, terminal, asked)
    report = till_session.close_session(lead)

    assert report.session.closed_at_ms is not None


def test_what_was_promised_without_the_hub_holds_up_no_shift_and_asks_nobody(
    shop: Shop, at_work: SignOn, lead: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(
        at_work, sold_by_card(at_work, terminal), flags=frozenset({ReturnFlag.OFFLINE})
    )
    till_session.submit_count(lead, CashCount("EUR", {50_00: 2}))
    till_session.close_session(lead)

    assert refund_card.to_ask(as_recorded(at_work, asked), is_isolated=True) == ()
    assert refund_card.left_open(shop.station) == (asked,)
    shop.station.store.close()  # type: ignore[attr-defined]
    assert verify(shop.path, key=KEY) == []


def test_verify_names_a_refund_without_an_answer_whose_shift_is_over(
    shop: Shop, at_work: SignOn, lead: SignOn, terminal: SimulatedTerminal
) -> None:
    asked = took_back(at_work, sold_by_card(at_work, terminal))
    asked_for(at_work, terminal, asked)
    till_session.submit_count(lead, CashCount("EUR", {50_00: 2}))
    till_session.close_session(lead)
    shop.station.store.close()  # type: ignore[attr-defined]

    engine = make_engine(shop.path, key=KEY)
    with transaction(engine) as connection:
        connection.exec_driver_sql("UPDATE return_refund SET state = 'unknown'")
    engine.dispose()

    named = [found.message for found in verify(shop.path, key=KEY) if found.code == "I8"]
    assert named == [f"card refund {asked.refund_id} is unknown and its shift is closed"]


ANSWERS = st.sampled_from(
    [
        Approve(),
        Decline(),
        Cancel(),
        LoseAnswer(Approve()),
        LoseAnswer(Decline()),
        LoseAnswer(None),
        Contradict(told=Decline(), truth=Approve()),
        Contradict(told=Approve(), truth=Decline()),
    ]
)
ACTS = st.lists(st.sampled_from(["return", "ask", "look up", "start again"]), max_size=12)


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=st.integers(1, 3), answers=st.lists(ANSWERS, max_size=6), acts=ACTS)
def test_a_card_never_gets_back_more_than_it_paid(
    at_work: SignOn, pieces: int, answers: list[Step], acts: list[str]
) -> None:
    sale = sold_by_card(at_work, SimulatedTerminal(), pieces)
    terminal = SimulatedTerminal()  # another of the shop's, which does not know what was paid
    terminal.script_refunds(*answers)
    asked: list[CardRefund] = []
    for act in acts:
        if act == "return" and len(asked) < pieces:
            asked.append(took_back(at_work, sale))
        elif act == "return":
            with pytest.raises(MoreThanReturnable):
                took_back(at_work, sale)
        elif act == "ask" and asked:
            asked_for(at_work, terminal, asked[-1])
        elif act == "look up" and asked:
            found_out(at_work, terminal, asked[0])
        else:
            for left in refund_card.left_open(at_work.station):
                if left.refund.purchase == sale.sale_id:
                    found_out(at_work, terminal, left)

    moved = terminal.given_back
    assert sum(moved.values()) <= sale.total.minor
    assert all(moved[one.refund_id] == 7_95 for one in asked if one.refund_id in moved)
    assert set(moved) <= {one.refund_id for one in asked}
    assert own_ledger(at_work, sale).tenders_overpaid == ()
