"""The emulator prints what two encoders of other people meant."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from hardware.receipt_printer.emulator.paper import Figure, Receipt
from hardware.receipt_printer.emulator.printer import EmulatedPrinter, Pulse
from hardware.receipt_printer.port import DrawerPin

FIXTURES = Path(__file__).with_name("fixtures")
FRAMES = str.maketrans("─│┌┐└┘├┤┬┴┼╭╮╰╯", "-|+++++++++++++")
RECEIPTLINE = {
    "receiptline_escpos_48": 48,
    "receiptline_generic_48": 48,
    "receiptline_multilingual_32": 32,
}
ENCODER = {"encoder_48_column": 48, "encoder_42_raster": 42, "encoder_32_raster": 32}
EVERY_STREAM = {**RECEIPTLINE, **ENCODER}
QR_TEXT = "https://tienda.example/t/T01-000042"


def printed(name: str) -> EmulatedPrinter:
    printer = EmulatedPrinter(EVERY_STREAM[name])
    printer.receive((FIXTURES / f"{name}.bin").read_bytes())
    return printer


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def codes_on(receipt: Receipt) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(receipt.picture())}


@pytest.mark.parametrize("name", RECEIPTLINE)
def test_receiptline_reads_as_receiptline_itself_says(name: str) -> None:
    [receipt] = printed(name).receipts

    expected = (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")
    assert lines(receipt.grid.translate(FRAMES)) == lines(expected)


@pytest.mark.parametrize("name", ENCODER)
def test_the_other_encoder_reads_as_its_own_commands_say(name: str) -> None:
    [receipt] = printed(name).receipts

    expected = (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")
    texts = [line.text for line in receipt.lines if not has_figure(line.items)]
    assert lines("\n".join(texts)) == lines(expected)


def has_figure(items: tuple[object, ...]) -> bool:
    return any(isinstance(item, Figure) for item in items)


@pytest.mark.parametrize("name", RECEIPTLINE)
def test_a_scanner_reads_every_code_of_receiptline_off_the_paper(name: str) -> None:
    [receipt] = printed(name).receipts

    assert codes_on(receipt) == {"8412345678905", "T01-000042", "M-42", QR_TEXT}


@pytest.mark.parametrize("name", ENCODER)
def test_a_scanner_reads_every_code_of_the_other_encoder_off_the_paper(name: str) -> None:
    [receipt] = printed(name).receipts

    # A decoder gives UPC-A as the EAN-13 that it is.
    upc_a = "0012345678905"
    assert codes_on(receipt) == {"8412345678905", "96385074", upc_a, "T01-000042", QR_TEXT}


@pytest.mark.parametrize("name", EVERY_STREAM)
def test_the_picture_comes_out_dot_by_dot(name: str) -> None:
    expected = Image.open(FIXTURES / "picture.png").convert("L")

    [receipt] = printed(name).receipts

    figures = [
        item
        for line in receipt.lines
        for item in line.items
        if isinstance(item, Figure) and item.name.startswith("[image 128x")
    ]
    stacked = Image.new("L", (128, sum(figure.height for figure in figures)), 255)
    top = 0
    for figure in figures:
        stacked.paste(figure.picture, (0, top))
        top += figure.height
    assert ImageChops.difference(stacked.crop((0, 0, 128, 64)), expected).getbbox() is None


@pytest.mark.parametrize("name", EVERY_STREAM)
def test_nothing_in_the_streams_is_foreign_to_the_emulator(name: str) -> None:
    assert printed(name).unknown == []


@pytest.mark.parametrize("name", EVERY_STREAM)
def test_a_stream_prints_the_same_in_whatever_pieces_it_arrives(name: str) -> None:
    whole = printed(name).receipts[0]
    data = (FIXTURES / f"{name}.bin").read_bytes()

    in_pieces = EmulatedPrinter(EVERY_STREAM[name])
    for byte in data:
        in_pieces.receive(bytes([byte]))

    assert in_pieces.receipts[0].text == whole.text
    assert in_pieces.receipts[0].picture().tobytes() == whole.picture().tobytes()


@pytest.mark.parametrize("name", ENCODER)
def test_the_other_encoder_opens_the_drawer(name: str) -> None:
    printer = printed(name)

    assert printer.pulses == [Pulse(DrawerPin.PIN_2, on_ms=100, off_ms=200)]
    assert printer.is_drawer_open


def test_receiptlines_last_question_is_answered() -> None:
    printer = printed("receiptline_escpos_48")  # ends with GS r 1

    assert printer.take_replies() == b"\0"
