"""A drawer made of memory, for development, demos and tests."""

from __future__ import annotations

from hardware.cash_drawer.port import DrawerState
from hardware.errors import DeviceUnreachable


class SimulatedDrawer:
    """Behaves as the port promises and lets a test look, close and unplug.

    Attributes:
        is_open: Whether it stands open.
        is_plugged_in: False makes `open` fail and the state unknown.
        times_opened: How often it was told to open.
    """

    def __init__(self) -> None:
        self.is_open = False
        self.is_plugged_in = True
        self.times_opened = 0

    @property
    def opens_by_itself(self) -> bool:
        return True

    def open(self) -> None:
        if not self.is_plugged_in:
            raise DeviceUnreachable("The cash drawer is unplugged (simulated).")
        self.is_open = True
        self.times_opened += 1

    def state(self) -> DrawerState:
        if not self.is_plugged_in:
            return DrawerState.UNKNOWN
        return DrawerState.OPEN if self.is_open else DrawerState.CLOSED

    def close_by_hand(self) -> None:
        self.is_open = False
