"""How commands speak: plain lines for people, JSON for programs, exit codes for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from hardware.errors import DeviceError
from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.settings import SettingsError

if TYPE_CHECKING:
    from rich.progress import Progress


def fail(message: str) -> NoReturn:
    """Say on standard error what is wrong and end with exit code 1."""
    typer.echo(f"mostrador: {message}", err=True)
    raise typer.Exit(1)


def print_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object on a line of its own."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@contextmanager
def environment_errors() -> Iterator[None]:
    """Turn what the surroundings did wrong into a message; bugs keep their traceback."""
    try:
        yield
    except (StoreUnavailable, OutcomeOfCommitUnknown, SettingsError, DeviceError) as error:
        fail(str(error) or type(error).__name__)
    except OSError as error:
        fail(str(error))


def progress_bar() -> Progress:
    """Return a progress bar on standard error, so that standard output stays for programs."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
