"""The agent against a hub that misbehaves: nothing is marked that was not verified."""

from __future__ import annotations

import gzip
import json
import os
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from pos.signatures import SigningKey
from pos.store.outbox import AgentStore
from sync.agent.hub import Hub
from sync.agent.pushing import Pushing
from sync.protocol.link import Link
from sync.signed_http import SignedHttp
from tests.sync.enrolling import keys_of
from tests.sync.serving import Exchange, Misbehaving, answer, misbehaving, signature_of
from tests.sync.till_data import ShopTill

HUB_KEY = SigningKey(b"h" * 32)
HTML = b"<html><body>Welcome to the hotel network</body></html>"


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.ms = 1_000

    def now_ms(self) -> int:
        return self.ms

    def monotonic_ms(self) -> int:
        return self.ms


@pytest.fixture
def till(tmp_path: Path) -> Iterator[ShopTill]:
    made = ShopTill(tmp_path / "till", "http://127.0.0.1:1")
    made.sell(3)
    yield made
    made.close()


@pytest.fixture
def store(till: ShopTill) -> Iterator[AgentStore]:
    with closing(till.open_agent_store()) as opened:
        yield opened


def request_of(exchange: Exchange) -> dict[str, Any]:
    body = exchange.body
    if exchange.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    request: dict[str, Any] = json.loads(body)
    return request


def genuine(exchange: Exchange, **changed: object) -> bytes:
    """Return the answer a hub would give that stores everything."""
    request = request_of(exchange)
    ops = request["ops"]
    return json.dumps(
        {
            "till": "FUEN-1",
            "epoch": request["epoch"],
            "received_through": ops[-1]["seq"],
            "chain_head": ops[-1]["hash"],
            "hub_time_ms": 1,
            "results": [
                {"seq": op["seq"], "op_id": op["op_id"], "outcome": "applied"} for op in ops
            ],
            **changed,
        }
    ).encode()


def pushing_to(
    server: Misbehaving, store: AgentStore, clock: HandClock, deadline_s: float = 5.0
) -> tuple[Pushing, SignedHttp]:
    till = replace(keys_of("FUEN-1"), hub_key=HUB_KEY.public)
    http = till.open(server.url, deadline_s=deadline_s)
    hub = Hub(http, till="FUEN-1", shop="FUEN")
    return Pushing(store, hub, clock, lambda: 0.0), http


def said(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    """Answer as the hub this till was enrolled at."""
    answer(handler, status, body, signed_by=HUB_KEY, **headers)


def html(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, 200, HTML, content_type="text/html")


def unsigned(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, 200, genuine(exchange))


def another_hub(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, 200, genuine(exchange), signed_by=SigningKey(b"o" * 32))


def server_error(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
    said(handler, 500, genuine(exchange))


def unauthorised(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
    said(handler, 401, genuine(exchange))


def redirect(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
    said(handler, 302, b"", Location="/login")


def half_an_answer(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
    body = genuine(exchange)
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def nothing(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def another_till(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
    said(handler, 200, genuine(exchange, till="FUEN-2"))


def another_chain(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
    said(handler, 200, genuine(exchange, chain_head="0" * 64))


def numbers_as_text(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
    said(handler, 200, genuine(exchange, received_through="3"))


@pytest.mark.parametrize(
    "script",
    [html, unsigned, another_hub, server_error, unauthorised, redirect, half_an_answer, nothing,
     another_till, another_chain, numbers_as_text],
)  # fmt: skip
def test_what_is_no_verified_answer_marks_nothing(store: AgentStore, script: Any) -> None:
    with misbehaving(script) as server:
        pushing, http = pushing_to(server, store, HandClock())

        link, goes_on = pushing.step(Link(0))
        http.close()

    assert (store.queue_state().queued, goes_on) == (3, False)
    assert pushing.backoff.failures == 1
    assert pushing.last_error
    assert link.failed_since_contact


def test_after_a_lost_answer_the_same_facts_go_again_and_are_acknowledged(
    store: AgentStore,
) -> None:
    turns = iter([nothing, None])

    def script(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
        turn = next(turns)
        if turn:
            turn(exchange, handler)
        else:
            said(handler, 200, genuine(exchange))

    clock = HandClock()
    with misbehaving(script) as server:
        pushing, http = pushing_to(server, store, clock)
        pushing.step(Link(0))
        clock.ms += 2_000
        pushing.step(Link(0))
        http.close()

    first, second = (request_of(each)["ops"] for each in server.exchanges)
    assert first == second
    assert store.queue_state().queued == 0
    assert pushing.backoff.failures == 0


def test_the_pause_a_hub_asks_for_is_kept(store: AgentStore) -> None:
    def script(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
        said(handler, 503, b'{"code":"database_away"}', Retry_After="30")

    clock = HandClock()
    with misbehaving(script) as server:
        pushing, http = pushing_to(server, store, clock)
        for _ in range(40):
            pushing.step(Link(0))
            clock.ms += 1_000
        http.close()

    assert len(server.exchanges) == 2
    assert pushing.last_error == "database_away"


def test_a_request_too_large_is_halved_and_every_fact_arrives(
    till: ShopTill, store: AgentStore
) -> None:
    till.sell(60)

    def script(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
        if len(request_of(exchange)["ops"]) > 20:
            said(handler, 413, b'{"code":"too_large"}')
        else:
            said(handler, 200, genuine(exchange))

    with misbehaving(script) as server:
        pushing, http = pushing_to(server, store, HandClock())
        while pushing.step(Link(0))[1]:
            pass
        http.close()

    assert (store.queue_state().queued, store.queue_state().parked) == (0, 0)


def test_one_fact_too_large_for_the_hub_holds_up_nothing_after_it(
    till: ShopTill, store: AgentStore, caplog: pytest.LogCaptureFixture
) -> None:
    def script(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
        ops = request_of(exchange)["ops"]
        if any(op["seq"] == 2 and op["body_json"] is not None for op in ops):
            said(handler, 413, b"{}")
            return
        results = [
            {
                "seq": op["seq"],
                "op_id": op["op_id"],
                "outcome": "applied" if op["body_json"] else "parked",
                "code": "" if op["body_json"] else "withheld",
            }
            for op in ops
        ]
        said(handler, 200, genuine(exchange, results=results))

    with misbehaving(script) as server:
        pushing, http = pushing_to(server, store, HandClock())
        while pushing.step(Link(0))[1]:
            pass
        http.close()

    assert store.queue_state().queued == 0
    assert store.queue_state().parked == 1
    (parked,) = (record for record in caplog.records if record.msg == "fact parked")
    assert (parked.__dict__["seq"], parked.__dict__["reason"]) == (2, "too_large")


def test_a_hub_that_sends_a_byte_at_a_time_is_cut_off_at_the_deadline(store: AgentStore) -> None:
    is_over = threading.Event()

    def script(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        while not is_over.wait(0.05):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    with misbehaving(script) as server:
        pushing, http = pushing_to(server, store, HandClock(), deadline_s=0.5)
        pushing.step(Link(0))
        is_over.set()
        http.close()

    assert store.queue_state().queued == 3
    assert pushing.backoff.is_silent


def test_an_answer_without_end_is_given_up(store: AgentStore) -> None:
    def script(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(400):
            handler.wfile.write(os.urandom(64 * 1024))
        handler.close_connection = True

    with misbehaving(script) as server:
        pushing, http = pushing_to(server, store, HandClock())
        pushing.step(Link(0))
        http.close()

    assert (pushing.last_error, pushing.backoff.is_silent) == ("no_answer", True)
    assert store.queue_state().queued == 3


def test_a_hub_that_lost_facts_gets_them_again(till: ShopTill, store: AgentStore) -> None:
    received: list[int] = []

    def script(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
        if not exchange.path.endswith("/ops"):
            said(handler, 404, b'{"code":"no_digest"}')
            return
        ops = request_of(exchange)["ops"]
        if ops[0]["seq"] > len(received) + 1:
            head = {"received_through": len(received), "chain_head": "0" * 64, "results": []}
            said(handler, 200, genuine(exchange, **head))
            return
        received[:] = range(1, ops[-1]["seq"] + 1)
        said(handler, 200, genuine(exchange))

    with misbehaving(script) as server:
        pushing, http = pushing_to(server, store, HandClock())
        while pushing.step(Link(0))[1]:
            pass
        received[:] = [1]
        till.sell()
        while pushing.step(Link(0))[1]:
            pass
        http.close()

    assert received == [1, 2, 3, 4]
    assert store.queue_state().queued == 0


def test_an_answer_cut_after_any_byte_marks_nothing_and_the_facts_arrive_in_the_end(
    till: ShopTill, store: AgentStore
) -> None:
    sent: list[int] = []

    def script(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
        body = genuine(exchange)
        signature = signature_of(handler, 200, body, HUB_KEY)
        head = (
            f"HTTP/1.1 200 OK\r\nMostrador-Signature: {signature}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        whole = head.encode() + body
        cut = len(exchanges.exchanges) - 1
        sent.append(len(whole))
        handler.wfile.write(whole[:cut])
        handler.close_connection = cut < len(whole)

    clock = HandClock()
    with misbehaving(script) as exchanges:
        pushing, http = pushing_to(exchanges, store, clock)
        while store.queue_state().queued:
            pushing.step(Link(0))
            clock.ms += 400_000
        http.close()

    assert len(sent) == sent[0] + 1
    assert store.queue_state().parked == 0
