"""What a till needs to know to take things back: the shop's policy, the law, and its own means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pos.domain.return_law import NO_LAW, ReturnLaw
from pos.domain.return_policy import ReturnPolicy


@dataclass(frozen=True)
class ReturnRules:
    """By what a shop takes things back.

    Attributes:
        policy: What the shop decided.
        law: What the country's law gives the customer above it.
        country: ISO 3166-1 alpha-2, where the shop is.
        credit_code: Returns the code of the credit that a refund (by its id) is paid with; None
            where the till can give no credit.
        refunds_cards: The terminal can give money back to a card.
    """

    policy: ReturnPolicy = field(default_factory=ReturnPolicy)
    law: ReturnLaw = NO_LAW
    country: str = ""
    credit_code: Callable[[str], str] | None = field(default=None, repr=False)
    refunds_cards: bool = False
