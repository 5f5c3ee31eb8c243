"""``mostrador verify``: do the books of a till hold together?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.commands.output import environment_errors, fail, print_json


def verify(
    data: Annotated[Path, typer.Option(help="Data folder of the till.")],
    hub: Annotated[
        str | None, typer.Option(help="Also compare with this hub, http://host:port.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check the invariants of a till: no half sale, chain whole, numbers gapless, cash right.

    Lists each violation and ends with exit code 1 if there is any. May run beside the till.

    Example: mostrador verify --data till --hub http://127.0.0.1:8480
    """
    from pos.commands.checking import check_folder

    with environment_errors():
        result = check_folder(data, hub)
    if json:
        print_json(result.as_json())
    else:
        for violation in result.violations:
            typer.echo(f"{violation.code}: {violation.message}")
        typer.echo(result.summary)
    if result.violations:
        fail(f"{len(result.violations)} violations")
