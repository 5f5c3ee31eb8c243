"""A payment terminal that knows what was charged, also when nobody heard it say so."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos.domain.card_payment import AttemptEvent, CardAttempt
from tests.simulator.chance import Chance


@dataclass
class Terminal:
    """`charged` is what the bank will pay out: attempt id to minor units."""

    charged: dict[str, int] = field(default_factory=dict)
    declined: set[str] = field(default_factory=set)

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
