"""Opens the hub's database for the commands of the office."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from pos.commands.output import environment_errors, fail

if TYPE_CHECKING:
    from sqlalchemy import Engine

Db = Annotated[str, typer.Option(help="Database of the hub (see `mostrador hub --help`).")]


@contextmanager
def open_hub(db: str) -> Iterator[Engine]:
    """Yield the hub's engine; what cannot be is said in a line and ends the command."""
    from sqlalchemy.exc import ArgumentError, OperationalError

    from sync.hub.admin import NotKnown, NotPossible
    from sync.hub.database import NotAHubUrl, open_database

    with environment_errors():
        try:
            database = open_database(db)
        except (ArgumentError, NotAHubUrl):
            fail(f"--db {db!r}: postgresql://user@host/name or sqlite:///FILE")
        except OperationalError as error:
            fail(f"the database does not answer: {error.orig}")
        try:
            yield database.engine
        except (NotKnown, NotPossible) as error:
            fail(str(error))
        finally:
            database.close()
