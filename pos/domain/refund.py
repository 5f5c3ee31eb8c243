"""The life of one refund, as a table.

Rule: a change of state happens here or not at all. A refund is stored as requested before anybody
is asked to move money, and one whose answer is lost is UNKNOWN: it counts as paid until somebody
knows better, and is never asked for again under another id.
"""

from __future__ import annotations

from enum import Enum


class RefundState(Enum):
    """Where a refund is; the values are stored and sent."""

    REQUESTED = "requested"  # stored; terminal or provider may or may not have been asked
    CONFIRMED = "confirmed"  # the customer has it, or the provider said so
    FAILED = "failed"  # certain that no money moved: it is owed again
    UNKNOWN = "unknown"  # asked, and no answer


class RefundEvent(Enum):
    """What becomes known of a refund."""

    CONFIRMATION = "confirmation"
    REFUSAL = "refusal"
    ANSWER_LOST = "answer lost"
    NEVER_REACHED = "never reached"  # whoever was to pay says that it was not asked


class IllegalRefundTransition(Exception):
    """An event reached a refund that cannot take it: two answers that contradict each other."""


TRANSITIONS = {
    (RefundState.REQUESTED, RefundEvent.CONFIRMATION): RefundState.CONFIRMED,
    (RefundState.REQUESTED, RefundEvent.REFUSAL): RefundState.FAILED,
    (RefundState.REQUESTED, RefundEvent.ANSWER_LOST): RefundState.UNKNOWN,
    (RefundState.REQUESTED, RefundEvent.NEVER_REACHED): RefundState.FAILED,
    (RefundState.UNKNOWN, RefundEvent.CONFIRMATION): RefundState.CONFIRMED,
    (RefundState.UNKNOWN, RefundEvent.REFUSAL): RefundState.FAILED,
    (RefundState.UNKNOWN, RefundEvent.ANSWER_LOST): RefundState.UNKNOWN,
    (RefundState.UNKNOWN, RefundEvent.NEVER_REACHED): RefundState.FAILED,
    # An answer that is told twice is the same answer.
    (RefundState.CONFIRMED, RefundEvent.CONFIRMATION): RefundState.CONFIRMED,
    (RefundState.FAILED, RefundEvent.REFUSAL): RefundState.FAILED,
    (RefundState.FAILED, RefundEvent.NEVER_REACHED): RefundState.FAILED,
}

OPEN_STATES = frozenset({RefundState.REQUESTED, RefundState.UNKNOWN})


def next_state(state: RefundState, event: RefundEvent) -> RefundState:
    """Return the state after `event`.

    Raises:
        IllegalRefundTransition: The pair is not in `TRANSITIONS`.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise IllegalRefundTransition(f"{event.value!r} while {state.value!r}") from None
