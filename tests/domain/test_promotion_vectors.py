"""The promotion cases that a web shop can run too: a cart and a ticket come to the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pos.domain.money import Money
from pos.domain.promotion import Channel, Coupon, PricedLine, Shopper
from pos.domain.promotion_content import promotion_content, read_promotion
from pos.domain.promotion_pricing import PromotionBook

Case = dict[str, Any]
VECTORS = Path(__file__).parents[2] / "resources" / "vectors" / "promotions.json"
CASES: list[Case] = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_ticket_comes_to_what_the_case_says(case: Case) -> None:
    book = PromotionBook(read_promotion(content) for content in case["promotions"])
    lines = [_line(row, case["currency"]) for row in case["lines"]]

    found = book.price(lines, _shopper(case["shopper"]), case["currency"])

    given = [
        {
            "promotion_id": one.promotion_id,
            "coupon": one.coupon,
            "shares": [{"line": share.line, "amount": share.amount.minor} for share in one.shares],
        }
        for one in found
    ]
    assert sorted(given, key=lambda one: str(one["promotion_id"])) == case["given"], case["why"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_case_is_written_as_the_hub_publishes(case: Case) -> None:
    shares = [share["amount"] for one in case["given"] for share in one["shares"]]

    assert sum(shares) == case["saving"]
    for content in case["promotions"]:
        assert json.loads(json.dumps(promotion_content(read_promotion(content)))) == content


def test_no_two_cases_have_the_same_name() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) >= 40


def _line(row: Case, currency: str) -> PricedLine:
    return PricedLine(**{**row, "amount": Money(row["amount"], currency)})


def _shopper(row: Case) -> Shopper:
    return Shopper(
        Channel(row["channel"]),
        row["shop"],
        row["opened_at_ms"],
        frozenset(row["tiers"]),
        tuple(Coupon(held["code"], held["promotion_id"]) for held in row["coupons"]),
    )
