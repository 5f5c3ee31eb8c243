"""Takes request bodies in before anything reads them: bounded, and unpacked when gzipped."""

from __future__ import annotations

import json
import zlib

from starlette.types import ASGIApp, Message, Receive, Scope, Send

GZIP_WINDOW = 16 + zlib.MAX_WBITS


class BodyTooLarge(Exception):
    """More than the limit, as sent or as unpacked."""


class BodyDamaged(Exception):
    """Said to be gzip, and is not, or ends too early."""


class BoundedBodies:
    """ASGI middleware that reads the whole body of a request, at most `limit` bytes of it."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        try:
            body = await self._read(headers, receive)
            if headers.get(b"content-encoding", b"").strip().lower() == b"gzip":
                body = unpacked(body, self._limit)
        except BodyTooLarge:
            await refuse(send, 413, "too_large")
            return
        except BodyDamaged:
            await refuse(send, 400, "damaged_body")
            return
        plain = [
            (name, value)
            for name, value in scope["headers"]
            if name not in {b"content-encoding", b"content-length"}
        ]
        plain.append((b"content-length", str(len(body)).encode()))
        await self._app({**scope, "headers": plain}, replay(body, receive), send)

    async def _read(self, headers: dict[bytes, bytes], receive: Receive) -> bytes:
        declared = headers.get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._limit:
            raise BodyTooLarge
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise BodyDamaged
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self._limit:
                raise BodyTooLarge
            if not message.get("more_body", False):
                return b"".join(parts)


def unpacked(body: bytes, limit: int) -> bytes:
    """Return gzipped bytes unpacked; a small body that unpacks to a huge one is refused.

    Raises:
        BodyTooLarge: More than `limit` bytes come out.
        BodyDamaged: Not gzip, or cut off.
    """
    stream = zlib.decompressobj(GZIP_WINDOW)
    try:
        plain = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise BodyDamaged from error
    if len(plain) > limit:
        raise BodyTooLarge
    if not stream.eof:
        raise BodyDamaged
    return plain


def replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that hands out the body once and then waits for the disconnect."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay


async def refuse(send: Send, status: int, code: str) -> None:
    """Answer with a problem."""
    body = json.dumps({"code": code, "detail": ""}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
