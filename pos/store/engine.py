"""The one way a SQLite file of ours is opened: patched library, durable, no lost updates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as driver

from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.store.filesystem import refuse_unsafe

OLDEST_SQLITE: Final = (3, 51, 3)  # before it two writers can corrupt a WAL file
KEY_BYTES: Final = 32
BUSY_TIMEOUT_MS: Final = 5_000
JOURNAL_SIZE_LIMIT: Final = 64 * 1024 * 1024
CACHED_STATEMENTS: Final = 256
CHECKPOINT_PAGES: Final = 1_000  # SQLite's own default
HEADER: Final = b"SQLite format 3\x00"

# Primary result codes, https://www.sqlite.org/rescode.html
BUSY, LOCKED, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN = 5, 6, 8, 9, 10, 13, 14
CORRUPT, NOTADB = 11, 26

WRITER_PRAGMAS: Final[Mapping[str, str | int]] = {
    "busy_timeout": BUSY_TIMEOUT_MS,
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: NORMAL kept none of 60 acknowledged commits through a power cut
    "foreign_keys": 1,
    "journal_size_limit": JOURNAL_SIZE_LIMIT,
    "query_only": 0,
}
READER_PRAGMAS: Final[Mapping[str, str | int]] = {
    "busy_timeout": BUSY_TIMEOUT_MS,
    "foreign_keys": 1,
    "query_only": 1,
}


class SqliteTooOld(StoreUnavailable):
    """The SQLite in use can corrupt a file that two processes write."""


class WrongKey(StoreUnavailable):
    """The key does not open the file."""


class NotADatabase(StoreUnavailable):
    """The file is something else, or is encrypted and no key was given."""


class DamagedFile(StoreUnavailable):
    """The file is a database, and what is written in it makes no sense."""


class PragmaRefused(StoreUnavailable):
    """SQLite did not take a setting that durability stands on."""


class DiskFull(StoreUnavailable):
    """There is no room left for what was to be recorded."""


class StoreBusy(StoreUnavailable):
    """Another process held the database for longer than the busy timeout."""


def make_engine(
    path: Path,
    *,
    key: bytes | None,
    read_only: bool = False,
    checkpoint_pages: int = CHECKPOINT_PAGES,
) -> Engine:
    """Return an engine on the SQLite file `path`; nothing is opened yet.

    Writing transactions begin IMMEDIATE: the driver's own way (no BEGIN before a SELECT) lost
    601 of 900 concurrent updates without one error. Reading ones are deferred, so that they
    see one moment and never wait for a writer.

    Args:
        path: Created when missing, unless `read_only`.
        key: 32 raw bytes of the cipher, or None for a plain file.
        read_only: Make an engine whose connections refuse to write.
        checkpoint_pages: How full the WAL is when a commit also moves it into the file.

    Raises:
        SqliteTooOld: The library is older than `OLDEST_SQLITE`.
        UnsafeFilesystem: The file would be on a network filesystem.
        ValueError: The key has another length.
    """
    check_version(driver.sqlite_version_info)
    refuse_unsafe(path)
    if key is not None and len(key) != KEY_BYTES:
        raise ValueError(f"a key of {len(key)} bytes")
    writer_pragmas = {**WRITER_PRAGMAS, "wal_autocheckpoint": checkpoint_pages}
    pragmas = READER_PRAGMAS if read_only else writer_pragmas
    mode = "rw" if read_only else "rwc"
    engine = create_engine(
        "sqlite://",
        module=driver,
        poolclass=QueuePool,
        hide_parameters=True,  # errors are logged; what people bought and their PINs are not
        creator=lambda: open_connection(path, key=key, mode=mode, pragmas=pragmas),
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def do_begin(connection: Any) -> None:
        connection.driver_connection.execute(begin)

    # As a listener for "begin" it took more than half of a short transaction.
    engine.dialect.do_begin = do_begin  # type: ignore[assignment]
    return engine


def check_version(version: tuple[int, ...]) -> None:
    """Check the SQLite library.

    Raises:
        SqliteTooOld: It is older than `OLDEST_SQLITE`.
    """
    if version < OLDEST_SQLITE:
        found, least = (".".join(map(str, each)) for each in (version, OLDEST_SQLITE))
        raise SqliteTooOld(f"SQLite {found}; at least {least} is needed")


def open_connection(
    path: Path, *, key: bytes | None, mode: str, pragmas: Mapping[str, str | int]
) -> Any:
    """Open a driver connection in autocommit mode, set `pragmas` and read each one back.

    Raises:
        WrongKey, NotADatabase, PragmaRefused, StoreUnavailable: See each.
    """
    connection = None
    try:
        connection = driver.connect(
            f"file:{quote(str(path.absolute()))}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=CACHED_STATEMENTS,
        )
        _unlock(connection, key)
        for name, value in pragmas.items():
            _set(connection, name, value)
    except driver.Error as error:
        if connection is not None:
            connection.close()
        raise _opening_error(path, key, error) from error
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def error_code(error: BaseException) -> int:
    """Return SQLite's primary result code behind an error of the driver or of SQLAlchemy, or 0."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    return int(getattr(origin, "sqlite_errorcode", 0) or 0) & 0xFF


def as_unavailable(error: BaseException) -> StoreUnavailable | None:
    """Return what an error before the commit means to the cashier; None when it is a bug."""
    code = error_code(error)
    if code in {BUSY, LOCKED}:
        return StoreBusy(str(error))
    if code == FULL:
        return DiskFull(str(error))
    if code in {READONLY, IOERR, CANTOPEN}:
        return StoreUnavailable(str(error))
    return None


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Run one transaction: committed when the block ends, rolled back when it raises.

    Raises:
        StoreUnavailable: Nothing was recorded.
        OutcomeOfCommitUnknown: The disk failed while committing. Every connection of the engine
            is closed, because after a failed fsync the page cache may pretend to be clean.
    """
    try:
        with engine.connect() as connection:
            work = connection.begin()
            try:
                yield connection
            except BaseException:
                work.rollback()
                raise
            try:
                work.commit()
            except DBAPIError as error:
                _after_failed_commit(engine, connection, error)
                raise
    except (DBAPIError, driver.Error) as error:
        meaning = as_unavailable(error)
        if meaning is None:
            raise
        raise meaning from error


def _after_failed_commit(engine: Engine, connection: Connection, error: DBAPIError) -> None:
    """Undo what can surely be undone, or say that nobody knows.

    A full disk is sure: the frame that commits is the last one written to the WAL, and it was
    not. After an I/O error it may lie on the disk all the same.
    """
    if error_code(error) in {FULL, BUSY, READONLY}:
        raw = connection.connection.dbapi_connection
        if raw is not None:
            raw.rollback()
        return
    connection.invalidate()
    engine.dispose()
    raise OutcomeOfCommitUnknown(str(error)) from error


def _unlock(connection: Any, key: bytes | None) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # or it writes to the cashier's terminal
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _set(connection: Any, name: str, value: str | int) -> None:
    connection.execute(f"PRAGMA {name} = {value}").fetchall()
    (found,) = connection.execute(f"PRAGMA {name}").fetchone()
    if found != value:
        raise PragmaRefused(f"PRAGMA {name} is {found}, not {value}")


def _opening_error(path: Path, key: bytes | None, error: Any) -> StoreUnavailable:
    if error_code(error) == CORRUPT:
        return DamagedFile(f"{path}: {error}")
    if error_code(error) != NOTADB:
        return as_unavailable(error) or StoreUnavailable(f"{path}: {error}")
    with path.open("rb") as file:
        is_plain = file.read(len(HEADER)) == HEADER
    if key is not None and not is_plain and path.stat().st_size % 512 == 0:
        return WrongKey(f"the key does not open {path}")
    return NotADatabase(f"{path} is not a database" + (" of ours" if is_plain else ""))
