"""Text reduced to what a printer's code page can print."""

from __future__ import annotations

import unicodedata

REPLACEMENTS = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{SINGLE LOW-9 QUOTATION MARK}": ",",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{DOUBLE LOW-9 QUOTATION MARK}": '"',
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{MINUS SIGN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{BULLET}": "*",
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{MULTIPLICATION SIGN}": "x",
        "\N{EURO SIGN}": "EUR",
        "\N{BOX DRAWINGS LIGHT HORIZONTAL}": "-",
        "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
        "\N{LATIN CAPITAL LETTER L WITH STROKE}": "L",
        "\N{LATIN SMALL LIGATURE OE}": "oe",
        "\N{LATIN CAPITAL LIGATURE OE}": "OE",
        "\N{LATIN SMALL LETTER SHARP S}": "ss",
        "\N{TRADE MARK SIGN}": "(TM)",
    }
)


def printable(text: str, codec: str) -> str:
    """Return `text` with every character that `codec` lacks replaced by the nearest it has.

    The nearest is a customary replacement, else the base letters of its
    compatibility decomposition (NFKD), else ``?``. Control characters other than
    the line feed become spaces, so that no text can command the printer. The
    result may be longer than `text`: lay out afterwards.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(_nearest(char, codec) for char in composed)


def _nearest(char: str, codec: str) -> str:
    if char == "\n" or " " <= char <= "~":
        return char
    if unicodedata.category(char) in ("Cc", "Zs"):
        return " "
    if _has(codec, char):
        return char
    replaced = char.translate(REPLACEMENTS)
    if replaced != char:
        return replaced
    letters = [part for part in unicodedata.normalize("NFKD", char) if _has(codec, part)]
    if letters:
        return "".join(letters)
    return "" if unicodedata.category(char) in ("Mn", "Cf") else "?"


def _has(codec: str, char: str) -> bool:
    try:
        return len(char.encode(codec)) == 1
    except UnicodeEncodeError:
        return False
