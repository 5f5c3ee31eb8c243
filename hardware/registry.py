"""The one place that names every driver: settings in, device out.

Settings are plain mappings, as they come from a file: ``kind`` names the driver,
the other keys are its parameters. Drivers are imported when they are chosen.

Printers::

    {"kind": "tcp", "host": "192.168.1.50", "port": 9100, "profile": "epson-80mm"}
    {"kind": "serial", "device": "/dev/ttyUSB0", "baud_rate": 38400, "profile": …}
    {"kind": "usb", "vendor_id": 1208, "product_id": 514, "serial_number": …, "profile": …}
    {"kind": "file", "path": "/dev/usb/lp0", "profile": "write-only-80mm"}
    {"kind": "simulator", "columns": 48}

Drawers::

    {"kind": "printer", "pin": 2, "switch": "high when open"}
    {"kind": "none"}
    {"kind": "simulator"}

Label printers::

    {"kind": "receipt"}
    {"kind": "zpl", "host": "192.168.1.51", "port": 9100, "width_mm": 100, "height_mm": 62,
     "dots_per_mm": 8, "has_status": true}
    {"kind": "simulator", "width_mm": 100, "height_mm": 62, "dots_per_mm": 8}

Payment terminals::

    {"kind": "standalone", "deadline_s": 600}
    {"kind": "simulator", "wait_s": 1.5, "heeds_amounts": true, "memory": "terminal.jsonl"}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from hardware.cash_drawer.port import CashDrawer
from hardware.errors import DeviceNotConfigured
from hardware.label_printer.port import LabelPaper, LabelPrinter
from hardware.payment_terminal.port import PaymentTerminal
from hardware.receipt_printer.port import DrawerPin, ReceiptPrinter
from hardware.receipt_printer.profile import PROFILES, PrinterProfile
from hardware.transport.base import Connect, Transport

DOTS_PER_MM = (6, 8, 12, 24)  # 152, 203, 300 and 600 dots per inch
SMALLEST_LABEL_MM, LARGEST_LABEL_MM = 25, 300

Settings = Mapping[str, object]
Value = TypeVar("Value", str, int, float, bool)


class Parameters:
    """Reads the parameters of one device and notices those that are wrong or left over."""

    def __init__(self, device: str, settings: Settings) -> None:
        self._device = device
        self._left = dict(settings)
        self.kind = self.take("kind", str)

    def take(self, name: str, kind: type[Value], default: Value | None = None) -> Value:
        """Return a parameter.

        Raises:
            DeviceNotConfigured: It is missing and has no default, or is of another type.
        """
        value = self.find(name, kind)
        if value is not None:
            return value
        if default is None:
            raise DeviceNotConfigured(f"{self._device}: {name} is missing.")
        return default

    def find(self, name: str, kind: type[Value]) -> Value | None:
        """Return a parameter that may be absent.

        Raises:
            DeviceNotConfigured: It is of another type.
        """
        value = self._left.pop(name, None)
        if value is None:
            return None
        if kind is float and type(value) is int:
            return kind(value)
        if type(value) is not kind:
            raise DeviceNotConfigured(f"{self._device}: {name} is {value!r}, not {kind.__name__}.")
        return value

    def wrong(self, name: str, value: object, choices: list[str]) -> DeviceNotConfigured:
        """Return the error for a value that is none of `choices`."""
        known = ", ".join(choices)
        return DeviceNotConfigured(f"{self._device}: {name} {value!r} is none of {known}.")

    def finish(self) -> None:
        """Raise `DeviceNotConfigured` if a parameter was never asked for: a misspelling."""
        if self._left:
            names = ", ".join(self._left)
            raise DeviceNotConfigured(f"{self._device}: {self.kind} knows no {names}.")


def build_printer(settings: Settings) -> ReceiptPrinter:
    """Return the receipt printer that `settings` describe; nothing is opened yet.

    Raises:
        DeviceNotConfigured: No such driver or profile, or wrong parameters.
    """
    parameters = Parameters("receipt printer", settings)
    builders: dict[str, Callable[[Parameters], ReceiptPrinter]] = {
        "tcp": lambda found: _escpos(_tcp(found), found, "epson-80mm"),
        "serial": lambda found: _escpos(_serial(found), found, "epson-80mm"),
        "usb": lambda found: _escpos(_usb(found), found, "epson-80mm"),
        "file": lambda found: _escpos(_file(found), found, "write-only-80mm"),
        "simulator": _simulated_printer,
    }
    return _built(builders, parameters)


def build_drawer(settings: Settings, printer: ReceiptPrinter) -> CashDrawer:
    """Return the cash drawer that `settings` describe; `printer` is the one it may hang on.

    Raises:
        DeviceNotConfigured: No such driver, or wrong parameters.
    """
    parameters = Parameters("cash drawer", settings)
    builders: dict[str, Callable[[Parameters], CashDrawer]] = {
        "printer": lambda found: _printer_drawer(found, printer),
        "none": lambda _: _keyed_drawer(),
        "simulator": lambda _: _simulated_drawer(),
    }
    return _built(builders, parameters)


def build_label_printer(settings: Settings, printer: ReceiptPrinter) -> LabelPrinter:
    """Return the label printer that `settings` describe; `printer` is the one for receipts.

    Raises:
        DeviceNotConfigured: No such driver, or wrong parameters.
    """
    parameters = Parameters("label printer", settings)
    builders: dict[str, Callable[[Parameters], LabelPrinter]] = {
        "receipt": lambda _: _receipt_labels(printer),
        "zpl": _zpl_printer,
        "simulator": _simulated_label_printer,
    }
    return _built(builders, parameters)


def build_terminal(settings: Settings) -> PaymentTerminal:
    """Return the payment terminal that `settings` describe.

    Raises:
        DeviceNotConfigured: No such driver, or wrong parameters.
    """
    parameters = Parameters("payment terminal", settings)
    builders: dict[str, Callable[[Parameters], PaymentTerminal]] = {
        "standalone": _standalone_terminal,
        "simulator": _simulated_terminal,
    }
    return _built(builders, parameters)


Device = TypeVar("Device")


def _built(builders: dict[str, Callable[[Parameters], Device]], found: Parameters) -> Device:
    if found.kind not in builders:
        raise found.wrong("kind", found.kind, list(builders))
    device = builders[found.kind](found)
    found.finish()
    return device


def _escpos(connect: Connect, found: Parameters, default: str) -> ReceiptPrinter:
    from hardware.receipt_printer.escpos import EscposPrinter

    return EscposPrinter(connect, _profile(found, default))


def _profile(found: Parameters, default: str) -> PrinterProfile:
    name = found.take("profile", str, default)
    if name not in PROFILES:
        raise found.wrong("profile", name, list(PROFILES))
    return PROFILES[name]


def _tcp(found: Parameters) -> Connect:
    host = found.take("host", str)
    port = found.take("port", int, 9100)

    def connect() -> Transport:
        from hardware.transport.tcp import TcpTransport

        return TcpTransport(host, port)

    return connect


def _serial(found: Parameters) -> Connect:
    device = found.take("device", str)
    baud_rate = found.take("baud_rate", int, 38_400)
    is_hardware_paced = found.take("is_hardware_paced", bool, default=False)

    def connect() -> Transport:
        from hardware.transport.serial import SerialTransport

        return SerialTransport(device, baud_rate=baud_rate, is_hardware_paced=is_hardware_paced)

    return connect


def _usb(found: Parameters) -> Connect:
    vendor_id = found.take("vendor_id", int)
    product_id = found.take("product_id", int)
    serial_number = found.find("serial_number", str)

    def connect() -> Transport:
        from hardware.transport.usb import UsbTransport

        return UsbTransport(vendor_id, product_id, serial_number=serial_number)

    return connect


def _file(found: Parameters) -> Connect:
    path = Path(found.take("path", str))

    def connect() -> Transport:
        from hardware.transport.file import FileTransport

        return FileTransport(path)

    return connect


def _simulated_printer(found: Parameters) -> ReceiptPrinter:
    from hardware.receipt_printer.emulator.printer import DOTS_OF_COLUMNS
    from hardware.receipt_printer.simulator import SimulatedPrinter

    columns = found.take("columns", int, 48)
    if columns not in DOTS_OF_COLUMNS:
        raise found.wrong("columns", columns, [str(known) for known in DOTS_OF_COLUMNS])
    return SimulatedPrinter(columns)


def _printer_drawer(found: Parameters, printer: ReceiptPrinter) -> CashDrawer:
    from hardware.cash_drawer.printer_kick import DrawerSwitch, PrinterKickDrawer

    pin = found.take("pin", int, DrawerPin.PIN_2.value)
    switch = found.take("switch", str, DrawerSwitch.NOT_WIRED.value)
    if pin not in (2, 5):
        raise found.wrong("pin", pin, ["2", "5"])
    if switch not in {known.value for known in DrawerSwitch}:
        raise found.wrong("switch", switch, [known.value for known in DrawerSwitch])
    return PrinterKickDrawer(printer, pin=DrawerPin(pin), switch=DrawerSwitch(switch))


def _keyed_drawer() -> CashDrawer:
    from hardware.cash_drawer.keyed import KeyedDrawer

    return KeyedDrawer()


def _simulated_drawer() -> CashDrawer:
    from hardware.cash_drawer.simulator import SimulatedDrawer

    return SimulatedDrawer()


def _receipt_labels(printer: ReceiptPrinter) -> LabelPrinter:
    from hardware.label_printer.on_receipts import ReceiptLabelPrinter

    return ReceiptLabelPrinter(printer)


def _zpl_printer(found: Parameters) -> LabelPrinter:
    from hardware.label_printer.zpl_tcp import ZplPrinter

    has_status = found.take("has_status", bool, default=True)
    return ZplPrinter(_tcp(found), _label_paper(found), has_status=has_status)


def _simulated_label_printer(found: Parameters) -> LabelPrinter:
    from hardware.label_printer.simulator import SimulatedLabelPrinter

    return SimulatedLabelPrinter(_label_paper(found))


def _label_paper(found: Parameters) -> LabelPaper:
    width_mm = found.take("width_mm", int, 100)
    height_mm = found.take("height_mm", int, 62)
    dots_per_mm = found.take("dots_per_mm", int, 8)
    if dots_per_mm not in DOTS_PER_MM:
        raise found.wrong("dots_per_mm", dots_per_mm, [str(known) for known in DOTS_PER_MM])
    for name, value in (("width_mm", width_mm), ("height_mm", height_mm)):
        if not SMALLEST_LABEL_MM <= value <= LARGEST_LABEL_MM:
            raise found.wrong(name, value, [f"{SMALLEST_LABEL_MM} to {LARGEST_LABEL_MM}"])
    return LabelPaper(width_mm * dots_per_mm // 8 * 8, height_mm * dots_per_mm)


def _standalone_terminal(found: Parameters) -> PaymentTerminal:
    from hardware.payment_terminal.standalone import DEADLINE_S, StandaloneTerminal

    return StandaloneTerminal(deadline_s=found.take("deadline_s", float, DEADLINE_S))


def _simulated_terminal(found: Parameters) -> PaymentTerminal:
    from hardware.payment_terminal.simulator import SimulatedTerminal

    memory = found.find("memory", str)
    return SimulatedTerminal(
        deadline_s=found.take("deadline_s", float, 120.0),
        wait_s=found.take("wait_s", float, 0.0),
        heeds_amounts=found.take("heeds_amounts", bool, default=False),
        memory=None if memory is None else Path(memory),
    )
