"""What a till needs to know to take things back: the shop's policy, the law, and its own means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pos.domain.return_law import NO_LAW, ReturnLaw
from pos.domain.return_policy import ReturnPolicy
from pos.domain.return_purchase import Means


@dataclass(frozen=True)
class ReturnRules:
    """By what a shop takes things back.

    Attributes:
        policy: What the shop decided.
        law: What the country's law gives the customer above it.
        country: ISO 3166-1 alpha-2, where the shop is.
        credit_code: Returns the code of the credit that a refund (by its id) is paid with; None
            where the till can give no credit.
        gift_code: The same for a new gift card, which is whoever's has it.
        refunds_cards: The terminal can give money back to a card.
    """

    policy: ReturnPolicy = field(default_factory=ReturnPolicy)
    law: ReturnLaw = NO_LAW
    country: str = ""
    credit_code: Callable[[str], str] | None = field(default=None, repr=False)
    gift_code: Callable[[str], str] | None = field(default=None, repr=False)
    refunds_cards: bool = False

    def code_of(self, means: Means, refund_id: str) -> str:
        """Return the code of what is given new for a refund; empty where none can be."""
        make = self._makers.get(means)
        return "" if make is None else make(refund_id)

    def gives_new(self, means: Means) -> bool:
        """True when the till can give out new credit of that kind."""
        return self._makers.get(means) is not None

    @property
    def _makers(self) -> Mapping[Means, Callable[[str], str] | None]:
        return {Means.STORE_CREDIT: self.credit_code, Means.GIFT_CARD: self.gift_code}
