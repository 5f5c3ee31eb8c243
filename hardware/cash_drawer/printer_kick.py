"""A drawer wired to the kick-out connector of a receipt printer.

Source: Epson ESC/POS Command Reference, "DLE EOT 1": bit 2 is the level of pin 3
of the drawer connector. Whether high means open depends on the drawer's switch,
so the settings say it.
Tried on: nothing yet (see the device table in hardware/README.md).
"""

from __future__ import annotations

from enum import Enum

from hardware.cash_drawer.port import DrawerState
from hardware.errors import DeviceError
from hardware.receipt_printer.port import DrawerPin, ReceiptPrinter


class DrawerSwitch(Enum):
    """How the drawer's switch is wired to pin 3 of the connector."""

    NOT_WIRED = "not wired"
    HIGH_WHEN_OPEN = "high when open"
    LOW_WHEN_OPEN = "low when open"


class PrinterKickDrawer:
    """Opens the drawer by a pulse that its printer makes."""

    def __init__(
        self,
        printer: ReceiptPrinter,
        *,
        pin: DrawerPin = DrawerPin.PIN_2,
        switch: DrawerSwitch = DrawerSwitch.NOT_WIRED,
    ) -> None:
        self._printer = printer
        self._pin = pin
        self._switch = switch

    @property
    def opens_by_itself(self) -> bool:
        return True

    def open(self) -> None:
        self._printer.kick_drawer(self._pin)

    def state(self) -> DrawerState:
        if self._switch is DrawerSwitch.NOT_WIRED:
            return DrawerState.UNKNOWN
        try:
            is_high = self._printer.status().is_drawer_pin_high
        except DeviceError:
            return DrawerState.UNKNOWN
        if is_high is None:
            return DrawerState.UNKNOWN
        is_open = is_high is (self._switch is DrawerSwitch.HIGH_WHEN_OPEN)
        return DrawerState.OPEN if is_open else DrawerState.CLOSED
