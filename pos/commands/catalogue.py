"""``mostrador catalogue``: the products at the hub."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.commands.hub_database import open_hub
from pos.commands.output import fail, print_json, progress_bar
from pos.system import SystemClock

app = typer.Typer(help="Products and prices at the hub.", no_args_is_help=True)


@app.callback()
def catalogue() -> None:
    """Products and prices at the hub."""


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV or CSV.gz with a header line.")],
    db: Annotated[str, typer.Option(help="Database of the hub (see `mostrador hub --help`).")],
    currency: Annotated[str, typer.Option(help="Currency of the prices.")] = "EUR",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Import products: columns gtin,name and, where there are, sku,brand,department,price,…

    A bad row is written with its reason to FILE.rejected.csv and never stops the rest; a bad
    header stops at once. Missing prices are made from the GTIN and marked as demonstration
    prices. Importing the same file again changes nothing.

    Example: mostrador catalogue import products.csv.gz --db sqlite:///hub.db
    """
    from sync.hub.publishing.catalogue_import import BadHeader, DamagedFile, import_catalogue

    with open_hub(db) as engine, progress_bar() as bar:
        task = bar.add_task(file.name, total=None)
        try:
            result = import_catalogue(
                engine,
                file,
                currency=currency,
                on_progress=lambda rows: bar.update(task, completed=rows),
                now_ms=SystemClock().now_ms(),
            )
        except (BadHeader, DamagedFile) as error:
            bar.stop()
            fail(str(error))
    report = {
        "accepted": result.accepted,
        "rejected": result.rejected,
        "duplicates": result.duplicates,
        "changed": result.changed,
        "generation": result.generation,
        "rejected_file": str(result.rejected_file) if result.rejected_file else None,
    }
    if json:
        print_json(report)
        return
    typer.echo(
        f"{result.accepted} accepted, {result.rejected} rejected, {result.duplicates} duplicate"
    )
    if result.rejected_file:
        typer.echo(f"Rejected rows with their reasons: {result.rejected_file}")
