"""``mostrador demo``: the till of an invented shop, to try; or its day, played by itself."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from pos.commands.output import environment_errors, fail


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
) -> None:
    """Open the demo shop: hub, agent, till and simulated devices, all on this machine.

    People and PINs stand in resources/demo/README.md (Lucía: 1111). The data stay between
    runs, so a till that was killed shows its ticket again. Headless, a whole shift is played
    through the real window with keys, scans and the pointer; the exit code is 0 only when
    the books hold and the hub agrees.

    Example: mostrador demo --headless --out demo-output
    """
    from pos.commands.demonstration.processes import StageError

    with environment_errors():
        try:
            if headless:
                _play(out, data)
            else:
                _open(data)
        except StageError as error:
            fail(str(error))


def _open(data: Path | None) -> None:
    from platformdirs import user_data_path

    from pos.app import run_till
    from pos.commands.demonstration.opening import demonstration

    folder = data or user_data_path("mostrador") / "demo"
    with demonstration(folder) as opened:
        typer.echo(f"Hub at {opened.hub.url}, data in {folder}. Sign in: Lucía, 1111.")
        code = run_till(opened.folder.root)
    raise typer.Exit(code)


def _play(out: Path, data: Path | None) -> None:
    from pos.commands.demonstration.headless import play

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started ends with it
    report = play(out, data, say=typer.echo)
    typer.echo(report.summary)
    typer.echo(f"Report, pictures and receipts: {out}")
    if not report.is_good:
        fail("; ".join(report.faults))
