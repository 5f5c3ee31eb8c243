"""A disk for nbdkit that keeps a log of every write and every flush, in their order.

Runs inside nbdkit (the interpreter of the system), so it imports nothing of ours. Parameters:
``image=`` what lies on the disk at first, ``log=`` where the log goes. Each record is a header
(one letter, offset and length as big-endian 64 bits) and, for ``W``, the bytes.
"""

from __future__ import annotations

import struct
from pathlib import Path

import nbdkit  # type: ignore[import-not-found]

API_VERSION = 2
HEADER = struct.Struct(">cQQ")


class Disk:
    """What lies on the disk, and the log."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.content = bytearray()

    def start(self) -> None:
        """Load what lies on the disk at first, and begin the log."""
        self.content = bytearray(Path(self.names["image"]).read_bytes())
        self.log = Path(self.names["log"]).open("ab", buffering=0)  # noqa: SIM115  until the disk ends

    def note(self, kind: bytes, offset: int, length: int, data: bytes = b"") -> None:
        """Log one act before it is answered."""
        self.log.write(HEADER.pack(kind, offset, length) + data)


DISK = Disk()


def config(key: str, value: str) -> None:
    DISK.names[key] = value


def config_complete() -> None:
    DISK.start()


def thread_model() -> int:
    return int(nbdkit.THREAD_MODEL_SERIALIZE_ALL_REQUESTS)


def open(readonly: bool) -> Disk:  # noqa: A001  the name nbdkit calls
    return DISK


def get_size(disk: Disk) -> int:
    return len(disk.content)


def can_flush(disk: Disk) -> bool:
    return True


def can_fua(disk: Disk) -> int:
    return int(nbdkit.FUA_EMULATE)


def pread(disk: Disk, buffer: bytearray, offset: int, flags: int) -> None:
    buffer[:] = disk.content[offset : offset + len(buffer)]


def pwrite(disk: Disk, buffer: bytearray, offset: int, flags: int) -> None:
    data = bytes(buffer)
    disk.note(b"W", offset, len(data), data)
    disk.content[offset : offset + len(data)] = data


def zero(disk: Disk, count: int, offset: int, flags: int) -> None:
    disk.note(b"Z", offset, count)
    disk.content[offset : offset + count] = bytes(count)


def flush(disk: Disk, flags: int) -> None:
    disk.note(b"F", 0, 0)
