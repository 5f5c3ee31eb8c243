"""What the doctor says of a till's copies, and of the place its folder lies in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from pos.commands.finding import Finding, Mark, good
from pos.store.data_folder import DataFolder

OLDEST_HOURS = 48


def examine_copies(folder: DataFolder, now: datetime) -> Iterator[Finding]:
    """Say how old the last copy is, why one failed, and whether the folder was copied here."""
    from pos.store.backup import last_backup, last_failure
    from pos.store.epoch_marker import noted_epoch
    from pos.store.place import Place, look_at_place

    mend = f"mostrador backup --data {folder.root}"
    last, failure = last_backup(folder), last_failure(folder)
    if failure:
        yield Finding("backup", Mark.NOTE, f"the last one failed: {failure.text}", mend)
    if last is None:
        yield Finding("backup", Mark.NOTE, "there is none yet", mend)
    else:
        taken = datetime.fromtimestamp(last.taken_at_ms / 1000, UTC)
        text = f"{last.path.name}, {last.size // 1_000_000} MB"
        is_old = (now - taken).total_seconds() > OLDEST_HOURS * 3600
        yield Finding("backup", Mark.NOTE, text, mend) if is_old else good("backup", text)
    if look_at_place(folder, noted_epoch(folder)) is Place.OTHER:
        yield Finding(
            "place",
            Mark.NOTE,
            "this folder was copied from another place; two tills with one number are not one",
            "mostrador restore --data NEW --backup FILE, where the other is still in use",
        )
