"""``mostrador agent``: what carries facts to the hub and brings products back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.commands.output import environment_errors


def agent(
    data: Annotated[Path, typer.Option(help="Data folder of the till.")],
    with_parent: Annotated[
        bool,
        typer.Option("--with-parent", help="End when standard input closes (started by a till)."),
    ] = False,
) -> None:
    """Run the agent of one till. The till starts one by itself; as a service it runs alone.

    Example: mostrador agent --data /var/lib/mostrador/till
    """
    from sync.agent.main import run

    with environment_errors():
        run(data, with_parent=with_parent)
