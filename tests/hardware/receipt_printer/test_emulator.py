"""The emulated printer heeds the commands that receipts of any till may hold."""

from __future__ import annotations

import pytest

from hardware.receipt_printer.emulator.commands import Command
from hardware.receipt_printer.emulator.paper import Figure, Receipt
from hardware.receipt_printer.emulator.printer import EmulatedPrinter, Pulse
from hardware.receipt_printer.emulator.server import TcpPrinterServer
from hardware.receipt_printer.port import DrawerPin, Paper
from hardware.transport.tcp import TcpTransport

CUT = b"\x1dV\x00"


def printed(data: bytes, columns: int = 32) -> Receipt:
    printer = EmulatedPrinter(columns)
    printer.receive(b"\x1b@" + data + CUT)
    assert printer.unknown == []
    return printer.receipts[0]


def asked(data: bytes, printer: EmulatedPrinter | None = None) -> bytes:
    printer = printer or EmulatedPrinter()
    printer.receive(data)
    return printer.take_replies()


@pytest.mark.parametrize(
    ("page", "code", "expected"),
    [
        (0, b"\xa4\x9b", "ñ¢"),
        (1, b"\x95\x96\x9c", "─│╭"),
        (1, b"\xb1\xff", "ｱ\N{REPLACEMENT CHARACTER}"),
        (2, b"\xa4\xb5", "ñÁ"),
        (16, b"\xf1\x80", "ñ€"),
        (19, b"\xa4\xd5", "ñ€"),
        (99, b"a\xf1", "a\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_a_byte_prints_what_its_code_page_says(page: int, code: bytes, expected: str) -> None:
    assert printed(b"\x1bt" + bytes([page]) + code + b"\n").text == expected + "\n"


def test_a_line_too_long_goes_on_below() -> None:
    assert printed(b"x" * 33 + b"\n").text == "x" * 32 + "\nx\n"


def test_text_stands_where_tabs_and_positions_put_it() -> None:
    assert printed(b"a\tb\n").text == "a       b\n"
    assert printed(b"\x1bD\x04\x0a\x00a\tb\tc\td\n").text == "a   b     cd\n"
    assert printed(b"\x1b$\x3c\x00a\x1b\\\x18\x00b\n").text == "     a  b\n"
    assert printed(b"\x1dL\x18\x00\x1dW\x78\x00\x1ba\x02ab\n").text == "          ab\n"


def test_one_command_may_set_all_of_the_style() -> None:
    [line, plain] = printed(b"\x1b!\xb8a\n\x1b!\x01b\n").lines

    [cell] = line.cells
    assert (cell.columns, cell.rows, cell.is_bold, cell.underline) == (2, 2, True, 1)
    assert plain.cells[0].width == 9


def test_a_reset_forgets_every_setting() -> None:
    receipt = printed(b"\x1bE\x01\x1d!\x11\x1ba\x01\x1bt\x13a\x1b@\xa4\n", 48)

    [cell] = receipt.lines[0].cells
    assert (cell.x, cell.char, cell.columns, cell.is_bold) == (0, "ñ", 1, False)


def test_feeding_moves_the_paper() -> None:
    short = printed(b"a\n")
    assert printed(b"a\n\x1bJ\x64").height == short.height + 100
    assert printed(b"a\x1bJ\x64").height == 100
    assert printed(b"a\x1bd\x03").height == 3 * short.height
    assert printed(b"\x1b3\x3ca\n").height == 60


def test_upside_down_paper_is_turned() -> None:
    upright = printed(b"a\n").picture()

    assert printed(b"\x1b{\x01a\n").picture().rotate(180).tobytes() == upright.tobytes()


def test_a_picture_may_be_doubled_both_ways() -> None:
    [line] = printed(b"\x1dv0\x03\x01\x00\x02\x00\xff\x00").lines

    [figure] = line.items
    assert isinstance(figure, Figure)
    assert figure.picture.size == (16, 4)
    assert figure.picture.getextrema() == (0, 255)


def test_a_barcode_wider_than_the_paper_is_not_printed() -> None:
    printer = EmulatedPrinter(32)

    printer.receive(b"\x1dw\x06\x1dk\x49\x14{B" + b"123456789012345678" + b"\x1dV\x00")

    assert printer.receipts[0].lines == ()
    assert [command.code for command in printer.unknown] == [b"\x1dk"]


def test_barcodes_of_the_older_function_end_with_nul() -> None:
    assert printed(b"\x1dH\x03\x1dw\x02\x1dk\x028412345678905\x00").text == (
        "[EAN13 8412345678905]\n"
    )


def test_what_is_not_understood_is_kept_for_the_test_to_see() -> None:
    printer = EmulatedPrinter()

    printer.receive(b"\x1bL\x1d(k\x03\x001\x99\x01\x1d(k\x03\x000A\x01\x1d(L\x02\x0000\x01")

    assert printer.unknown == [
        Command(b"\x1bL"),
        Command(b"\x1d(k", b"\x03\x001\x99\x01"),
        Command(b"\x1d(k", b"\x03\x000A\x01"),
        Command(b"\x1d(L", b"\x02\x0000"),
        Command(b"\x01", is_known=False),
    ]


def test_an_empty_qr_code_prints_nothing() -> None:
    assert printed(b"\x1d(k\x03\x001Q0").lines == ()


def test_the_printer_tells_who_it_is() -> None:
    assert asked(b"\x1dI\x42\x1dI\x43\x1dI\x01\x1dI\x63") == (
        b"\x5fMOSTRADOR\0\x5fEMULATOR\0\x20\0"
    )


def test_the_drawer_is_told_in_turn_and_by_a_real_time_pulse() -> None:
    printer = EmulatedPrinter()

    assert asked(b"\x1dr\x02", printer) == b"\0"
    printer.receive(b"\x10\x14\x01\x00\x02")

    assert asked(b"\x1dr\x02", printer) == b"\1"
    assert printer.pulses == [Pulse(DrawerPin.PIN_2, on_ms=200, off_ms=200)]


def test_changes_are_told_unasked_once_that_is_wanted() -> None:
    printer = EmulatedPrinter()
    assert asked(b"\x1da\x0f", printer) == b"\x10\0\0\0"
    assert printer.take_replies() == b""

    printer.faults.paper = Paper.NEAR_END
    assert printer.take_replies() == b"\x10\0\x03\0"
    printer.faults.is_cover_open = True
    assert printer.take_replies() == b"\x38\0\x03\0"

    printer.faults.is_cover_open = False
    printer.receive(b"\x1da\x00")
    assert printer.take_replies() == b""


def test_real_time_questions_are_answered_while_the_paper_is_out() -> None:
    printer = EmulatedPrinter()
    printer.faults.paper = Paper.OUT

    assert asked(b"text\n\x1dr\x01\x10\x04\x04", printer) == b"\x7e"
    printer.load_paper()
    assert printer.take_replies() == b"\0"


def test_half_a_command_is_dropped_when_the_host_hangs_up() -> None:
    printer = EmulatedPrinter()
    printer.receive(b"\x1dv0\x00\x08\x00\xff\x00\x00")

    printer.host_hung_up()
    printer.receive(b"Hola\n" + CUT)

    assert printer.receipts[0].text == "Hola\n"


def test_what_hangs_out_of_the_printer_can_be_seen() -> None:
    printer = EmulatedPrinter()

    printer.receive(b"Hola\n")

    assert printer.receipts == []
    assert printer.unfinished.text == "Hola\n"


def test_a_second_host_waits_for_the_first() -> None:
    printer = EmulatedPrinter()
    with TcpPrinterServer(printer) as server:
        first = TcpTransport(server.host, server.port)
        second = TcpTransport(server.host, server.port)
        second.write(b"\x10\x04\x01")
        first.write(b"\x10\x04\x01")

        assert first.read(1, 5.0) == b"\x12"
        first.close()
        assert second.read(1, 5.0) == b"\x12"
        second.close()


def test_a_closed_server_leaves_its_port_and_no_thread() -> None:
    server = TcpPrinterServer(EmulatedPrinter())
    port = server.port

    server.close()
    server.close()

    with TcpPrinterServer(EmulatedPrinter(), port=port) as again:
        assert again.port == port
