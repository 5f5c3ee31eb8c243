"""What a bad network, a bad gateway and a bad person do to an exchange with the hub."""

from __future__ import annotations

import gzip
import json
import random
import re
import socket
import struct
from collections.abc import Callable
from typing import Any

from pos.signatures import Purpose, SigningKey
from sync.wire.v1 import signing
from tests.faults.proxy import HEAD_END, LENGTH, Exchange, Trick, honest

HTML = b"<html><body>Bienvenido a la red del hotel</body></html>"
STRANGER = SigningKey(b"s" * 32)
TILL_IN_PATH = re.compile(rb"/v1/tills/([^/]+)/ops")
RESET = struct.pack("ii", 1, 0)
SLOW_PAUSE_S = 0.05
SIGNATURE = re.compile(rb"\r\n" + signing.SIGNATURE.encode() + rb": *([^\r]*)", re.IGNORECASE)


def cut_after(count: int, *, with_reset: bool = False) -> Trick:
    """Let the hub act, and break its answer off after so many bytes."""

    def trick(exchange: Exchange) -> None:
        exchange.answer(exchange.forward()[:count])
        if with_reset:
            exchange.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)

    return trick


def never_arrives(exchange: Exchange) -> None:
    """Take the request, and hang up."""


def sent_twice(exchange: Exchange) -> None:
    """Bring the request to the hub twice."""
    exchange.forward()
    exchange.answer(exchange.forward())


def held_back(exchange: Exchange) -> None:
    """Keep the request, so that it reaches the hub after later ones."""
    exchange.kept.append(exchange.request)


def with_what_was_held_back(exchange: Exchange) -> None:
    """Bring the request, and then the old ones."""
    answer = exchange.forward()
    for old in exchange.kept:
        exchange.forward(old)
    exchange.kept.clear()
    exchange.answer(answer)


def answer_of_before(exchange: Exchange) -> None:
    """Give an answer the hub really gave, to another request."""
    if exchange.earlier:
        exchange.answer(random.Random(len(exchange.earlier)).choice(exchange.earlier))


def altered(**changes: Any) -> Trick:
    """Let the hub act, and change what it says, its signature left on."""

    def trick(exchange: Exchange) -> None:
        exchange.answer(_changed(exchange.forward(), changes))

    return trick


def more_received(exchange: Exchange) -> None:
    """Say, in the hub's name and without asking it, that everything was received."""
    if exchange.earlier:
        exchange.answer(_changed(exchange.earlier[-1], {"received_through": 1_000_000}))


def signed_by_a_stranger(exchange: Exchange) -> None:
    """Answer as a hub would that has another key, everything else being right."""
    head, _, body = exchange.forward().partition(HEAD_END)
    asked = SIGNATURE.search(exchange.request)
    assert asked is not None
    status = int(head.split()[1])
    said = signing.answer_text(asked[1].decode(), status, signing.sha256_of(body))
    name = signing.SIGNATURE.encode()
    signature = STRANGER.sign(Purpose.ANSWER, said).encode()
    head = SIGNATURE.sub(b"", head) + b"\r\n" + name + b": " + signature
    exchange.answer(head + HEAD_END + body)


def made_up(exchange: Exchange) -> None:
    """Answer, the hub never being asked, just as it would have, but for its signature."""
    head, _, body = exchange.request.partition(HEAD_END)
    request = json.loads(gzip.decompress(body) if b"gzip" in head else body)
    ops = request["ops"]
    said = {
        "till": TILL_IN_PATH.findall(head)[0].decode(),
        "epoch": request["epoch"],
        "received_through": ops[-1]["seq"],
        "chain_head": ops[-1]["hash"],
        "hub_time_ms": 1,
        "results": [
            {"seq": op["seq"], "op_id": op["op_id"], "outcome": "applied", "code": ""}
            for op in ops
        ],
    }
    page("200 OK", json.dumps(said).encode())(exchange)


def unsigned(exchange: Exchange) -> None:
    """Take the hub's signature off."""
    head, _, body = exchange.forward().partition(HEAD_END)
    exchange.answer(SIGNATURE.sub(b"", head) + HEAD_END + body)


def page(status: str, body: bytes = HTML, *headers: str) -> Trick:
    """Answer as somebody else, the hub never being asked."""

    def trick(exchange: Exchange) -> None:
        lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", *headers]
        lines.append(f"Content-Length: {len(body)}")
        exchange.answer("\r\n".join(lines).encode() + HEAD_END + body)

    return trick


def one_byte_at_a_time(exchange: Exchange) -> None:
    """Let the hub act, and send its answer so slowly that nobody waits for it."""
    for at in exchange.forward():
        if exchange.is_over.wait(SLOW_PAUSE_S):
            return
        exchange.answer(bytes([at]))


def late(seconds: float) -> Trick:
    """Carry both ways, the answer after a pause."""

    def trick(exchange: Exchange) -> None:
        answer = exchange.forward()
        exchange.is_over.wait(seconds)
        exchange.answer(answer)

    return trick


def half_closed(exchange: Exchange) -> None:
    """Let the hub act, send half of its answer, end the way back and keep the line."""
    answer = exchange.forward()
    exchange.answer(answer[: len(answer) // 2])
    exchange.client.shutdown(socket.SHUT_WR)
    exchange.client.recv(1)


def too_long_announced(exchange: Exchange) -> None:
    """Announce more bytes than come."""
    exchange.answer(LENGTH.sub(rb"\r\nContent-Length: 999999", exchange.forward()))


# Of these no answer may be believed, whatever became of the request.
DISHONEST: dict[str, Trick] = {
    "the request never arrives": never_arrives,
    "the request is held back": held_back,
    "an answer of before": answer_of_before,
    "the answer says more was received": more_received,
    "the mark in the answer is altered": altered(received_through=1_000_000),
    "the chain in the answer is altered": altered(chain_head="0" * 64),
    "the till in the answer is altered": altered(till="FUEN-777"),
    "the answer is signed by a stranger": signed_by_a_stranger,
    "the answer is not signed": unsigned,
    "the answer is made up": made_up,
    "a page with status 200": page("200 OK"),
    "an empty answer with status 200": page("200 OK", b""),
    "JSON of somebody else": page("200 OK", b'{"status":"ok","received_through":999}'),
    "status 500": page("500 Internal Server Error"),
    "status 429": page("429 Too Many Requests", HTML, "Retry-After: 7"),
    "status 503 of a gateway": page("503 Service Unavailable", HTML, "Retry-After: 7"),
    "status 413 of a gateway": page("413 Payload Too Large"),
    "status 403 of a gateway": page("403 Forbidden", b'{"code":"revoked","detail":""}'),
    "a redirection": page("302 Found", b"", "Location: http://127.0.0.1:9/login"),
    "no HTTP": lambda exchange: exchange.answer(b"\x00\x01\x02 220 ftp ready\r\n\r\n"),
    "one byte at a time": one_byte_at_a_time,
    "half closed": half_closed,
    "too long announced": too_long_announced,
}
HONEST: dict[str, Trick] = {
    "nothing": honest,
    "the request arrives twice": sent_twice,
    "old requests arrive after it": with_what_was_held_back,
    "late": late(0.05),
}


def storm(dice: random.Random) -> Callable[[Exchange], None]:
    """Return what plays any of the tricks, by chance."""
    tricks = [*DISHONEST.values(), *HONEST.values()]

    def trick(exchange: Exchange) -> None:
        if dice.random() < 0.2:
            cut_after(dice.randrange(2_000), with_reset=dice.random() < 0.5)(exchange)
        else:
            dice.choice(tricks)(exchange)

    return trick


def _changed(answer: bytes, changes: dict[str, Any]) -> bytes:
    head, _, body = answer.partition(HEAD_END)
    said = json.dumps({**json.loads(body), **changes}).encode()
    return LENGTH.sub(b"\r\nContent-Length: %d" % len(said), head) + HEAD_END + said
