"""The tests' own PostgreSQL: real, durable, separate for every test."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.architecture.sources import ROOT
from tests.postgres import Cluster, running_cluster

HOLD = """
import sys
from tests.postgres import running_cluster
with running_cluster() as cluster:
    print(cluster.folder, flush=True)
    sys.stdin.read()
"""


def test_a_commit_is_durable_as_in_a_shop(postgres_url: str) -> None:
    engine = create_engine(postgres_url)

    with engine.connect() as connection:
        names = ("fsync", "synchronous_commit", "full_page_writes")
        settings = [connection.execute(text(f"SHOW {name}")).scalar() for name in names]
    engine.dispose()

    assert settings == ["on", "on", "on"]


@pytest.mark.parametrize("turn", ["first", "second"])
def test_every_test_has_an_empty_database(postgres_url: str, turn: str) -> None:
    engine = create_engine(postgres_url)

    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE sale (number text)"))
        connection.execute(text("INSERT INTO sale VALUES (:turn)"), {"turn": turn})
        rows = connection.execute(text("SELECT number FROM sale")).scalars().all()
    engine.dispose()

    assert rows == [turn]


def test_the_server_leaves_nothing_behind() -> None:
    with running_cluster() as cluster:
        cluster.connect().close()

    assert not cluster.folder.exists()
    with pytest.raises(psycopg.OperationalError):
        cluster.connect()


def test_the_server_ends_with_a_killed_test_run() -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdin is not None
    assert run.stdout is not None
    with run.stdin, run.stdout:
        folder = Path(run.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        watched = os.pidfd_open(server)

        run.send_signal(signal.SIGKILL)
        run.wait()

        ended = _ends(watched)
    subprocess.run(["rm", "-rf", folder], check=True)
    assert ended
    with pytest.raises(psycopg.OperationalError):
        Cluster(folder).connect()


def _ends(process: int) -> bool:
    """Wait until the process behind a pidfd has ended, at most 30 s."""
    watch = select.poll()
    watch.register(process, select.POLLIN)
    try:
        return bool(watch.poll(30_000))
    finally:
        os.close(process)
