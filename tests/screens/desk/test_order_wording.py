"""What the till's desk says of orders: every kind, way out and state in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.collection import OrderState
from pos.domain.desk import ItemKind, Resolution
from pos.screens.desk import order_wording, wording
from sync.hub.conflicts.desk_rules import resolutions_of
from sync.wire.v1 import desk as wire
from tests.screens.counter_kit import Kit
from tests.screens.desk.test_desk import an, open_desk

ORDERS = sorted(order_wording.titles(), key=lambda kind: kind.value)


def test_whatever_the_hub_can_put_on_the_desk_the_till_has_words_for() -> None:
    told = {kind.value for kind in wire.ItemKind}

    assert told == {kind.value for kind in ItemKind if kind is not ItemKind.OTHER}
    assert {way.value for way in wire.Resolution} == {way.value for way in Resolution}
    assert set(wording.ICONS) == set(ItemKind)


@pytest.mark.parametrize("kind", ORDERS)
def test_a_matter_about_an_order_is_told_with_its_number_and_what_follows_from_each_way(
    kit: Kit, tmp_path: Path, kind: ItemKind
) -> None:
    ways = [way.value for way in resolutions_of(wire.ItemKind(kind.value))]
    page = open_desk(
        kit, tmp_path, an("a", 52_80, kind=kind.value, subject="W-10482", resolutions=ways)
    )

    item = page.view_model.chosen
    assert item is not None
    assert page.title.text() == order_wording.titles()[kind]
    assert "W-10482" in page.story.text()
    assert "{" not in page.story.text()
    assert [way.value for way in item.resolutions] == ways
    assert page.view_model.safe == order_wording.safe_words()[kind]
    for way in item.resolutions:
        assert wording.consequence(item, way) == order_wording.consequences()[kind, way]


@pytest.mark.parametrize("state", OrderState)
def test_every_state_of_an_order_has_a_word(state: OrderState) -> None:
    assert f"order_{state.value}" in order_wording.states()
