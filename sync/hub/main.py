"""The hub as a process: opens the database, listens, says where, ends in order when told to."""

from __future__ import annotations

import logging
import secrets
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from pos.system import SystemClock
from sync.connectors.builtin import BuiltinConnector
from sync.hub.app import create_app
from sync.hub.conflicts.watch import watching
from sync.hub.database import HubDatabase, open_database
from sync.hub.intake.retrying import retrying
from sync.hub.orders.holding import holding, telling
from sync.hub.orders.paying import Payments, paying
from sync.hub.running.retention import forgetting
from sync.hub.storefront.routes import serve_storefront
from sync.hub.suggestions.learning import learning
from sync.hub.trust.certificate import check_issued_by, end_of, read_certificate
from sync.hub.trust.keys import CA, read_value, store_authority
from sync.hub.value.expiring import expiring
from sync.logs import log_to_stderr
from sync.messages.port import Messenger
from sync.payments.http_provider import HttpProvider

SHUTDOWN_S = 5
BACKLOG = 128
CERTIFICATE_WARNED_MS = 30 * 24 * 3_600_000

log = logging.getLogger("sync.hub")


class NeedsTls(OSError):
    """Other machines would be answered in clear."""


@dataclass(frozen=True, slots=True)
class Tls:
    """Files in PEM: the hub's certificate, its key, and the authority tills are yet to learn."""

    certificate: Path
    key: Path
    ca: Path | None = None


def run(
    db_url: str,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    tls: Tls | None = None,
    ready_file: Path | None = None,
    payments_url: str = "",
    has_storefront: bool = False,
    messenger: Messenger | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT.

    Prints ``hub ready http://host:port`` on standard output once it answers.

    Args:
        db_url: See `sync.hub.database.open_database`.
        host: Address to listen on; anything but loopback needs `tls`.
        port: 0 takes a free one.
        tls: Answer over HTTPS only.
        ready_file: Gets the URL when the hub answers.
        payments_url: The payment provider of online orders; empty: none can be paid in advance.
        has_storefront: Show the demonstration web shop at ``/store``.
        messenger: How customers are told of their orders; None: their notices wait.

    Raises:
        OSError: The address is taken.
        NeedsTls: Other machines could reach the address, and there is no `tls`.
        CertificateNotPossible: Tills would not trust the certificate.
    """
    database = open_database(db_url)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="mostrador-hub-") as cache,
            _listen(host, port) as listener,
        ):
            log_to_stderr()
            if tls is not None:
                _check_certificate(database, tls)
            elif not ip_address(listener.getsockname()[0]).is_loopback:
                raise NeedsTls(f"{host} is open to other machines: --tls-cert and --tls-key")
            app = create_app(database, clock=SystemClock(), cache_folder=Path(cache))
            url = _url(listener, "https" if tls else "http")
            now_ms = SystemClock().now_ms
            provider = HttpProvider(payments_url) if payments_url else None
            payments = Payments(database, provider, now_ms)
            if has_storefront:
                serve_storefront(app, database, payments, SystemClock())
            with _works(database, payments, messenger, now_ms):
                _Server(_config(app, tls), url, ready_file).run(sockets=[listener])
    finally:
        database.close()


@contextmanager
def _works(
    database: HubDatabase,
    payments: Payments,
    messenger: Messenger | None,
    now_ms: Callable[[], int],
) -> Iterator[None]:
    """Do in the background, while the block runs, what the hub does beside answering."""
    with (
        closing(retrying(database, BuiltinConnector(), now_ms)),
        closing(watching(database, now_ms)),
        closing(forgetting(database, now_ms)),
        closing(paying(payments)),
        closing(holding(database, now_ms, secrets.token_bytes)),
        closing(telling(database, messenger, now_ms)),
        closing(expiring(database, now_ms)),
        closing(learning(database)),
    ):
        yield


def _config(app: FastAPI, tls: Tls | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=SHUTDOWN_S,
        lifespan="off",
        server_header=False,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
    )


class _Server(uvicorn.Server):
    """Tells the world where it is once it answers."""

    def __init__(self, config: uvicorn.Config, url: str, ready_file: Path | None) -> None:
        super().__init__(config)
        self._url = url
        self._ready_file = ready_file

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        log.info("hub ready", extra={"url": self._url})
        if self._ready_file is not None:
            beside = self._ready_file.with_suffix(".part")
            beside.write_text(self._url, encoding="utf-8")
            beside.replace(self._ready_file)
        sys.stdout.write(f"hub ready {self._url}\n")
        sys.stdout.flush()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def _url(listener: socket.socket, scheme: str) -> str:
    host, port = listener.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def _check_certificate(database: HubDatabase, tls: Tls) -> None:
    """See that tills will trust the certificate, and say when it ends soon."""
    if tls.ca is not None:
        store_authority(database.engine, tls.ca.read_text(encoding="ascii"))
    with database.reading() as connection:
        authority = read_value(connection, CA)
    check_issued_by(tls.certificate, authority)
    ends_ms = end_of(read_certificate(tls.certificate))
    if ends_ms - SystemClock().now_ms() < CERTIFICATE_WARNED_MS:
        log.warning("the certificate ends soon", extra={"ends_ms": ends_ms})
