"""The words of receipts and reports, by language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from pos.resources import resource_path

Words = Mapping[str, str]


class UnknownLanguage(ValueError):
    """Receipts cannot be written in that language."""


@cache
def all_words() -> Mapping[str, Words]:
    """Return the words of every language, by its ISO 639-1 code."""
    path = resource_path("i18n", "receipts.toml")
    words: Mapping[str, Words] = tomllib.loads(path.read_text(encoding="utf-8"))
    return words


def receipt_words(language: str) -> Words:
    """Return the words of one language.

    Raises:
        UnknownLanguage: There is none of that code.
    """
    try:
        return all_words()[language]
    except KeyError:
        raise UnknownLanguage(language) from None
