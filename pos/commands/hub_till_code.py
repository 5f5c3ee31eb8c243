"""``mostrador hub till-code``: a code that makes one till known."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from pos.commands.hub_database import Db, open_hub
from pos.system import SystemClock


def till_code(
    shop: Annotated[str, typer.Argument(help="Code of the shop, for example FUEN.")],
    number: Annotated[int, typer.Argument(help="Number of the till in the shop, 1 to 999.")],
    db: Db,
    currency: Annotated[
        str, typer.Option(help="ISO currency: adds the shop when the hub does not know it.")
    ] = "",
) -> None:
    """Give out the code with which a till is enrolled: once, within 15 minutes.

    A number that is taken already moves to the machine that comes with the code; the one that
    had it is a stranger from then on.

    Example: mostrador hub till-code FUEN 2 --db sqlite:///hub.db
    """
    from sync.hub.trust.enrolment import issue_code

    with open_hub(db) as engine:
        code = issue_code(
            engine,
            shop,
            number,
            SystemClock().now_ms(),
            secrets.token_bytes,
            currency=currency,
        )
    typer.echo("-".join(code[place : place + 4] for place in range(0, len(code), 4)))
    typer.echo(f"For till {shop}-{number}, once, within 15 minutes:", err=True)
    typer.echo("  mostrador init --data DIR --hub URL --code CODE", err=True)
