"""A serial scanner, at the other end of a pseudo terminal."""

from __future__ import annotations

import os
import pty
import queue
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.barcode_scanner.backoff import Backoff
from hardware.barcode_scanner.port import RawScan, ScannerState
from hardware.barcode_scanner.serial import SerialScanner

WAIT_S = 10


class Cable:
    """A pseudo terminal that can be unplugged; its name stays the same, as by-id links do."""

    def __init__(self, folder: Path) -> None:
        self.device = folder / "scanner"
        self._scanner_end = -1
        self._till_end = -1

    def plug_in(self) -> None:
        self._scanner_end, self._till_end = pty.openpty()
        tty.setraw(self._till_end)
        self.device.symlink_to(os.ttyname(self._till_end))

    def send(self, data: bytes) -> None:
        os.write(self._scanner_end, data)

    def unplug(self) -> None:
        if self._scanner_end < 0:
            return
        self.device.unlink()
        os.close(self._scanner_end)
        os.close(self._till_end)
        self._scanner_end = -1


class Till:
    """Starts the scanner and hears what it says."""

    def __init__(self, cable: Cable) -> None:
        self.states: queue.Queue[ScannerState] = queue.Queue()
        self.scans: queue.Queue[RawScan] = queue.Queue()
        self.scanner = SerialScanner(
            str(cable.device),
            backoff=Backoff(first_s=0.01, longest_s=0.02),
            on_state=self.states.put,
        )

    def next_scan(self) -> tuple[str | None, str]:
        scan = self.scans.get(timeout=WAIT_S)
        return scan.aim_id, scan.text

    def wait_for(self, state: ScannerState) -> None:
        while self.states.get(timeout=WAIT_S) is not state:
            pass


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    cable = Cable(tmp_path)
    yield cable
    cable.unplug()


@pytest.fixture
def till(cable: Cable) -> Iterator[Till]:
    till = Till(cable)
    yield till
    till.scanner.stop()


def test_codes_arrive_with_their_symbology(cable: Cable, till: Till) -> None:
    cable.plug_in()
    till.scanner.start(till.scans.put)
    till.scanner.start(till.scans.put)
    till.wait_for(ScannerState.READY)

    cable.send(b"]E05449000039231\r\n]C10109501101530003\x1d10AB\r")
    cable.send(b"963850")
    cable.send(b"74\r\n")
    cable.send("jamón\r".encode("latin-1"))

    assert till.next_scan() == ("]E0", "5449000039231")
    assert till.next_scan() == ("]C1", "0109501101530003\x1d10AB")
    assert till.next_scan() == (None, "96385074")
    assert till.next_scan() == (None, "jamón")


def test_an_unplugged_scanner_comes_back_by_itself(cable: Cable, till: Till) -> None:
    cable.plug_in()
    till.scanner.start(till.scans.put)
    till.wait_for(ScannerState.READY)

    cable.send(b"5449")
    cable.unplug()
    till.wait_for(ScannerState.UNREACHABLE)
    assert str(cable.device) in till.scanner.trouble
    cable.plug_in()
    till.wait_for(ScannerState.READY)
    cable.send(b"96385074\r")

    assert till.next_scan() == (None, "96385074")
    assert till.scanner.trouble == ""


def test_a_scanner_that_is_not_there_is_waited_for(cable: Cable, till: Till) -> None:
    till.scanner.start(till.scans.put)
    till.wait_for(ScannerState.UNREACHABLE)

    cable.plug_in()

    till.wait_for(ScannerState.READY)


def test_a_stopped_scanner_says_so_and_may_start_again(cable: Cable, till: Till) -> None:
    cable.plug_in()
    till.scanner.stop()
    till.scanner.start(till.scans.put)
    till.wait_for(ScannerState.READY)

    till.scanner.stop()
    assert till.scanner.state is ScannerState.STOPPED
    till.scanner.start(till.scans.put)
    till.wait_for(ScannerState.READY)
    cable.send(b"96385074\n")

    assert till.next_scan() == (None, "96385074")
