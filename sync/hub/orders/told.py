"""Which fact of which till tells something about an order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A fact: when it happened by the till's clock, and when it is taken in (UTC ms)."""

    op_id: str
    at_ms: int
    till: str
    shop: str
    now_ms: int
