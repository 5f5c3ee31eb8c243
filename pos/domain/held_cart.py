"""The hold of a ticket on the cart that some of its lines came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeldCart:
    """Whose cart of the web shop a ticket has; `fence` is the number of the hub's claim."""

    customer_id: str
    fence: int
