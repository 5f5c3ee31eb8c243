"""State tables: every pair of state and event is either in the table or an error."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import product
from types import ModuleType
from typing import Any

import pytest

from pos.domain import card_payment, printing, refund, ticket
from pos.domain.card_payment import AttemptEvent, AttemptState, CardAttempt
from pos.domain.money import Money

TABLES: list[tuple[ModuleType, type[Enum], type[Enum], type[Exception]]] = [
    (card_payment, AttemptState, AttemptEvent, card_payment.IllegalAttemptTransition),
    (printing, printing.PrintState, printing.PrintEvent, printing.IllegalPrintTransition),
    (refund, refund.RefundState, refund.RefundEvent, refund.IllegalRefundTransition),
    (ticket, ticket.TicketState, ticket.TicketEvent, ticket.IllegalTicketTransition),
]


@pytest.mark.parametrize(
    ("module", "states", "events", "error"), TABLES, ids=lambda v: getattr(v, "__name__", "")
)
def test_only_the_table_changes_a_state(
    module: ModuleType, states: type[Enum], events: type[Enum], error: type[Exception]
) -> None:
    next_state: Callable[[Any, Any], Any] = module.next_state

    for state, event in product(states, events):
        if (state, event) in module.TRANSITIONS:
            assert next_state(state, event) is module.TRANSITIONS[state, event]
        else:
            with pytest.raises(error):
                next_state(state, event)


def test_a_lost_answer_is_never_a_decline() -> None:
    reached = {
        card_payment.next_state(state, AttemptEvent.ANSWER_LOST)
        for state in card_payment.OPEN_STATES
    }

    assert reached == {AttemptState.UNKNOWN}


def test_an_approved_card_stays_approved() -> None:
    assert not any(state is AttemptState.APPROVED for state, _ in card_payment.TRANSITIONS)


@pytest.mark.parametrize("state", list(AttemptState))
def test_an_attempt_is_open_until_somebody_knows(state: AttemptState) -> None:
    attempt = CardAttempt("a", "b", Money(1, "EUR"), state, 0)

    assert attempt.is_open == (state in {AttemptState.REQUESTED, AttemptState.UNKNOWN})


def test_a_print_that_may_lie_in_the_tray_is_never_sent_again() -> None:
    states = {
        after
        for (before, _), after in printing.TRANSITIONS.items()
        if before is printing.PrintState.UNKNOWN
    }

    assert states == {printing.PrintState.CONFIRMED}


def test_a_refund_whose_answer_is_lost_counts_as_paid_until_somebody_knows() -> None:
    lost = refund.RefundEvent.ANSWER_LOST

    assert {refund.next_state(state, lost) for state in refund.OPEN_STATES} == {
        refund.RefundState.UNKNOWN
    }


def test_a_refund_that_was_paid_never_becomes_owed_again() -> None:
    after = {
        reached
        for (state, _), reached in refund.TRANSITIONS.items()
        if state is refund.RefundState.CONFIRMED
    }

    assert after == {refund.RefundState.CONFIRMED}
