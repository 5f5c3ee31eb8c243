"""What a shop decided about its orders, as the hub keeps it: the setting ``pickup``."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from pos.domain.pickup_policy import PickupPolicy
from sync.hub.tables import setting

KEY = "pickup"
MOST = 10_000_000_00

log = logging.getLogger("sync.hub")


def policy_of(connection: Connection, shop: str) -> PickupPolicy:
    """Return the rules of a shop; what is not set there, or set wrongly, is the default."""
    text = connection.scalar(
        select(setting.c.value_json).where(setting.c.shop == shop, setting.c.key == KEY)
    )
    said = json.loads(text) if text else {}
    return PickupPolicy(**_usable(said)) if isinstance(said, dict) else PickupPolicy()


def _usable(said: Mapping[str, Any]) -> dict[str, int]:
    names = {field.name for field in dataclasses.fields(PickupPolicy)} & said.keys()
    good = {name: said[name] for name in names if _is_count(said[name])}
    if wrong := sorted(names - good.keys()):
        log.warning("setting not usable", extra={"key": KEY, "names": wrong})
    return good


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST
