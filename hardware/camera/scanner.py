"""The camera as a barcode scanner: captures and decodes in a thread of its own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from hardware.barcode_scanner.backoff import Backoff
from hardware.barcode_scanner.port import RawScan, ScannerState
from hardware.camera.agreement import FrameAgreement
from hardware.camera.decoder import LiveDecoder
from hardware.camera.port import Camera, FoundCode, Frame
from hardware.errors import DeviceError

_log = logging.getLogger(__name__)

OnFrame = Callable[[Frame, Sequence[FoundCode]], None]


class CameraScanner:
    """A `BarcodeScanner` whose label reader is a camera.

    Args:
        camera: Where frames come from; its end (of a film) stops the scanner.
        decoder: Reads one frame.
        agreement: Which sightings count.
        on_frame: Called from the thread with every frame and what it shows, for a preview.
        on_state: Called from the thread when `state` changes.
        frames_per_s: At most so many frames are read each second; 0 for as many as come
            (a film goes by in no time then).
        backoff: Waits between looking for an unplugged camera.
    """

    def __init__(
        self,
        camera: Camera,
        decoder: LiveDecoder,
        *,
        agreement: FrameAgreement | None = None,
        on_frame: OnFrame | None = None,
        on_state: Callable[[ScannerState], None] | None = None,
        frames_per_s: float = 0,
        backoff: Backoff | None = None,
    ) -> None:
        self._camera = camera
        self._decoder = decoder
        self._agreement = agreement or FrameAgreement()
        self._on_frame = on_frame or (lambda _frame, _codes: None)
        self._on_state = on_state or (lambda _: None)
        self._frame_s = 1 / frames_per_s if frames_per_s else 0.0
        self._backoff = backoff or Backoff()
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
            target=self._run, args=(on_scan,), name="camera", daemon=True
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
                self._camera.open()
                self._watch(on_scan)
            except DeviceError as error:
                self._change(ScannerState.UNREACHABLE, str(error))
                self._camera.close()
                self._stopping.wait(self._backoff.next_s())
        self._camera.close()
        self._change(ScannerState.STOPPED, "")

    def _watch(self, on_scan: Callable[[RawScan], None]) -> None:
        self._change(ScannerState.READY, "")
        while not self._stopping.is_set():
            started_s = time.monotonic()
            frame = self._camera.read()
            if frame is None:
                self._stopping.set()
                return
            self._backoff.reset()
            self._show(frame, on_scan)
            self._stopping.wait(max(0.0, self._frame_s - (time.monotonic() - started_s)))

    def _show(self, frame: Frame, on_scan: Callable[[RawScan], None]) -> None:
        codes = self._decoder.read(frame.grey)
        now_ms = time.monotonic_ns() // 1_000_000
        self._on_frame(frame, codes)
        for code in self._agreement.see(codes, now_ms):
            on_scan(RawScan(code.text, code.aim_id, now_ms))

    def _change(self, state: ScannerState, trouble: str) -> None:
        self._trouble = trouble
        if state is self._state:
            return
        self._state = state
        _log.info("Camera is %s %s", state.value, trouble)
        self._on_state(state)
