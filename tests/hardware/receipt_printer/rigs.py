"""Every way to a receipt printer, each with the levers of the emulated one behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hardware.receipt_printer.document import Align, Cut, Document, Text, row
from hardware.receipt_printer.emulator.link import LinkFaults
from hardware.receipt_printer.emulator.printer import EmulatedPrinter
from hardware.receipt_printer.emulator.server import PtyPrinterServer, TcpPrinterServer
from hardware.receipt_printer.escpos import EscposPrinter
from hardware.receipt_printer.port import ReceiptPrinter
from hardware.receipt_printer.profile import PROFILES, PrinterProfile
from hardware.receipt_printer.simulator import SimulatedPrinter
from hardware.transport.base import Connect
from hardware.transport.serial import SerialTransport
from hardware.transport.tcp import TcpTransport

FINISH_S = 0.3  # a test that waits for silence waits so long
STATUS_S = 0.2
EPSON = PROFILES["epson-80mm"]


@dataclass(frozen=True)
class Rig:
    printer: ReceiptPrinter
    emulator: EmulatedPrinter
    line: LinkFaults
    unplug: Callable[[], None]


def receipt(name: str = "Café solo", lines: int = 1) -> Document:
    items = tuple(row(name, "1,20 €") for _ in range(lines))
    return Document((Text("Ñandú", Align.CENTER), *items, Cut()))


def driver(connect: Connect, profile: PrinterProfile = EPSON) -> EscposPrinter:
    return EscposPrinter(connect, profile, finish_timeout_s=FINISH_S, status_timeout_s=STATUS_S)


@contextmanager
def simulated() -> Iterator[Rig]:
    printer = SimulatedPrinter(48)

    def unplug() -> None:
        printer.is_plugged_in = False

    yield Rig(printer, printer.emulator, printer.line, unplug)


@contextmanager
def over_tcp(profile: PrinterProfile = EPSON) -> Iterator[Rig]:
    emulator = EmulatedPrinter(profile.columns)
    with TcpPrinterServer(emulator) as server:
        printer = driver(lambda: TcpTransport(server.host, server.port), profile)
        yield Rig(printer, emulator, server.faults, server.close)


@contextmanager
def over_a_serial_line() -> Iterator[Rig]:
    emulator = EmulatedPrinter(48)
    with PtyPrinterServer(emulator) as server:
        printer = driver(lambda: SerialTransport(server.device))
        yield Rig(printer, emulator, server.faults, server.close)


RIGS = {"simulator": simulated, "tcp": over_tcp, "serial": over_a_serial_line}
