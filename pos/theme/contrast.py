"""How far apart two colours are for the eye."""

from __future__ import annotations


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1, of a colour written `#RRGGBB`.

    Source:
        WCAG 2.2, "relative luminance".
    """
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio, 1 to 21, of two colours written `#RRGGBB`.

    Source:
        WCAG 2.2, "contrast ratio".
    """
    lower, higher = sorted((luminance(one), luminance(other)))
    return (higher + 0.05) / (lower + 0.05)
