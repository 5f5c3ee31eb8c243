"""A scanner on a serial line or USB in CDC-ACM mode.

The scanner sends each code followed by CR, LF or both, and an AIM identifier in front when
set up so ("Transmit AIM ID"; enable it: it tells GS1-128 from Code 128).
Source: ISO/IEC 15424 (identifiers).
Tried on: nothing yet but a pseudo terminal (see the device table in hardware/README.md).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import serial

from hardware.barcode_scanner.aim import split_aim_id
from hardware.barcode_scanner.backoff import Backoff
from hardware.barcode_scanner.framing import FrameSplitter
from hardware.barcode_scanner.port import RawScan, ScannerState

_log = logging.getLogger(__name__)

_POLL_S = 0.2  # how soon `stop` is noticed on systems that cannot cancel a read


class SerialScanner:
    """Reads codes in a thread of its own; an unplugged scanner is looked for again.

    Args:
        device: ``/dev/ttyACM0``, ``/dev/serial/by-id/…``, ``COM3``.
        baud_rate: As set on the scanner; of no meaning over USB.
        splitter: Cuts bytes into codes.
        backoff: Waits between looking for an unplugged scanner.
        on_state: Called from the thread when `state` changes.
    """

    def __init__(
        self,
        device: str,
        *,
        baud_rate: int = 9600,
        splitter: FrameSplitter | None = None,
        backoff: Backoff | None = None,
        on_state: Callable[[ScannerState], None] | None = None,
    ) -> None:
        self._device = device
        self._baud_rate = baud_rate
        self._splitter = splitter or FrameSplitter()
        self._backoff = backoff or Backoff()
        self._on_state = on_state or (lambda _: None)
        self._state = ScannerState.STOPPED
        self._trouble = ""
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> ScannerState:
        return self._state

    @property
    def trouble(self) -> str:
        return self._trouble

    def start(self, on_scan: Callable[[RawScan], None]) -> None:
        if self._thread is not None:
            return
        self._stopping.clear()
        self._thread = threading.Thread(
            target=self._run, args=(on_scan,), name=f"scanner {self._device}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        if self._thread is None:
            return
        self._stopping.set()
        self._thread.join()
        self._thread = None

    def _run(self, on_scan: Callable[[RawScan], None]) -> None:
        while not self._stopping.is_set():
            try:
                self._read_until_unplugged(on_scan)
            except (serial.SerialException, OSError) as error:
                self._change(ScannerState.UNREACHABLE, f"{self._device}: {error}")
                self._splitter.clear()
                self._stopping.wait(self._backoff.next_s())
        self._change(ScannerState.STOPPED, "")

    def _read_until_unplugged(self, on_scan: Callable[[RawScan], None]) -> None:
        with serial.Serial(self._device, self._baud_rate, timeout=_POLL_S, exclusive=True) as port:
            self._backoff.reset()
            self._change(ScannerState.READY, "")
            while not self._stopping.is_set():
                data = port.read(1)
                if data:
                    self._take(data + port.read(port.in_waiting), on_scan)

    def _take(self, data: bytes, on_scan: Callable[[RawScan], None]) -> None:
        now_ms = time.monotonic_ns() // 1_000_000
        for frame in self._splitter.feed(data, now_ms):
            aim_id, text = split_aim_id(_text_of(frame))
            on_scan(RawScan(text, aim_id, now_ms))

    def _change(self, state: ScannerState, trouble: str) -> None:
        self._trouble = trouble
        if state is self._state:
            return
        self._state = state
        _log.info("Scanner %s is %s %s", self._device, state.value, trouble)
        self._on_state(state)


def _text_of(frame: bytes) -> str:
    """Return the text; scanners send UTF-8 or Latin-1, which seldom pass for each other."""
    try:
        return frame.decode("utf-8")
    except UnicodeDecodeError:
        return frame.decode("latin-1")
