"""``mostrador hub revoke``: a till that was stolen or given away syncs no more."""

from __future__ import annotations

from typing import Annotated

import typer

from pos.commands.hub_database import Db, open_hub
from pos.system import SystemClock


def revoke(
    till: Annotated[str, typer.Argument(help="The till, for example FUEN-2.")],
    db: Db,
    undo: Annotated[bool, typer.Option("--undo", help="Let the till sync again.")] = False,
) -> None:
    """Take nothing more from a till and tell it nothing more, from its next request on.

    The till keeps its sales and drops what it knows of customers as soon as it is told.

    Example: mostrador hub revoke FUEN-2 --db sqlite:///hub.db
    """
    from sync.hub.trust.enrolment import revoke as revoke_till

    with open_hub(db) as engine:
        revoke_till(engine, till, 0 if undo else SystemClock().now_ms())
    typer.echo(f"{till} may sync again." if undo else f"{till} is revoked.")
