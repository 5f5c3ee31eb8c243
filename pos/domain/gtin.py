"""GTINs: check digit, one number for every length, UPC-E spelled out.

A GTIN is kept as a number, which is the same for all its lengths: padded with zeros to
fourteen digits it reads as GTIN-14.
"""

from __future__ import annotations

LENGTHS = frozenset({8, 12, 13, 14})


def is_digits(text: str) -> bool:
    """True for ASCII digits only (`str.isdigit` also takes ``²`` and ``٣``)."""
    return text.isascii() and text.isdigit()


def check_digit(payload: str) -> int:
    """Return the check digit of a GTIN, SSCC or GLN given without it.

    Args:
        payload: The digits before the check digit.

    Source:
        GS1 General Specifications, 7.9.1 (weights 3, 1, 3… from the right).
    """
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(payload)))
    return -total % 10


def is_gtin(text: str) -> bool:
    """True when `text` has the length of a GTIN and the right check digit, and is not zero."""
    return (
        len(text) in LENGTHS
        and is_digits(text)
        and int(text) > 0
        and check_digit(text[:-1]) == int(text[-1])
    )


def gtin_14(gtin: int) -> str:
    """Return a GTIN as fourteen digits."""
    return f"{gtin:014d}"


def upc_a_of_upc_e(text: str) -> str | None:
    """Return the twelve digits a UPC-E symbol stands for, or None when it is none.

    Args:
        text: Six digits as encoded in the bars, seven with the number system (0 or 1) in
            front, or eight with the check digit too, which must be right.

    Source:
        GS1 General Specifications, 5.2.2.4.2 (zero suppression).
    """
    if not is_digits(text) or not 6 <= len(text) <= 8:
        return None
    system = text[0] if len(text) > 6 else "0"
    if system not in "01":
        return None
    six = text if len(text) == 6 else text[1:7]
    payload = system + _without_zero_suppression(six)
    check = str(check_digit(payload))
    if len(text) == 8 and text[-1] != check:
        return None
    return payload + check


def _without_zero_suppression(six: str) -> str:
    body, last = six[:5], six[5]
    if last in "012":
        return f"{body[:2]}{last}0000{body[2:]}"
    if last == "3":
        return f"{body[:3]}00000{body[3:]}"
    if last == "4":
        return f"{body[:4]}00000{body[4]}"
    return f"{body}0000{last}"
