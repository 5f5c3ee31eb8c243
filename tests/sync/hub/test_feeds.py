"""What the hub tells tills: feeds with cursors, and catalogues that are whole."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import requests

from pos.domain.staff import Role
from sync.hub.admin import (
    NotKnown,
    NotPossible,
    add_shop,
    add_staff,
    adjust_stock,
    set_price,
    set_setting,
)
from sync.hub.database import HubDatabase
from sync.hub.publishing.catalogue_import import import_catalogue
from sync.wire.v1.catalogue import PRODUCT_FIELDS
from tests.sync.enrolling import SignedBy, keys_of
from tests.sync.facts import T0

pytestmark = pytest.mark.usefixtures("credentials")

SKUS = ["8410076472885", "5449000000996", "4006381333931"]


def get(url: str, **headers: str) -> requests.Response:
    with requests.Session() as session:
        session.auth = SignedBy(keys_of("FUEN-1"))
        return session.get(url, headers={k.replace("_", "-"): v for k, v in headers.items()},
                           timeout=60)  # fmt: skip


def feed(hub: str, stream: str, cursor: int = 0, limit: int = 500) -> dict[str, Any]:
    answer = get(f"{hub}/v1/shops/FUEN/feed/{stream}?cursor={cursor}&limit={limit}")
    answer.raise_for_status()
    page: dict[str, Any] = answer.json()
    return page


@pytest.fixture
def stocked(database: HubDatabase, tmp_path: Path) -> HubDatabase:
    """Return the hub's database with three products."""
    path = tmp_path / "prices.csv"
    rows = [f"{sku},Producto {sku},1.00,5" for sku in SKUS]
    path.write_text("\n".join(["gtin,name,price,stock", *rows]), encoding="utf-8")
    import_catalogue(database.engine, path, currency="EUR", now_ms=T0)
    return database


def test_a_price_change_comes_once_and_the_cursor_stays_at_the_end(
    hub_url: str, stocked: HubDatabase
) -> None:
    begin = feed(hub_url, "prices")

    set_price(stocked.engine, SKUS[0], 1_25)
    changed = feed(hub_url, "prices", begin["cursor"])
    after = feed(hub_url, "prices", changed["cursor"])

    assert begin["items"] == []
    assert changed["items"] == [{"sku": SKUS[0], "price_minor": 125}]
    assert (after["items"], after["cursor"], after["more"]) == ([], changed["cursor"], False)


def test_pages_together_hold_everything_once(hub_url: str, stocked: HubDatabase) -> None:
    seen, cursor, more = [], 0, True

    while more:
        page = feed(hub_url, "stock", cursor, limit=2)
        seen += [item["sku"] for item in page["items"]]
        cursor, more = page["cursor"], page["more"]

    assert sorted(seen) == sorted(SKUS)


def test_a_product_that_changed_twice_comes_with_its_last_state(
    hub_url: str, stocked: HubDatabase
) -> None:
    begin = feed(hub_url, "stock")["cursor"]
    for movement in ("m1", "m2", "m2"):
        adjust_stock(
            stocked.engine, "FUEN", SKUS[0], -1000,
            reason="broken", movement_id=movement, now_ms=T0 + 5,
        )  # fmt: skip

    page = feed(hub_url, "stock", begin)

    assert page["items"] == [{"sku": SKUS[0], "on_hand_thousandths": 3000, "as_of_ms": T0 + 5}]


def test_people_come_with_a_slow_hash_of_their_pin(hub_url: str, database: HubDatabase) -> None:
    add_staff(database.engine, "FUEN", staff_id="ana", name="Ana", role=Role.MANAGER, pin="4711")

    (item,) = feed(hub_url, "staff")["items"]

    assert (item["name"], item["role"], item["active"]) == ("Ana", "manager", True)
    assert item["pin_hash"].startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_settings_of_a_shop_are_its_own(hub_url: str, database: HubDatabase) -> None:
    add_shop(database.engine, "SOL", name="Sol", currency="EUR", country="ES", now_ms=T0)
    set_setting(database.engine, "SOL", "receipt", {"header": ["Sol"], "footer": []})
    set_setting(database.engine, "FUEN", "receipt", {"header": ["Hola"], "footer": []})

    items = {item["key"]: item["value"] for item in feed(hub_url, "settings")["items"]}

    assert items["receipt"] == {"header": ["Hola"], "footer": []}
    assert items["shop"]["code"] == "FUEN"


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "١٢٣٤"])
def test_what_is_no_pin_is_refused(database: HubDatabase, pin: str) -> None:
    with pytest.raises(NotPossible):
        add_staff(database.engine, "FUEN", staff_id="x", name="X", role=Role.CASHIER, pin=pin)


def test_a_price_of_a_product_nobody_knows_is_refused(database: HubDatabase) -> None:
    with pytest.raises(NotKnown):
        set_price(database.engine, "nothing", 100)


def test_a_catalogue_is_counted_and_hashed(hub_url: str, stocked: HubDatabase) -> None:
    info = get(f"{hub_url}/v1/shops/FUEN/catalogue").json()

    stream = get(f"{hub_url}/v1/shops/FUEN/catalogue/{info['generation']}").content

    lines = gzip.decompress(stream).splitlines(keepends=True)
    digest = hashlib.sha256(b"".join(lines[:-1])).hexdigest()
    parts = dict(map(json.loads, lines[1:-1]))
    assert json.loads(lines[-1]) == ["end", len(SKUS) * 2, digest]
    assert info["sha256_of_stream"] == digest
    assert json.loads(lines[0]) == {k: v for k, v in info.items() if k != "sha256_of_stream"}
    assert sorted(row[0] for row in parts["products"]) == sorted(SKUS)
    assert {len(row) for row in parts["products"]} == {len(PRODUCT_FIELDS)}
    assert info["products"] == 3
    assert [SKUS[0], 5000, T0] in parts["stock"]


def test_a_till_that_has_the_generation_is_told_nothing_is_newer(
    hub_url: str, stocked: HubDatabase
) -> None:
    first = get(f"{hub_url}/v1/shops/FUEN/catalogue")

    again = get(f"{hub_url}/v1/shops/FUEN/catalogue", If_None_Match=first.headers["ETag"])

    assert (again.status_code, again.content) == (304, b"")


def test_a_shop_without_products_has_no_catalogue_and_another_shop_is_not_shown(
    hub_url: str,
) -> None:
    own, other = (get(f"{hub_url}/v1/shops/{shop}/catalogue") for shop in ("FUEN", "NADA"))

    assert (own.status_code, own.json()["code"]) == (404, "no_catalogue")
    assert (other.status_code, other.json()["code"]) == (403, "other_till")


def test_the_hub_says_how_it_is(hub_url: str, database: HubDatabase) -> None:
    health = get(f"{hub_url}/health").json()

    assert (health["status"], health["database"]) == ("ok", database.name)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/shops/FUEN/feed/rumours", 422),
        ("/v1/shops/FUEN/feed/prices?cursor=-1", 422),
        ("/v1/shops/FUEN/feed/prices?limit=100000", 422),
        ("/v1/shops/fuen/catalogue", 403),
        ("/v1/shops/FUEN/catalogue/99", 404),
        ("/v1/tills/FUEN-9/digest", 403),
        ("/v1/tills/FUEN-1/digest?day=yesterday", 422),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_code(hub_url: str, path: str, status: int) -> None:
    answer = get(hub_url + path)

    assert answer.status_code == status
    assert answer.json()["code"]
