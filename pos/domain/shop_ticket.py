"""A ticket that waits at another till of the shop, as far as this till was told of it."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class ShopTicket:
    """What the hub last said; `parked_at_ms` is UTC, Unix ms, by the clock of `till`.

    `till` parked it (`FUEN-2`), `staff_id` is who did. What is on it comes with the claim.
    """

    basket_id: str
    till: str
    label: str
    total: Money
    lines: int
    parked_at_ms: int
    staff_id: str = ""

    @property
    def till_number(self) -> str:
        """What the shop calls the till by."""
        return self.till.rpartition("-")[2]
