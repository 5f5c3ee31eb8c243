"""What the office does at the hub for web shops and for demonstrations."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import requests

from pos.commands.demonstration.processes import Hub
from pos.commands.demonstration.shop import read_demo_shop, seed
from tests.commands.conftest import add_shop, call
from tests.commands.near_hub import NearHub
from tests.sync.waiting import wait_until


@pytest.fixture
def demo_db(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    seed(url, read_demo_shop(), now_ms=1)
    return url


def orders(db_url: str, *words: str) -> list[dict[str, str]]:
    said = call("hub", "demo-order", "--db", db_url, "--json", *words)
    assert said.code == 0, said.err
    placed: list[dict[str, str]] = json.loads(said.out)["orders"]
    return placed


def test_demonstration_orders_are_numbered_like_all_others(demo_db: str) -> None:
    placed = orders(demo_db, "--count", "3", "--lines", "4", "--pay-in-store")

    assert [order["number"] for order in placed] == ["W-10001", "W-10002", "W-10003"]
    assert {order["state"] for order in placed} == {"placed"}


def test_a_demonstration_order_can_be_ready_or_on_its_way(demo_db: str) -> None:
    (ready,) = orders(demo_db, "--ready", "--customer", "Zoë 🌻 Ñuñez")
    (travelling,) = orders(demo_db, "--from-shop", "ALMACEN")

    assert (ready["state"], travelling["state"]) == ("ready", "in_transit")


def test_a_shop_nobody_knows_is_named(demo_db: str) -> None:
    said = call("hub", "demo-order", "--db", demo_db, "--shop", "NADA")

    assert (said.code, "NADA" in said.err) == (1, True)


def test_a_hub_without_products_says_so(db_url: str) -> None:
    add_shop(db_url)

    said = call("hub", "demo-order", "--db", db_url)

    assert (said.code, "no_products" in said.err) == (1, True)


def test_a_web_shop_is_let_in_by_the_key_that_is_printed_until_it_is_revoked(
    near_hub: NearHub, db_url: str
) -> None:
    add_shop(db_url)
    key = call("hub", "shop-key", "nogal.example", "--db", db_url).out.strip()

    def asked() -> int:
        headers = {"Authorization": f"Bearer {key}"}
        url = f"{near_hub.url}/v1/promise?shop=FUEN"
        return requests.get(url, headers=headers, timeout=30).status_code

    before = asked()
    revoked = call("hub", "shop-key", "-", "--db", db_url, "--revoke", key.split("_")[1])

    assert (before, revoked.code, asked()) == (200, 0, 401)


def test_a_key_nobody_has_cannot_be_revoked(db_url: str) -> None:
    add_shop(db_url)

    said = call("hub", "shop-key", "-", "--db", db_url, "--revoke", "nobody")

    assert (said.code, "nobody" in said.err) == (1, True)


def test_mail_settings_that_cannot_be_stop_the_hub_with_a_line(
    db_url: str, tmp_path: Path
) -> None:
    settings = tmp_path / "mail.toml"
    settings.write_text('kind = "smtp"\nport = 25\n', encoding="utf-8")

    said = call("hub", "--db", db_url, "--port", "0", "--mail", settings)

    assert (said.code, "mail.toml" in said.err) == (1, True)


def test_a_running_hub_tells_the_customer_of_an_order_placed_beside_it(
    hub: Hub, tmp_path: Path
) -> None:
    db_url = f"sqlite:///{tmp_path / 'hub.db'}"
    seed(db_url, read_demo_shop(), now_ms=1)
    assert hub.is_running

    (order,) = orders(db_url, "--ready", "--pay-in-store")

    letter = tmp_path / "outgoing" / f"{order['order_id']}-ready-1.eml"
    wait_until(letter.exists)
    text = message_from_bytes(letter.read_bytes(), policy=policy.default)
    assert text["Subject"] == f"Tu pedido {order['number']} te espera en Nogal Fuencarral"
    assert [part.get_filename() for part in text.iter_attachments()] == ["codigo.png"]
