"""``mostrador init``: makes the data folder of a till and enrols it at its hub."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.commands.output import environment_errors


def init(
    data: Annotated[Path, typer.Option(help="Folder to make; it holds everything of this till.")],
    hub: Annotated[str, typer.Option(help="Address of the hub, http://host:port.")],
    code: Annotated[
        str, typer.Option(help="What `mostrador hub till-code` gave out; used once.")
    ] = "",
    name: Annotated[str, typer.Option(help="What the hub calls this till.")] = "",
) -> None:
    """Make a till: its folder, keys and database, its place at the hub, the shop's settings.

    Which till it is the code says. Without a code, a till that is enrolled gets another address
    of its hub. A folder that holds the till already keeps everything in it.

    Example: mostrador init --data till --hub http://127.0.0.1:8480 --code 7K2M-9QXD-40RT-HWEA
    """
    from pos.commands.enrolment import enrol, move

    with environment_errors():
        done = enrol(data, hub=hub, code=code, name=name) if code else move(data, hub=hub)
    typer.echo(f"Till {done.till} is ready in {data}. Open it: mostrador till --data {data}")
