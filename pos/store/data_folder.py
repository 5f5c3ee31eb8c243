"""The folder of one till: where everything lies, who holds it, and whether there is room."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pos.domain.errors import StoreUnavailable

RESERVE_BYTES = 64 * 1024 * 1024
LEAST_FREE_BYTES = 32 * 1024 * 1024
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
LONGEST_SOCKET_PATH = 100  # the kernel takes 107 bytes


class FolderRole(Enum):
    """What only one process at a time may be to a data folder."""

    TILL = "till"
    AGENT = "agent"


class FolderInUse(StoreUnavailable):
    """Another process holds the role; `pid` is its number, or None when it cannot be read."""

    def __init__(self, role: FolderRole, folder: Path, pid: int | None) -> None:
        holder = "another process" if pid is None else f"process {pid}"
        super().__init__(f"{holder} is the {role.value} of {folder}")
        self.role = role
        self.pid = pid


class FolderLock:
    """A role held until `release` or the end of the process, however it ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        """Let another process have the role."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


@dataclass(frozen=True)
class DataFolder:
    """Paths below one folder; nothing is touched until a method is called.

    `reserve_bytes` are kept aside so that the open ticket can be finished on a full disk, and
    below `least_free_bytes` no ticket is begun.
    """

    root: Path
    reserve_bytes: int = RESERVE_BYTES
    least_free_bytes: int = LEAST_FREE_BYTES

    @property
    def settings(self) -> Path:
        return self.root / "settings.toml"

    @property
    def key_file(self) -> Path:
        """The 32 raw bytes of the key, where there is no usable keyring."""
        return self.root / "key"

    @property
    def key_name(self) -> Path:
        """The name under which the keyring knows the key, where there is one."""
        return self.root / "key.name"

    @property
    def database(self) -> Path:
        return self.root / "till.db"

    @property
    def catalogue(self) -> Path:
        return self.root / "catalogue"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def outgoing(self) -> Path:
        """Where receipts by e-mail go when no mail server is set."""
        return self.root / "outgoing"

    @property
    def receipts(self) -> Path:
        return self.root / "receipts"

    @property
    def backups(self) -> Path:
        """Copies of the database (`pos.store.backup`)."""
        return self.root / "backups"

    @property
    def epoch_marker(self) -> Path:
        """The highest epoch this folder was in (`pos.store.epoch_marker`)."""
        return self.root / "epoch"

    @property
    def place_marker(self) -> Path:
        """Where this folder lay when its till was set up (`pos.store.place`)."""
        return self.root / "place"

    @property
    def reserve(self) -> Path:
        return self.root / "reserve"

    @property
    def agent_socket(self) -> Path:
        """The agent's local socket, in a folder only its owner may write to.

        It lies in the data folder; where that path is too long for a socket, in a folder of
        this user below the temporary one. No variable of the environment takes part: an agent
        that runs as a service and a till on the desktop must find each other.
        """
        root = self.root.resolve()
        inside = root / "agent.sock"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH:
            return inside
        digest = hashlib.sha256(os.fsencode(root)).hexdigest()
        return Path("/tmp") / f"mostrador-{os.geteuid()}" / f"{digest[:16]}.sock"  # noqa: S108

    def create_socket_folder(self) -> None:
        """Make the folder of `agent_socket`, for this user alone.

        Raises:
            StoreUnavailable: It cannot be made, or somebody else could put a socket there.
        """
        folder = self.agent_socket.parent
        try:
            folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
        if not is_trusted(folder):
            raise StoreUnavailable(f"{folder} can be written by other users")

    def create(self) -> None:
        """Make the folders, for the owner's eyes only; harmless when they are there.

        Raises:
            StoreUnavailable: They cannot be made.
        """
        try:
            for folder in (self.root, self.catalogue, self.logs, self.outgoing, self.receipts):
                folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error

    def lock(self, role: FolderRole) -> FolderLock:
        """Take a role in this folder.

        Raises:
            FolderInUse: Another living process has it.
            StoreUnavailable: The lock file cannot be written.
        """
        path = self.root / f"{role.value}.lock"
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise FolderInUse(role, self.root, _pid_in(path)) from None
        # Who holds it is only said for people: a full disk is no reason not to open the till.
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        return FolderLock(descriptor)

    # -- room on the disk

    def ensure_reserve(self) -> bool:
        """Keep `reserve_bytes` of the disk aside; False when there is no room for that."""
        if self.reserve.exists() and self.reserve.stat().st_size >= self.reserve_bytes:
            return True
        if shutil.disk_usage(self.root).free < self.reserve_bytes + self.least_free_bytes:
            return False
        try:
            with self.reserve.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, max(self.reserve_bytes, 1))
        except OSError:
            self.release_reserve()
            return False
        return True

    def release_reserve(self) -> None:
        """Give the reserve back to the disk, so that what is open can be finished."""
        self.reserve.unlink(missing_ok=True)

    def has_room_for_a_ticket(self) -> bool:
        """True while the reserve stands and enough is free to begin another ticket."""
        try:
            free = shutil.disk_usage(self.root).free
            return free >= self.least_free_bytes and self.ensure_reserve()
        except OSError:
            return False


def is_trusted(folder: Path) -> bool:
    """True when nobody but this user (and root) can put or replace a file in `folder`."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    is_own = found.st_uid in {os.geteuid(), 0}
    return stat.S_ISDIR(found.st_mode) and is_own and not found.st_mode & stat.S_IWOTH


def _pid_in(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
