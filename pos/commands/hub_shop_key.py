"""``mostrador hub shop-key``: a key with which a web shop places orders."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from pos.commands.hub_database import Db, open_hub
from pos.commands.output import fail
from pos.system import SystemClock


def shop_key(
    name: Annotated[str, typer.Argument(help="What the web shop is called.")],
    db: Db,
    revoke: Annotated[
        str, typer.Option(help="Let this key in no more: the part after mws_, up to the next _.")
    ] = "",
) -> None:
    """Give out a key for a web shop, or revoke one. It is shown once and cannot be shown again.

    The web shop sends it with every request: Authorization: Bearer KEY

    Example: mostrador hub shop-key nogal.example --db sqlite:///hub.db
    """
    from sync.hub.database import begin
    from sync.hub.trust.shop_keys import NoSuchKey, issue_key, revoke_key

    now_ms = SystemClock().now_ms()
    with open_hub(db) as engine, begin(engine) as connection:
        if not revoke:
            typer.echo(issue_key(connection, name, now_ms, secrets.token_bytes))
            return
        try:
            revoke_key(connection, revoke, now_ms)
        except NoSuchKey:
            fail(f"no key {revoke}")
    typer.echo(f"{revoke} is let in no more.")
