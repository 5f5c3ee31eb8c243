"""A barcode scanner as the till sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class ScannerState(Enum):
    """What the status line says about a scanner."""

    STOPPED = "stopped"
    READY = "ready"
    UNREACHABLE = "unreachable"  # unplugged or taken; the driver keeps trying


@dataclass(frozen=True, slots=True)
class RawScan:
    """One code as the scanner gave it.

    Attributes:
        text: What the symbol says, without AIM identifier, prefix and suffix; may hold the
            group separator 0x1D of GS1 symbols, and anything else a label can hold.
        aim_id: AIM symbology identifier such as ``]C1`` (ISO/IEC 15424) when known.
        received_ms: Monotonic milliseconds at which the code was complete.
    """

    text: str
    aim_id: str | None
    received_ms: int


class BarcodeScanner(Protocol):
    """A scanner that calls back with each code; it never raises into the till.

    A scanner that is unplugged is `UNREACHABLE` until it comes back by itself.
    """

    @property
    def state(self) -> ScannerState:
        """Return the state; may be asked from any thread."""

    @property
    def trouble(self) -> str:
        """Return why the scanner is unreachable, in words for the log; else empty."""

    def start(self, on_scan: Callable[[RawScan], None]) -> None:
        """Call `on_scan` with each code, from a thread of the driver. Harmless when started."""

    def stop(self) -> None:
        """Return when no further call will come. Harmless when stopped."""
