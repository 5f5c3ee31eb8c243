"""The life of one card payment attempt, as a table.

Rule: a change of state happens here or not at all. The intent is stored before the first
byte leaves, and an attempt whose answer is lost is UNKNOWN, never declined.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pos.domain.money import Money


class AttemptState(Enum):
    REQUESTED = "requested"  # stored; the terminal may or may not have been asked
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"  # asked, and no answer: money may have moved


class AttemptEvent(Enum):
    APPROVAL = "approval"
    DECLINE = "decline"
    CANCELLATION = "cancellation"
    ANSWER_LOST = "answer lost"
    NEVER_REACHED = "never reached"  # the terminal says it was not asked


class IllegalAttemptTransition(Exception):
    """An event reached an attempt that cannot take it: a bug, never the terminal."""


TRANSITIONS = {
    (AttemptState.REQUESTED, AttemptEvent.APPROVAL): AttemptState.APPROVED,
    (AttemptState.REQUESTED, AttemptEvent.DECLINE): AttemptState.DECLINED,
    (AttemptState.REQUESTED, AttemptEvent.CANCELLATION): AttemptState.CANCELLED,
    (AttemptState.REQUESTED, AttemptEvent.ANSWER_LOST): AttemptState.UNKNOWN,
    (AttemptState.REQUESTED, AttemptEvent.NEVER_REACHED): AttemptState.CANCELLED,
    (AttemptState.UNKNOWN, AttemptEvent.APPROVAL): AttemptState.APPROVED,
    (AttemptState.UNKNOWN, AttemptEvent.DECLINE): AttemptState.DECLINED,
    (AttemptState.UNKNOWN, AttemptEvent.CANCELLATION): AttemptState.CANCELLED,
    (AttemptState.UNKNOWN, AttemptEvent.ANSWER_LOST): AttemptState.UNKNOWN,
    (AttemptState.UNKNOWN, AttemptEvent.NEVER_REACHED): AttemptState.CANCELLED,
}

OPEN_STATES = frozenset({AttemptState.REQUESTED, AttemptState.UNKNOWN})


def next_state(state: AttemptState, event: AttemptEvent) -> AttemptState:
    """Return the state after `event`.

    Raises:
        IllegalAttemptTransition: The pair is not in `TRANSITIONS`.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise IllegalAttemptTransition(f"{event.value!r} while {state.value!r}") from None


@dataclass(frozen=True, slots=True)
class CardAttempt:
    """One attempt to take `amount` for a basket; `attempt_id` is the terminal's reference."""

    attempt_id: str
    basket_id: str
    amount: Money
    state: AttemptState
    requested_at_ms: int
    authorisation: str = ""
    is_verified: bool = True

    @property
    def is_open(self) -> bool:
        """True while nobody knows whether money moved."""
        return self.state in OPEN_STATES
