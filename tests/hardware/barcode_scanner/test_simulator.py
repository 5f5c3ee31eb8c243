"""The simulated scanner keeps the promises of the port and has levers."""

from __future__ import annotations

from hardware.barcode_scanner.port import BarcodeScanner, RawScan, ScannerState
from hardware.barcode_scanner.simulator import SimulatedScanner


def test_it_scans_only_while_started_and_plugged_in() -> None:
    simulator = SimulatedScanner()
    scanner: BarcodeScanner = simulator
    scans: list[RawScan] = []

    simulator.scan("lost")
    scanner.start(scans.append)
    scanner.start(lambda _: None)
    simulator.scan("96385074", "]E4")
    simulator.unplug()
    simulator.scan("lost")

    assert [(scan.aim_id, scan.text) for scan in scans] == [("]E4", "96385074")]
    assert scanner.state is ScannerState.UNREACHABLE
    assert "unplugged" in scanner.trouble


def test_it_comes_back() -> None:
    simulator = SimulatedScanner()
    simulator.start(lambda _: None)
    simulator.unplug()

    simulator.plug_in()

    assert simulator.state is ScannerState.READY
    assert simulator.trouble == ""


def test_it_stops() -> None:
    simulator = SimulatedScanner()
    simulator.start(lambda _: None)

    simulator.stop()

    assert simulator.state is ScannerState.STOPPED
