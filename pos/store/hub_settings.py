"""The settings of the shop as the hub told us."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pos.store.statements import Statements, to_json

_PUT = (
    "INSERT INTO setting (key, value) VALUES (?, ?)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
_DROP = "DELETE FROM setting WHERE key = ?"


def mirror_settings(
    sql: Statements, settings: Mapping[str, Any], *, only: Collection[str]
) -> None:
    """Take over settings (JSON values).

    Args:
        only: The keys of everything the hub has, empty when it told of some: nothing else is
            set any more.
    """
    sql.run_many(_PUT, [(key, to_json(value)) for key, value in settings.items()])
    if only:
        known = {str(key) for (key,) in sql.rows("SELECT key FROM setting")}
        sql.run_many(_DROP, [(key,) for key in sorted(known.difference(only))])
