"""Lets in what an enrolled till signed, and signs what the hub answers."""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass

import psycopg
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pos.domain.errors import StoreUnavailable
from pos.signatures import Purpose, SigningKey, is_signed
from sync.hub.database import HubDatabase
from sync.hub.trust.bodies import BodyDamaged, refuse, replay
from sync.hub.trust.enrolment import EnrolledTill, enrolled_till
from sync.hub.trust.shop_keys import is_for_web_shops, web_shop_of
from sync.wire.v1 import signing

OPEN_PATHS = frozenset({"/", "/health", "/metrics", "/openapi.json", "/v1/enrol"})
OPEN_BELOW = ("/desk", "/store")
OWNED = re.compile(r"/v1/(?:tills|shops)/([^/]*)")
STREAMED = b"application/gzip"  # proved by the hash in the signed announcement of it

# What is too large is still hashed up to here: whether a till sent it must be known before it
# is told so, because a till sets aside what it is told is too large.
HASHED_OF_LIMIT = 16

DATABASE_AWAY = (
    OperationalError, InterfaceError, PoolTimeout, psycopg.OperationalError, StoreUnavailable,
)  # fmt: skip


log = logging.getLogger("sync.hub")


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who a request says it comes from."""

    till: str
    nonce: str
    incarnation: str
    signature: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it was sent, None when it is too large, and its hash."""

    data: bytes | None
    sha256: str


class Authentication:
    """ASGI middleware: a till is who its key says, and sees what is its own or its shop's.

    Puts `till`, `shop` and `incarnation` into the state of the request. The key is looked up
    for each request, so that revoking a till counts at once. Web shops come with a key of their
    own, for their own addresses only (`shop_keys`).
    """

    def __init__(
        self, app: ASGIApp, *, database: HubDatabase, key: SigningKey, limit: int
    ) -> None:
        self._app = app
        self._database = database
        self._key = key
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        if is_for_web_shops(scope["path"]):
            await self._let_web_shop_in(scope, receive, send)
            return
        claimed = read_claim(scope)
        if claimed is None:
            await refuse(send, 401, "not_signed")
            return
        answering = _SignedAnswer(send, self._key, claimed.signature)
        try:
            known = await run_in_threadpool(self._find, claimed.till)
        except DATABASE_AWAY:
            await refuse(answering, 503, "database_away")
            return
        if known is None:
            log.info("refused", extra={"till": claimed.till[:64], "code": "unknown_till"})
            await refuse(answering, 401, "unknown_till")
            return
        try:
            body = await _read(scope, receive, self._limit)
        except BodyDamaged:
            return  # it hung up
        if body is None:
            await refuse(send, 413, "too_large")
            return
        status, code = _judge(scope, claimed, known, body)
        if code or body.data is None:
            log.info("refused", extra={"till": known.till, "code": code})
            await refuse(answering, status, code)
            return
        state = {"till": known.till, "shop": known.shop, "incarnation": claimed.incarnation}
        inner = {**scope, "state": {**scope.get("state", {}), **state}}
        await self._app(inner, replay(body.data, receive), answering)

    async def _let_web_shop_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in who brings the key of a web shop; its name is put into the request's state."""
        headers = dict(scope["headers"])
        authorization = headers.get(b"authorization", b"").decode("latin-1")
        try:
            name = await run_in_threadpool(self._web_shop, authorization)
        except DATABASE_AWAY:
            await refuse(send, 503, "database_away")
            return
        if name is None:
            log.info("refused", extra={"code": "no_key"})
            await refuse(send, 401, "no_key")
            return
        state = {**scope.get("state", {}), "web_shop": name}
        await self._app({**scope, "state": state}, receive, send)

    def _web_shop(self, authorization: str) -> str | None:
        with self._database.reading() as connection:
            return web_shop_of(connection, authorization)

    def _find(self, till: str) -> EnrolledTill | None:
        with self._database.reading() as connection:
            return enrolled_till(connection, till)


def is_open(path: str) -> bool:
    """True for what is answered to anybody (pages ask people who they are, not tills)."""
    return path in OPEN_PATHS or any(
        path == below or path.startswith(f"{below}/") for below in OPEN_BELOW
    )


def read_claim(scope: Scope) -> Claimed | None:
    """Return what the headers say, None when they are no headers of a till."""
    headers: dict[bytes, str] = {name: value.decode("latin-1") for name, value in scope["headers"]}

    def header(name: str) -> str:
        return headers.get(name.lower().encode(), "")

    claimed = Claimed(
        header(signing.TILL),
        header(signing.NONCE),
        header(signing.INCARNATION),
        header(signing.SIGNATURE),
    )
    is_formed = (
        claimed.till
        and "\0" not in claimed.till
        and signing.NONCE_SHAPE.fullmatch(claimed.nonce)
        and signing.SIGNATURE_SHAPE.fullmatch(claimed.signature)
        and signing.INCARNATION_SHAPE.fullmatch(claimed.incarnation)
    )
    return claimed if is_formed else None


def _judge(scope: Scope, claimed: Claimed, known: EnrolledTill, body: Body) -> tuple[int, str]:
    """Return status and code of a refusal, no code when the request may pass."""
    query: bytes = scope["query_string"]
    path = scope["raw_path"] + (b"?" + query if query else b"")
    said = signing.request_text(
        scope["method"],
        path.decode("latin-1"),
        nonce=claimed.nonce,
        incarnation=claimed.incarnation,
        body_sha256=body.sha256,
    )
    if not is_signed(known.public_key, Purpose.REQUEST, said, claimed.signature):
        return 401, "bad_signature"
    if known.revoked_at_ms:
        return 403, "revoked"
    if _owner_in(scope["path"]) not in {"", known.till, known.shop}:
        return 403, "other_till"
    return (200, "") if body.data is not None else (413, "too_large")


def _owner_in(path: str) -> str:
    """Return the till or shop that an address belongs to, empty when to nobody."""
    found = OWNED.match(path)
    return str(found[1]) if found else ""


async def _read(scope: Scope, receive: Receive, limit: int) -> Body | None:
    """Return the body of a request; None when it is too large even to be hashed.

    Raises:
        BodyDamaged: The connection broke.
    """
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    if declared.isdigit() and int(declared) > limit * HASHED_OF_LIMIT:
        return None
    parts: list[bytes] = []
    digest = hashlib.sha256()
    size, goes_on = 0, True
    while goes_on:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BodyDamaged
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > limit * HASHED_OF_LIMIT:
            return None
        digest.update(part)
        if size <= limit:
            parts.append(part)
        else:
            parts.clear()
        goes_on = message.get("more_body", False)
    return Body(b"".join(parts) if size <= limit else None, digest.hexdigest())


class _SignedAnswer:
    """A `send` that holds an answer until all of it is there and goes out signed."""

    def __init__(self, send: Send, key: SigningKey, request_signature: str) -> None:
        self._send = send
        self._key = key
        self._request_signature = request_signature
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if dict(message["headers"]).get(b"content-type") == STREAMED:
                await self._send(message)
            else:
                self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        self._parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            await self._send_signed(self._start, b"".join(self._parts))

    async def _send_signed(self, start: Message, body: bytes) -> None:
        said = signing.answer_text(
            self._request_signature, start["status"], hashlib.sha256(body).hexdigest()
        )
        signature = self._key.sign(Purpose.ANSWER, said)
        header = (signing.SIGNATURE.lower().encode(), signature.encode())
        await self._send({**start, "headers": [*start["headers"], header]})
        await self._send({"type": "http.response.body", "body": body})
