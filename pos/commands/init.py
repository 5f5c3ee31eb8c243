"""``mostrador init``: makes the data folder of a till and introduces it to its hub."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.commands.output import environment_errors


def init(
    data: Annotated[Path, typer.Option(help="Folder to make; it holds everything of this till.")],
    hub: Annotated[str, typer.Option(help="Address of the hub, http://host:port.")],
    shop: Annotated[str, typer.Option(help="Code of the shop at the hub, for example FUEN.")],
    till: Annotated[int, typer.Option(help="Number of this till in the shop, 1 to 999.")],
    name: Annotated[str, typer.Option(help="What the hub calls this till.")] = "",
) -> None:
    """Make a till: its folder, key and database, its place at the hub, the shop's settings.

    Doing it again on the same folder is harmless.

    Example: mostrador init --data till --hub http://127.0.0.1:8480 --shop FUEN --till 2
    """
    from pos.commands.enrolment import enrol

    with environment_errors():
        enrolled = enrol(data, hub=hub, shop=shop, till_number=till, name=name)
    typer.echo(f"Till {enrolled.till} is ready in {data}. Open it: mostrador till --data {data}")
