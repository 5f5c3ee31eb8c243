"""Hubs for tests: the real one over real HTTP, and a server that misbehaves as told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import uvicorn
from fastapi import FastAPI

from pos.signatures import Purpose, SigningKey
from sync.hub.trust.certificate import CertificateFiles
from sync.wire.v1 import signing


class FixedClock:
    """A clock that stands where it is put."""

    def __init__(self, at_ms: int = 1_790_000_000_000) -> None:
        self.at_ms = at_ms

    def now_ms(self) -> int:
        return self.at_ms


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._ready.set()


@contextmanager
def serving(app: FastAPI, tls: CertificateFiles | None = None) -> Iterator[str]:
    """Serve an application on a free port of this machine; yield its URL."""
    ready = threading.Event()
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
    )
    scheme = "https" if tls else "http"
    server = _Server(config, ready)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert ready.wait(30)
            yield f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)


@dataclass
class Exchange:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Script = Callable[[Exchange, BaseHTTPRequestHandler], None]


@dataclass
class Misbehaving:
    """A server that answers each request the way its script says."""

    url: str
    exchanges: list[Exchange] = field(default_factory=list)


@contextmanager
def misbehaving(script: Script) -> Iterator[Misbehaving]:
    """Serve `script` on a free port of this machine."""
    seen: list[Exchange] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

        def handle_any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            exchange = Exchange(
                self.command, self.path, dict(self.headers), self.rfile.read(length)
            )
            seen.append(exchange)
            try:
                script(exchange, self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_GET = do_POST = do_PUT = handle_any  # noqa: N815

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Misbehaving(f"http://127.0.0.1:{server.server_address[1]}", seen)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def signature_of(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, key: SigningKey
) -> str:
    """Return how the hub with this key signs its answer to the request at hand."""
    asked = handler.headers.get(signing.SIGNATURE, "")
    said = signing.answer_text(asked, status, signing.sha256_of(body))
    return key.sign(Purpose.ANSWER, said)


def answer(
    handler: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    *,
    content_type: str = "application/json",
    signed_by: SigningKey | None = None,
    **headers: str,
) -> None:
    """Send a complete answer, signed when there is a key as a hub signs it."""
    if signed_by is not None:
        headers["Mostrador_Signature"] = signature_of(handler, status, body, signed_by)
    handler.send_response(status)
    handler.send_header("Content-Type", content_type)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)
