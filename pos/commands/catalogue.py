"""``mostrador catalogue``: the products at the hub."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pos.commands.output import environment_errors, fail, print_json

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
    """
    from sync.hub.catalogue_import import BadHeader, import_catalogue
    from sync.hub.database import open_database

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    )
    with environment_errors():
        database = open_database(db)
        try:
            with bar:
                task = bar.add_task(file.name, total=None)
                result = import_catalogue(
                    database.engine,
                    file,
                    currency=currency,
                    on_progress=lambda rows: bar.update(task, completed=rows),
                )
        except BadHeader as error:
            fail(str(error))
        finally:
            database.close()
    report = {
        "accepted": result.accepted,
        "rejected": result.rejected,
        "duplicates": result.duplicates,
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
