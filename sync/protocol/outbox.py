"""The life of one outbox entry, as a table. No clock, no socket, no database.

Rule: a change of state happens here or not at all.
"""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """The values are stored."""

    QUEUED = "queued"
    IN_FLIGHT = "in_flight"
    ACKNOWLEDGED = "acknowledged"
    PARKED = "parked"  # a person must look


class Event(Enum):
    SEND_STARTED = "send started"
    HUB_STORED = "hub stored"  # named, with its op id, in a verified answer
    HUB_CONFLICT = "hub conflict"  # the hub holds another fact under the same number or id
    CANNOT_BE_SENT = "cannot be sent"  # too large for any batch
    OUTCOME_UNKNOWN = "outcome unknown"  # no answer, 5xx, HTML, cut short, crash while in flight
    RETRIED_BY_STAFF = "retried by staff"


class IllegalTransition(Exception):
    """An event reached an entry that cannot take it: a bug, never the network."""


TRANSITIONS = {
    (State.QUEUED, Event.SEND_STARTED): State.IN_FLIGHT,
    (State.IN_FLIGHT, Event.HUB_STORED): State.ACKNOWLEDGED,
    (State.IN_FLIGHT, Event.HUB_CONFLICT): State.PARKED,
    (State.IN_FLIGHT, Event.CANNOT_BE_SENT): State.PARKED,
    (State.IN_FLIGHT, Event.OUTCOME_UNKNOWN): State.QUEUED,  # the same op id again
    # A hub that went back gets what it had acknowledged once more.
    (State.ACKNOWLEDGED, Event.HUB_CONFLICT): State.PARKED,
    (State.ACKNOWLEDGED, Event.CANNOT_BE_SENT): State.PARKED,
    (State.PARKED, Event.RETRIED_BY_STAFF): State.QUEUED,
}


def next_state(state: State, event: Event) -> State:
    """Return the state after `event`.

    Raises:
        IllegalTransition: The pair is not in `TRANSITIONS`.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise IllegalTransition(f"{event.value!r} while {state.value!r}") from None
