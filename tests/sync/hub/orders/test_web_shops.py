"""Web shops at the hub: let in by their key, and told in words what cannot be."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.pickup_code import read_pickup_code
from pos.signatures import Purpose, is_signed
from sync.credentials import Credentials
from sync.hub.database import HubDatabase
from sync.hub.orders.codes import signing_key
from sync.hub.trust.shop_keys import issue_key, revoke_key
from tests.sync.enrolling import SignedBy, keys_of
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import OIL, body, line, stocked
from tests.sync.hub.test_openapi import LOOSE, TEXTS, VALUES, as_json


class WebShop:
    """Calls a hub as a web shop does."""

    def __init__(self, url: str, key: str) -> None:
        self.url = url
        self._headers = {"Authorization": f"Bearer {key}"}

    def post(self, path: str, asked: Any) -> requests.Response:
        data = asked if isinstance(asked, bytes) else json.dumps(asked).encode()
        headers = {**self._headers, "Content-Type": "application/json"}
        return requests.post(self.url + path, data=data, headers=headers, timeout=60)

    def get(self, path: str) -> requests.Response:
        return requests.get(self.url + path, headers=self._headers, timeout=60)

    def placed(self, op_id: str = "op-1", **changed: Any) -> dict[str, Any]:
        answer = self.post("/v1/orders", body(op_id, **changed))
        assert answer.status_code == 201, answer.text
        order: dict[str, Any] = answer.json()
        return order


def key_of(database: HubDatabase) -> str:
    with database.transaction() as connection:
        return issue_key(connection, "nogal.example", T0, secrets.token_bytes)


@pytest.fixture
def web_shop(database: HubDatabase, hub_url: str, tmp_path: Path) -> WebShop:
    stocked(database, tmp_path, "SOL")
    return WebShop(hub_url, key_of(database))


def test_an_order_is_placed_and_seen(web_shop: WebShop) -> None:
    placed = web_shop.placed(lines=[line(pieces=2, paid=14_31)])

    seen = web_shop.get(f"/v1/orders/{placed['order_id']}").json()

    assert seen == placed
    assert (seen["number"], seen["state"], seen["total"]) == ("W-10001", "placed", 14_31)
    assert seen["lines"][0]["name"] == "Aceite de oliva"


def test_the_pickup_code_is_signed_by_the_hub(web_shop: WebShop, database: HubDatabase) -> None:
    code = read_pickup_code(web_shop.placed()["pickup_code"])

    with database.reading() as connection:
        public = signing_key(connection).public
    assert (code.serial, code.shop, code.version) == (10_001, "FUEN", 1)
    assert is_signed(public, Purpose.PICKUP, code.signed_part, code.signature)


def test_nobody_without_a_key_places_or_reads_an_order(web_shop: WebShop) -> None:
    order_id = web_shop.placed()["order_id"]

    for wrong in ("", "mws_" + "0" * 12 + "_" + "0" * 64, "Bearer"):
        stranger = WebShop(web_shop.url, wrong)
        for answer in (
            stranger.get(f"/v1/orders/{order_id}"),
            stranger.post("/v1/orders", body("op-2")),
            stranger.post(f"/v1/orders/{order_id}/cancel", {"op_id": "x"}),
            stranger.get("/v1/promise?shop=FUEN"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (401, "no_key")


def test_a_key_that_was_revoked_is_let_in_no_more(
    web_shop: WebShop, database: HubDatabase
) -> None:
    key = key_of(database)
    other = WebShop(web_shop.url, key)
    other.placed()

    with database.transaction() as connection:
        revoke_key(connection, key.split("_")[1], T0)

    assert other.get("/v1/promise?shop=FUEN").status_code == 401
    assert web_shop.get("/v1/promise?shop=FUEN").status_code == 200


def test_a_web_shop_asks_for_nothing_that_is_the_tills(web_shop: WebShop) -> None:
    for path in ("/v1/shops/FUEN/orders", "/v1/shops/FUEN/feed/staff", "/v1/found-orders?text=W"):
        assert web_shop.get(path).status_code == 401


@pytest.mark.usefixtures("credentials")
def test_a_till_places_no_orders(web_shop: WebShop, credentials: Credentials) -> None:
    signed = SignedBy(keys_of(credentials.till))

    answer = requests.post(f"{web_shop.url}/v1/orders", json=body(), auth=signed, timeout=60)

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("changed", "status", "code", "detail"),
    [
        ({"lines": [line("nothing")]}, 422, "unknown_product", "nothing"),
        ({"currency": "MXN"}, 422, "wrong_currency", "MXN"),
        ({"shop": "NADA"}, 404, "unknown_shop", ""),
        ({"lines": []}, 422, "invalid", "body.lines: too_short"),
        ({"lines": [line()] * 501}, 422, "invalid", "body.lines: too_long"),
        ({"lines": [line(quantity=500)]}, 422, "half_a_piece", OIL),
    ],
)
def test_what_cannot_be_ordered_is_answered_with_what_is_wrong(
    web_shop: WebShop, changed: dict[str, Any], status: int, code: str, detail: str
) -> None:
    answer = web_shop.post("/v1/orders", body(**changed))

    assert answer.status_code == status
    assert answer.json() == {"code": code, "detail": detail}


def test_an_op_id_means_one_thing(web_shop: WebShop) -> None:
    order_id = web_shop.placed()["order_id"]

    for path, asked in (
        ("/v1/orders", body(lines=[line(pieces=2)])),
        (f"/v1/orders/{order_id}/cancel", {"op_id": "op-1"}),
        (f"/v1/orders/{order_id}/reroute", {"op_id": "op-1", "to_shop": "SOL"}),
    ):
        answer = web_shop.post(path, asked)
        assert (answer.status_code, answer.json()["code"]) == (409, "op_id_used")


def test_an_order_nobody_placed_is_unknown(web_shop: WebShop) -> None:
    for answer in (
        web_shop.get("/v1/orders/none"),
        web_shop.post("/v1/orders/none/cancel", {"op_id": "x"}),
        web_shop.post("/v1/orders/none/reroute", {"op_id": "x", "to_shop": "SOL"}),
        web_shop.post("/v1/orders/none/dispatch", {"op_id": "x", "parcels": 1}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_order")


def test_an_order_is_cancelled_moved_and_dispatched_by_its_web_shop(web_shop: WebShop) -> None:
    first, second = web_shop.placed("op-1"), web_shop.placed("op-2")
    third = web_shop.placed("op-3", from_shop="SOL")

    cancelled = web_shop.post(f"/v1/orders/{first['order_id']}/cancel", {"op_id": "a"}).json()
    moved = web_shop.post(
        f"/v1/orders/{second['order_id']}/reroute", {"op_id": "b", "to_shop": "SOL"}
    ).json()
    sent = web_shop.post(
        f"/v1/orders/{third['order_id']}/dispatch", {"op_id": "c", "parcels": 2}
    ).json()

    assert cancelled["state"] == "cancelled"
    assert (moved["shop"], moved["state"]) == ("SOL", "placed")
    assert (sent["state"], sent["lines"][0]["picked"]) == ("in_transit", 1_000)


def test_the_promise_of_a_shop_is_told(web_shop: WebShop) -> None:
    answer = web_shop.get("/v1/promise?shop=FUEN")

    assert answer.json() == {"shop": "FUEN", "minutes": 30, "hub_time_ms": T0}
    assert web_shop.get("/v1/promise?shop=NADA").status_code == 404


def test_the_description_shows_an_order_to_copy(web_shop: WebShop) -> None:
    described = requests.get(f"{web_shop.url}/openapi.json", timeout=60).json()

    post = described["paths"]["/v1/orders"]["post"]
    example = post["requestBody"]["content"]["application/json"]["schema"]["examples"][0]
    assert post["security"] == [{"HTTPBearer": []}]
    example["lines"][0]["sku"] = OIL  # this hub sells it under another
    assert web_shop.post("/v1/orders", example).status_code == 201


@settings(LOOSE, max_examples=80, suppress_health_check=list(HealthCheck))
@given(
    field=st.sampled_from([
        "op_id", "shop", "currency", "prepaid", "customer", "lines", "collectors", "identity",
        "hold_days", "channel", "from_shop",
    ]),
    inner=st.sampled_from(["", "sku", "quantity", "unit_price", "paid", "name", "phone", "email"]),
    value=VALUES,
)  # fmt: skip
def test_no_order_makes_the_hub_fail(
    web_shop: WebShop, field: str, inner: str, value: Any
) -> None:
    asked = body()
    if inner in asked["lines"][0]:
        asked["lines"][0][inner] = value
    elif inner:
        asked["customer"][inner] = value
    else:
        asked[field] = value

    answer = web_shop.post("/v1/orders", as_json(asked))

    assert answer.status_code < 500, (asked, answer.text)


@settings(LOOSE, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    what=st.sampled_from(["cancel", "reroute", "dispatch"]),
    field=st.sampled_from(["op_id", "reason", "to_shop", "parcels", "lines"]),
    value=VALUES,
    order_id=TEXTS,
)
def test_nothing_asked_of_an_order_makes_the_hub_fail(
    web_shop: WebShop, what: str, field: str, value: Any, order_id: str
) -> None:
    known = web_shop.placed()["order_id"]
    asked = {"op_id": "x-1", "to_shop": "SOL", "parcels": 1, field: value}
    for each in (known, quote(order_id.encode("utf-8", "surrogatepass"), safe="")):
        answer = web_shop.post(f"/v1/orders/{each}/{what}", as_json(asked))
        assert answer.status_code < 500, (what, asked, answer.text)
