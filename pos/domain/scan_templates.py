"""In-store labels of scales and counters: an item and a price, weight or count in one EAN-13.

GS1 leaves the prefixes 02 and 20 to 29 to the shop, and there is no public layout in Spain
or Mexico, so each shop configures the layouts of its scales as templates. Real products
carry such numbers too: what no template claims stays an ordinary GTIN.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from pos.domain.gtin import check_digit
from pos.domain.scan_refusal import RefusalReason, RefusedScan

LABEL_DIGITS = 13
KILOGRAM_DECIMALS = 3
_SHAPE = re.compile(r"(?:02|2\d)\d*X*(?=[ICV])(?:I+C?V+|I+X*V+C?|C?V+X*I+)X*K", re.ASCII)


class ValueKind(Enum):
    """What the value digits of a label count."""

    PRICE = "price"
    WEIGHT = "weight"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class VariableMeasureScan:
    """A label of a scale or counter.

    Attributes:
        item_code: The item digits, zeros kept: the shop's own number of the product.
        value_kind: What `value` is.
        value: Price in minor units; weight in thousandths of a kilogram; count in
            thousandths of a piece.
        printed: The thirteen digits of the label.
        template: Name of the template that claimed it.
    """

    item_code: str
    value_kind: ValueKind
    value: int
    printed: str
    template: str


@dataclass(frozen=True, slots=True)
class InStoreTemplate:
    """A layout of thirteen digits, such as ``2 1 IIIII VVVVV K``.

    Digits stand for themselves (the sub-prefix claimed), ``I`` for the item, ``V`` for the
    value, ``C`` for GS1's price verifier over four or five value digits, ``X`` for a digit
    without meaning, ``K`` for the check digit. Spaces are for the reader.

    Args:
        name: Shown in settings and logs.
        layout: As above; starts with 02 or 20 to 29.
        value_kind: What the value digits count.
        decimals: How many of the value digits are decimals, of the currency or kilogram.

    Raises:
        ValueError: The layout or the decimals cannot be.
    """

    name: str
    layout: str
    value_kind: ValueKind
    decimals: int

    def __post_init__(self) -> None:
        pattern = self.pattern
        if len(pattern) != LABEL_DIGITS or not _SHAPE.fullmatch(pattern):
            raise ValueError(f"{self.name}: {self.layout!r} is no layout of an in-store label")
        if "C" in pattern and pattern.count("V") not in _VERIFIERS:
            raise ValueError(f"{self.name}: a price verifier covers four or five digits")
        most = {ValueKind.COUNT: 0}.get(self.value_kind, KILOGRAM_DECIMALS)
        if not 0 <= self.decimals <= most:
            raise ValueError(f"{self.name}: {self.decimals} decimals")

    @property
    def pattern(self) -> str:
        return self.layout.replace(" ", "")

    def claims(self, digits: str) -> bool:
        """True when the thirteen digits start with this template's sub-prefix."""
        return all(
            wanted == digit
            for wanted, digit in zip(self.pattern, digits, strict=True)
            if wanted.isdigit()
        )

    def read(self, digits: str, *, currency_digits: int) -> VariableMeasureScan | RefusedScan:
        """Return what a claimed label says, or why it is refused.

        Args:
            digits: Thirteen digits that the template claims.
            currency_digits: Decimals of the currency: 2 for EUR and MXN.
        """
        if check_digit(digits[:-1]) != int(digits[-1]):
            return RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)
        value_digits = self._field("V", digits)
        verifier = self._field("C", digits)
        if verifier and _VERIFIERS[len(value_digits)](value_digits) != int(verifier):
            return RefusedScan(RefusalReason.WRONG_PRICE_VERIFIER)
        value = self._scaled(int(value_digits), currency_digits)
        if value == 0:
            return RefusedScan(RefusalReason.NO_VALUE)
        item_code = self._field("I", digits)
        return VariableMeasureScan(item_code, self.value_kind, value, digits, self.name)

    def _field(self, letter: str, digits: str) -> str:
        pairs = zip(self.pattern, digits, strict=True)
        return "".join(digit for wanted, digit in pairs if wanted == letter)

    def _scaled(self, value: int, currency_digits: int) -> int:
        """Return minor units or thousandths, half up when the label is finer than they are."""
        is_price = self.value_kind is ValueKind.PRICE
        wanted = currency_digits if is_price else KILOGRAM_DECIMALS
        return rescaled(value, decimals=self.decimals, wanted=wanted)


def rescaled(value: int, *, decimals: int, wanted: int) -> int:
    """Return a whole number of 10^-decimals as one of 10^-wanted, half up."""
    if wanted >= decimals:
        return value * int(10 ** (wanted - decimals))
    divisor = int(10 ** (decimals - wanted))
    return (2 * value + divisor) // (2 * divisor)


def price_verifier_4(price: str) -> int:
    """Return the price verifier of four digits: 2875 has 9.

    Source:
        GS1 General Specifications, 7.9.3 (weights 2-, 2-, 3, 5-; sum times 3).
    """
    first, second, third, fourth = (int(digit) for digit in price)
    total = _TWO_MINUS[first] + _TWO_MINUS[second] + third * 3 + _FIVE_MINUS[fourth]
    return total * 3 % 10


def price_verifier_5(price: str) -> int:
    """Return the price verifier of five digits: 14685 has 6.

    Source:
        GS1 General Specifications, 7.9.4 (weights 5+, 2-, 5-, 5+, 2-; the digit whose
        5- product completes the sum to a ten).
    """
    tables = (_FIVE_PLUS, _TWO_MINUS, _FIVE_MINUS, _FIVE_PLUS, _TWO_MINUS)
    total = sum(table[int(digit)] for table, digit in zip(tables, price, strict=True))
    return _FIVE_MINUS.index(-total % 10)


_TWO_MINUS = (0, 2, 4, 6, 8, 9, 1, 3, 5, 7)
_FIVE_MINUS = (0, 5, 9, 4, 8, 3, 7, 2, 6, 1)
_FIVE_PLUS = (0, 5, 1, 6, 2, 7, 3, 8, 4, 9)
_VERIFIERS = {4: price_verifier_4, 5: price_verifier_5}
