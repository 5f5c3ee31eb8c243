"""A till opens whatever the hub told it; only without a shop it says that it cannot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pos.domain.return_policy import ReturnPolicy
from pos.open_till import NotConfigured, init_folder, open_till
from pos.settings import TillSettings, write_settings
from pos.store.data_folder import DataFolder, FolderRole
from pos.store.keys import load_key
from pos.store.outbox import AgentStore

SHOP = {"code": "FUEN", "name": "Fuencarral", "currency": "EUR", "country": "ES"}
SCALE = {"name": "peso", "layout": "2 1 IIIII VVVVV K", "value_kind": "weight", "decimals": 3}


def folder_told(root: Path, **told: Any) -> DataFolder:
    """Return a till's folder in which the hub's settings have arrived."""
    folder = DataFolder(root, reserve_bytes=1, least_free_bytes=1)
    settings = TillSettings("FUEN", 1, "http://127.0.0.1:9")
    init_folder(folder, settings, epoch=1)
    write_settings(folder.settings, settings)
    store = AgentStore(folder.database, key=load_key(folder))
    store.apply_settings(told, 1)
    store.close()
    return folder


@pytest.mark.parametrize(
    "templates",
    [
        pytest.param("2 1 IIIII VVVVV K", id="a text"),
        pytest.param({"layout": "21IIIIIVVVVVK"}, id="an object"),
        pytest.param(7, id="a number"),
        pytest.param([None, 3, "x", []], id="no objects"),
        pytest.param([{}], id="nothing in it"),
        pytest.param([{"layout": "99IIIIIVVVVVK", "value_kind": "price"}], id="no layout"),
        pytest.param([{**SCALE, "value_kind": "colour"}], id="no kind"),
        pytest.param([{**SCALE, "value_kind": {}}], id="a kind that is an object"),
        pytest.param([{**SCALE, "decimals": "three"}], id="no decimals"),
        pytest.param([{**SCALE, "decimals": 10**9}], id="too many decimals"),
        pytest.param([{**SCALE, "decimals": float("inf")}], id="endless decimals"),
    ],
)
def test_a_label_layout_that_cannot_be_is_left_out_and_the_till_opens(
    tmp_path: Path, templates: Any
) -> None:
    folder = folder_told(tmp_path / "till", shop=SHOP, scan_templates=templates)

    till = open_till(folder)

    assert till.station.scan_rules.templates == ()
    till.close()


def test_the_other_label_layouts_of_the_shop_still_count(tmp_path: Path) -> None:
    folder = folder_told(
        tmp_path / "till", shop=SHOP, scan_templates=[{"layout": "wrong"}, SCALE, None]
    )

    till = open_till(folder)

    assert [template.name for template in till.station.scan_rules.templates] == ["peso"]
    till.close()


def test_of_a_shop_described_badly_what_can_be_read_is_taken(tmp_path: Path) -> None:
    told = {
        **SHOP,
        "address_lines": "Calle de Fuencarral 1",
        "receipt_header": [1, None, "Gracias"],
        "receipt_footer": 7,
        "time_zone": "Europe/Nowhere\0",
        "phone": ["1"],
        "legal_name": {},
    }

    till = open_till(folder_told(tmp_path / "till", shop=told))

    assert till.shop.address_lines == ("Calle de Fuencarral 1",)
    assert (till.shop.receipt_header, till.shop.receipt_footer) == (("Gracias",), ())
    assert (till.shop.time_zone, till.shop.phone) == ("Europe/Madrid", "")
    assert till.shop.legal_name == "Fuencarral"
    till.close()


@pytest.mark.parametrize(
    "shop",
    [
        pytest.param({}, id="nothing"),
        pytest.param([SHOP], id="a list"),
        pytest.param({**SHOP, "currency": 978}, id="a currency that is a number"),
        pytest.param({**SHOP, "currency": "euro"}, id="a currency that is a word"),
        pytest.param({**SHOP, "country": "XX"}, id="a country we know nothing of"),
        pytest.param({**SHOP, "country": None}, id="no country"),
        pytest.param({"code": "FUEN"}, id="half a shop"),
    ],
)
def test_without_a_shop_the_till_says_so_and_lets_go_of_the_folder(
    tmp_path: Path, shop: Any
) -> None:
    folder = folder_told(tmp_path / "till", shop=shop)

    with pytest.raises(NotConfigured):
        open_till(folder)

    folder.lock(FolderRole.TILL).release()


def test_a_shop_takes_things_back_by_its_own_policy_its_law_and_its_time_zone(
    tmp_path: Path,
) -> None:
    policy = {"cash_limit": 50_00, "rules": "all of them"}  # the second cannot be meant
    shop = {**SHOP, "time_zone": "Atlantic/Canary"}
    cards = {"gift_card_skus": ["TARJETA"]}

    till = open_till(folder_told(tmp_path / "till", shop=shop, returns=policy, stored_value=cards))

    rules = till.station.returns
    wanted = replace(ReturnPolicy(), cash_limit=50_00, stored_value_skus=frozenset({"TARJETA"}))
    assert rules.policy == wanted
    assert rules.law.guarantee is not None
    assert (rules.country, till.station.time_zone) == ("ES", "Atlantic/Canary")
    assert rules.credit_code is not None
    assert rules.credit_code("r-1") == rules.credit_code("r-1") != rules.credit_code("r-2")
    till.close()
