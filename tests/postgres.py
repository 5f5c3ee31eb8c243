"""A PostgreSQL server of the tests' own: no port, no password, gone with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

SUPERUSER = "mostrador"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server that listens on a Unix socket below `folder` only."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of a database on this server."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.folder}"

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """Return a connection that may create and drop databases."""
        return psycopg.connect(
            host=str(self.folder), user=SUPERUSER, dbname="postgres", autocommit=True
        )


def create_database(cluster: Cluster) -> str:
    """Create an empty database and return its name."""
    name = f"shop_{uuid.uuid4().hex}"
    with cluster.connect() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return name


def empty_database(cluster: Cluster, name: str, tables: Sequence[str]) -> None:
    """Delete every row: a hundred times sooner done than making the database anew.

    Whoever is still connected is sent away first, with what it holds.
    """
    away = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with cluster.connect() as connection:
        connection.execute(away, (name,))
    delete = sql.SQL("; ").join(
        sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in tables
    )
    with psycopg.connect(host=str(cluster.folder), user=SUPERUSER, dbname=name) as connection:
        connection.execute(delete)


def drop_database(cluster: Cluster, name: str) -> None:
    """Drop a database, also when a connection to it was left open."""
    with cluster.connect() as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Make a cluster in a temporary folder, run it with durable commits, and take both away.

    The server ends with this process, even when that is killed.
    """
    # Not pytest's folder: a socket path is short, and the server's user must reach it.
    folder = Path(tempfile.mkdtemp(prefix="mostrador-pg-"))
    try:
        data = folder / "data"
        if os.geteuid() == 0:
            owner = _server_user()
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        _initialise(data)
        with _serving(data, folder):
            yield Cluster(folder)
    finally:
        shutil.rmtree(folder)


def _initialise(data: Path) -> None:
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(
        _as_server_user(
            _program("initdb"), *options, f"--username={SUPERUSER}", f"--pgdata={data}"
        ),
        check=True,
        capture_output=True,
        cwd="/",
    )


@contextmanager
def _serving(data: Path, folder: Path) -> Iterator[None]:
    settings = {"listen_addresses": "", "unix_socket_directories": folder, "lc_messages": "C"}
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    server = subprocess.Popen(
        _as_server_user(_program("postgres"), "-D", str(data), *options),
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
    )
    assert server.stderr is not None
    with server.stderr as log:
        try:
            _wait_until_ready(log)
            reader = threading.Thread(target=_drain, args=(log,), daemon=True)
            reader.start()
            yield
        finally:
            # SIGINT is PostgreSQL's fast shutdown: sessions end, nothing is lost.
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
        reader.join()


def _wait_until_ready(log: IO[str]) -> None:
    seen = []
    for line in log:
        seen.append(line)
        if "ready to accept connections" in line:
            return
    raise RuntimeError("PostgreSQL did not start:\n" + "".join(seen))


def _drain(log: IO[str]) -> None:
    """Read on, or the server would wait for room in the pipe."""
    for _ in log:
        pass


def _program(name: str) -> str:
    """Return the path of a PostgreSQL server program, of the latest version installed."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    latest = max(versions, key=lambda path: int(path.parts[4]), default=None)
    found = str(latest) if latest else shutil.which(name)
    if found is None:
        raise RuntimeError("the PostgreSQL server is missing: apt-get install postgresql")
    return found


def _as_server_user(*command: str) -> list[str]:
    """Return the command so that it ends with its parent, and does not run as root."""
    prefix = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() == 0:
        user = _server_user()
        prefix += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return [*prefix, *command]


def _server_user() -> pwd.struct_passwd:
    """Return the user the server runs as when the tests run as root, whom PostgreSQL refuses."""
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]
