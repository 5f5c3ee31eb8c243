"""The conflict desk as this till knows it: what the hub told, what was found and done here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from pos.domain.desk import DeskItem, Doing, ItemKind, Resolution, Row, RowKind, Side
from pos.domain.money import Money
from pos.store.statements import Statements, from_json, to_json

OPEN, RESOLVED = "open", "resolved"

_GET = "SELECT body, local FROM desk_item WHERE item_id = ?"
_LATEST = (
    "SELECT body, local FROM desk_item WHERE state = 'open' OR item_id IN (SELECT item_id"
    " FROM desk_item WHERE state = 'resolved' ORDER BY opened_at_ms DESC LIMIT ?)"
)
_KEEP_DOING = (
    "INSERT INTO desk_item (item_id, state, opened_at_ms, body, local) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (item_id) DO UPDATE SET local = excluded.local"
)
_KEEP_FOUND = (
    f"{_KEEP_DOING}, state = excluded.state, opened_at_ms = excluded.opened_at_ms,"
    " body = excluded.body"
)
MIRROR = (
    "INSERT INTO desk_item (item_id, state, opened_at_ms, body) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (item_id) DO UPDATE SET state = excluded.state,"
    " opened_at_ms = excluded.opened_at_ms, body = excluded.body"
)
LATEST_RESOLVED = 100
MOST_REMEMBERED = 1_000


class StoredDesk:
    """`ports.Desk` on the table desk_item."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def all(self) -> tuple[DeskItem, ...]:
        """Return the open items and the latest resolved ones."""
        rows = self._sql.rows(_LATEST, (LATEST_RESOLVED,))
        return tuple(_item(body, local) for body, local in rows)

    def get(self, item_id: str) -> DeskItem | None:
        """Return an item by id."""
        row = self._sql.one(_GET, (item_id,))
        return None if row is None else _item(row[0], row[1])

    def save(self, item: DeskItem) -> None:
        """Keep an item that this till found, or what was done here with any.

        What the hub told stays as it told it; what this till found takes the place of what the
        hub told of the same thing before.
        """
        state = OPEN if item.is_open else RESOLVED
        row = (item.item_id, state, item.opened_at_ms, to_json(_body(item)), _local(item.doing))
        self._sql.run(_KEEP_FOUND if item.is_from_here else _KEEP_DOING, row)


def mirror_rows(messages: Iterable[Mapping[str, Any]]) -> list[tuple[object, ...]]:
    """Return the hub's items, as it sent them, as parameters of `MIRROR`."""
    return [
        (each["item_id"], each["state"], each["opened_at_ms"], to_json(each)) for each in messages
    ]


@lru_cache(MOST_REMEMBERED)
def _item(stored: str, local: str) -> DeskItem:
    """Read an item; the same texts are read at every look, so that what they say is remembered."""
    body = from_json(stored)
    currency = body["currency"]
    known = {resolution.value for resolution in Resolution}
    return DeskItem(
        item_id=body["item_id"],
        kind=_kind(body["kind"]),
        shop=body["shop"],
        till=body["till"],
        subject=body["subject"],
        money=Money(body["money"], currency),
        opened_at_ms=body["opened_at_ms"],
        sides=tuple(_side(side) for side in body["sides"]),
        resolutions=tuple(Resolution(name) for name in body["resolutions"] if name in known),
        owner=body.get("owner", ""),
        resolution=body.get("resolution", ""),
        resolved_by=body.get("resolved_by", ""),
        resolved_at_ms=body.get("resolved_at_ms", 0),
        is_from_here=body.get("is_from_here", False),
        doing=_doing(from_json(local)) if local else Doing(),
    )


def _kind(name: str) -> ItemKind:
    try:
        return ItemKind(name)
    except ValueError:
        return ItemKind.OTHER


def _side(body: Mapping[str, Any]) -> Side:
    known = {kind.value for kind in RowKind}
    rows = (row for row in body["rows"] if row["kind"] in known)
    return Side(
        body["shop"],
        body["till"],
        tuple(Row(RowKind(r["kind"]), r.get("text", ""), r.get("number")) for r in rows),
    )


def _body(item: DeskItem) -> dict[str, object]:
    return {
        "item_id": item.item_id,
        "kind": item.kind.value,
        "shop": item.shop,
        "till": item.till,
        "subject": item.subject,
        "money": item.money.minor,
        "currency": item.money.currency,
        "opened_at_ms": item.opened_at_ms,
        "sides": [
            {
                "shop": side.shop,
                "till": side.till,
                "rows": [
                    {"kind": row.kind.value, "text": row.text, "number": row.number}
                    for row in side.rows
                ],
            }
            for side in item.sides
        ],
        "resolutions": [resolution.value for resolution in item.resolutions],
        "is_from_here": item.is_from_here,
    }


def _doing(body: Mapping[str, Any]) -> Doing:
    decided = body["resolution"]
    return Doing(
        Resolution(decided) if decided else None,
        body["by"],
        body["at_ms"],
        body["owner"],
        tuple(body["notes"]),
    )


def _local(doing: Doing) -> str:
    return to_json(
        {
            "resolution": doing.resolution.value if doing.resolution else "",
            "by": doing.by,
            "at_ms": doing.at_ms,
            "owner": doing.owner,
            "notes": list(doing.notes),
        }
    )
