"""What goes together, as the services need it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from pos.domain.suggestion import Neighbour


class Suggestions(Protocol):
    """What the hub learned from what is bought together."""

    def beside(self, skus: Collection[str]) -> Mapping[str, tuple[Neighbour, ...]]:
        """Return what goes with each of some products, the best first."""
