"""The number on a customer's card, as a scanner reads it or a person types it.

Cards were printed by whoever ran the programme before, so that there is no check digit of ours:
letters, a dash and digits (``NOGAL-000101``), or whatever begins as the shop says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_USUAL = re.compile(r"[A-Z]{2,12}-[0-9]{4,12}")
_REST = re.compile(r"[A-Z0-9-]{3,30}")
# What a scanner set to the US layout types for a dash on a Spanish or Latin American keyboard.
_FROM_OTHER_LAYOUTS = str.maketrans({"'": "-", "?": "-"})


@dataclass(frozen=True, slots=True)
class CustomerScan:
    """A customer's card, by its number in upper case."""

    card: str


def read_member_card(text: str, prefix: str = "") -> CustomerScan | None:
    """Return the card that a code is, None for other codes.

    Args:
        text: Without its AIM identifier.
        prefix: What the shop's cards begin with; empty for letters, a dash and digits.
    """
    card = text.upper().translate(_FROM_OTHER_LAYOUTS)
    if not prefix:
        return CustomerScan(card) if _USUAL.fullmatch(card) else None
    rest = card.removeprefix(prefix.upper())
    is_one = rest != card and card.isascii() and _REST.fullmatch(rest) is not None
    return CustomerScan(card) if is_one else None
