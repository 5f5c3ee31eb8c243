"""The bundled family in the sizes of the type tokens."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from pos.theme.paths import RESOURCES
from pos.theme.tokens import TypeStyle, tokens

FONTS = RESOURCES / "fonts"


class FontMissingError(RuntimeError):
    """A bundled font file could not be loaded."""


def install() -> list[str]:
    """Load the bundled fonts into the application and return their families.

    Raises:
        FontMissingError: a file is absent or no font.
    """
    families: list[str] = []
    for file in sorted(FONTS.glob("Inter-*.otf")):
        number = QFontDatabase.addApplicationFont(str(file))
        if number < 0:
            raise FontMissingError(str(file))
        families += QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise FontMissingError(str(FONTS))
    return families


@cache
def _token(style: str) -> TypeStyle:
    types = tokens().type
    if style.endswith("+"):
        return replace(types[style[:-1]], weight=types["strong"].weight)
    return types[style]


@cache
def font(style: str) -> QFont:
    """Return the font of a type token, sized in pixels, with tabular figures.

    A `+` after the name of a token, as in `meta+`, gives it the weight of `strong`.

    Raises:
        KeyError: no such token.
    """
    token = _token(style)
    result = QFont(tokens().font)
    result.setPixelSize(token.px)
    result.setWeight(QFont.Weight(token.weight))
    result.setFeature(QFont.Tag(tokens().figures), 1)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


def line_height(style: str) -> int:
    """Return the height in pixels the layout keeps for one line of a type token."""
    return _token(style).line
