"""``mostrador backup``: a copy of a till now, the copies there are, and their key on paper."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from pos.commands.output import environment_errors, fail, print_json
from pos.store.data_folder import DataFolder

Data = Annotated[Path | None, typer.Option(help="Data folder of the till.")]

app = typer.Typer(invoke_without_command=True)


@app.callback()
def backup(
    context: typer.Context,
    data: Data = None,
    to: Annotated[
        Path | None, typer.Option(help="A second place for the copy: a stick, a mounted share.")
    ] = None,
) -> None:
    """Copy a till now, beside it; its agent does so each night and every 200 sales.

    The copy is read back before it counts, and kept in the data folder.
    The copy is encrypted with the key of the till. Write that key down: mostrador backup key.

    Example: mostrador backup --data till --to /media/stick
    """
    if context.invoked_subcommand is not None:
        return
    from pos.settings import read_settings
    from pos.store.backup import copy_to, take_backup
    from pos.system import SystemClock

    with environment_errors():
        folder, key = _opened(data)
        taken = take_backup(folder, key=key, now_ms=SystemClock().now_ms())
        typer.echo(f"{taken.path} ({taken.size} bytes, through fact {taken.taken.seq})")
        if to is not None:
            till = read_settings(folder.settings).till
            typer.echo(str(copy_to(taken, to, till=till)))


@app.command("list")
def list_backups(
    data: Data = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """List the copies of a till, the one that holds most first.

    Example: mostrador backup list --data till
    """
    from pos.store.backup import backups_in, last_failure

    with environment_errors():
        folder, _ = _opened(data)
        found, failure = backups_in(folder.backups), last_failure(folder)
    if json:
        print_json(
            {
                "backups": [
                    {
                        "file": str(each.path),
                        "taken_at_ms": each.taken_at_ms,
                        "bytes": each.size,
                        "epoch": each.taken.epoch,
                        "seq": each.taken.seq,
                    }
                    for each in found
                ],
                "failure": failure.text if failure else "",
            }
        )
        return
    for each in found:
        at = datetime.datetime.fromtimestamp(each.taken_at_ms / 1000, datetime.UTC)
        typer.echo(f"{each.path}  {at:%Y-%m-%d %H:%M} UTC  {each.size} bytes")
    if failure:
        typer.echo(f"The last copy failed: {failure.text}")


@app.command("key")
def show_key(data: Data = None) -> None:
    """Print the recovery code: without it, no copy opens on another machine.

    Whoever has a copy and this code can read everything in it. Keep it on paper, in the safe.

    Example: mostrador backup key --data till
    """
    from pos.store.recovery_code import code_of

    with environment_errors():
        _, key = _opened(data)
    groups = code_of(key).split("-")
    for first in range(0, len(groups), 4):
        typer.echo("-".join(groups[first : first + 4]))


def _opened(data: Path | None) -> tuple[DataFolder, bytes]:
    """Return the folder of a till and its key."""
    from pos.store.keys import KeyMissing, load_key
    from pos.store.till_store import NotATill

    if data is None:
        fail("say which till: --data FOLDER")
    folder = DataFolder(data)
    if not folder.database.is_file():
        raise NotATill(f"there is no till in {data}")
    key = load_key(folder)
    if key is None:
        raise KeyMissing(f"the key of {folder.database} is gone")
    return folder, key
