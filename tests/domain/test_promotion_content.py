"""A promotion as JSON: it comes back whole, and nothing that could not be given comes in."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from pos.domain.journal import canonical_json
from pos.domain.promotion import Channel, CouponUse, Goods, Offer, OffTotal, PercentOff, Promotion
from pos.domain.promotion_content import (
    MAX_SKUS,
    UnreadablePromotion,
    promotion_content,
    read_promotion,
)
from tests.domain.promotion_kit import ALL_OFFERS, promotion

Content = dict[str, Any]


def over_the_wire(made: Promotion) -> Content:
    loaded: Content = json.loads(canonical_json(promotion_content(made)))
    return loaded


def full() -> Promotion:
    """Return a promotion with nothing left as it is by default."""
    return promotion(
        OffTotal(50_00, basis_points=500),
        "verano.2026:1",
        Goods(
            frozenset({"a", "b"}),
            frozenset({"Vinos y cavas"}),
            frozenset({"Peña"}),
            frozenset({"c"}),
        ),
        name="5 % en vinos",
        channels=frozenset({Channel.WEB}),
        shops=frozenset({"FUEN", "SOL"}),
        tier="gold",
        coupon=CouponUse.SHARED,
        code="VINOS-5",
        stands_alone=True,
    )


@pytest.mark.parametrize("offer", ALL_OFFERS, ids=str)
def test_a_promotion_of_each_kind_comes_back_whole(offer: Offer) -> None:
    made = promotion(offer)

    assert read_promotion(over_the_wire(made)) == made


def test_every_condition_of_a_promotion_comes_back() -> None:
    assert read_promotion(over_the_wire(full())) == full()


def test_a_promotion_reads_the_same_in_whatever_order_its_goods_were_named() -> None:
    one = promotion(PercentOff(1), goods=Goods(frozenset(["a", "b", "c"])))
    other = promotion(PercentOff(1), goods=Goods(frozenset(["c", "b", "a"])))

    assert canonical_json(promotion_content(one)) == canonical_json(promotion_content(other))


def test_direction_marks_and_control_characters_do_not_reach_the_ticket() -> None:
    content = over_the_wire(full())
    content["name"] = " 3x2\u202e en\nvinos "

    assert read_promotion(content).name == "3x2 en vinos"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("promotion_id", ""),
        ("promotion_id", "a b"),
        ("promotion_id", "x" * 65),
        ("promotion_id", 7),
        ("name", ""),
        ("name", "\u200b"),
        ("name", "x" * 61),
        ("valid_from_ms", -1),
        ("valid_from_ms", 2_000),
        ("valid_from_ms", 1.0),
        ("valid_until_ms", 1_000),
        ("valid_until_ms", 10**18),
        ("channels", []),
        ("channels", ["radio"]),
        ("channels", ["web", "web"]),
        ("shops", "FUEN"),
        ("shops", [7]),
        ("tier", "de oro"),
        ("tier", None),
        ("coupon", "often"),
        ("coupon", None),  # and yet a code
        ("coupon", "single"),
        ("code", ""),
        ("code", "vinos"),
        ("code", "X" * 33),
        ("stands_alone", 1),
        ("offer", None),
        ("offer", []),
        ("goods", {}),
    ],
)
def test_a_promotion_with_a_value_that_cannot_be_is_refused(name: str, value: object) -> None:
    content = over_the_wire(full())
    content[name] = value

    with pytest.raises(UnreadablePromotion):
        read_promotion(content)


@pytest.mark.parametrize(
    "offer",
    [
        {"kind": "magic"},
        {"kind": "percent_off", "basis_points": 0},
        {"kind": "percent_off", "basis_points": 10_001},
        {"kind": "percent_off", "basis_points": True},
        {"kind": "percent_off"},
        {"kind": "amount_off", "minor": 0},
        {"kind": "unit_price", "minor": -1},
        {"kind": "unit_price", "minor": 10**12},
        {"kind": "multi_buy", "take": 3, "pay": 3},
        {"kind": "multi_buy", "take": 3, "pay": 0},
        {"kind": "multi_buy", "take": 21, "pay": 2},
        {"kind": "nth_unit", "nth": 1, "basis_points": 5_000},
        {"kind": "nth_unit", "nth": 11, "basis_points": 5_000},
        {"kind": "bundle", "parts": [], "minor": 100},
        {"kind": "bundle", "parts": [{}], "minor": 100},
        {"kind": "off_total", "minimum_minor": 0, "basis_points": 0, "minor": 0},
        {"kind": "off_total", "minimum_minor": 0, "basis_points": 500, "minor": 100},
        {"kind": "off_total", "minimum_minor": -1, "basis_points": 500, "minor": 0},
    ],
    ids=str,
)
def test_an_offer_that_cannot_be_is_refused(offer: Content) -> None:
    content = over_the_wire(promotion(PercentOff(1)))
    content["offer"] = offer

    with pytest.raises(UnreadablePromotion):
        read_promotion(content)


def everything() -> Content:
    return {"skus": [], "departments": [], "brands": [], "except_skus": []}


@pytest.mark.parametrize("counts", [[1], [0, 2], [21], [1] * 9])
def test_a_bundle_of_one_of_too_many_or_of_none_of_something_is_refused(counts: list[int]) -> None:
    content = over_the_wire(promotion(PercentOff(1)))
    parts = [{"goods": everything(), "count": count} for count in counts]
    content["offer"] = {"kind": "bundle", "parts": parts, "minor": 100}

    with pytest.raises(UnreadablePromotion):
        read_promotion(content)


@pytest.mark.parametrize(
    "skus",
    [[""], ["a", "a"], [1], [None], ["x" * 65], ["a\n"], [str(n) for n in range(MAX_SKUS + 1)]],
    ids=lambda skus: str(skus)[:20],
)
def test_goods_that_cannot_be_named_are_refused(skus: list[object]) -> None:
    content = over_the_wire(promotion(PercentOff(1)))
    content["goods"]["skus"] = skus

    with pytest.raises(UnreadablePromotion):
        read_promotion(content)


def test_an_item_promotion_cannot_stand_alone() -> None:
    content = over_the_wire(promotion(PercentOff(1)))
    content["stands_alone"] = True

    with pytest.raises(UnreadablePromotion):
        read_promotion(content)


@pytest.mark.parametrize("missing", sorted(promotion_content(full())))
def test_a_promotion_that_leaves_something_out_is_refused(missing: str) -> None:
    content = copy.deepcopy(over_the_wire(full()))
    del content[missing]

    with pytest.raises(UnreadablePromotion):
        read_promotion(content)


@pytest.mark.parametrize("content", [None, [], "x", 7])
def test_what_is_no_object_is_no_promotion(content: object) -> None:
    with pytest.raises(UnreadablePromotion):
        read_promotion(content)
