"""``mostrador till``: the window of one till."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.commands.output import environment_errors


def till(
    data: Annotated[Path, typer.Option(help="Data folder, made by `mostrador init`.")],
) -> None:
    """Open the till. A second till on the same folder says who has it and ends.

    Example: mostrador till --data till
    """
    from pos.app import run_till

    with environment_errors():
        raise typer.Exit(run_till(data))
