"""Calls an ASGI application in the caller's own thread: no event loop, no pool, no socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

import anyio.to_thread
from fastapi._compat import v2
from pydantic import ConfigDict, TypeAdapter

PATHSEND = "http.response.pathsend"

Result = TypeVar("Result")


class Suspended(AssertionError):
    """The application waited for something that is not there: a clock, a thread, a socket."""


@dataclass(frozen=True, slots=True)
class AsgiAnswer:
    """An answer as the server would have sent it; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def without_threads() -> Iterator[None]:
    """Let what an application would do in a pool of threads be done at once instead."""

    async def at_once(function: Callable[..., Result], *args: Any, **_: Any) -> Result:
        return function(*args)

    with patch.object(anyio.to_thread, "run_sync", at_once):
        yield


@contextmanager
def reading_types_once() -> Iterator[None]:
    """Let applications that are made again and again share how their types are read.

    A hub that is started again is made anew whole; what FastAPI found out about the types of
    its routes is the same each time and took two thirds of that.
    """
    known: dict[str, TypeAdapter[Any]] = {}

    def adapter(annotated: Any, *, config: ConfigDict | None = None) -> TypeAdapter[Any]:
        key = f"{annotated!r} {config!r}"
        found = known.get(key)
        if found is None:
            found = known[key] = TypeAdapter(annotated, config=config)
        return found

    with patch.object(v2, "TypeAdapter", adapter):
        yield


def call(
    app: Any, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
) -> AsgiAnswer:
    """Send one request to an application and return its answer.

    Raises:
        Suspended: It did not answer in one go.
    """
    sent: list[dict[str, Any]] = []
    requests = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return requests.pop() if requests else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == PATHSEND:
            body = Path(message["path"]).read_bytes()
            message = {"type": "http.response.body", "body": body}
        sent.append(message)

    coroutine = app(_scope(method, path, headers, body), receive, send)
    try:
        waited_for = coroutine.send(None)
    except StopIteration:
        return _answer(sent)
    coroutine.close()
    raise Suspended(f"{method} {path} waits for {waited_for!r}")


def _scope(method: str, path: str, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    plain, _, query = path.partition("?")
    listed = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    if body:
        listed.append((b"content-length", str(len(body)).encode()))
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": plain,
        "raw_path": plain.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "scheme": "http",
        "headers": listed,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "extensions": {PATHSEND: {}},  # a file is read at once, not in a task of its own
    }


def _answer(sent: list[dict[str, Any]]) -> AsgiAnswer:
    start = next(message for message in sent if message["type"] == "http.response.start")
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    body = b"".join(
        message.get("body", b"") for message in sent if message["type"] == "http.response.body"
    )
    return AsgiAnswer(start["status"], headers, body)
