"""What a shopper types, as questions to the full-text index.

Accents and case are the index's own business. A plural also asks for its singular, a code for
the numbers that begin with it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

LONGEST_TEXT = 200
MOST_WORDS = 12
GTIN_LENGTHS = (8, 12, 13, 14)
CODE_FIRST_DIGITS = 4  # from so many digits on a code is likelier than a number in a name
LONG_WORD = 4
SHORTEST_STEM = 3
LONGEST_START = 30
_MARKS_BEFORE_NAMES = " \"'«“¡¿(*-"


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
        any_of(f'"{form}"' for form in (word, *_singulars(word))) for word in words
    )


def beginning(word: str, starting: Callable[[str], str]) -> str:
    """Return the question for one word: it and its singular in -s as beginnings, -es whole.

    `leches` must not ask for `lech*`, which is also lettuce. `starting` gives the question for
    a beginning; that of the singular in -s covers that of the word itself.
    """
    singulars = _singulars(word)
    if not singulars:
        return starting(word)
    return any_of((starting(singulars[0]), *(f'"{form}"' for form in singulars[1:])))


def shorter_beginnings(word: str) -> list[str]:
    """Return the ever shorter beginnings of a long word nothing was found for."""
    if len(word) < LONG_WORD:
        return []
    return [word[:size] for size in range(len(word) - 1, SHORTEST_STEM - 1, -1)]


def listed_form(word: str) -> str | None:
    """Return a word as the index writes it; None where its Unicode may differ from ours."""
    bare = without_accents(word)
    return bare if bare.isascii() and bare.isalnum() else None


def without_accents(text: str) -> str:
    """Return a text in lower case without its accents."""
    lower = text.lower()
    if lower.isascii():
        return lower
    return "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))


def starts_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return what a name begins with that begins with one of the words, or its singular."""
    return tuple(without_accents(form) for word in words for form in (word, *_singulars(word)))


def is_begun_by(name: str, starts: tuple[str, ...]) -> bool:
    """True when a name begins with one of `starts`, whatever its accents and quotation marks."""
    return without_accents(name[:LONGEST_START].lstrip(_MARKS_BEFORE_NAMES)).startswith(starts)


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


def any_of(questions: Iterable[str]) -> str:
    """Return the question for what answers any of several."""
    return f"({' OR '.join(questions)})"


def _singulars(word: str) -> list[str]:
    forms = []
    if len(word) > SHORTEST_STEM and word.endswith("s"):
        forms.append(word[:-1])
    if len(word) > LONG_WORD and word.endswith("es"):
        forms.append(word[:-2])
    return forms
