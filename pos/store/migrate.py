"""Brings till.db to the schema this program knows, in one transaction, only when it differs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine

from pos.domain.errors import StoreUnavailable
from pos.resources import migrations_path
from pos.store.engine import transaction
from pos.store.tables import SCHEMA_REVISION

NEWEST = "head"


class SchemaTooNew(StoreUnavailable):
    """A later version of the program has written the file; this one must not touch it."""


def stored_revision(connection: Connection) -> str | None:
    """Return the revision the file is at, None for an empty one; costs no import of Alembic."""
    known = connection.exec_driver_sql(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).first()
    if known is None:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def migrate(engine: Engine, to: str = NEWEST) -> bool:
    """Bring the file to revision `to` and return whether anything had to be done.

    Either all of it happens or nothing: SQLite rolls DDL back like anything else.

    Raises:
        SchemaTooNew: The file is at a revision this program does not know.
        StoreUnavailable: Nothing was changed.
    """
    with transaction(engine) as connection:
        stored = stored_revision(connection)
        if stored == (SCHEMA_REVISION if to == NEWEST else to):
            return False
        _upgrade(connection, migrations_path("till"), stored, to)
    return True


def _upgrade(connection: Connection, folder: Path, stored: str | None, to: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if stored is not None and stored not in known:
        raise SchemaTooNew(
            f"the data folder is at schema {stored}, this program knows {SCHEMA_REVISION}: "
            "start the later version of the program"
        )
    config.attributes["connection"] = connection
    command.upgrade(config, to)
