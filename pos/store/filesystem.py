"""Which filesystem a file lies on, whether a database may live there, and what is safely on it."""

from __future__ import annotations

import os
from pathlib import Path

from pos.domain.errors import StoreUnavailable

MOUNTS = Path("/proc/self/mountinfo")
NETWORK_TYPES = frozenset(
    {"9p", "afs", "ceph", "cifs", "coda", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4",
     "ocfs2", "smb3", "smbfs", "vboxsf"}
)  # fmt: skip
LOCAL_FUSE = frozenset({"fuse.lxcfs", "fuse.fuse-overlayfs"})


class UnsafeFilesystem(StoreUnavailable):
    """The folder is on a network or user-space filesystem, where SQLite's locks do not hold.

    Source:
        https://www.sqlite.org/howtocorrupt.html section 2.1
    """


def filesystem_type(path: Path, mounts: str) -> str:
    """Return the type of the filesystem `path` lies on, empty when it cannot be told.

    Args:
        path: Need not exist.
        mounts: The text of Linux's ``/proc/self/mountinfo``.
    """
    resolved = os.path.realpath(path)
    best, found = "", ""
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        if not right:
            continue
        point = left.split(" ")[4].replace("\\040", " ")
        inside = resolved == point or resolved.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, found = point, right.split(" ")[0]
    return found


def is_unsafe(kind: str) -> bool:
    """True for filesystems of the network and of user space."""
    return kind in NETWORK_TYPES or (kind.startswith("fuse.") and kind not in LOCAL_FUSE)


def refuse_unsafe(path: Path) -> None:
    """Check that a database may live at `path`.

    Raises:
        UnsafeFilesystem: It is on a network or user-space filesystem.
    """
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return  # not Linux: nothing to ask
    kind = filesystem_type(path, mounts)
    if is_unsafe(kind):
        raise UnsafeFilesystem(f"{path} is on {kind}; the data folder must be on a local disk")


def sync_to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would survive a power cut.

    Raises:
        OSError: The disk failed, or the path is not there.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
