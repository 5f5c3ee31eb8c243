"""``mostrador doctor``: what is wrong with this machine, and the command that mends it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.commands.output import fail, print_json


def doctor(
    data: Annotated[
        Path | None, typer.Option(help="Also check this till: key, devices, disk, hub.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check system libraries, SQLite, key store, fonts, devices, clock, disk and hub.

    Ends with exit code 1 when something must be mended before the till can work.

    Example: mostrador doctor --data till
    """
    from pos.commands.examining import examine

    findings = examine(data)
    if json:
        print_json({"findings": [finding.as_json() for finding in findings]})
    else:
        for finding in findings:
            typer.echo(f"{finding.mark} {finding.subject}: {finding.text}")
            if finding.mend:
                typer.echo(f"    {finding.mend}")
    if any(finding.is_fault for finding in findings):
        fail("not ready")
