"""What a payment provider must do for online orders.

Each request carries an id of ours; the provider does what the id names once, however often it
is asked, and answers the same. Amounts are minor units. No number of a card passes here: the
customer enters it at the provider.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class ProviderUnreachable(Exception):
    """Nothing is known: the request may have been carried out, or not."""


class Answer(Enum):
    """What the provider made of a request; the values are sent."""

    APPROVED = "approved"
    DECLINED = "declined"
    PENDING = "pending"  # asked and not decided yet: ask again with the same id


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer; `reason` is the provider's code for a refusal."""

    answer: Answer
    reason: str = ""


class Standing(Enum):
    """How a payment stands at the provider; the values are sent."""

    AUTHORISED = "authorised"
    CAPTURED = "captured"
    VOIDED = "voided"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Found:
    """A payment as the provider knows it; `captured` and `refunded` are minor units."""

    standing: Standing
    captured: int
    refunded: int
    reason: str = ""


class PaymentProvider(Protocol):
    """Takes and gives back money; every method may raise `ProviderUnreachable`."""

    def authorise(self, payment_id: str, amount: int, currency: str) -> Outcome:
        """Reserve `amount` of the customer's money."""

    def capture(self, payment_id: str, amount: int) -> Outcome:
        """Take up to what is authorised; the rest is let go."""

    def void(self, payment_id: str) -> Outcome:
        """Let go what is authorised and not captured."""

    def refund(self, refund_id: str, payment_id: str, amount: int) -> Outcome:
        """Give back part of what was captured."""

    def look_up(self, payment_id: str) -> Found | None:
        """Return how a payment stands, None when the provider never heard of it."""
