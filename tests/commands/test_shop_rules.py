"""What a shop decides, set from a file at the hub."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sync.hub import admin
from sync.hub.database import open_database
from tests.commands.conftest import Said, add_shop, call


def set_rules(db_url: str, folder: Path, kind: str, said: object, shop: str = "FUEN") -> Said:
    file = folder / "rules.json"
    file.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
    return call("shop", "rules", shop, kind, file, "--db", db_url)


def setting(db_url: str, kind: str) -> Any:
    database = open_database(db_url)
    try:
        with database.reading() as connection:
            return admin.get_setting(connection, "FUEN", kind)
    finally:
        database.close()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("returns", {"cash_limit": 50_00, "no_receipt_day": None, "means": ["cash", "web"]}),
        ("stored_value", {"offline_limit": 20_00, "gift_card_skus": ["TARJETA"]}),
        ("suggestions", {"shown": False}),
        ("carts", {"price": "web", "needs_stock": False}),
    ],
)
def test_a_shop_decides_by_a_file(
    db_url: str, tmp_path: Path, kind: str, said: dict[str, object]
) -> None:
    add_shop(db_url)

    done = set_rules(db_url, tmp_path, kind, said)

    assert (done.code, done.err) == (0, "")
    assert setting(db_url, kind) == said


@pytest.mark.parametrize(
    ("kind", "said", "named"),
    [
        ("returns", {"cash_limt": 50_00}, "cash_limt"),
        ("returns", {"cash_limit": "fifty"}, "cash_limit"),
        ("returns", "{", "JSON"),
        ("returns", [], "object"),
        ("stored_value", {"offline_limit": -1}, "offline_limit"),
        ("stored_value", {"gift_card_skus": "TARJETA"}, "gift_card_skus"),
        ("stored_value", {"gift_card_skus": ["A", ""]}, "gift_card_skus"),
        ("suggestions", {"shown": "no"}, "shown"),
        ("carts", {"price": "half"}, "price"),
    ],
)
def test_what_cannot_be_meant_changes_nothing_and_is_named(
    db_url: str, tmp_path: Path, kind: str, said: object, named: str
) -> None:
    add_shop(db_url)

    done = set_rules(db_url, tmp_path, kind, said)

    assert done.code == 1
    assert named in done.err
    assert setting(db_url, kind) is None


def test_a_shop_that_is_not_there_has_no_rules(db_url: str, tmp_path: Path) -> None:
    add_shop(db_url)

    done = set_rules(db_url, tmp_path, "returns", {}, shop="GOYA")

    assert (done.code, "GOYA" in done.err) == (1, True)
