"""The promotions of a till, as a test says them."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.promotion import Promotion
from pos.domain.promotion_pricing import PromotionBook
from pos.services.workstation import SignOn


class KnownPromotions:
    """`ports.Promotions` that knows what it was told last."""

    def __init__(self, *promotions: Promotion) -> None:
        self.tell(*promotions)

    def book(self) -> PromotionBook:
        return self._book

    def tell(self, *promotions: Promotion) -> None:
        self._book = PromotionBook(promotions)


def offering(sign_on: SignOn, *promotions: Promotion) -> SignOn:
    """Return the same person at a till that knows these promotions and no others."""
    station = replace(sign_on.station, promotions=KnownPromotions(*promotions))
    return replace(sign_on, station=station)
