"""Settings name devices; a mistake in them is told in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.cash_drawer.keyed import KeyedDrawer
from hardware.cash_drawer.printer_kick import PrinterKickDrawer
from hardware.cash_drawer.simulator import SimulatedDrawer
from hardware.errors import DeviceNotConfigured, DeviceUnreachable
from hardware.label_printer.emulator import EmulatedLabelPrinter
from hardware.label_printer.port import LabelPaper
from hardware.label_printer.simulator import SimulatedLabelPrinter, TcpLabelPrinterServer
from hardware.payment_terminal.simulator import SimulatedTerminal
from hardware.payment_terminal.standalone import StandaloneTerminal
from hardware.receipt_printer.document import Cut, Document, Image, Text
from hardware.receipt_printer.emulator.printer import EmulatedPrinter
from hardware.receipt_printer.emulator.server import PtyPrinterServer, TcpPrinterServer
from hardware.receipt_printer.port import PrintOutcome
from hardware.receipt_printer.simulator import SimulatedPrinter
from hardware.registry import (
    Settings,
    build_drawer,
    build_label_printer,
    build_printer,
    build_terminal,
)

HELLO = Document((Text("Hola"), Cut()))


def test_a_network_printer_prints() -> None:
    emulator = EmulatedPrinter(32)
    with TcpPrinterServer(emulator) as server:
        printer = build_printer(
            {"kind": "tcp", "host": server.host, "port": server.port, "profile": "epson-58mm"}
        )

        assert printer.columns == 32
        assert printer.print(HELLO) is PrintOutcome.CONFIRMED
        assert emulator.receipts[0].text == "Hola\n"


def test_a_serial_printer_prints() -> None:
    with PtyPrinterServer(EmulatedPrinter()) as server:
        printer = build_printer({"kind": "serial", "device": server.device, "baud_rate": 9600})

        assert printer.print(HELLO) is PrintOutcome.CONFIRMED


def test_a_file_printer_writes(tmp_path: Path) -> None:
    printer = build_printer({"kind": "file", "path": str(tmp_path / "lp0")})

    assert printer.print(HELLO) is PrintOutcome.SENT
    assert b"Hola" in (tmp_path / "lp0").read_bytes()


def test_a_usb_printer_that_is_not_plugged_in_is_built_and_says_so_when_used() -> None:
    printer = build_printer({"kind": "usb", "vendor_id": 0xDEAD, "product_id": 0xBEEF})

    with pytest.raises(DeviceUnreachable):
        printer.print(HELLO)


def test_simulated_devices_are_ordinary_choices(tmp_path: Path) -> None:
    printer = build_printer({"kind": "simulator", "columns": 42})
    memory = str(tmp_path / "terminal.jsonl")

    assert isinstance(printer, SimulatedPrinter)
    assert printer.columns == 42
    assert isinstance(build_drawer({"kind": "simulator"}, printer), SimulatedDrawer)
    assert isinstance(build_terminal({"kind": "simulator", "memory": memory}), SimulatedTerminal)


def test_a_drawer_on_the_printer_opens() -> None:
    printer = SimulatedPrinter()
    settings: Settings = {"kind": "printer", "pin": 2, "switch": "high when open"}

    drawer = build_drawer(settings, printer)
    drawer.open()

    assert isinstance(drawer, PrinterKickDrawer)
    assert printer.emulator.is_drawer_open


def test_a_shop_may_have_no_drawer_and_a_terminal_of_its_own() -> None:
    assert isinstance(build_drawer({"kind": "none"}, SimulatedPrinter()), KeyedDrawer)
    terminal = build_terminal({"kind": "standalone", "deadline_s": 60})
    assert isinstance(terminal, StandaloneTerminal)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, "kind is missing"),
        ({"kind": "laser"}, "none of tcp, serial, usb, file, simulator"),
        ({"kind": "tcp"}, "host is missing"),
        ({"kind": "tcp", "host": "h", "port": "9100"}, "port is '9100', not int"),
        ({"kind": "tcp", "host": "h", "profile": "x"}, "profile 'x' is none of epson-80mm"),
        ({"kind": "tcp", "host": "h", "prot": 1}, "tcp knows no prot"),
        ({"kind": "simulator", "columns": 40}, "columns 40 is none of 48, 42, 32"),
    ],
)
def test_a_mistake_in_the_settings_is_told_in_words(settings: Settings, told: str) -> None:
    with pytest.raises(DeviceNotConfigured, match=told):
        build_printer(settings)


def test_labels_come_off_the_receipt_roll_or_off_a_printer_of_their_own() -> None:
    receipts = SimulatedPrinter(48)
    emulator = EmulatedLabelPrinter()
    picture = Image(8, 1, b"\xaa")

    on_roll = build_label_printer({"kind": "receipt"}, receipts)
    with TcpLabelPrinterServer(emulator) as server:
        settings = {"kind": "zpl", "host": server.host, "port": server.port, "dots_per_mm": 12}
        own = build_label_printer(settings, receipts)

        assert own.print(picture) is PrintOutcome.CONFIRMED

    assert emulator.labels == [picture]
    assert own.paper == LabelPaper(1200, 744)
    assert (on_roll.paper, on_roll.status().is_ready) == (LabelPaper(576), True)
    assert on_roll.print(picture) is PrintOutcome.CONFIRMED
    assert "[image 8x1]" in receipts.receipts[0].text
    simulated = build_label_printer({"kind": "simulator", "width_mm": 50}, receipts)
    assert isinstance(simulated, SimulatedLabelPrinter)
    assert simulated.paper == LabelPaper(400, 496)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"kind": "zpl"}, "host is missing"),
        ({"kind": "zpl", "host": "h", "dots_per_mm": 10}, "dots_per_mm 10 is none of 6, 8, 12"),
        ({"kind": "simulator", "width_mm": 5}, "width_mm 5 is none of 25 to 300"),
        ({"kind": "receipt", "host": "h"}, "receipt knows no host"),
    ],
)
def test_a_mistake_in_the_label_printers_settings_is_told_too(
    settings: Settings, told: str
) -> None:
    with pytest.raises(DeviceNotConfigured, match=told):
        build_label_printer(settings, SimulatedPrinter())


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"kind": "printer", "pin": 3}, "pin 3 is none of 2, 5"),
        ({"kind": "printer", "switch": "up"}, "switch 'up' is none of not wired"),
        ({"kind": "printer", "pin": True}, "pin is True, not int"),
    ],
)
def test_a_mistake_in_the_drawers_settings_is_told_too(settings: Settings, told: str) -> None:
    with pytest.raises(DeviceNotConfigured, match=told):
        build_drawer(settings, SimulatedPrinter())
