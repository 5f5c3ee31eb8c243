"""How much of a product: counted or measured, in thousandths of its unit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

THOUSAND = 1000
MAX_THOUSANDTHS = 1_000_000 * THOUSAND  # a million units: beyond it a slip of the finger


class Unit(Enum):
    """Unit of sale; the values are what files and messages carry."""

    EACH = "ea"
    KILOGRAM = "kg"
    LITRE = "l"
    METRE = "m"

    @property
    def is_counted(self) -> bool:
        """True when only whole quantities make sense."""
        return self is Unit.EACH


class QuantityNotPossible(ValueError):
    """A quantity that cannot be sold: zero, negative, too large, or half a bottle."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A positive quantity in thousandths: 412 thousandths of a kilogram are 412 g."""

    thousandths: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 0 < self.thousandths <= MAX_THOUSANDTHS:
            raise QuantityNotPossible(f"{self.thousandths} thousandths")
        if self.unit.is_counted and self.thousandths % THOUSAND:
            raise QuantityNotPossible(f"{self.thousandths} thousandths of a piece")

    @classmethod
    def each(cls, count: int) -> Quantity:
        """Return `count` pieces."""
        return cls(count * THOUSAND, Unit.EACH)

    @property
    def is_one(self) -> bool:
        return self.thousandths == THOUSAND
