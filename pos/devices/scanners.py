"""Every scanner of the till feeds the one router: wedge keys, serial lines, the camera."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QApplication

from hardware.barcode_scanner.port import BarcodeScanner, RawScan
from hardware.barcode_scanner.wedge import WedgeDecoder, WedgeSettings
from hardware.errors import DeviceNotConfigured
from pos.domain.scan import ScannedCode, ScanSource
from pos.widgets.scan_router import ScanRouter

WEDGE = "wedge"


def wedge_router(settings: Mapping[str, Any], application: QApplication) -> ScanRouter:
    """Return the router that catches wedge keys before any widget sees them.

    Args:
        settings: ``prefix``, ``suffixes`` and ``longest_gap_ms`` of a keyboard wedge.

    Raises:
        DeviceNotConfigured: A setting cannot be.
    """
    known = {"kind", "prefix", "suffixes", "longest_gap_ms", "device", "baud_rate"}
    unknown = sorted(set(settings) - known)
    if unknown:
        raise DeviceNotConfigured(f"scanner: knows no {', '.join(unknown)}.")
    plain = WedgeSettings()
    wedge = WedgeSettings(
        prefix=str(settings.get("prefix", plain.prefix)),
        suffixes=frozenset(settings.get("suffixes", plain.suffixes)),
        longest_gap_ms=int(settings.get("longest_gap_ms", plain.longest_gap_ms)),
    )
    return ScanRouter(WedgeDecoder(wedge), parent=application)


def serial_scanner(settings: Mapping[str, Any]) -> BarcodeScanner | None:
    """Return the scanner on a serial line, None when the settings name none.

    Raises:
        DeviceNotConfigured: The kind is unknown.
    """
    kind = settings.get("kind", WEDGE)
    if kind == WEDGE:
        return None
    if kind != "serial":
        raise DeviceNotConfigured(f"scanner: kind {kind!r} is none of wedge, serial.")
    from hardware.barcode_scanner.serial import SerialScanner

    return SerialScanner(str(settings["device"]), baud_rate=int(settings.get("baud_rate", 9600)))


def follow(scanner: BarcodeScanner, router: ScanRouter, source: ScanSource) -> None:
    """Let a scanner's codes reach the router; its thread may be any."""

    def offer(scan: RawScan) -> None:
        router.offer(ScannedCode(scan.text, scan.aim_id, source))

    scanner.start(offer)
