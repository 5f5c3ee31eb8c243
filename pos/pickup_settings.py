"""What the hub's setting ``pickup`` says: how a shop keeps and hands over orders."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from pos.domain.pickup_policy import PickupPolicy

# Prices of a shop are of this size against those in EUR, for what the hub does not say.
_SCALE = {"MXN": 20}
# What each value may be at most; it is at least 0, or 1 where nothing could be kept otherwise.
_MOST = {
    "offline_limit": 10_000_000_00,
    "offline_age_ms": 30 * 86_400_000,
    "hold_days": 365,
    "reminder_day": 365,
    "extension_days": 365,
    "extensions": 20,
    "undo_minutes": 24 * 60,
    "lease_minutes": 24 * 60,
    "soon_minutes": 24 * 60,
}
_LEAST = {"hold_days": 1, "extension_days": 1, "lease_minutes": 1}

_log = logging.getLogger(__name__)


def pickup_policy(setting: object, currency: str) -> PickupPolicy:
    """Return what the shop decided; what it did not say, or cannot mean, is as by default.

    Args:
        setting: The hub's setting, a JSON object with names of `PickupPolicy`; None when unset.
        currency: The shop's; amounts are its minor units.
    """
    standard = PickupPolicy()
    standard = replace(standard, offline_limit=standard.offline_limit * _SCALE.get(currency, 1))
    if setting is None:
        return standard
    if not isinstance(setting, Mapping):
        _log.warning("setting pickup: %s is no object", type(setting).__name__)
        return standard
    told: Mapping[str, Any] = setting
    good = {
        field.name: told[field.name]
        for field in fields(PickupPolicy)
        if field.name in told and _can_be(field.name, told[field.name])
    }
    return replace(standard, **good)


def _can_be(name: str, value: object) -> bool:
    is_good = type(value) is int and _LEAST.get(name, 0) <= value <= _MOST[name]
    if not is_good:
        _log.warning("setting pickup: %s cannot be %r", name, value)
    return is_good
