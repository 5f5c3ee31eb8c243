"""Why something comes back, in which state, and where it goes: the words of a return as data."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Reason(Enum):
    """Why it comes back; the values are stored and sent."""

    SIZE = "size"
    DISLIKED = "disliked"
    ARRIVED_DAMAGED = "arrived_damaged"
    FAULTY = "faulty"
    OUR_ERROR = "our_error"
    OTHER = "other"  # also: not asked, since whoever withdraws need not say why


class Condition(Enum):
    """How it comes back."""

    SEALED = "sealed"
    OPENED = "opened"
    USED = "used"
    DAMAGED = "damaged"
    FAULTY = "faulty"
    NOT_OURS = "not_ours"


class Disposition(Enum):
    """Where it goes; each has a bin of its own behind the counter."""

    RESTOCK = "restock"
    QUARANTINE = "quarantine"
    SEND_BACK = "send_back"
    DESTROY = "destroy"


NOT_AS_SOLD = frozenset({Reason.ARRIVED_DAMAGED, Reason.FAULTY, Reason.OUR_ERROR})

# Goods that are not ours go nowhere: they are not taken.
USUAL_DISPOSITION: Mapping[Condition, Disposition] = {
    Condition.SEALED: Disposition.RESTOCK,
    Condition.OPENED: Disposition.RESTOCK,
    Condition.USED: Disposition.QUARANTINE,
    Condition.DAMAGED: Disposition.QUARANTINE,
    Condition.FAULTY: Disposition.QUARANTINE,
}
