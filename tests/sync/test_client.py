"""The calls to the hub that a person waits for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest

from sync.client import HubClient, HubRefused, HubUnreachable
from sync.credentials import Credentials, NotEnrolled
from tests.sync.facts import TillJournal
from tests.sync.serving import Exchange, answer, misbehaving


def test_a_digest_of_a_till_that_sold_nothing_is_empty(
    hub_url: str, credentials: Credentials
) -> None:
    digest = HubClient(hub_url, credentials).digest("FUEN-1")

    assert (digest.sales, digest.received_through) == (0, 0)
    assert digest.chain_head == TillJournal().head.hash


def test_the_digest_of_another_till_is_refused(hub_url: str, credentials: Credentials) -> None:
    with pytest.raises(HubRefused, match="other_till"):
        HubClient(hub_url, credentials).digest("FUEN-7")


def test_a_till_that_was_never_enrolled_asks_for_nothing(hub_url: str) -> None:
    with pytest.raises(NotEnrolled):
        HubClient(hub_url).digest("FUEN-1")


def test_health_says_what_time_it_is_at_the_hub(hub_url: str) -> None:
    assert HubClient(hub_url).health().hub_time_ms > 0


def test_a_hub_that_is_not_there_is_unreachable() -> None:
    with pytest.raises(HubUnreachable):
        HubClient("http://127.0.0.1:1").health()


@contextmanager
def answering(body: bytes, content_type: str = "application/json") -> Iterator[str]:
    """Serve what always answers the same; yield its address."""

    def script(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
        answer(handler, 200, body, content_type=content_type)

    with misbehaving(script) as server:
        yield server.url


def test_what_answers_and_is_no_hub_is_unreachable() -> None:
    with (
        answering(b"<html></html>", "text/html") as url,
        pytest.raises(HubUnreachable, match="not a hub"),
    ):
        HubClient(url).health()
