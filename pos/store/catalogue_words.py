"""What a shopper types, as questions to the full-text index.

Accents and case are the index's own business. A plural also asks for its singular, a code for
the numbers that begin with it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LONGEST_TEXT = 200
MOST_WORDS = 12
GTIN_LENGTHS = (8, 12, 13, 14)
CODE_FIRST_DIGITS = 4  # from so many digits on a code is likelier than a number in a name
LONG_WORD = 4
SHORTEST_STEM = 3


def words_of(text: str, categories: str = "LNM") -> list[str]:
    """Return the words of a text: runs of characters of the given Unicode major categories."""
    kept = "".join(
        character if unicodedata.category(character)[0] in categories else " "
        for character in unicodedata.normalize("NFC", text[:LONGEST_TEXT])
    )
    return kept.lower().split()[:MOST_WORDS]


def plain_words_of(text: str) -> list[str]:
    """Return only what any version of Unicode agrees on: ASCII letters and digits."""
    kept = "".join(c if c.isascii() and c.isalnum() else " " for c in text[:LONGEST_TEXT])
    return kept.lower().split()[:MOST_WORDS]


def whole_words(words: Iterable[str]) -> str:
    """Return the question for products that have every word, or its singular, as it is."""
    return " AND ".join(
        _any_of(f'"{form}"' for form in (word, *_singulars(word))) for word in words
    )


def beginnings(words: Iterable[str]) -> str:
    """Return the question for products with words that begin with every word typed."""
    return " AND ".join(beginning(word) for word in words)


def beginning(word: str) -> str:
    """Return the question for one word: it and its singular in -s as beginnings, -es whole.

    `leches` must not ask for `lech*`, which is also lettuce.
    """
    singulars = (
        f'"{form}"' if word.removesuffix("es") == form else f'"{form}" *'
        for form in _singulars(word)
    )
    return _any_of((f'"{word}" *', *singulars))


def shorter_beginnings(word: str) -> list[str]:
    """Return questions for ever shorter beginnings of a long word nothing was found for."""
    if len(word) < LONG_WORD:
        return []
    return [f'"{word[:size]}" *' for size in range(len(word) - 1, SHORTEST_STEM - 1, -1)]


def code_in(text: str) -> str | None:
    """Return the text when it can be (the beginning of) a code: one word with a digit."""
    code = text.strip()
    is_code = 0 < len(code) <= LONGEST_TEXT and code.isascii() and code.isprintable()
    return code if is_code and " " not in code and any(c.isdigit() for c in code) else None


def gtin_ranges(digits: str) -> list[tuple[int, int]]:
    """Return the ranges of GTIN numbers whose printed form begins with `digits`."""
    number = int(digits)
    ranges = []
    for length in GTIN_LENGTHS:
        if length >= len(digits):
            scale = 10 ** (length - len(digits))
            ranges.append((number * scale, (number + 1) * scale - 1))
    return ranges


def _singulars(word: str) -> list[str]:
    forms = []
    if len(word) > SHORTEST_STEM and word.endswith("s"):
        forms.append(word[:-1])
    if len(word) > LONG_WORD and word.endswith("es"):
        forms.append(word[:-2])
    return forms


def _any_of(questions: Iterable[str]) -> str:
    return f"({' OR '.join(questions)})"
