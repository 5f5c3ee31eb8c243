"""Documents become bytes that print what they say."""

from __future__ import annotations

import logging
import unicodedata

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from hardware.receipt_printer.document import (
    BIG,
    Align,
    Barcode,
    Block,
    Cut,
    Document,
    ErrorCorrection,
    Image,
    Qr,
    Rule,
    Symbology,
    Text,
    row,
)
from hardware.receipt_printer.emulator.printer import EmulatedPrinter
from hardware.receipt_printer.encoder import encode, warm_up
from hardware.receipt_printer.layout import plain_text
from hardware.receipt_printer.profile import PROFILES, CodePage, PrinterProfile
from hardware.receipt_printer.transliterate import printable

SPANISH = "¿¡áéíóúüñÁÉÍÓÚÜÑªº€"
BY_COLUMNS = {p.columns: p for p in PROFILES.values() if p.name.startswith("epson")}
cp858 = st.text(
    st.characters(codec="cp858", exclude_categories=("Cc", "Zs", "Cf"), include_characters=" "),
    max_size=80,
)


def printed(document: Document, profile: PrinterProfile) -> EmulatedPrinter:
    printer = EmulatedPrinter(profile.columns)
    printer.receive(encode(document, profile))
    return printer


@given(cp858, cp858, st.sampled_from(Align), st.sampled_from(sorted(BY_COLUMNS)))
def test_the_paper_says_what_the_preview_says(
    name: str, title: str, align: Align, columns: int
) -> None:
    blocks = (Text(title, align), Text(title, align, BIG), row(name, "1.234,56 €"), Rule(), Cut())
    document = Document(blocks, columns)

    printer = printed(document, BY_COLUMNS[columns])

    assert [receipt.text for receipt in printer.receipts] == [plain_text(document)]
    assert printer.unknown == []


@given(st.text(max_size=40))
def test_no_text_can_command_the_printer(text: str) -> None:
    data = printable(text, "cp858")

    assert all(char == "\n" or unicodedata.category(char) != "Cc" for char in data)
    assert len(data.encode("cp858")) == len(data)


def test_a_product_name_full_of_commands_is_only_text() -> None:
    document = Document((Text("Café\x1bp\x00\x19\xfa\x1dV\x00\x10\x14\x01\x00\x05"), Cut()))

    printer = printed(document, BY_COLUMNS[48])

    assert printer.pulses == []
    assert len(printer.receipts) == 1


@pytest.mark.parametrize("page", [CodePage.CP858, CodePage.CP1252])
def test_spanish_and_the_euro_come_out_whole(page: CodePage) -> None:
    profile = PrinterProfile("test", 48, 576, page)

    printer = printed(Document((Text(SPANISH), Cut())), profile)

    assert printer.receipts[0].text == SPANISH + "\n"


@pytest.mark.parametrize("page", [CodePage.CP850, CodePage.CP437])
def test_without_a_euro_sign_the_amount_still_ends_at_the_edge(page: CodePage) -> None:
    profile = PrinterProfile("test", 32, 384, page)

    printer = printed(Document((row("Café", "1,20 €"), Cut()), 32), profile)

    assert printer.receipts[0].text == "Café                    1,20 EUR\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Ñandú” – 2×1…", '"Ñandú" - 2x1...'),
        ("Łódź Œuvre ﬁn", "Lódz OEuvre fin"),
        ("日本", "??"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("a\tb\N{NO-BREAK SPACE}c\N{ZERO WIDTH SPACE}d", "a b cd"),
    ],
)
def test_what_the_page_lacks_is_replaced_by_the_nearest(text: str, expected: str) -> None:
    assert printable(text, "cp437") == expected


def test_a_decoder_reads_every_code_off_the_paper() -> None:
    url = "https://tienda.example/t/T01-000042?señal=ñ"
    blocks: tuple[Block, ...] = (
        Text("Códigos"),
        Barcode(Symbology.CODE128, "T01-{42}~x"),
        Text(""),
        Barcode(Symbology.EAN13, "8412345678905", module=3),
        Text(""),
        Qr(url),
        Text(""),
        Cut(),
    )

    printer = printed(Document(blocks), BY_COLUMNS[48])

    codes = zxingcpp.read_barcodes(printer.receipts[0].picture())
    assert {code.text for code in codes} == {"T01-{42}~x", "8412345678905", url}


@pytest.mark.parametrize("level", ErrorCorrection)
def test_a_qr_code_is_printed_with_the_error_correction_asked_for(level: ErrorCorrection) -> None:
    document = Document((Qr("https://tienda.example", level), Cut()))

    printer = printed(document, BY_COLUMNS[48])

    [code] = zxingcpp.read_barcodes(printer.receipts[0].picture())
    assert code.ec_level == level.value


def test_a_logo_comes_out_dot_by_dot_in_the_middle() -> None:
    bits = bytes(range(256))
    document = Document((Image(64, 32, bits), Cut()))

    printer = printed(document, BY_COLUMNS[48])

    [item] = printer.receipts[0].lines[0].items
    assert item.x == (576 - 64) // 2
    dots = printer.receipts[0].picture().crop((24 + item.x, 24, 24 + item.x + 64, 24 + 32))
    assert dots.point(lambda level: 255 - level).convert("1").tobytes() == bits


def test_a_document_for_wide_paper_is_laid_out_for_the_paper_there_is() -> None:
    printer = printed(Document((row("Café", "1,20 €"), Cut()), 48), BY_COLUMNS[32])

    assert printer.receipts[0].text == "Café                      1,20 €\n"


def test_printing_leaves_the_logging_of_the_program_alone() -> None:
    before = list(logging.getLogger().handlers)

    warm_up()
    encode(Document((Text("x"),)), BY_COLUMNS[48])

    assert logging.getLogger().handlers == before
