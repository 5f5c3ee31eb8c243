"""What people type as notes, reasons and labels: cleaned, cut, and never a card number."""

from __future__ import annotations

import re
import unicodedata

MAX_REASON_LENGTH = 120
SHORTEST_CARD, LONGEST_CARD = 13, 19
# Digits in groups as people write them; anything longer between two groups parts two numbers.
_GROUPS = re.compile(r"\d+(?:[^\w\n]{1,3}\d+)*")


class LooksLikeCardNumber(ValueError):
    """A text that holds what may be a card number; the message does not repeat it."""


def looks_like_card_number(text: str) -> bool:
    """True when digits in `text`, alone or in groups, can be the number of a payment card.

    Errs on the safe side: one in ten other numbers of that length passes for one.

    Source:
        ISO/IEC 7812-1: up to 19 digits, the last by the Luhn formula. PCI DSS 4.0, 3.3:
        the number of a card is not to be kept where it is not needed.
    """
    plain = "".join(_plain(char) for char in unicodedata.normalize("NFKC", text))
    return any(_holds_card(found[0]) for found in _GROUPS.finditer(plain.replace("_", " ")))


def checked_text(text: str, most: int) -> str:
    """Return a text on one line without invisible characters, cut to `most` characters.

    Raises:
        LooksLikeCardNumber: It may hold the number of a card.
    """
    if looks_like_card_number(text):
        raise LooksLikeCardNumber("a card number may not be written here")
    return one_line(text)[:most].strip()


def one_line(text: str) -> str:
    """Return a text on one line, without what cannot be seen.

    Control characters could command a printer, direction marks turn amounts round, and half
    surrogate pairs cannot be written down.
    """
    seen = (char if char.isprintable() else _blank(char) for char in text)
    return " ".join("".join(seen).split(" ")).strip()


def _blank(char: str) -> str:
    return "" if unicodedata.category(char) in ("Cf", "Cs", "Cn", "Co") else " "


def _plain(char: str) -> str:
    if unicodedata.category(char) == "Cf":
        return ""
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def _holds_card(text: str) -> bool:
    """True when neighbouring groups of digits together are a card number."""
    groups = re.findall(r"\d+", text)
    for first in range(len(groups)):
        digits = ""
        for group in groups[first:]:
            digits += group
            if len(digits) > LONGEST_CARD:
                break
            if len(digits) >= SHORTEST_CARD and _is_luhn(digits):
                return True
    return False


def _is_luhn(digits: str) -> bool:
    if not int(digits):
        return False
    doubled = (2 * int(d) if place % 2 else int(d) for place, d in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
