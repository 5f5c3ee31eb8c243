"""Bytes into a file, and a USB printer that is not plugged in."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.errors import DeviceUnreachable
from hardware.transport.file import FileTransport
from hardware.transport.usb import UsbTransport


def test_jobs_are_appended_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "jobs.bin"

    for job in (b"one", b"two"):
        line = FileTransport(path)
        line.write(job)
        assert line.read(1, 0.0) == b""
        line.close()
        line.close()

    assert path.read_bytes() == b"onetwo"


def test_a_folder_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(DeviceUnreachable):
        FileTransport(tmp_path / "missing" / "jobs.bin")


def test_a_usb_printer_that_is_not_plugged_in_is_unreachable() -> None:
    with pytest.raises(DeviceUnreachable, match="dead:beef"):
        UsbTransport(0xDEAD, 0xBEEF)
