"""The hub as a process: opens the database, listens, says where, ends in order when told to."""

from __future__ import annotations

import logging
import socket
import sys
import tempfile
from ipaddress import ip_address
from pathlib import Path

import uvicorn

from pos.system import SystemClock
from sync.hub.app import create_app
from sync.hub.database import open_database
from sync.logs import log_to_stderr

SHUTDOWN_S = 5
BACKLOG = 128
OPEN_TO_THE_NETWORK = (
    "the hub answers other machines, in clear and without asking who they are: "
    "only on a network that is trusted"
)

log = logging.getLogger("sync.hub")


def run(
    db_url: str, host: str = "127.0.0.1", port: int = 0, *, ready_file: Path | None = None
) -> None:
    """Serve until SIGTERM or SIGINT.

    Prints ``hub ready http://host:port`` on standard output once it answers.

    Args:
        db_url: See `sync.hub.database.open_database`.
        host: Address to listen on; anything but loopback wants a network that is trusted.
        port: 0 takes a free one.
        ready_file: Gets the URL when the hub answers.

    Raises:
        OSError: The address is taken.
    """
    database = open_database(db_url)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="mostrador-hub-") as cache,
            _listen(host, port) as listener,
        ):
            log_to_stderr()
            app = create_app(database, clock=SystemClock(), cache_folder=Path(cache))
            config = uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=SHUTDOWN_S,
                lifespan="off",
                server_header=False,
            )
            address = ip_address(listener.getsockname()[0])
            _Server(config, _url(listener), ready_file, is_loopback=address.is_loopback).run(
                sockets=[listener]
            )
    finally:
        database.close()


class _Server(uvicorn.Server):
    """Tells the world where it is once it answers."""

    def __init__(
        self, config: uvicorn.Config, url: str, ready_file: Path | None, *, is_loopback: bool
    ) -> None:
        super().__init__(config)
        self._is_loopback = is_loopback
        self._url = url
        self._ready_file = ready_file

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        log.info("hub ready", extra={"url": self._url})
        if not self._is_loopback:
            log.warning(OPEN_TO_THE_NETWORK, extra={"url": self._url})
        if self._ready_file is not None:
            beside = self._ready_file.with_suffix(".part")
            beside.write_text(self._url, encoding="utf-8")
            beside.replace(self._ready_file)
        sys.stdout.write(f"hub ready {self._url}\n")
        sys.stdout.flush()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
