"""``mostrador restore``: a till set up again from a copy and what its hub holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos.commands.output import environment_errors, fail, print_json, progress_bar

if TYPE_CHECKING:
    from pos.commands.restoring import Restored


def restore(
    data: Annotated[Path, typer.Option(help="Folder to set the till up in.")],
    backup: Annotated[Path, typer.Option(help="The copy: a file till-….db.")],
    key_code: Annotated[
        str, typer.Option(help="Recovery code; not needed where the copy lies beside its key.")
    ] = "",
    hub: Annotated[str, typer.Option(help="Address of the hub, if it is another now.")] = "",
    offline: Annotated[
        bool, typer.Option("--offline", help="Do not ask the hub; what it holds stays there.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Set aside the till that lies in the folder.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Set a till up from a copy, and fetch back from the hub what was recorded after it.

    The till goes on with numbers of its own (2.3-000001), so that none is ever given twice.
    Nothing is changed before everything is there; it may be interrupted and begun again.

    Example: mostrador restore --data till --backup /media/stick/till-20261122T020000Z-1-4318.db
    """
    from pos.commands.restoring import Wanted, restore
    from sync.client import HubRefused, HubUnreachable

    wanted = Wanted(data, backup, key_code, hub, offline, replace)
    with environment_errors(), progress_bar() as bar:
        task = bar.add_task("", total=1)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total or 1)

        try:
            restored = restore(wanted, show)
        except HubUnreachable as error:
            fail(f"nothing was changed: {error}; later, or --offline")
        except HubRefused as error:
            fail(f"nothing was changed: {error}; a till that was set up anew meanwhile begins"
                 " with --offline and then mostrador init --code")  # fmt: skip
    if json:
        print_json(restored.as_json())
    else:
        for line in summary(restored, data):
            typer.echo(line)
    if restored.violations:
        fail(f"{len(restored.violations)} violations; mostrador verify lists them")


def summary(restored: Restored, data: Path) -> list[str]:
    """Return what came from where, what is missing, and how the till goes on."""
    copied = restored.copied
    last = f", the last one {copied.last_number}" if copied.last_number else ""
    lines = [
        f"Till {copied.till} is set up in {data}.",
        f"From the copy: {copied.sales} sales{last}, through fact {copied.epoch}/{copied.seq}.",
    ]
    if restored.is_offline:
        lines.append(
            "From the hub: nothing, it was not asked. What was sold after the copy is not in this"
            " till, and it is not known how much that is."
        )
    else:
        lines.append(f"From the hub: {restored.fetched} facts recorded after the copy.")
        if not restored.stopped:
            lines.append("Nothing that the hub holds is missing. What had not reached it is lost.")
    lines += [
        f"Missing: epoch {each.epoch} from fact {each.seq} on: {each.reason}."
        for each in restored.stopped
    ]
    lines.append(f"{restored.waiting} facts wait to be sent to the hub.")
    lines.append(f"It goes on in epoch {restored.epoch}: its next receipt is"
                 f" {restored.series}-000001.")  # fmt: skip
    if restored.set_aside is not None:
        lines.append(f"What lay there before is in {restored.set_aside}; it must not be opened.")
    return lines
