"""Receipts fit their paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.receipt_printer.document import (
    BIG,
    BOLD,
    NORMAL,
    Align,
    Barcode,
    Column,
    Cut,
    Document,
    Feed,
    Image,
    Qr,
    Rule,
    Style,
    Symbology,
    Table,
    Text,
    row,
)
from hardware.receipt_printer.layout import (
    columns_in,
    display_width,
    fit,
    pad,
    plain_text,
    text_lines,
    wrap,
)

WIDTHS = (48, 42, 32)
words = st.text(st.sampled_from("abc ñÑ áé 12,.-(€) "), max_size=60)
amounts = st.from_regex(r"\A-?[0-9]{1,3}(\.[0-9]{3}){0,2},[0-9]{2} €\Z")
styles = st.sampled_from([NORMAL, BOLD, BIG])


@given(words, amounts, styles, st.sampled_from(WIDTHS))
def test_an_amount_is_never_cut_whatever_stands_beside_it(
    name: str, amount: str, style: Style, columns: int
) -> None:
    lines = [line.text for line in text_lines(row(name, amount, style), columns)]

    assert sum(line.endswith(amount) for line in lines) == 1


@given(words, amounts, amounts, styles, st.sampled_from(WIDTHS))
def test_no_line_is_wider_than_the_paper(
    name: str, price: str, total: str, style: Style, columns: int
) -> None:
    table = Table(
        (Column(Align.RIGHT, 3), Column(), Column(Align.RIGHT), Column(Align.RIGHT)),
        (("12", name, price, total), ("1", "x", "0,05 €", "0,05 €")),
        style,
    )

    for line in text_lines(table, columns) + text_lines(Text(name, style=style), columns):
        assert display_width(line.text) <= columns_in(line.style, columns)


@given(words, st.integers(4, 48))
def test_wrapping_loses_no_letter(text: str, width: int) -> None:
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


@given(words, st.integers(2, 48))
def test_a_fitted_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    fitted = fit(text, width)

    assert display_width(fitted) <= width
    assert fitted == text or fitted.endswith(".")


def test_words_stay_whole_where_they_can() -> None:
    assert wrap("Galletas María de la abuela", 16) == ["Galletas María", "de la abuela"]
    assert wrap("Desoxirribonucleico", 8) == ["Desoxirr", "ibonucle", "ico"]
    assert wrap("", 8) == [""]


def test_wide_characters_take_two_columns_and_accents_none() -> None:
    assert display_width("日本") == 4
    assert display_width("e\N{COMBINING ACUTE ACCENT}") == 1
    assert pad("日本", 6, Align.RIGHT) == "  日本"


def test_an_amount_without_room_goes_below_its_text() -> None:
    block = row("Importe total de la compra", "1.234.567,00 €", BIG)

    assert [line.text for line in text_lines(block, 32)] == [
        "Importe total de",
        "la compra",
        "  1.234.567,00 €",
    ]


def test_an_amount_too_wide_at_double_width_is_printed_at_normal_width() -> None:
    block = row("TOTAL", "-1.234.567,00 EUR", BIG)

    [line] = text_lines(block, 32)

    assert line.text == "TOTAL          -1.234.567,00 EUR"
    assert line.style == Style(bold=True, double_height=True)


def test_a_receipt_as_text() -> None:
    document = Document(
        (
            Text("Ñandú", Align.CENTER, BIG),
            Rule(),
            row("Café solo", "1,20 €"),
            row("TOTAL", "1,20 €", BIG),
            Image(16, 1, b"\xff\x00"),
            Barcode(Symbology.CODE128, "T01-42"),
            Qr("https://x.example"),
            Feed(),
            Text("Gracias", Align.RIGHT),
            Cut(),
        ),
        columns=32,
    )

    assert plain_text(document) == (
        "     Ñandú\n"
        "--------------------------------\n"
        "Café solo                 1,20 €\n"
        "TOTAL     1,20 €\n"
        "          [image 16x1]\n"
        "        [CODE128 T01-42]\n"
        "     [QR https://x.example]\n"
        "\n"
        "                         Gracias\n"
    )


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda: Document((), columns=8), id="paper too narrow"),
        pytest.param(lambda: Image(12, 1, b"\0\0"), id="width no multiple of 8"),
        pytest.param(lambda: Image(16, 2, b"\0\0"), id="too few bits"),
        pytest.param(lambda: Barcode(Symbology.EAN13, "123"), id="too few digits"),
        pytest.param(lambda: Barcode(Symbology.CODE128, "ñ"), id="not ASCII"),
        pytest.param(lambda: Table((Column(),), (("a", "b"),)), id="a text too many"),
    ],
)
def test_what_cannot_be_printed_cannot_be_built(build: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        build()  # type: ignore[operator]
