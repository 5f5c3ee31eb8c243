"""A scanner made of memory, for development, demos and tests."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.barcode_scanner.port import RawScan, ScannerState


class SimulatedScanner:
    """Scans what it is told to; a test may unplug it and plug it in again."""

    def __init__(self) -> None:
        self._on_scan: Callable[[RawScan], None] | None = None
        self._is_plugged_in = True

    @property
    def state(self) -> ScannerState:
        if self._on_scan is None:
            return ScannerState.STOPPED
        return ScannerState.READY if self._is_plugged_in else ScannerState.UNREACHABLE

    @property
    def trouble(self) -> str:
        is_lost = self.state is ScannerState.UNREACHABLE
        return "The scanner is unplugged (simulated)." if is_lost else ""

    def start(self, on_scan: Callable[[RawScan], None]) -> None:
        if self._on_scan is None:
            self._on_scan = on_scan

    def stop(self) -> None:
        self._on_scan = None

    def scan(self, text: str, aim_id: str | None = None) -> None:
        """Scan a label; nothing comes of it while stopped or unplugged."""
        if self._on_scan is not None and self._is_plugged_in:
            self._on_scan(RawScan(text, aim_id, time.monotonic_ns() // 1_000_000))

    def unplug(self) -> None:
        self._is_plugged_in = False

    def plug_in(self) -> None:
        self._is_plugged_in = True
