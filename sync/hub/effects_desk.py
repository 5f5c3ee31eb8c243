"""What people did at a till's conflict desk, done at the hub's."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from sync.hub import desk
from sync.hub.effects import Effects, Origin, Reader
from sync.wire.v1.desk import DeskAssigned, DeskNoted, DeskResolved
from sync.wire.v1.push import Op


def _resolved(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    fact = DeskResolved.model_validate_json(body)
    act = desk.DeskAct(
        op.op_id, fact.item_id, fact.staff_id, origin.shop, origin.till, op.occurred_at_ms,
        resolution=fact.resolution, note=fact.note,
    )  # fmt: skip
    effects.act(lambda connection: _take(connection, desk.resolve, act))
    return ""


def _assigned(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    fact = DeskAssigned.model_validate_json(body)
    act = desk.DeskAct(
        op.op_id, fact.item_id, fact.staff_id, origin.shop, origin.till, op.occurred_at_ms,
        owner=fact.owner,
    )  # fmt: skip
    effects.act(lambda connection: _take(connection, desk.assign, act))
    return ""


def _noted(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    fact = DeskNoted.model_validate_json(body)
    act = desk.DeskAct(
        op.op_id, fact.item_id, fact.staff_id, origin.shop, origin.till, op.occurred_at_ms,
        note=fact.note,
    )  # fmt: skip
    effects.act(lambda connection: _take(connection, desk.note, act))
    return ""


def _take(connection: Connection, verb: desk.Verb, act: desk.DeskAct) -> None:
    desk.take_fact(connection, verb, act)


READERS: Mapping[str, Reader] = {
    "desk.resolved": _resolved,
    "desk.assigned": _assigned,
    "desk.noted": _noted,
}
AGGREGATES: Mapping[str, str] = dict.fromkeys(READERS, "item_id")
