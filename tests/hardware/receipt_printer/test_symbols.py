"""Barcodes drawn by the emulator are read by a decoder."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hardware.receipt_printer.emulator import graphics
from hardware.receipt_printer.emulator.symbols import (
    CODE39,
    CODE39_ALPHABET,
    CODE128,
    EAN8,
    EAN13,
    UPC_A,
    Symbol,
    UnprintableSymbol,
    check_digit,
    symbol_of,
)


def scanned(symbol: Symbol) -> list[tuple[str, str]]:
    bars = graphics.modules([symbol.modules], 2, 60)
    paper = Image.new("L", (bars.width + 60, bars.height + 20), 255)
    paper.paste(bars, (30, 10))
    return [(code.text, str(code.format)) for code in zxingcpp.read_barcodes(paper)]


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@given(digits(12))
def test_any_ean13_is_read_back(number: str) -> None:
    symbol = symbol_of(EAN13, number.encode())

    assert scanned(symbol) == [(number + check_digit(number), "EAN-13")]


@given(digits(7))
def test_any_ean8_is_read_back(number: str) -> None:
    symbol = symbol_of(EAN8, number.encode())

    assert (number + check_digit(number), "EAN-8") in scanned(symbol)


@given(digits(11))
def test_any_upc_a_is_read_back_as_the_ean13_it_is(number: str) -> None:
    symbol = symbol_of(UPC_A, number.encode())

    assert scanned(symbol) == [("0" + number + check_digit(number), "EAN-13")]


@given(st.text([chr(code) for code in range(32, 127)], min_size=1, max_size=20))
def test_any_printable_text_is_read_back_from_code_128(text: str) -> None:
    symbol = symbol_of(CODE128, b"{B" + text.replace("{", "{{").encode())

    assert symbol.text == text
    assert scanned(symbol) == [(text, "Code 128")]


@given(st.lists(st.integers(0, 99), min_size=2, max_size=10))
def test_pairs_of_digits_in_code_set_c_are_read_back(pairs: list[int]) -> None:
    symbol = symbol_of(CODE128, b"{C" + bytes(pairs))

    assert scanned(symbol) == [("".join(f"{pair:02d}" for pair in pairs), "Code 128")]


LETTERS_OF_CODE39 = CODE39_ALPHABET[:39]  # the others make Code 39 Extended before a letter
CODE32_LENGTH = 6  # six signs may also be read as an Italian Code 32, which is Code 39 in bars


@given(
    st.text(LETTERS_OF_CODE39, min_size=2, max_size=12).filter(
        lambda text: text == text.strip() and len(text) != CODE32_LENGTH
    )
)
def test_any_code_39_is_read_back(text: str) -> None:
    assert scanned(symbol_of(CODE39, text.encode())) == [(text, "Code 39")]


def test_the_signs_of_code_39_are_read_back() -> None:
    assert scanned(symbol_of(CODE39, b"1$2/3+4%5")) == [("1$2/3+4%5", "Code 39")]


def test_code_sets_may_change_inside_a_code_128() -> None:
    symbol = symbol_of(CODE128, b"{AAB{SbC{C\x0c\x22{Bxy")

    assert symbol.text == "ABbC1234xy"
    assert scanned(symbol) == [("ABbC1234xy", "Code 128")]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        pytest.param(EAN13, b"8412345678901", id="wrong check digit"),
        pytest.param(EAN13, b"841234567", id="too short"),
        pytest.param(EAN8, b"9638507x", id="a letter"),
        pytest.param(CODE39, b"lower case", id="small letters in Code 39"),
        pytest.param(CODE128, b"T01", id="no code set named"),
        pytest.param(CODE128, b"{C\x7f", id="no pair of digits"),
        pytest.param(CODE128, b"{BAB{Z", id="no such escape"),
        pytest.param(71, b"A123A", id="Codabar is not drawn"),
    ],
)
def test_what_fits_no_symbology_is_not_printed(kind: int, data: bytes) -> None:
    with pytest.raises(UnprintableSymbol):
        symbol_of(kind, data)
