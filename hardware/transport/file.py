"""Bytes into a file: a printer's device node, or a file to look at."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from hardware.errors import DeviceBusy, DeviceUnreachable


class FileTransport:
    """Appends to a file or writes to a device node; nothing can be read back.

    Raises:
        DeviceUnreachable: The file cannot be opened.
        DeviceBusy: Another program holds the device.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            if error.errno == errno.EBUSY:
                raise DeviceBusy(f"{path} is in use.") from error
            raise DeviceUnreachable(f"{path} cannot be opened: {error}") from error

    def write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]

    def read(self, size: int, timeout_s: float) -> bytes:
        return b""

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
