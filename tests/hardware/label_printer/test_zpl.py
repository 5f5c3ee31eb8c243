"""The bytes of ZPL, and answers that no printer should give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hardware.label_printer.emulator import EmulatedLabelPrinter
from hardware.label_printer.port import LabelPaper
from hardware.label_printer.zpl import HostStatus, label_format, read_status, status_answer
from hardware.label_printer.zpl_tcp import ZplPrinter
from hardware.receipt_printer.document import Image
from hardware.receipt_printer.emulator.link import Link, LinkFaults
from hardware.receipt_printer.port import PrinterStatus, PrintOutcome
from hardware.receipt_printer.simulator import MemoryTransport
from hardware.transport.replay import Exchange, ReplayTransport

TINY = Image(8, 2, b"\xf0\x0f")
TINY_FORMAT = b"^XA^PW8^LL2^LH0,0^FO0,0^GFA,2,2,1,F00F^FS^PQ1^XZ"
# As in Zebra's guide: three strings between STX and ETX, each with CR and LF after it.
FINE = (
    b"\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n"
    b"\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n"
    b"\x021234,0\x03\r\n"
)
BUSY = FINE.replace(b"1245,000,", b"1245,001,")

flags = st.builds(
    HostStatus,
    *(st.booleans() for _ in range(7)),
    formats=st.integers(0, 999),
    labels=st.integers(0, 99_999_999),
)


def test_a_picture_is_one_graphic_field_in_the_corner_of_a_label() -> None:
    assert label_format(TINY) == TINY_FORMAT


def test_the_printer_is_asked_before_and_after_until_nothing_waits() -> None:
    line = ReplayTransport(
        [Exchange(b"~HS", FINE), Exchange(TINY_FORMAT + b"~HS", BUSY), Exchange(b"~HS", FINE)]
    )
    printer = ZplPrinter(lambda: line, LabelPaper(8, 2), pause=lambda _: None)

    assert printer.print(TINY) is PrintOutcome.CONFIRMED


def test_a_printer_that_never_answers_is_only_sent_its_label() -> None:
    emulator = EmulatedLabelPrinter()
    printer = ZplPrinter(
        lambda: MemoryTransport(Link(emulator, LinkFaults())), LabelPaper(8, 2), has_status=False
    )

    assert printer.print(TINY) is PrintOutcome.SENT
    assert printer.status() == PrinterStatus()
    assert emulator.labels == [TINY]


@given(flags)
def test_a_status_is_read_as_it_was_said(status: HostStatus) -> None:
    assert read_status(status_answer(status)) == status


@given(st.binary(max_size=200))
def test_no_answer_however_wrong_makes_the_till_stumble(answer: bytes) -> None:
    assert read_status(answer) is None or b"," in answer


@given(st.integers(1, 20), st.integers(1, 20), st.data())
def test_any_picture_comes_out_as_it_went_in(across: int, down: int, data: st.DataObject) -> None:
    size = across * down
    picture = Image(across * 8, down, data.draw(st.binary(min_size=size, max_size=size)))
    emulator = EmulatedLabelPrinter()

    for byte in label_format(picture):
        emulator.receive(bytes([byte]))

    assert emulator.labels == [picture]


def test_a_format_that_is_not_ours_prints_nothing() -> None:
    emulator = EmulatedLabelPrinter()

    emulator.receive(b"^XA^FO50,50^ADN,36,20^FDHello^FS^XZ")
    emulator.receive(b"^XA^FO0,0^GFA,3,3,1,F00F^FS^XZ")

    assert emulator.labels == []
