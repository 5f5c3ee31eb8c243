"""Tills and hub over TLS with real sockets: only the authority pinned at enrolment counts."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pos.signatures import SigningKey
from sync.agent.certificate_watch import CertificateWatch
from sync.client import HubClient
from sync.credentials import Credentials
from sync.http import CertificateRefused, HubHttp, HubUnreachable
from sync.hub.app import create_app
from sync.hub.database import HubDatabase
from sync.hub.trust.certificate import (
    CertificateFiles,
    CertificateNotPossible,
    end_of,
    make_certificate,
    read_certificate,
)
from sync.hub.trust.enrolment import issue_code
from sync.hub.trust.keys import store_authority
from tests.sync.enrolling import enrolled, secret_of
from tests.sync.serving import FixedClock, serving
from tests.sync.till_data import ShopTill, running_agent
from tests.sync.waiting import wait_until

NOW = datetime.now(UTC)
Serve = Callable[[CertificateFiles], AbstractContextManager[str]]


@pytest.fixture
def tls(tmp_path: Path) -> CertificateFiles:
    return make_certificate(tmp_path / "tls", ["127.0.0.1", "localhost"], NOW)


@pytest.fixture
def serve(database: HubDatabase, clock: FixedClock, tmp_path: Path) -> Serve:
    """Return what serves the hub with a certificate, whose authority it then tells tills."""

    def serve(files: CertificateFiles) -> AbstractContextManager[str]:
        cache = tmp_path / "cache"
        cache.mkdir(exist_ok=True)
        return serving(create_app(database, clock=clock, cache_folder=cache), files)

    return serve


@pytest.fixture
def url(serve: Serve, tls: CertificateFiles, database: HubDatabase) -> Iterator[str]:
    """Serve the hub over TLS; return its address."""
    store_authority(database.engine, tls.ca.read_text(encoding="ascii"))
    with serve(tls) as address:
        yield address


def trusting(credentials: Credentials, files: CertificateFiles) -> Credentials:
    return replace(credentials, ca=files.ca.read_text(encoding="ascii"))


def refusal(url: str, credentials: Credentials) -> str:
    with pytest.raises(CertificateRefused) as refused:
        HubClient(url, credentials).digest("FUEN-1")
    assert refused.value.code == "certificate_refused"
    return str(refused.value)


def test_a_till_learns_the_authority_when_it_is_enrolled_and_trusts_it_from_then_on(
    url: str, database: HubDatabase, clock: FixedClock, tls: CertificateFiles
) -> None:
    code = issue_code(database.engine, "FUEN", 1, clock.at_ms, secrets.token_bytes)
    secret = secret_of("FUEN-1")

    said = HubClient(url).enrol(code, SigningKey(bytes.fromhex(secret)).public)
    credentials = Credentials(said.till, secret, said.hub_key, said.ca)

    assert said.ca == tls.ca.read_text(encoding="ascii")
    assert HubClient(url, credentials).digest("FUEN-1").sales == 0


def test_a_whole_day_goes_over_tls(url: str, tmp_path: Path, database: HubDatabase) -> None:
    till = ShopTill(tmp_path / "till", url)
    till.register(database)
    till.sell(20)

    with running_agent(till):
        client = HubClient(url, till.credentials)
        wait_until(lambda: client.digest("FUEN-1").sales == 20)
    till.close()


def test_a_certificate_of_another_authority_is_refused(
    url: str, credentials: Credentials, tmp_path: Path
) -> None:
    other = make_certificate(tmp_path / "other", ["127.0.0.1"], NOW)

    assert "certificate" in refusal(url, trusting(credentials, other))


def test_a_till_that_pinned_no_authority_trusts_none_of_the_webs_either(
    url: str, credentials: Credentials
) -> None:
    refusal(url, replace(credentials, ca=""))


def test_a_certificate_that_ended_is_refused(
    serve: Serve, credentials: Credentials, tmp_path: Path
) -> None:
    ended = make_certificate(tmp_path / "ended", ["127.0.0.1"], NOW - timedelta(days=426))

    with serve(ended) as url:
        assert "expired" in refusal(url, trusting(credentials, ended))


def test_a_certificate_for_another_host_is_refused(
    serve: Serve, credentials: Credentials, tmp_path: Path
) -> None:
    other = make_certificate(tmp_path / "elsewhere", ["hub.tienda.lan", "10.0.0.1"], NOW)

    with serve(other) as url:
        assert "127.0.0.1" in refusal(url, trusting(credentials, other))


def test_a_renewed_certificate_needs_no_visit_to_the_tills(
    serve: Serve, credentials: Credentials, tls: CertificateFiles
) -> None:
    pinned = trusting(credentials, tls)
    before = tls.certificate.read_bytes()

    make_certificate(tls.folder, ["127.0.0.1"], NOW)

    assert tls.certificate.read_bytes() != before
    with serve(tls) as url:
        assert HubClient(url, pinned).digest("FUEN-1").sales == 0


def test_a_till_whose_clock_stands_a_year_back_or_ahead_trusts_the_certificate(
    tls: CertificateFiles,
) -> None:
    certificate = read_certificate(tls.certificate)

    assert certificate.not_valid_before_utc < NOW - timedelta(days=399)
    assert certificate.not_valid_after_utc > NOW + timedelta(days=399)
    assert certificate.not_valid_after_utc - certificate.not_valid_before_utc <= timedelta(825)


def test_a_clear_connection_to_a_hub_with_tls_is_no_answer(url: str) -> None:
    http = HubHttp(url.replace("https", "http"), deadline_s=10)

    with pytest.raises(HubUnreachable):
        http.get("/health")
    http.close()


def test_nobody_at_an_address_with_tls_is_no_answer() -> None:
    with pytest.raises(HubUnreachable, match="refused"):
        HubHttp("https://127.0.0.1:9", deadline_s=5).get("/health")


def test_who_never_gets_done_with_the_handshake_is_given_up() -> None:
    is_over = threading.Event()

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.sendall(b"\x16\x03\x03\x3f\xff")  # a handshake of 16 kB to come
            while not is_over.wait(0.05):
                connection.sendall(b"\0")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        dripping = threading.Thread(target=drip, args=(listener,))
        dripping.start()
        http = HubHttp(
            f"https://127.0.0.1:{listener.getsockname()[1]}", deadline_s=5, connect_s=0.5
        )
        with pytest.raises(HubUnreachable):
            http.get("/health")
        is_over.set()
        dripping.join()


@pytest.mark.parametrize(("days_left", "is_said"), [(31, False), (29, True), (1, True)])
def test_the_end_of_the_certificate_is_said_a_month_before(
    url: str,
    database: HubDatabase,
    tls: CertificateFiles,
    caplog: pytest.LogCaptureFixture,
    days_left: int,
    is_said: bool,
) -> None:
    ends_ms = end_of(read_certificate(tls.certificate))
    http = enrolled(database).open(url, deadline_s=30)
    watch = CertificateWatch(http, LateClock(ends_ms - days_left * 86_400_000))

    before = watch.ends_soon_ms()
    http.get("/v1/tills/FUEN-1/digest")
    said = [watch.ends_soon_ms() for _ in range(3)]
    http.close()

    assert before is None
    assert said == [ends_ms if is_said else None] * 3
    assert [record.name for record in caplog.records].count("sync.agent") == is_said


class LateClock(FixedClock):
    """A clock for the watch."""

    def monotonic_ms(self) -> int:
        return 0


def test_files_that_belong_to_the_hub_alone_are_read_by_nobody_else(
    tls: CertificateFiles,
) -> None:
    assert [path.stat().st_mode & 0o777 for path in (tls.key, tls.ca_key)] == [0o600, 0o600]


@pytest.mark.parametrize("hosts", [[], ["tienda á"]])
def test_a_certificate_for_nobody_is_not_made(tmp_path: Path, hosts: list[str]) -> None:
    with pytest.raises(CertificateNotPossible):
        make_certificate(tmp_path / "tls", hosts, NOW)


def test_a_folder_with_what_is_no_authority_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate", encoding="ascii")

    with pytest.raises(CertificateNotPossible):
        make_certificate(tmp_path, ["127.0.0.1"], NOW)

    assert [path.name for path in tmp_path.iterdir()] == ["ca.pem"]
