"""Brings till.db to the schema this program knows, in one transaction, only when it differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine
from sqlcipher3 import dbapi2 as driver

from pos.domain.errors import StoreUnavailable
from pos.resources import migrations_path
from pos.store.data_folder import PRIVATE_FILE, PRIVATE_FOLDER
from pos.store.engine import as_unavailable, transaction
from pos.store.filesystem import sync_to_disk
from pos.store.tables import SCHEMA_REVISION

if TYPE_CHECKING:
    from alembic.config import Config

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

    Either all of it happens or nothing: SQLite rolls DDL back like anything else. A file with
    data is copied first (`copy_before`), for the day on which an update turns out wrong.

    Raises:
        SchemaTooNew: The file is at a revision this program does not know.
        StoreUnavailable: Nothing was changed.
    """
    wanted = SCHEMA_REVISION if to == NEWEST else to
    with transaction(engine) as connection:
        stored = stored_revision(connection)
    if stored == wanted:
        return False
    if stored is not None:
        _check_known(stored)
        copy_before(engine, stored)
    with transaction(engine) as connection:
        stored = stored_revision(connection)
        if stored == wanted:  # another process was faster
            return False
        _upgrade(connection, migrations_path("till"), to)
    return True


def copy_before(engine: Engine, revision: str) -> Path:
    """Copy the file as it is to ``backups/before-<revision>.db`` beside it, and read it back.

    Raises:
        StoreUnavailable: There is no room, or the copy cannot be read.
    """
    raw = engine.raw_connection()
    connection: Any = raw.driver_connection
    try:
        source = Path(connection.execute("PRAGMA database_list").fetchone()[2])
        folder = source.parent / "backups"
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        final, draft = folder / f"before-{revision}.db", folder / "before.part"
        draft.unlink(missing_ok=True)
        draft.touch(mode=PRIVATE_FILE)
        connection.execute("VACUUM INTO ?", (str(draft),))
        _check_copy(connection, draft)
        sync_to_disk(draft)
        draft.replace(final)
        sync_to_disk(folder)
        return final
    except (driver.Error, OSError) as error:
        raise as_unavailable(error) or StoreUnavailable(f"no copy before: {error}") from error
    finally:
        raw.close()


def _check_copy(connection: Any, copy: Path) -> None:
    """Read every page of a copy; it opens with the key of the file it was made from."""
    connection.execute("ATTACH ? AS copy", (str(copy),))
    try:
        found = connection.execute("PRAGMA copy.integrity_check").fetchall()
    finally:
        connection.execute("DETACH copy")
    if found != [("ok",)]:
        raise StoreUnavailable(f"the copy cannot be read back: {found[0][0]}")


def _check_known(stored: str) -> None:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config(migrations_path("till")))
    if stored not in {script.revision for script in scripts.walk_revisions()}:
        raise SchemaTooNew(
            f"the data folder is at schema {stored}, this program knows {SCHEMA_REVISION}: "
            "start the later version of the program"
        )


def _upgrade(connection: Connection, folder: Path, to: str) -> None:
    from alembic import command

    config = _config(folder)
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _config(folder: Path) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
