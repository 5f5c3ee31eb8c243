"""An amount on its way from the keys to money."""

from __future__ import annotations

from pos import formatting
from pos.domain.money import Money
from pos.screens import wording

_MOST_DIGITS = 7  # before the decimal sign
_SIGNS = ",."


class AmountEntry:
    """What was typed of an amount in one currency; both decimal signs are understood."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._text = ""

    @property
    def is_empty(self) -> bool:
        return not self._text

    @property
    def amount(self) -> Money:
        """What is typed so far; zero while it is nothing."""
        digits = self._text.strip(",")
        minor = formatting.parse_amount(self._text, self._currency) if digits else 0
        return Money(minor, self._currency)

    @property
    def shown(self) -> str:
        """What is typed, as it is shown while it is typed; empty when nothing is."""
        if self.is_empty:
            return ""
        if "," not in self._text:
            return wording.short_money(self.amount)
        if len(self._decimals) == formatting.places(self._currency):
            return wording.money(self.amount)
        return self._text.replace(",", wording.decimal_sign())

    def press(self, signs: str) -> bool:
        """Take digits or a decimal sign; False when they cannot follow."""
        before = self._text
        taken = all(self._take(sign) for sign in signs)
        if not taken:
            self._text = before
        return taken

    def erase(self) -> None:
        """Take the last sign back."""
        self._text = self._text[:-1]

    def clear(self) -> None:
        """Forget what was typed."""
        self._text = ""

    def set(self, amount: Money) -> None:
        """Hold an amount as if it had been typed."""
        places = formatting.places(self._currency)
        whole = formatting.major(amount.minor, self._currency)
        self._text = f"{whole:.{places}f}".replace(".", ",")

    @property
    def _decimals(self) -> str:
        return self._text.partition(",")[2]

    def _take(self, sign: str) -> bool:
        places = formatting.places(self._currency)
        if sign in _SIGNS:
            if "," in self._text or places == 0:
                return False
            self._text = f"{self._text or '0'},"
            return True
        if not (sign.isascii() and sign.isdigit()):
            return False
        if "," in self._text:
            if len(self._decimals) >= places:
                return False
        elif len(self._text) >= _MOST_DIGITS:
            return False
        self._text = sign if self._text == "0" else self._text + sign
        return True
