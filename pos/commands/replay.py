"""``mostrador replay``: rings up a retailer's sales and returns and compares with the hub."""

from __future__ import annotations

import json as json_module
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from pos.commands.output import environment_errors, fail, print_json, progress_bar


def replay(
    file: Annotated[Path, typer.Argument(help="CSV[.gz]: InvoiceNo,StockCode,Description,…")],
    data: Annotated[Path, typer.Option(help="Data folder of the till that rings it up.")],
    hub: Annotated[str, typer.Option(help="Address of the hub, http://host:port.")],
    code: Annotated[
        str, typer.Option(help="Enrols the till: from `mostrador hub till-code HIST 1`.")
    ] = "",
    hub_db: Annotated[
        str, typer.Option(help="Database of the hub: enrols the till without a code.")
    ] = "",
    currency: Annotated[str, typer.Option(help="Currency of the history.")] = "GBP",
    tax_rate: Annotated[str, typer.Option(help="Tax in the prices, per cent.")] = "20",
    limit: Annotated[int | None, typer.Option(help="Only the first N invoices.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the report there as JSON.")] = None,
) -> None:
    """Ring up every invoice of a history through the services of the till, sync and compare.

    The first time the till must be enrolled: with a code, or with the hub's database at hand.

    Stopping and starting again goes on where it was: nothing twice. An invoice C… is a return:
    of earlier sales to the same CustomerID of the same product at the same price, while they
    have units left, else without a receipt. Invoices that come to zero are skipped and listed
    with their reason. The report is printed as JSON; what came back is below zero.

    Example: mostrador replay history.csv.gz --data till --hub http://127.0.0.1:8480
    --hub-db sqlite:///hub.db
    """
    from pos.commands.replaying import HistoryError, ReplayRequest, run_replay

    request = ReplayRequest(
        file, data, hub, currency, _basis_points(tax_rate), limit, code, hub_db
    )
    with environment_errors(), progress_bar() as bar:
        task = bar.add_task(file.name, total=None)
        try:
            result = run_replay(
                request,
                lambda done, of: bar.update(task, completed=done, total=of),
                lambda left: bar.update(task, description=f"waiting for the hub: {left} facts"),
            )
        except HistoryError as error:
            bar.stop()
            fail(str(error))
    if report:
        text = json_module.dumps(result.as_json(), ensure_ascii=False, indent=1)
        report.write_text(text + "\n", encoding="utf-8")
    print_json({**result.as_json(), "skipped": len(result.skipped)})
    if not result.agrees:
        here = f"{result.total_minor} sold, {result.returns_total_minor} returned"
        there = f"{result.hub_total_minor} sold, {result.hub_returns_total_minor} returned"
        fail(f"till and hub differ: {here}; {there}")


def _basis_points(percent: str) -> int:
    try:
        basis_points = Decimal(percent) * 100
    except InvalidOperation:
        fail(f"tax rate {percent!r} is no number")
    if basis_points != int(basis_points) or not 0 <= basis_points <= 10_000:
        fail(f"tax rate {percent!r}: 0 to 100 with two decimals at most")
    return int(basis_points)
