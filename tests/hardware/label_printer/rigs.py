"""Every way to a label printer, each with the levers of the emulated one behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hardware.label_printer.emulator import EmulatedLabelPrinter
from hardware.label_printer.port import LabelPaper, LabelPrinter
from hardware.label_printer.simulator import SimulatedLabelPrinter, TcpLabelPrinterServer
from hardware.label_printer.zpl_tcp import ZplPrinter
from hardware.receipt_printer.document import Image
from hardware.receipt_printer.emulator.link import LinkFaults
from hardware.transport.tcp import TcpTransport

PAPER = LabelPaper(160, 64)
FINISH_S, STATUS_S = 0.3, 0.2  # a test that waits for silence waits so long


@dataclass(frozen=True)
class Rig:
    printer: LabelPrinter
    emulator: EmulatedLabelPrinter
    line: LinkFaults
    unplug: Callable[[], None]


def label(seed: int = 0) -> Image:
    """Return a picture that no other seed gives."""
    rows = (bytes((seed + x * y) % 256 for x in range(20)) for y in range(64))
    return Image(160, 64, b"".join(rows))


@contextmanager
def simulated() -> Iterator[Rig]:
    printer = SimulatedLabelPrinter(PAPER)

    def unplug() -> None:
        printer.is_plugged_in = False

    yield Rig(printer, printer.emulator, printer.line, unplug)


@contextmanager
def over_tcp() -> Iterator[Rig]:
    emulator = EmulatedLabelPrinter()
    with TcpLabelPrinterServer(emulator) as server:
        printer = ZplPrinter(
            lambda: TcpTransport(server.host, server.port),
            PAPER,
            finish_timeout_s=FINISH_S,
            status_timeout_s=STATUS_S,
        )
        yield Rig(printer, emulator, server.faults, server.close)


RIGS = {"simulator": simulated, "tcp": over_tcp}
