"""``mostrador demo``: the till of an invented shop, to try; or its day, played by itself."""

from __future__ import annotations

import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos.commands.output import environment_errors, fail

if TYPE_CHECKING:
    from pos.commands.demonstration.opening import Opened


def demo(
    headless: Annotated[
        bool,
        typer.Option(
            "--headless", help="Play a scripted day under a virtual display and judge it."
        ),
    ] = False,
    out: Annotated[
        Path, typer.Option(help="With --headless: where report, pictures and receipts go.")
    ] = Path("demo-output"),
    data: Annotated[
        Path | None,
        typer.Option(help="Where the demo keeps its data; a fresh place when headless."),
    ] = None,
    tills: Annotated[
        int, typer.Option(min=1, max=2, help="How many tills of the shop open their window.")
    ] = 1,
) -> None:
    """Open the demo shop: hub, agent, till and simulated devices, all on this machine.

    The web shop it says the address of takes orders that are collected at this counter (F5).
    People and PINs stand in resources/demo/README.md (Lucía: 1111). The data stay between
    runs, so a till that was killed shows its ticket again. The hub's pages, with the conflict
    desk and what waits for an authorisation, are at the address it says (Marta: 3333).

    Headless, a whole shift is played through the real window with keys, scans and the pointer;
    then an outage, two tills, a ticket taken up twice, a copied till and a restored one; then
    orders of the web shop, collected with the hub and without. The exit code is 0 only when the
    books of each hold and the hub agrees.

    Example: mostrador demo --tills 2
    """
    from pos.commands.demonstration.processes import StageError

    with environment_errors():
        try:
            if headless:
                _play(out, data)
            else:
                _open(data, tills)
        except StageError as error:
            fail(str(error))


def _open(data: Path | None, tills: int) -> None:
    from platformdirs import user_data_path

    from pos.app import run_till
    from pos.commands.demonstration.opening import demonstration

    folder = data or user_data_path("mostrador") / "demo"
    with ExitStack() as stack:
        opened = stack.enter_context(demonstration(folder))
        typer.echo(f"Data in {folder}. Sign in: Lucía, 1111.")
        typer.echo(f"The hub's pages: {opened.hub.url}/desk/ (Marta, 3333).")
        typer.echo(f"The web shop, to order what is collected here: {opened.hub.url}/store/")
        if tills > 1:
            _open_other(opened, stack)
        else:
            typer.echo("The shop's other till beside it: mostrador demo --tills 2")
        code = run_till(opened.folder.root)
    raise typer.Exit(code)


def _open_other(opened: Opened, stack: ExitStack) -> None:
    """Open the window of the shop's other till, until the first is closed."""
    from pos.commands.demonstration.opening import other_till
    from pos.commands.demonstration.processes import MOSTRADOR, Program

    root = other_till(opened).folder.root
    log = root.parent / f"{root.name}.err"
    stack.callback(Program([*MOSTRADOR, "till", "--data", str(root)], log=log).stop)
    typer.echo(f"The other till: data in {root}. Sign in: Diego, 5555.")


def _play(out: Path, data: Path | None) -> None:
    from pos.commands.demonstration.headless import play

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started ends with it
    report = play(out, data, say=typer.echo)
    typer.echo(report.summary)
    typer.echo(f"Report, pictures and receipts: {out}")
    if not report.is_good:
        fail("; ".join(report.faults))
