"""Money in whole minor units, and the only two ways it is ever divided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Numbers that labels name a currency by (GS1 AI 391n and 393n); what is not here is foreign.
ISO_4217_NUMBERS = {"EUR": "978", "GBP": "826", "MXN": "484", "USD": "840"}


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies met: a bug, never bad input."""


def divide_half_up(numerator: int, denominator: int) -> int:
    """Return ``numerator / denominator`` rounded half away from zero.

    Rounding by magnitude makes a return the exact mirror of its sale.

    Args:
        numerator: Any integer.
        denominator: A positive integer.

    Source:
        Ley 46/1998, art. 11 (rounding to the nearest cent, halves up).
    """
    if denominator <= 0:
        raise ValueError(f"denominator {denominator}")
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents) of one currency (ISO 4217 code)."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def scaled(self, numerator: int, denominator: int) -> Money:
        """Return the amount times a ratio, rounded half away from zero."""
        return Money(divide_half_up(self.minor * numerator, denominator), self.currency)

    def allocate(self, weights: Sequence[int]) -> list[Money]:
        """Split the amount in proportion to `weights` so that the parts add up exactly.

        Every part is first rounded towards zero; the units left over go one by one to the
        largest remainders, and among equal remainders to the earlier part. For an amount no
        larger than the sum of the weights no part exceeds its weight, so a discount never
        turns a line negative.

        Args:
            weights: Non-negative; when all are zero the amount must be zero too.

        Raises:
            ValueError: A weight is negative, or there is nothing to carry the amount.
        """
        total = sum(weights)
        if any(weight < 0 for weight in weights) or (total == 0 and self.minor != 0):
            raise ValueError(f"cannot allocate {self.minor} over {list(weights)}")
        if total == 0:
            return [Money(0, self.currency) for _ in weights]
        sign = 1 if self.minor >= 0 else -1
        shares = [divmod(abs(self.minor) * weight, total) for weight in weights]
        left_over = abs(self.minor) - sum(whole for whole, _ in shares)
        by_remainder = sorted(range(len(shares)), key=lambda i: (-shares[i][1], i))
        lucky = set(by_remainder[:left_over])
        return [
            Money(sign * (whole + (1 if i in lucky else 0)), self.currency)
            for i, (whole, _) in enumerate(shares)
        ]

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other.minor


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Return the sum of `amounts`, zero of `currency` when there is none."""
    result = Money(0, currency)
    for amount in amounts:
        result += amount
    return result
