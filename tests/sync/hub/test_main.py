"""The hub as a process: says where it is, takes what is sent, ends when told to."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from sync.client import HubClient
from sync.hub.database import open_database
from tests.architecture.sources import ROOT

RUN = (
    "import sys; from pathlib import Path; from sync.hub.main import run; "
    "run(sys.argv[1], sys.argv[3], ready_file=Path(sys.argv[2]))"
)


@contextmanager
def hub_process(
    db_url: str, ready: Path, host: str = "127.0.0.1"
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    hub = subprocess.Popen(
        [sys.executable, "-c", RUN, db_url, str(ready), host],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert hub.stdout is not None
    with hub:
        try:
            yield hub, hub.stdout.readline()
        finally:
            hub.kill()


def test_a_hub_says_where_it_listens_and_ends_in_order(db_url: str, tmp_path: Path) -> None:
    ready = tmp_path / "ready"

    with hub_process(db_url, ready) as (hub, first_line):
        url = first_line.split()[-1]
        health = HubClient(url).health()
        hub.send_signal(signal.SIGTERM)
        code = hub.wait(30)
        log = hub.stderr.read() if hub.stderr else ""

    assert first_line == f"hub ready {url}\n"
    assert ready.read_text(encoding="utf-8") == url
    assert health.status == "ok"
    assert code in {0, -signal.SIGTERM}
    assert all(json.loads(line) for line in log.splitlines())


def test_a_port_that_is_taken_is_said_at_once(tmp_path: Path) -> None:
    from sync.hub.main import run

    db_url = f"sqlite:///{tmp_path / 'hub.db'}"
    with hub_process(db_url, tmp_path / "ready") as (_, first_line):
        port = int(first_line.rsplit(":", 1)[1])

        with pytest.raises(OSError, match="in use"):
            run(f"sqlite:///{tmp_path / 'other.db'}", port=port)


@pytest.mark.parametrize(
    ("host", "is_said"),
    [("127.0.0.1", False), ("::1", False), ("0.0.0.0", True)],
)
def test_a_hub_that_answers_other_machines_says_so(
    tmp_path: Path, host: str, is_said: bool
) -> None:
    db_url = f"sqlite:///{tmp_path / 'hub.db'}"

    with hub_process(db_url, tmp_path / "ready", host) as (hub, _):
        hub.send_signal(signal.SIGTERM)
        hub.wait(30)
        log = hub.stderr.read() if hub.stderr else ""

    assert ("other machines" in log) == is_said


def test_what_a_database_refuses_is_not_written_into_a_log(db_url: str) -> None:
    database = open_database(db_url)
    put = text("INSERT INTO shop (code, created_at_ms) VALUES (:code, 1)")

    with database.transaction() as connection:
        connection.execute(put, {"code": "SECRET"})
    with pytest.raises(IntegrityError) as refused, database.transaction() as connection:
        connection.execute(put, {"code": "SECRET"})
    database.close()

    assert "[SQL parameters hidden" in str(refused.value)
