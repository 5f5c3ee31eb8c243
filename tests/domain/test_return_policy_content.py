"""What a shop decided about returns, as the hub tells it, and what it cannot mean."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.promotion import Channel
from pos.domain.return_policy import Category, Kinds, ReturnPolicy, ReturnRule
from pos.domain.return_policy_content import return_policy_of
from pos.domain.return_purchase import Means
from pos.domain.return_words import Condition, Disposition
from pos.domain.staff import Capability

SAID = {
    "rules": [
        {"window_days": 15, "departments": ["electrónica"], "accepts": ["sealed"]},
        {
            "sold_from": "2026-11-01", "sold_until": "2026-12-24", "open_until": "2027-01-31",
            "channels": ["web"], "countries": ["ES"], "tiers": ["oro"],
        },
    ],
    "categories": [{"name": "hygiene", "departments": ["ropa"], "returnable_sealed": True}],
    "dispositions": [
        {"condition": "damaged", "disposition": "destroy"},
        {"department": "ropa", "condition": "opened", "disposition": "quarantine"},
    ],
    "means": ["store_credit", "card"],
    "cash_limit": None,
    "offline_day": 100_00,
    "goodwill": {"goodwill": 5_00},
}  # fmt: skip


def test_a_shop_that_decided_nothing_has_the_usual_rules() -> None:
    assert return_policy_of(None, "EUR") == (ReturnPolicy(), ())
    assert return_policy_of({}, "EUR") == (ReturnPolicy(), ())


def test_amounts_that_nobody_set_are_of_the_size_of_the_currency() -> None:
    policy, _ = return_policy_of({"cash_limit": 1_000_00}, "MXN")

    assert (policy.cash_limit, policy.no_receipt_day) == (1_000_00, 1_000_00)
    assert policy.goodwill[0] == (Capability.GOODWILL, 200_00)


def test_what_a_shop_decided_holds() -> None:
    policy, wrong = return_policy_of(SAID, "EUR")

    assert wrong == ()
    assert policy.rules == (
        ReturnRule(
            goods=Kinds(departments=frozenset({"electrónica"})),
            window_days=15,
            accepts=frozenset({Condition.SEALED}),
        ),
        ReturnRule(
            channels=frozenset({Channel.WEB}),
            countries=frozenset({"ES"}),
            tiers=frozenset({"oro"}),
            sold_from=date(2026, 11, 1),
            sold_until=date(2026, 12, 24),
            open_until=date(2027, 1, 31),
        ),
    )
    ropa = Kinds(departments=frozenset({"ropa"}))
    assert policy.categories == (Category("hygiene", ropa, returnable_sealed=True),)
    assert policy.means == {Means.STORE_CREDIT, Means.CARD}
    assert (policy.cash_limit, policy.offline_day) == (None, 100_00)
    assert dict(policy.goodwill)[Capability.GOODWILL] == 5_00
    assert dict(policy.goodwill)[Capability.GOODWILL_HIGH] == 150_00


def test_goods_go_where_the_shop_sends_them() -> None:
    policy, _ = return_policy_of(SAID, "EUR")

    assert policy.disposition("hogar", Condition.DAMAGED) is Disposition.DESTROY
    assert policy.disposition("hogar", Condition.OPENED) is Disposition.RESTOCK
    assert policy.disposition("ropa", Condition.OPENED) is Disposition.QUARANTINE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rules", {}),
        ("rules", [{"window_days": -1}]),
        ("rules", [{"window_days": 15}, {"window_days": "30"}]),
        ("rules", [{"sold_from": "2026-13-01"}]),
        ("rules", [{"accepts": ["like new"]}]),
        ("rules", [{"channels": ["phone"]}]),
        ("rules", [{"skus": [7]}]),
        ("rules", ["general"]),
        ("categories", [{"name": "hygiene"}]),
        ("categories", [{"departments": ["ropa"]}]),
        ("categories", [{"name": "x", "skus": ["1"], "is_returnable": 1}]),
        ("dispositions", [{"condition": "not_ours", "disposition": "restock"}]),
        ("dispositions", [{"condition": "used", "disposition": "shelf"}]),
        ("means", []),
        ("means", ["gold"]),
        ("cash_limit", -1),
        ("cash_limit", 3.5),
        ("offline_day", True),
        ("goodwill", {"goodwill": None}),
        ("goodwill", 5),
    ],
)
def test_what_cannot_be_meant_is_named_and_the_usual_rule_holds(name: str, value: object) -> None:
    assert return_policy_of({name: value}, "EUR") == (ReturnPolicy(), (name,))


def test_the_rest_of_a_setting_holds_beside_what_cannot_be_meant() -> None:
    policy, wrong = return_policy_of({**SAID, "means": "all"}, "EUR")

    assert wrong == ("means",)
    assert policy.offline_day == 100_00


def test_a_setting_that_is_no_object_is_named() -> None:
    assert return_policy_of([1], "EUR") == (ReturnPolicy(), ("returns",))


def test_nobody_can_be_told_to_take_what_is_not_ours() -> None:
    policy, _ = return_policy_of({"rules": [{"accepts": ["not_ours", "used"]}]}, "EUR")

    assert policy.rules[0].accepts == {Condition.USED}
