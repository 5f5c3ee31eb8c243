"""The cash drawer as the till sees it."""

from __future__ import annotations

from enum import Enum
from typing import Protocol


class DrawerState(Enum):
    """Whether the drawer stands open, as far as it can be known."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class CashDrawer(Protocol):
    """A drawer the till can open. Closing it is up to the cashier."""

    @property
    def opens_by_itself(self) -> bool:
        """Whether `open` can do anything; otherwise the cashier uses the key."""

    def open(self) -> None:
        """Make the drawer spring open; harmless when it already is.

        Raises:
            DeviceUnreachable: Nothing was sent; the sale stands, use the key.
            DeviceBusy: Another program holds the device; nothing was sent.
            OutcomeUnknown: The drawer perhaps opened.
        """

    def state(self) -> DrawerState:
        """Return whether the drawer is open; UNKNOWN if its switch is not wired or is silent."""
