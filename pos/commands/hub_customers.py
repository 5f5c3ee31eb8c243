"""``mostrador hub customer``: what a customer may ask of the office, and two records of one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos.commands.hub_database import Db, open_hub
from pos.commands.output import fail
from pos.system import SystemClock

if TYPE_CHECKING:
    from sqlalchemy import Connection

Who = Annotated[
    str, typer.Argument(help="Their id, card, whole phone number (with +34…) or mail address.")
]

app = typer.Typer(help="Records of customers.", no_args_is_help=True)


@app.command("export")
def export(
    who: Who,
    db: Db,
    out: Annotated[
        Path | None, typer.Option(help="File to write; it must not exist. Default: the screen.")
    ] = None,
) -> None:
    """Write all that the hub holds of a customer as one JSON object, for them to take away.

    Example: mostrador hub customer export +34600000101 --out carmen.json --db sqlite:///hub.db
    """
    from sync.hub.customers.exporting import export as exported

    with open_hub(db) as engine, engine.connect() as connection:
        found = exported(connection, _only(connection, who))
    text = json.dumps(found, ensure_ascii=False, indent=2)
    if out is None:
        typer.echo(text)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(f"{text}\n")
    except FileExistsError:
        fail(f"{out} exists")
    typer.echo(f"Written to {out}.")


@app.command("erase")
def erase(
    who: Who,
    db: Db,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether this is meant.")] = False,
) -> None:
    """Forget a customer everywhere at the hub; the shops' tills forget them as they hear of it.

    What was sold stays, and so do the facts of the tills, which name customers by an id that
    leads nowhere any more. Goods that are still owed to them are to be handed over first.

    Example: mostrador hub customer erase NOGAL-000101 --db sqlite:///hub.db
    """
    from sync.hub.customers.erasing import HasOpenOrders
    from sync.hub.customers.erasing import erase as erased
    from sync.hub.database import begin

    if not yes:
        typer.confirm(f"Forget {who} for ever?", abort=True)
    with open_hub(db) as engine, begin(engine) as connection:
        try:
            gone = erased(connection, _only(connection, who), SystemClock().now_ms())
        except HasOpenOrders as error:
            fail(f"not yet: hand over or cancel {', '.join(error.numbers)} first")
    typer.echo(f"Forgotten: {gone.customer_id}, and in {gone.orders} orders.")
    for trace in gone.traces:
        typer.echo(f"Kept by law: {trace.kind}, {trace.till} {trace.epoch}:{trace.seq}")


@app.command("merge")
def merge(
    kept: Annotated[str, typer.Argument(help="The record that stays (as with export).")],
    other: Annotated[str, typer.Argument(help="The record of the same person that goes.")],
    db: Db,
) -> None:
    """Make two records of one person one; it cannot be undone.

    Example: mostrador hub customer merge NOGAL-000101 +34600000999 --db sqlite:///hub.db
    """
    from sync.hub.customers.merging import merge as merged
    from sync.hub.database import begin

    with open_hub(db) as engine, begin(engine) as connection:
        ids = _only(connection, kept), _only(connection, other)
        stays = merged(connection, *ids, SystemClock().now_ms())
    typer.echo(f"{stays.customer_id} is now the record of both.")


def _only(connection: Connection, who: str) -> str:
    """Return the id of the one customer who is meant; none or several end the command."""
    from sync.hub.customers.linking import meant

    ids = meant(connection, who)
    if not ids:
        fail(f"no customer {who}")
    if len(ids) > 1:
        fail(f"{who} is of several customers: {', '.join(ids)}")
    return ids[0]
