"""What a cashier types finds what a shopper means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.store.catalogue_builder import CatalogueBuilder, CatalogueMeta
from pos.store.catalogue_file import CatalogueFile
from pos.store.catalogue_search import MOST_LISTED
from pos.store.catalogue_words import gtin_ranges, words_of
from tests.builders import CURRENCY, MORNING_MS, catalogue, catalogue_row, product

NAMES = (
    "Galleta María", "Galletas María Dorada", "Galletas de avena", "María Luisa infusión",
    "Jamón", "Jamones surtidos", "Jamón ibérico de bellota", "Jamonero de madera", "Leche",
    "Leche entera", "Lechuga iceberg", "Pan de molde", "Panecillos", "Café molido", "7up",
    "Piña en su jugo", "Luz LED 40 W", "한국 김치", "नमस्ते मसाला",
)  # fmt: skip
FIRST_GTIN = 8_410_000_000_010


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CatalogueFile]:
    """Return a small shop's catalogue, short names first as a hub ranks them."""
    ranked = sorted(enumerate(NAMES), key=lambda pair: (len(pair[1]), pair[1]))
    products = [
        product(f"{FIRST_GTIN + number}", name=name, brand="Alda" if number % 2 else "Brisa")
        for number, name in ranked
    ]
    products.append(product("AB-204", name="Tornillo", gtin=None))
    products.append(product("4011", name="Plátano", gtin=None))
    products.append(product("0000000000031", name="Cacao"))
    made = CatalogueFile(catalogue(tmp_path_factory.mktemp("catalogue"), products))
    yield made
    made.close()


def names(opened: CatalogueFile, text: str, limit: int = 50) -> list[str]:
    return [hit.product.name for hit in opened.search(text, limit=limit)]


@pytest.mark.parametrize("text", ["jamon", "JAMÓN", "jamón", "Jamo\u0301n", " jamon  "])
def test_accents_and_case_do_not_matter(opened: CatalogueFile, text: str) -> None:
    assert names(opened, text) == [
        "Jamón", "Jamón ibérico de bellota", "Jamones surtidos", "Jamonero de madera",
    ]  # fmt: skip


def test_a_plural_finds_the_singular(opened: CatalogueFile) -> None:
    assert names(opened, "galletas maria") == ["Galleta María", "Galletas María Dorada"]
    assert set(names(opened, "jamones")) >= {"Jamones surtidos", "Jamón"}
    assert names(opened, "panes")[0] == "Pan de molde"


def test_a_plural_does_not_drag_in_other_words(opened: CatalogueFile) -> None:
    assert names(opened, "leches") == ["Leche", "Leche entera"]


def test_words_may_come_in_any_order_and_unfinished(opened: CatalogueFile) -> None:
    assert names(opened, "mar gall") == ["Galleta María", "Galletas María Dorada"]


def test_whole_words_come_before_beginnings_and_short_names_first(opened: CatalogueFile) -> None:
    assert names(opened, "pan") == ["Pan de molde", "Panecillos"]
    assert names(opened, "leche") == ["Leche", "Leche entera"]
    assert names(opened, "lech") == ["Leche", "Leche entera", "Lechuga iceberg"]


def test_the_brand_is_found_too(opened: CatalogueFile) -> None:
    assert set(names(opened, "alda leche")) | set(names(opened, "brisa leche")) == {
        "Leche", "Leche entera",
    }  # fmt: skip


def test_a_slip_at_the_end_of_a_long_word_still_finds_something(opened: CatalogueFile) -> None:
    assert names(opened, "galletaz maria") == ["Galleta María", "Galletas María Dorada"]
    assert names(opened, "jamonxyz")[0] == "Jamón"


def test_a_word_nobody_knows_does_not_spoil_the_others(opened: CatalogueFile) -> None:
    assert names(opened, "galleta qqqq maría") == ["Galleta María", "Galletas María Dorada"]
    assert names(opened, "qqqq") == []


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CatalogueFile]:
    """Return a catalogue with a best seller first, then by the length of the names."""
    names_by_rank = [
        "Barra de pan", "Buen pan", "Pan pita", "\"Pan\" negro", "Panache", "Bon panaché",
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("shelf")
    with CatalogueBuilder(folder, CatalogueMeta(1, CURRENCY, MORNING_MS)) as builder:
        builder.add_products(
            catalogue_row(product(f"{FIRST_GTIN + number}", name=name), popularity=not number)
            for number, name in enumerate(names_by_rank)
        )
        made = CatalogueFile(builder.finish(len(names_by_rank)))
    yield made
    made.close()


def test_names_that_begin_with_the_word_come_first_but_after_what_sells_best(
    shelf: CatalogueFile,
) -> None:
    assert names(shelf, "pan") == [
        "Barra de pan", "Pan pita", "\"Pan\" negro", "Panache", "Buen pan", "Bon panaché",
    ]  # fmt: skip


def test_a_product_found_far_down_is_not_lost_when_few_are_asked_for(shelf: CatalogueFile) -> None:
    assert names(shelf, "pan", limit=2) == ["Barra de pan", "Pan pita"]


def test_a_beginning_that_very_many_words_share_is_found_all_the_same(tmp_path: Path) -> None:
    many = [
        product(f"{FIRST_GTIN + n}", name=f"Choco{chr(97 + n // 26)}{chr(97 + n % 26)}")
        for n in range(MOST_LISTED + 2)
    ]
    opened = CatalogueFile(catalogue(tmp_path, many))

    assert names(opened, "choc", limit=3) == ["Chocoaa", "Chocoab", "Chocoac"]
    assert names(opened, "chocoaz") == ["Chocoaz"]
    opened.close()


@given(st.sampled_from(NAMES), st.integers(1, 12))
def test_every_beginning_of_every_word_finds_its_product(name: str, typed: int) -> None:
    for word in words_of(name):
        assert name in names(OPENED, word[:typed]), word[:typed]


def test_words_that_never_stand_together_find_nothing(opened: CatalogueFile) -> None:
    assert names(opened, "leche jamon") == []


def test_the_beginning_of_a_code_is_enough(opened: CatalogueFile) -> None:
    jam = FIRST_GTIN + NAMES.index("Jamón")

    assert names(opened, str(jam)) == ["Jamón"]
    assert len(names(opened, "84100")) == len(NAMES)
    assert names(opened, "0000000000031") == ["Cacao"]


def test_a_sku_and_a_plu_are_found_exactly_first(opened: CatalogueFile) -> None:
    assert names(opened, "4011")[0] == "Plátano"
    assert names(opened, "ab-204") == ["Tornillo"]
    assert names(opened, "AB-2") == ["Tornillo"]


def test_a_number_in_a_name_is_found(opened: CatalogueFile) -> None:
    assert names(opened, "7") == ["7up"]
    assert names(opened, "led 40") == ["Luz LED 40 W"]


def test_other_scripts_are_found(opened: CatalogueFile) -> None:
    assert names(opened, "김치") == ["한국 김치"]
    assert names(opened, "मसाला") == ["नमस्ते मसाला"]


def test_no_more_than_asked_for_comes_back(opened: CatalogueFile) -> None:
    assert len(names(opened, "a", limit=2)) == 2
    assert names(opened, "") == []


@given(st.text(max_size=60))
@example('"')
@example("a* OR b")
@example("NEAR(a b)")
@example("words : x")
@example("-a ^b {c}")
@example("\x00abc")
@example("\ud800")
@example("²³½①")
@example("é\u0301\u0489x")
@example("-" * 5000)
@example("9" * 5000)
def test_nothing_that_can_be_typed_breaks_the_search(text: str) -> None:
    OPENED.search(text)


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "M")), max_size=12))
def test_no_letter_of_any_script_breaks_the_search(text: str) -> None:
    OPENED.search(f"leche {text}")


@given(st.integers(0, 10**14 - 1), st.integers(1, 14))
def test_a_code_is_among_the_numbers_its_beginning_stands_for(gtin: int, typed: int) -> None:
    printed = f"{gtin:014d}"

    assert any(low <= gtin <= high for low, high in gtin_ranges(printed[:typed]))


@pytest.fixture(scope="module", autouse=True)
def _laws_have_a_catalogue(opened: CatalogueFile) -> None:
    global OPENED  # noqa: PLW0603
    OPENED = opened


OPENED: CatalogueFile
