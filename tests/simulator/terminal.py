"""A payment terminal that knows what was charged, also when nobody heard it say so."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos.domain.card_payment import AttemptEvent, CardAttempt
from pos.domain.card_refund import CardRefund, RefundAnswer
from pos.domain.refund import RefundEvent
from tests.simulator.chance import Chance


@dataclass
class Terminal:
    """`charged` is what the bank will pay out: attempt id to minor units.

    `paid_back` is what it takes from the shop again, by the id of the refund.
    """

    charged: dict[str, int] = field(default_factory=dict)
    declined: set[str] = field(default_factory=set)
    paid_back: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)  # refunds; who asks again hears the answer

    def pay_back(self, asked: CardRefund, chance: Chance) -> RefundAnswer:
        """Give money back, once by each id; the answer may be lost afterwards.

        Whether the bank agrees depends on the refund alone: two machines with one disk hear
        the same of it.
        """
        if Chance("refund", asked.refund_id).happens(0.15):
            event = RefundEvent.REFUSAL
        else:
            self.paid_back[asked.refund_id] = asked.amount.minor
            event = RefundEvent.CONFIRMATION
        is_new = asked.refund_id not in self.asked
        self.asked.add(asked.refund_id)
        if is_new and chance.happens(0.2):
            return RefundAnswer(RefundEvent.ANSWER_LOST)
        return RefundAnswer(event, "R1")

    def charge(self, attempt: CardAttempt, chance: Chance) -> AttemptEvent:
        """Ask for the money; the answer may be lost after the card was charged."""
        if chance.happens(0.15):
            self.declined.add(attempt.attempt_id)
            event = AttemptEvent.DECLINE
        else:
            self.charged[attempt.attempt_id] = attempt.amount.minor
            event = AttemptEvent.APPROVAL
        return AttemptEvent.ANSWER_LOST if chance.happens(0.2) else event

    def status(self, attempt: CardAttempt) -> AttemptEvent:
        """Say what became of an attempt."""
        if attempt.attempt_id in self.charged:
            return AttemptEvent.APPROVAL
        if attempt.attempt_id in self.declined:
            return AttemptEvent.DECLINE
        return AttemptEvent.NEVER_REACHED
