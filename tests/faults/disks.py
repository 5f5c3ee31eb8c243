"""A disk of which every write and flush is on record, and what a power cut leaves of it."""

from __future__ import annotations

import random
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROGRAMS = (
    "nbdkit",
    "nbdfuse",
    "fusermount3",
    "mkfs.ext4",
    "losetup",
    "mount",
    "umount",
    "strace",
)
DEVICES = (Path("/dev/fuse"), Path("/dev/loop-control"))
MIB = 1024 * 1024
SIZE_MIB = 24
SECTOR = 512
# ext4 checks its own blocks of 4 KiB, and gives a disk up that tore one of them into sectors.
NO_CHECKSUMS = "^metadata_csum"
HEADER = struct.Struct(">cQQ")
WRITE, ZERO, FLUSH = b"W", b"Z", b"F"
PLUGIN = Path(__file__).with_name("recording_disk.py")
LONGEST_S = 20.0
SBIN = "/usr/local/sbin:/usr/sbin:/sbin"


class DiskTrouble(RuntimeError):
    """A program that makes or mounts a disk failed; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of the log; `end` is the length of the log after it."""

    kind: bytes
    offset: int
    length: int
    data: bytes
    end: int


@dataclass
class RecordedDisk:
    """What lay on the disk at first, and everything that was done to it."""

    image: Path
    log: Path
    mounted: Path

    @property
    def position(self) -> int:
        """How long the log is."""
        return self.log.stat().st_size

    def records(self) -> list[Record]:
        """Return the log."""
        data, found, at = self.log.read_bytes(), [], 0
        while at < len(data):
            kind, offset, length = HEADER.unpack_from(data, at)
            at += HEADER.size
            body = data[at : at + length] if kind == WRITE else b""
            at += len(body)
            found.append(Record(kind, offset, length, body, at))
        return found


def missing_tool() -> str:
    """Return what is missing here, empty when everything is there."""
    for program in PROGRAMS:
        if _found(program) is None:
            return program
    for device in DEVICES:
        if not device.exists():
            return str(device)
    try:
        _run("nbdkit", "--dump-plugin", "python")
        _run("losetup", "-f")
    except DiskTrouble as error:
        return str(error)
    return ""


@contextmanager
def recorded_disk(root: Path, size_mib: int = SIZE_MIB) -> Iterator[RecordedDisk]:
    """Mount an empty disk that records.

    Raises:
        DiskTrouble: It cannot be made.
    """
    image, log, front = root / "image", root / "log", root / "front"
    mounted = root / "mounted"
    for folder in (front, mounted):
        folder.mkdir()
    log.touch()
    with image.open("wb") as file:
        file.truncate(size_mib * MIB)
    _run("mkfs.ext4", "-q", "-F", "-m", "0", "-b", "4096", "-O", NO_CHECKSUMS, str(image))
    command = [
        _path("nbdfuse"), str(front / "disk"), "--command", _path("nbdkit"), "-s", "python",
        str(PLUGIN), f"image={image}", f"log={log}",
    ]  # fmt: skip
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        _wait_for(front / "disk")
        with _mounted(front / "disk", mounted):
            yield RecordedDisk(image, log, mounted)
    finally:
        _run("fusermount3", "-u", "-z", str(front))
        server.wait(LONGEST_S)


@contextmanager
def after_power_cut(image: Path, root: Path) -> Iterator[Path]:
    """Mount a disk as the machine does when the power is back."""
    mounted = root / "after"
    mounted.mkdir(exist_ok=True)
    with _mounted(image, mounted):
        yield mounted


@dataclass
class Cuts:
    """Walks through a log and writes what the disk may be after a cut at any record.

    Everything before the last flush is on the disk. Of what came after it, any part may be:
    each write whole, not at all, or torn into sectors of which some arrived.
    """

    disk: RecordedDisk
    dice: random.Random
    _records: list[Record] = field(default_factory=list)
    _flushed: int = 0

    def __post_init__(self) -> None:
        self._records = self.disk.records()
        self._content = bytearray(self.disk.image.read_bytes())

    def __len__(self) -> int:
        return len(self._records)

    def end_of(self, index: int) -> int:
        """Return how long the log is after a record."""
        return self._records[index].end

    def write(self, index: int, image: Path) -> None:
        """Write what a cut right after a record leaves; indexes only grow from call to call."""
        flushes = range(self._flushed, index + 1)
        last = max((n for n in flushes if self._records[n].kind == FLUSH), default=None)
        if last is not None:
            for record in self._records[self._flushed : last + 1]:
                _apply(self._content, record)
            self._flushed = last + 1
        left = bytearray(self._content)
        for record in self._records[self._flushed : index + 1]:
            self._perhaps(left, record)
        image.write_bytes(left)

    def _perhaps(self, content: bytearray, record: Record) -> None:
        fate = self.dice.choice(("whole", "lost", "torn"))
        if fate == "whole":
            _apply(content, record)
        elif fate == "torn" and record.kind == WRITE:
            for start in range(0, record.length, SECTOR):
                if self.dice.random() < 0.5:
                    piece = record.data[start : start + SECTOR]
                    at = record.offset + start
                    content[at : at + len(piece)] = piece


def _apply(content: bytearray, record: Record) -> None:
    if record.kind == WRITE:
        content[record.offset : record.offset + record.length] = record.data
    elif record.kind == ZERO:
        content[record.offset : record.offset + record.length] = bytes(record.length)


@contextmanager
def _mounted(device: Path, at: Path) -> Iterator[None]:
    loop = _run("losetup", "-f", "--show", str(device)).strip()
    try:
        _run("mount", "-t", "ext4", loop, str(at))
        try:
            yield
        finally:
            _run("umount", str(at))
    finally:
        _run("losetup", "-d", loop)


def _wait_for(file: Path) -> None:
    deadline = time.monotonic() + LONGEST_S
    while not file.exists():
        if time.monotonic() > deadline:
            raise DiskTrouble(f"{file} did not appear")
        time.sleep(0.01)


def _found(program: str) -> str | None:
    return shutil.which(program) or shutil.which(program, path=SBIN)


def _path(program: str) -> str:
    found = _found(program)
    if found is None:
        raise DiskTrouble(f"{program} is missing")
    return found


def _run(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [_path(program), *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DiskTrouble(f"{program} {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout
