"""The hub's database: PostgreSQL, or a SQLite file for a hub embedded beside one till."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import alembic.command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError

from pos.domain.errors import StoreUnavailable
from pos.resources import migrations_path
from pos.store.engine import make_engine, transaction

MIGRATION_LOCK = 7_305_001  # any number, the same in every hub
POOL_SIZE = 10


class NotAHubUrl(StoreUnavailable):
    """The URL names neither PostgreSQL nor a SQLite file."""


class DatabaseAway(StoreUnavailable):
    """PostgreSQL does not answer, or lets nobody in."""


@dataclass(frozen=True, slots=True)
class HubDatabase:
    """An engine that writes and one that only reads and never waits for the writer."""

    engine: Engine
    reader: Engine

    @property
    def name(self) -> str:
        return self.engine.dialect.name

    def transaction(self) -> AbstractContextManager[Connection]:
        """Return a transaction that writes; it is committed when the block ends."""
        return begin(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a view of one moment."""
        with self.reader.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
        self.reader.dispose()


def open_database(url: str) -> HubDatabase:
    """Open a database and bring its tables up to date.

    Args:
        url: ``postgresql://user@host/name`` or ``sqlite:///file``.

    Raises:
        NotAHubUrl: Another kind of URL.
        StoreUnavailable: The SQLite file cannot be opened.
        DatabaseAway: PostgreSQL cannot be reached.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise NotAHubUrl(url) from error
    if parsed.drivername.startswith("postgresql"):
        with_driver = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(
            with_driver, pool_size=POOL_SIZE, pool_pre_ping=True, hide_parameters=True
        )
        reader = create_engine(
            with_driver,
            pool_size=POOL_SIZE,
            pool_pre_ping=True,
            hide_parameters=True,  # errors are logged; what people bought and their PINs are not
            isolation_level="REPEATABLE READ",
        )
    elif parsed.drivername.startswith("sqlite") and parsed.database:
        path = Path(parsed.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = make_engine(path, key=None)
        reader = make_engine(path, key=None, read_only=True)
    else:
        raise NotAHubUrl(parsed.render_as_string(hide_password=True))
    try:
        migrate(engine)
    except OperationalError as error:
        raise DatabaseAway(str(error.orig)) from error
    return HubDatabase(engine, reader)


def begin(engine: Engine) -> AbstractContextManager[Connection]:
    """Return a transaction that writes, with the care an embedded SQLite file needs.

    Raises:
        StoreUnavailable: The SQLite file cannot be written now; nothing was.
        OperationalError: PostgreSQL is away.
    """
    return transaction(engine) if engine.dialect.name == "sqlite" else engine.begin()


def migrate(engine: Engine) -> None:
    """Bring the tables to the latest revision; two hubs that start at once do it once."""
    config = Config()
    config.set_main_option("script_location", str(migrations_path("hub")))
    head = ScriptDirectory.from_config(config).get_current_head()
    with begin(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK}
            )
        if MigrationContext.configure(connection).get_current_revision() == head:
            return
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "head")
