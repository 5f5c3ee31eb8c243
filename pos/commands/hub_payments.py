"""``mostrador hub payments-simulator``: a payment provider to try online orders with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.commands.output import environment_errors


def payments_simulator(
    data: Annotated[Path, typer.Option(help="File its payments and refunds are kept in.")],
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.")] = 8490,
) -> None:
    """Run a payment provider that moves no money, on this machine.

    The hub asks it with --payments. It prints where it listens, keeps what it did through a
    kill, and misbehaves when POST /control says so.

    Example: mostrador hub payments-simulator --data payments.db
    """
    from sync.payments.simulator import run

    with environment_errors():
        run(data, port)
