"""How many barcode photographs are read right, and how many frames a second.

Run: `python -m tests.bench.camera [FOLDER]`, FOLDER holding `<kind>/<picture>` with the
expected text beside each picture (`.txt`); without it the photographs of the tests serve.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import zxingcpp
from PIL import Image

from hardware.camera.decoder import LiveDecoder, StillDecoder, load_pyzbar
from hardware.camera.picture import open_grey

OWN_PHOTOS = Path(__file__).parents[1] / "hardware" / "camera" / "photos"
FRAME = (1280, 720)
ROUNDS = 60
Read = Callable[[Image.Image], set[str]]


def run(photos: Path | None) -> dict[str, Any]:
    """Return hits per folder and decoder, and the speed of each at 1280×720.

    Args:
        photos: Folder of folders of pictures; None for the few of the tests.
    """
    pyzbar = load_pyzbar()
    decoders = _decoders(pyzbar)
    folders = _folders(photos or OWN_PHOTOS)
    return {
        "machine": f"{platform.machine()}, {platform.processor() or 'cpu'}, {os.cpu_count()} cpus",
        "hits": {
            name: {kind: _hits(read, pictures) for kind, pictures in folders.items()}
            for name, read in decoders.items()
        },
        "milliseconds_per_frame": {
            view: _speeds(frame, pyzbar) for view, frame in _frames(folders).items()
        },
    }


def _decoders(pyzbar: ModuleType | None) -> dict[str, Read]:
    ours = StillDecoder(pyzbar)
    decoders: dict[str, Read] = {"zxing-cpp, defaults": _zxing_defaults}
    if pyzbar is not None:
        decoders["pyzbar, defaults"] = lambda picture: _pyzbar_defaults(pyzbar, picture)
        decoders["union of both"] = lambda picture: (
            _zxing_defaults(picture) | _pyzbar_defaults(pyzbar, picture)
        )
    decoders["Mostrador"] = lambda picture: {code.text for code in ours.read(picture)}
    return decoders


def _zxing_defaults(picture: Image.Image) -> set[str]:
    return {barcode.text for barcode in zxingcpp.read_barcodes(picture)}


def _pyzbar_defaults(pyzbar: ModuleType, picture: Image.Image) -> set[str]:
    return {found.data.decode("utf-8", "replace") for found in pyzbar.decode(picture)}


def _folders(photos: Path) -> dict[str, list[Path]]:
    folders: dict[str, list[Path]] = {}
    for path in sorted(photos.rglob("*")):
        if path.suffix in (".png", ".webp", ".jpg"):
            folders.setdefault(path.parent.name, []).append(path)
    return folders


def _hits(read: Read, pictures: list[Path]) -> dict[str, int]:
    """Return how many expected texts were read, not read, and how many others were read."""
    right = wrong = missing = 0
    for path in pictures:
        beside = path.with_suffix(".txt")
        expected = {beside.read_bytes().decode("utf-8")} if beside.exists() else set()
        found = read(open_grey(path))
        right += len(found & expected)
        missing += len(expected - found)
        wrong += len(found - expected)
    return {"right": right, "wrong": wrong, "missing": missing}


def _frames(folders: dict[str, list[Path]]) -> dict[str, Image.Image]:
    """Return frames of 1280×720: a photograph without a code, with an EAN-13, with a QR code."""
    counter = open_grey(OWN_PHOTOS / "nothing-07.webp").resize(FRAME)
    views = {"no code": counter}
    for view, start in (("EAN-13", "ean13"), ("QR", "qrcode")):
        path = next(
            path
            for kind, pictures in folders.items()
            for path in pictures
            if f"{kind} {path.name}".find(start) >= 0 and path.with_suffix(".txt").exists()
        )
        frame = counter.copy()
        frame.paste(open_grey(path), (420, 240))
        views[view] = frame
    return views


def _speeds(frame: Image.Image, pyzbar: ModuleType | None) -> dict[str, dict[str, float]]:
    live = LiveDecoder(pyzbar)
    speeds = {
        "Mostrador, live": _timed(lambda: live.read(frame)),
        "zxing-cpp, defaults": _timed(lambda: zxingcpp.read_barcodes(frame)),
    }
    if pyzbar is not None:
        speeds["pyzbar, defaults"] = _timed(lambda: pyzbar.decode(frame))
    zbarimg = shutil.which("zbarimg")
    if zbarimg:
        with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
            frame.save(file.name)
            command = [zbarimg, "-q", file.name]
            speeds["zbarimg, a process each"] = _timed(
                lambda: subprocess.run(command, capture_output=True, check=False)
            )
    return speeds


def _timed(act: Callable[[], object]) -> dict[str, float]:
    act()
    times = []
    cpu_started = time.thread_time()
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - started))
    cpu_s = time.thread_time() - cpu_started
    mean = statistics.fmean(times)
    return {
        "cpu_mean": round(1000 * cpu_s / ROUNDS, 1),  # of this thread; a process has its own
        "mean": round(mean, 1),
        "p95": round(statistics.quantiles(times, n=20)[-1], 1),
        "frames_per_s": round(1000 / mean, 1),
    }


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    print(json.dumps(run(folder), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
