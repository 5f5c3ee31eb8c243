"""What facts about orders that customers collect do at the hub."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, JsonValue, TypeAdapter
from sqlalchemy import Connection

from pos.domain.collection import LARGEST, MAX_LINES, MAX_TEXT
from sync.hub.intake.effects import Effects, Origin, Reader
from sync.hub.orders.taking_in import take_in
from sync.hub.orders.told import Told
from sync.wire.v1.orders import EVENTS
from sync.wire.v1.push import Op

MAX_DEPTH = 6


def _bounded(value: JsonValue, depth: int = 0) -> JsonValue:
    """Return a body whose texts, numbers and lists are as large as a till's can be.

    Raises:
        ValueError: They are larger: no till of ours says so.
    """
    if depth > MAX_DEPTH:
        raise ValueError("nested too deep")
    match value:
        case dict() | list():
            if len(value) > MAX_LINES:
                raise ValueError(f"{len(value)} at once")
            for inner in value.values() if isinstance(value, dict) else value:
                _bounded(inner, depth + 1)
        case str() if len(value) > MAX_TEXT:
            raise ValueError("text too long")
        case bool() | str() | None:
            pass
        case int() if abs(value) <= LARGEST:
            pass
        case _:
            raise ValueError("no number of ours")
    return value


_BODY: TypeAdapter[dict[str, JsonValue]] = TypeAdapter(
    Annotated[dict[str, JsonValue], AfterValidator(_bounded)]
)


def _read(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    _BODY.validate_json(body)
    event = EVENTS[op.kind].validate_json(body, strict=True)
    told = Told(op.op_id, op.occurred_at_ms, origin.till, origin.shop, origin.now_ms)

    def act(connection: Connection) -> None:
        if code := take_in(connection, event, told):
            effects.note_exception(op.op_id, code)

    effects.act(act)
    return ""


READERS: Mapping[str, Reader] = dict.fromkeys(EVENTS, _read)
AGGREGATES: Mapping[str, str] = dict.fromkeys(EVENTS, "order_id")
