"""The calls to the hub that a person waits for."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler

import pytest

from sync.client import HubClient, HubRefused, HubUnreachable
from tests.sync.facts import TillJournal
from tests.sync.serving import Exchange, answer, misbehaving


def register(client: HubClient, shop: str = "FUEN", currency: str = "") -> dict[str, object]:
    answered = client.register(
        f"{shop}-1", shop=shop, number=1, name="Caja 1", app_version="0.1.0", currency=currency
    )
    return dict(answered.shop)


def test_a_till_that_presents_itself_learns_about_its_shop(hub_url: str) -> None:
    client = HubClient(hub_url)

    first, again = register(client), register(client)

    assert first == again
    assert (first["code"], first["name"], first["currency"]) == ("FUEN", "Fuencarral", "EUR")
    assert first["time_zone"] == "Europe/Madrid"


def test_a_shop_nobody_knows_is_refused_unless_the_till_brings_its_currency(hub_url: str) -> None:
    client = HubClient(hub_url)

    with pytest.raises(HubRefused, match="unknown_shop"):
        register(client, "HIST")
    made = register(client, "HIST", currency="GBP")

    assert (made["code"], made["currency"], made["country"]) == ("HIST", "GBP", "GB")
    assert register(client, "HIST") == made


def test_a_digest_of_a_till_that_sold_nothing_is_empty(hub_url: str) -> None:
    client = HubClient(hub_url)
    register(client)

    digest = client.digest("FUEN-1")

    assert (digest.sales, digest.received_through) == (0, 0)
    assert digest.chain_head == TillJournal().head.hash


def test_the_digest_of_an_unknown_till_is_refused(hub_url: str) -> None:
    with pytest.raises(HubRefused, match="unknown_till"):
        HubClient(hub_url).digest("FUEN-7")


def test_health_says_what_time_it_is_at_the_hub(hub_url: str) -> None:
    assert HubClient(hub_url).health().hub_time_ms > 0


def test_a_hub_that_is_not_there_is_unreachable() -> None:
    with pytest.raises(HubUnreachable):
        HubClient("http://127.0.0.1:1").health()


def test_what_answers_and_is_no_hub_is_unreachable() -> None:
    def script(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
        answer(handler, 200, b"<html></html>", content_type="text/html")

    with misbehaving(script) as server, pytest.raises(HubUnreachable, match="not a hub"):
        HubClient(server.url).health()
