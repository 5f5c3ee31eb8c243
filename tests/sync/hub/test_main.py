"""The hub as a process: says where it is, takes what is sent, ends when told to."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from sync.client import HubClient
from sync.hub.database import open_database
from sync.hub.main import NeedsTls, Tls, run
from sync.hub.trust.certificate import CertificateFiles, CertificateNotPossible, make_certificate
from sync.hub.trust.keys import store_authority
from tests.architecture.sources import ROOT

RUN = (
    "import sys; from pathlib import Path; from sync.hub.main import Tls, run; "
    "tls = Tls(*map(Path, sys.argv[4:6])) if sys.argv[4:] else None; "
    "run(sys.argv[1], sys.argv[3], tls=tls, ready_file=Path(sys.argv[2]))"
)


@contextmanager
def hub_process(
    db_url: str, ready: Path, host: str = "127.0.0.1", tls: CertificateFiles | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    files = [str(tls.certificate), str(tls.key)] if tls else []
    hub = subprocess.Popen(
        [sys.executable, "-c", RUN, db_url, str(ready), host, *files],
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
    db_url = f"sqlite:///{tmp_path / 'hub.db'}"
    with hub_process(db_url, tmp_path / "ready") as (_, first_line):
        port = int(first_line.rsplit(":", 1)[1])

        with pytest.raises(OSError, match="in use"):
            run(f"sqlite:///{tmp_path / 'other.db'}", port=port)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_hub_answers_this_machine_in_clear(tmp_path: Path, host: str) -> None:
    db_url = f"sqlite:///{tmp_path / 'hub.db'}"

    with hub_process(db_url, tmp_path / "ready", host) as (_, first_line):
        health = HubClient(first_line.split()[-1]).health()

    assert health.status == "ok"


def test_a_hub_answers_other_machines_over_tls_alone(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'hub.db'}")
    tls = make_certificate(tmp_path / "tls", ["127.0.0.1"], datetime.now(UTC))

    with pytest.raises(NeedsTls):
        run(f"sqlite:///{tmp_path / 'hub.db'}", "0.0.0.0")
    store_authority(database.engine, tls.ca.read_text(encoding="ascii"))
    database.close()
    with hub_process(f"sqlite:///{tmp_path / 'hub.db'}", tmp_path / "ready", "0.0.0.0", tls) as (
        _,
        first_line,
    ):
        url = first_line.split()[-1].replace("0.0.0.0", "127.0.0.1")
        health = HubClient(url).health()

    assert url.startswith("https://")
    assert health.status == "ok"


def test_a_certificate_no_till_would_trust_is_not_used(tmp_path: Path) -> None:
    db_url = f"sqlite:///{tmp_path / 'hub.db'}"
    ours, other = (
        make_certificate(tmp_path / name, ["127.0.0.1"], datetime.now(UTC))
        for name in ("ours", "other")
    )
    database = open_database(db_url)
    store_authority(database.engine, ours.ca.read_text(encoding="ascii"))
    database.close()

    with pytest.raises(CertificateNotPossible, match="does not come from the authority"):
        run(db_url, tls=Tls(other.certificate, other.key))
    with pytest.raises(CertificateNotPossible, match="is no certificate"):
        run(db_url, tls=Tls(tmp_path / "nothing", other.key))


def test_what_a_database_refuses_is_not_written_into_a_log(db_url: str) -> None:
    database = open_database(db_url)
    put = text("INSERT INTO shop (code, created_at_ms) VALUES (:code, 1)")

    with database.transaction() as connection:
        connection.execute(put, {"code": "SECRET"})
    with pytest.raises(IntegrityError) as refused, database.transaction() as connection:
        connection.execute(put, {"code": "SECRET"})
    database.close()

    assert "[SQL parameters hidden" in str(refused.value)
