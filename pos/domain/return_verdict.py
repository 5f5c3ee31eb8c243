"""What may be done about a return: yes, not alone, or no, and the figures of a sentence.

The words are the screen's; it has a sentence for every `Why`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from pos.domain.money import Money
from pos.domain.staff import Capability


class Why(Enum):
    """Why something needs somebody's word, or cannot be."""

    NOT_OURS = "not_ours"
    NOTHING_LEFT = "nothing_left"
    OTHER_PIECE = "other_piece"  # the serial number is not one of those sold
    TOO_LATE = "too_late"
    NOT_RETURNABLE = "not_returnable"  # `category` says what kind of goods
    OPENED = "opened"
    USED = "used"
    NO_RECEIPT = "no_receipt"
    NO_RECEIPT_LIMIT = "no_receipt_limit"  # of a customer and day
    NO_RECEIPT_SHOP_LIMIT = "no_receipt_shop_limit"  # of a shop and day
    OFFLINE_UNKNOWN = "offline_unknown"  # the till does not know what else came back
    OFFLINE_TICKET_LIMIT = "offline_ticket_limit"
    OFFLINE_DAY_LIMIT = "offline_day_limit"
    CASH_LIMIT = "cash_limit"
    GOODWILL_BUDGET = "goodwill_budget"
    GOODWILL_LIMIT = "goodwill_limit"


class Basis(Enum):
    """On what ground something is taken back."""

    COMMERCIAL = "commercial"
    WITHDRAWAL = "withdrawal"
    GUARANTEE = "guarantee"


class Remedy(Enum):
    """What is offered before money."""

    REPLACEMENT = "replacement"
    REPAIR = "repair"


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason with its figures; what does not belong to it is empty.

    `until` was the last day, `days_over` how many have passed since, `limit` what may be,
    `asked` what was asked for, `category` the kind of goods.
    """

    why: Why
    until: date | None = None
    days_over: int = 0
    limit: Money | None = None
    asked: Money | None = None
    category: str = ""


@dataclass(frozen=True, slots=True)
class Approved:
    """It may be done. `until` is the last day on that ground, None where nothing ends.

    `offer_first` is what is offered before money is given back; `may_deduct` is true where the
    customer answers for wear; `source` names the law that says so, empty for the shop's policy.
    """

    basis: Basis = Basis.COMMERCIAL
    until: date | None = None
    days_left: int = 0
    offer_first: tuple[Remedy, ...] = ()
    may_deduct: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class NeedsOverride:
    """Somebody with that capability must allow it."""

    ground: Ground
    capability: Capability


@dataclass(frozen=True, slots=True)
class Refused:
    """Nobody at the till can allow it."""

    ground: Ground


Verdict = Approved | NeedsOverride | Refused
