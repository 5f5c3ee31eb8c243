"""How a shop keeps and hands over orders: what the hub's setting says, and what it cannot mean."""

from __future__ import annotations

import logging

import pytest

from pos.domain.pickup_policy import PickupPolicy
from pos.pickup_settings import pickup_policy


def test_a_shop_that_decided_nothing_has_the_usual_rules() -> None:
    assert pickup_policy(None, "EUR") == PickupPolicy()


def test_an_offline_limit_is_of_the_size_of_the_currency() -> None:
    assert pickup_policy(None, "MXN").offline_limit == 6_000_00
    assert pickup_policy({"offline_limit": 500_00}, "MXN").offline_limit == 500_00


def test_what_a_shop_decided_holds_and_what_is_unknown_is_passed_over() -> None:
    policy = pickup_policy({"hold_days": 10, "undo_minutes": 0, "colour": "red"}, "EUR")

    assert policy == PickupPolicy(hold_days=10, undo_minutes=0)


@pytest.mark.parametrize(
    "setting",
    [
        {"hold_days": 0},
        {"hold_days": -1},
        {"hold_days": "7"},
        {"hold_days": 7.5},
        {"hold_days": True},
        {"hold_days": 10**9},
        {"hold_days": None},
        ["hold_days"],
        "hold_days",
    ],
)
def test_a_value_that_cannot_be_is_told_in_the_log_and_the_usual_rule_holds(
    setting: object, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert pickup_policy(setting, "EUR") == PickupPolicy()

    assert "setting pickup" in caplog.text
