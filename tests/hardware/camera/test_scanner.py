"""The camera as a scanner, with a generated film for a camera."""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from PIL import Image

from hardware.barcode_scanner.backoff import Backoff
from hardware.barcode_scanner.port import BarcodeScanner, RawScan, ScannerState
from hardware.camera.decoder import LiveDecoder, load_pyzbar
from hardware.camera.opencv import OpenCvCamera
from hardware.camera.port import Camera, FoundCode, Frame
from hardware.camera.scanner import CameraScanner
from hardware.camera.simulator import SimulatedCamera
from hardware.errors import DeviceUnreachable

SIZE = (640, 360)
WAIT_S = 20


def view(text: str | None, kind: str = "EAN13") -> Image.Image:
    """Return what the camera sees with a label in hand, or without."""
    counter = Image.new("RGB", SIZE, (200, 180, 160))
    if text is not None:
        barcode = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
        bars = Image.fromarray(barcode.to_image(scale=3, add_quiet_zones=True))
        counter.paste(bars, (150, 60))
    return counter


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film of a cashier who shows a product, a QR code, and the product again too briefly."""
    path = tmp_path / "counter.avi"
    codec = cv2.VideoWriter.fourcc(*"MJPG")
    writer = cv2.VideoWriter(str(path), codec, 15, SIZE)
    product, slip, nothing = view("5449000039231"), view("MR:2-000001AA", "QRCode"), view(None)
    for picture in [nothing, product, product, product, nothing, slip, nothing]:
        writer.write(cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2BGR))
    writer.release()
    return path


class Listener:
    """Hears everything a camera scanner says, and waits for its end."""

    def __init__(self, camera: Camera) -> None:
        self.scans: list[RawScan] = []
        self.frames: list[tuple[Frame, Sequence[FoundCode]]] = []
        self.states: queue.Queue[ScannerState] = queue.Queue()
        self.camera_scanner = CameraScanner(
            camera,
            LiveDecoder(load_pyzbar()),
            on_frame=lambda frame, codes: self.frames.append((frame, codes)),
            on_state=self.states.put,
            frames_per_s=200,
            backoff=Backoff(first_s=0.01, longest_s=0.01),
        )

    def start(self) -> BarcodeScanner:
        scanner: BarcodeScanner = self.camera_scanner
        scanner.start(self.scans.append)
        scanner.start(self.scans.append)
        return scanner

    def wait_for(self, state: ScannerState) -> None:
        while self.states.get(timeout=WAIT_S) is not state:
            pass


def test_labels_shown_to_the_camera_are_scanned_once_each(film: Path) -> None:
    listener = Listener(OpenCvCamera(film))

    scanner = listener.start()
    listener.wait_for(ScannerState.STOPPED)
    scanner.stop()

    assert [(scan.aim_id, scan.text) for scan in listener.scans] == [
        ("]E0", "5449000039231"),
        ("]Q1", "MR:2-000001AA"),
    ]


def test_the_preview_gets_every_frame_with_what_it_shows(film: Path) -> None:
    listener = Listener(OpenCvCamera(film))

    scanner = listener.start()
    listener.wait_for(ScannerState.STOPPED)
    scanner.stop()

    assert [len(codes) for _, codes in listener.frames] == [0, 1, 1, 1, 0, 1, 0]
    frame, (code,) = listener.frames[1]
    assert (frame.width, frame.height) == SIZE
    assert len(frame.bgr) == 3 * frame.width * frame.height
    assert all(150 <= x <= SIZE[0] and 60 <= y <= SIZE[1] for x, y in code.polygon)


def test_one_frame_of_bars_is_no_scan() -> None:
    listener = Listener(SimulatedCamera([view("5449000039231"), view(None)]))

    scanner = listener.start()
    listener.wait_for(ScannerState.STOPPED)
    scanner.stop()

    assert listener.scans == []


def test_an_unplugged_camera_comes_back_by_itself() -> None:
    camera = SimulatedCamera(view("hola", "QRCode") for _ in range(1_000_000))
    camera.is_plugged_in = False
    listener = Listener(camera)

    scanner = listener.start()
    listener.wait_for(ScannerState.UNREACHABLE)
    assert "unplugged" in scanner.trouble
    camera.is_plugged_in = True
    listener.wait_for(ScannerState.READY)
    camera.is_plugged_in = False
    listener.wait_for(ScannerState.UNREACHABLE)
    scanner.stop()
    scanner.stop()

    assert scanner.state is ScannerState.STOPPED
    assert not camera.is_open


def _text_file(folder: Path) -> Path:
    path = folder / "film.avi"
    path.write_text("no film")
    return path


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (lambda folder: 97, "Camera 97 is not plugged in"),
        (lambda folder: folder / "none.avi", "There is no film"),
        (_text_file, "is no film that OpenCV can read"),
    ],
    ids=["no such camera", "no such film", "no film"],
)
def test_a_camera_that_is_not_there_is_said_in_words(
    tmp_path: Path, source: Callable[[Path], int | Path], words: str
) -> None:
    camera = OpenCvCamera(source(tmp_path))

    with pytest.raises(DeviceUnreachable, match=words):
        camera.open()
    with pytest.raises(DeviceUnreachable, match="not open"):
        camera.read()
    camera.close()


def test_opencv_brings_no_second_window_system_into_the_till() -> None:
    assert "QT" not in cv2.getBuildInformation().split("GUI:")[1][:60].upper()
