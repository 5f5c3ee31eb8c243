"""The words of receipts: complete in every language."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from pos.domain.customer import ConsentKind
from pos.domain.return_purchase import Means
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.returns import ExtraKind, ReturnFlag
from pos.receipts.texts import UnknownLanguage, all_words, receipt_words
from pos.resources import resource_path

SOURCES = resource_path().parent / "pos" / "receipts"
NAMED_BY_VALUE = {
    "cash",
    "card",
    "gift_card",
    "store_credit",
    "import",
    "web",
    "exchange",
    "unit_ea",
    "unit_kg",
    "unit_l",
    "unit_m",
} | {
    "paid_in",
    "paid_out",
    "drop",
}
NAMED_BY_VALUE |= (
    {f"reason_{reason.value}" for reason in Reason if reason is not Reason.OTHER}
    | {f"condition_{condition.value}" for condition in Condition}
    | {f"bin_{disposition.value}" for disposition in Disposition}
    | {f"flag_{flag.value}" for flag in ReturnFlag}
    | {f"consent_{kind.value}" for kind in ConsentKind}
    | {f"extra_{kind.value}" for kind in ExtraKind}
    | {means.value for means in Means}
)


def places(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_spanish_and_english_say_the_same_things() -> None:
    spanish, english = receipt_words("es"), receipt_words("en")

    assert set(spanish) == set(english)
    assert {key: places(spanish[key]) for key in spanish} == {
        key: places(english[key]) for key in spanish
    }
    assert all(text.strip() for words in all_words().values() for text in words.values())


def test_every_word_is_used_and_every_used_word_exists() -> None:
    source = "\n".join(Path(path).read_text(encoding="utf-8") for path in SOURCES.glob("*.py"))
    named = set(re.findall(r"""words\[["'](\w+)["']\]""", source)) | NAMED_BY_VALUE

    titles = set(re.findall(r': "(\w+_title)"', source))

    assert named | titles == set(receipt_words("es"))


def test_a_language_nobody_translated_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        receipt_words("pt")
