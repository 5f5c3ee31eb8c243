"""Looks a machine over: libraries, SQLite, keys, fonts, devices, clock, disk, hub."""

from __future__ import annotations

import ctypes
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hardware.errors import DeviceError
from pos.commands.examining_copies import examine_copies
from pos.commands.examining_hub import examine_hub
from pos.commands.finding import Finding, Mark, good
from pos.domain.errors import StoreUnavailable
from pos.resources import resource_path
from pos.settings import SettingsError, TillSettings, read_settings
from pos.store.data_folder import LEAST_FREE_BYTES, RESERVE_BYTES, DataFolder

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
CAMERA_LIBRARIES = {"libzbar.so.0": "libzbar0"}
USB_LIBRARIES = {"libusb-1.0.so.0": "libusb-1.0-0"}
OLDEST_YEAR = 2026
INSTALL = "apt-get install -y --no-install-recommends "


def examine(data: Path | None) -> list[Finding]:
    """Look over the machine and, with a data folder, the till in it."""
    findings = [
        _libraries("window", LIBRARIES, Mark.FAULT),
        _libraries("camera", CAMERA_LIBRARIES, Mark.NOTE),
        _libraries("usb", USB_LIBRARIES, Mark.NOTE),
        _sqlite(),
        _fonts(),
        _clock(),
    ]
    if data is not None:
        findings.extend(_till(DataFolder(data)))
    return findings


def _libraries(subject: str, libraries: dict[str, str], grade: Mark) -> Finding:
    missing = [package for name, package in libraries.items() if not _loads(name)]
    if not missing:
        return good(f"libraries ({subject})", "all there")
    return Finding(
        f"libraries ({subject})",
        grade,
        f"missing: {', '.join(missing)}",
        INSTALL + " ".join(missing),
    )


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _sqlite() -> Finding:
    from sqlcipher3 import dbapi2

    from pos.store.engine import OLDEST_SQLITE

    version = dbapi2.sqlite_version_info
    text = ".".join(str(part) for part in version)
    if version >= OLDEST_SQLITE:
        return good("SQLite", text)
    least = ".".join(str(part) for part in OLDEST_SQLITE)
    return Finding("SQLite", Mark.FAULT, f"{text}, needs {least}", "make run")


def _fonts() -> Finding:
    fonts = sorted(resource_path("fonts").glob("Inter-*.otf"))
    if fonts:
        return good("fonts", f"{len(fonts)} of Inter")
    return Finding("fonts", Mark.FAULT, "Inter is missing", "git checkout resources/fonts")


def _clock() -> Finding:
    now = datetime.now(UTC)
    if now.year >= OLDEST_YEAR:
        return good("clock", now.isoformat(timespec="seconds"))
    return Finding("clock", Mark.FAULT, f"says {now.year}", "timedatectl set-ntp true")


def _till(folder: DataFolder) -> Iterator[Finding]:
    try:
        settings = read_settings(folder.settings)
    except SettingsError as error:
        yield Finding("till", Mark.FAULT, str(error), "mostrador init --help")
        return
    yield good("till", f"{settings.till} in {folder.root}")
    yield _disk(folder)
    yield _key(folder)
    yield from examine_copies(folder, datetime.now(UTC))
    yield from _devices(settings)
    yield from examine_hub(folder, settings)


def _disk(folder: DataFolder) -> Finding:
    free = shutil.disk_usage(folder.root).free
    text = f"{free // 1_000_000} MB free"
    if free >= LEAST_FREE_BYTES + RESERVE_BYTES:
        return good("disk", text)
    return Finding("disk", Mark.FAULT, text, f"make room on the disk of {folder.root}")


def _key(folder: DataFolder) -> Finding:
    from pos.store.keys import load_key

    try:
        key = load_key(folder)
    except StoreUnavailable as error:
        return Finding("key", Mark.FAULT, str(error), "unlock the keyring, or restore the key")
    if key is None:
        return Finding("key", Mark.FAULT, "gone", "restore the key from the backup")
    where = "in its file" if folder.key_file.exists() else "in the keyring"
    return good("key", where)


def _devices(settings: TillSettings) -> Iterator[Finding]:
    from hardware import registry

    checks: list[tuple[str, Callable[[], str]]] = [
        ("printer", lambda: _printer_says(registry.build_printer(settings.printer))),
        ("terminal", lambda: type(registry.build_terminal(settings.terminal)).__name__),
    ]
    for subject, check in checks:
        try:
            yield good(subject, check())
        except DeviceError as error:
            mend = f"check its cable and power, and [{subject}] in settings.toml"
            yield Finding(subject, Mark.FAULT, str(error), mend)


def _printer_says(printer: Any) -> str:
    status = printer.status()
    return status.hindrance or f"answers, paper {status.paper.value}"
