"""The highest epoch a data folder was in, beside the database: it survives the database."""

from __future__ import annotations

import contextlib
import os

from pos.store.data_folder import PRIVATE_FILE, DataFolder


def noted_epoch(folder: DataFolder) -> int:
    """Return the epoch noted in a folder, 0 for none that can be read."""
    try:
        return max(0, int(folder.epoch_marker.read_text(encoding="ascii")))
    except (OSError, ValueError):
        return 0


def note_epoch(folder: DataFolder, epoch: int) -> None:
    """Note an epoch unless a higher one is; a disk that takes no note is no reason to stop."""
    if epoch <= noted_epoch(folder):
        return
    draft = folder.epoch_marker.with_suffix(".new")
    with contextlib.suppress(OSError):
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
        try:
            os.write(descriptor, f"{epoch}\n".encode("ascii"))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        draft.replace(folder.epoch_marker)
