"""The conflict desk: what people must look at, and what they did. The first resolution wins."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, select

from pos.domain.journal import Json
from pos.domain.staff import Act, Capability, NeedsOverride, Policy
from sync.hub.bulk import upsert_rows
from sync.hub.conflicts.desk_rules import ONCE_MORE, ONLY_AT_THE_HUB, Effect, effect_of
from sync.hub.people import person
from sync.hub.publishing.feed_numbers import of_shop, take_numbers
from sync.hub.tables_desk import desk_fact, desk_item
from sync.wire.v1.base import without_nul
from sync.wire.v1.desk import MAX_NOTE, ItemKind, ItemState, Resolution, Side

STREAM = "desk"
DECIDING = Act(Capability.RESOLVE_CONFLICT)
AT_THE_HUB = "hub"  # the place of an act that was no till's
SETTLED = "settled"  # the resolution of what came right without anybody
FOUND_BY_TILLS = frozenset({ItemKind.CARD_OUTCOME_UNKNOWN, ItemKind.PRINT_UNKNOWN})


@dataclass(frozen=True, slots=True)
class Found:
    """Something a person must look at.

    `key` says what it is about: found again under the same kind and key it is the same item,
    also after it was resolved. `money` is minor units at stake, never negative; `data` is what
    the effect of a resolution needs to know. `reopens` has it looked at again although it was
    resolved, and takes the place of what is open.
    """

    kind: ItemKind
    key: str
    shop: str
    till: str
    subject: str
    currency: str
    at_ms: int
    money: int = 0
    sides: tuple[Side, ...] = ()
    data: dict[str, Json] = field(default_factory=dict)
    reopens: bool = False


@dataclass(frozen=True, slots=True)
class DeskAct:
    """What a person does with an item; `op_id` makes it once, `at_ms` is UTC.

    `place` is the till, or `AT_THE_HUB`. `resolution` counts for `resolve` only, `owner`
    (a staff id) for `assign`.
    """

    op_id: str
    item_id: str
    staff_id: str
    shop: str
    place: str
    at_ms: int
    resolution: Resolution | None = None
    owner: str = ""
    note: str = ""


class ActOutcome(Enum):
    """What became of an act; acts on which nothing was kept are the last two."""

    APPLIED = "applied"
    TOO_LATE = "too_late"  # somebody else was first; the act is kept
    AHEAD = "ahead"  # a till's act on what the hub has not found yet; counts when it does
    MAY_NOT = "may_not"  # by somebody of this shop who does not decide at the desk
    NOT_POSSIBLE = "not_possible"  # no resolution for this kind of item
    UNKNOWN_ITEM = "unknown_item"  # no such item in this shop


@dataclass(frozen=True, slots=True)
class Case:
    """An item as an effect sees it."""

    item_id: str
    kind: ItemKind
    shop: str
    till: str
    data: dict[str, Any]


CarryOut = Callable[[Connection, Case, DeskAct], None]
Verb = Callable[[Connection, DeskAct], ActOutcome]

LockFirst = Callable[[Connection, str], object]

_CARRIED_OUT_BY: dict[Effect, CarryOut] = {}
_LOCKED_FIRST_BY: dict[Effect, LockFirst] = {}


def carry_out(effect: Effect, function: CarryOut, lock_first: LockFirst | None = None) -> None:
    """Say who carries an effect out: `function`, in the transaction of the resolution.

    `lock_first` gets the shop and locks what the effect changes before the desk's feed is:
    whoever changes that thing and opens an item about it locks them in that order.
    """
    _CARRIED_OUT_BY[effect] = function
    if lock_first is not None:
        _LOCKED_FIRST_BY[effect] = lock_first


def carried_out() -> frozenset[Effect]:
    """Return the effects somebody carries out."""
    return frozenset(_CARRIED_OUT_BY) | {Effect.NOTHING}


def item_id_of(kind: ItemKind, key: str) -> str:
    """Return the id of an item, the same whoever finds it and however often."""
    return hashlib.sha256(f"{kind.value}:{key}".encode()).hexdigest()[:32]


def open_item(connection: Connection, found: Found) -> bool:
    """Put an item on the desk; False when it is or was there already.

    What was to be tried once more, or had come right by itself, is open again when it is
    found again.
    """
    key = f"{found.kind.value}:{found.key}"
    known = connection.execute(
        select(desk_item).where(desk_item.c.dedupe_key == key).with_for_update()
    ).first()
    if known is not None:
        return _open_again(connection, known, found)
    row = (
        item_id_of(found.kind, found.key), found.kind.value, key, found.shop, found.till,
        found.money, found.currency, found.at_ms, ItemState.OPEN.value, "", _body(found), 0, "",
        "", _next_change(connection, found.shop),
    )  # fmt: skip
    is_opened = upsert_rows(connection, desk_item, [row], "(dedupe_key) DO NOTHING") == 1
    if is_opened:
        _catch_up(connection, found)
    return is_opened


def resolve(connection: Connection, act: DeskAct) -> ActOutcome:
    """Resolve an item and do what that means; the same `op_id` again gives the same answer.

    Raises:
        ROW_ERRORS: What the resolution does could not be written; roll back.
    """
    row = _locked(connection, act)
    if row is None:
        return ActOutcome.UNKNOWN_ITEM
    if (known := _known(connection, act.op_id)) is not None:
        return known
    kind = ItemKind(row.kind)
    effect = effect_of(kind, act.resolution) if act.resolution else None
    if effect is None or act.resolution is None:
        return ActOutcome.NOT_POSSIBLE
    if row.state != ItemState.OPEN.value:
        return _keep(connection, act, "resolve", ActOutcome.TOO_LATE)
    if lock_first := _LOCKED_FIRST_BY.get(effect):
        lock_first(connection, row.shop)
    _close(connection, row, act.staff_id, act.resolution.value, act.at_ms)
    if effect is not Effect.NOTHING:
        data = json.loads(row.body_json)["data"]
        case = Case(row.item_id, kind, row.shop, row.till, data)
        _CARRIED_OUT_BY[effect](connection, case, act)
    return _keep(connection, act, "resolve", ActOutcome.APPLIED)


def take_fact(connection: Connection, verb: Verb, act: DeskAct) -> ActOutcome:
    """Do what a till journalled; it happened, so it is kept also when it changes nothing.

    A till finds some things before the hub does: what was done about them waits for the item.
    Whom it let act is the till's to say; what the hub knows somebody may not do does not count,
    nor does a way out of what is decided at the hub only.

    Raises:
        ROW_ERRORS: See `resolve`.
    """
    if not _may(connection, verb, act):
        return _keep(connection, act, _ACTIONS[verb], ActOutcome.MAY_NOT)
    outcome = verb(connection, act)
    if outcome is ActOutcome.UNKNOWN_ITEM:
        known = _known(connection, act.op_id)
        return known or _keep(connection, act, _ACTIONS[verb], ActOutcome.AHEAD)
    if outcome is ActOutcome.NOT_POSSIBLE:
        return _keep(connection, act, _ACTIONS[verb], outcome)
    return outcome


def settle(connection: Connection, kind: ItemKind, key: str, at_ms: int) -> bool:
    """Close an item that came right by itself; False when it is not open."""
    row = connection.execute(
        select(desk_item).where(desk_item.c.item_id == item_id_of(kind, key)).with_for_update()
    ).first()
    if row is None or row.state != ItemState.OPEN.value:
        return False
    _close(connection, row, AT_THE_HUB, SETTLED, at_ms)
    return True


def assign(connection: Connection, act: DeskAct) -> ActOutcome:
    """Make `act.owner` the one who looks after an open item; the last one assigned it is."""
    row = _locked(connection, act)
    if row is None:
        return ActOutcome.UNKNOWN_ITEM
    if (known := _known(connection, act.op_id)) is not None:
        return known
    if row.state != ItemState.OPEN.value:
        return _keep(connection, act, "assign", ActOutcome.TOO_LATE)
    _change(connection, row, owner=act.owner)
    return _keep(connection, act, "assign", ActOutcome.APPLIED)


def note(connection: Connection, act: DeskAct) -> ActOutcome:
    """Keep what somebody wrote about an item, open or resolved."""
    if _locked(connection, act) is None:
        return ActOutcome.UNKNOWN_ITEM
    if (known := _known(connection, act.op_id)) is not None:
        return known
    return _keep(connection, act, "note", ActOutcome.APPLIED)


_ACTIONS: Mapping[Verb, str] = {resolve: "resolve", assign: "assign", note: "note"}
_VERBS = {action: verb for verb, action in _ACTIONS.items()}


def _open_again(connection: Connection, row: Row[Any], found: Found) -> bool:
    if row.state == ItemState.OPEN.value and not found.reopens:
        return False
    if not (found.reopens or row.resolution == SETTLED or _is_once_more(row)):
        return False
    _change(
        connection,
        row,
        state=ItemState.OPEN.value,
        body_json=_body(found),
        money=found.money,
        opened_at_ms=found.at_ms,
        resolved_by="",
        resolution="",
        resolved_at_ms=0,
    )
    return True


def _is_once_more(row: Row[Any]) -> bool:
    return effect_of(ItemKind(row.kind), Resolution(row.resolution)) in ONCE_MORE


def _body(found: Found) -> str:
    return _json(
        {
            "subject": found.subject,
            "sides": [side.model_dump(mode="json") for side in found.sides],
            "data": found.data,
        }
    )


def _catch_up(connection: Connection, found: Found) -> None:
    """Do with an item what tills did with it before the hub knew it, the earliest first.

    What the hub finds about a till is not settled by that till beforehand: the ids of items can
    be foretold, and nobody saw the item when it was decided.
    """
    wanted = [
        desk_fact.c.item_id == item_id_of(found.kind, found.key),
        desk_fact.c.shop == found.shop,
        desk_fact.c.outcome == ActOutcome.AHEAD.value,
    ]
    if found.kind not in FOUND_BY_TILLS:
        wanted.append(desk_fact.c.place != found.till)
    ahead = connection.execute(
        select(desk_fact).where(*wanted).order_by(desk_fact.c.at_ms, desk_fact.c.op_id)
    ).all()
    for fact in ahead:
        connection.execute(desk_fact.delete().where(desk_fact.c.op_id == fact.op_id))
        take_fact(connection, _VERBS[fact.action], _act_of(fact))


def _may(connection: Connection, verb: Verb, act: DeskAct) -> bool:
    """False for what the hub knows not to be for a till, or not for this person, to do."""
    member = person(connection, act.shop, act.staff_id)
    if member is not None and isinstance(Policy().decide(DECIDING, member), NeedsOverride):
        return False
    row = _locked(connection, act) if verb is resolve else None
    return row is None or ItemKind(row.kind) not in ONLY_AT_THE_HUB


def _act_of(fact: Row[Any]) -> DeskAct:
    body = json.loads(fact.body_json)
    return DeskAct(
        op_id=fact.op_id,
        item_id=fact.item_id,
        staff_id=fact.staff_id,
        shop=fact.shop,
        place=fact.place,
        at_ms=fact.at_ms,
        resolution=Resolution(body["resolution"]) if body["resolution"] else None,
        owner=body["owner"],
        note=body["note"],
    )


def _locked(connection: Connection, act: DeskAct) -> Row[Any] | None:
    """Return the item, if it is the shop's; others who act on it wait until the commit."""
    return connection.execute(
        select(desk_item)
        .where(desk_item.c.item_id == act.item_id, desk_item.c.shop == act.shop)
        .with_for_update()
    ).first()


def _known(connection: Connection, op_id: str) -> ActOutcome | None:
    """Return what became of an act that came before."""
    outcome = connection.scalar(select(desk_fact.c.outcome).where(desk_fact.c.op_id == op_id))
    return None if outcome is None else ActOutcome(outcome)


def _keep(connection: Connection, act: DeskAct, action: str, outcome: ActOutcome) -> ActOutcome:
    body = {
        "resolution": act.resolution.value if act.resolution else "",
        "owner": act.owner,
        "note": act.note[:MAX_NOTE],
    }
    row = (
        act.op_id, act.item_id, action, act.staff_id, act.shop, act.place, act.at_ms,
        _json(body), outcome.value,
    )  # fmt: skip
    upsert_rows(connection, desk_fact, [row], "(op_id) DO NOTHING")
    return outcome


def _close(connection: Connection, row: Row[Any], by: str, resolution: str, at_ms: int) -> None:
    _change(
        connection,
        row,
        state=ItemState.RESOLVED.value,
        resolved_by=by,
        resolution=resolution,
        resolved_at_ms=at_ms,
    )


def _change(connection: Connection, row: Row[Any], **values: object) -> None:
    """Change an item and have the shop's tills told."""
    connection.execute(
        desk_item.update()
        .where(desk_item.c.item_id == row.item_id)
        .values(change=_next_change(connection, row.shop), **values)
    )


def _next_change(connection: Connection, shop: str) -> int:
    (number,) = take_numbers(connection, of_shop(STREAM, shop), 1)
    return number


def _json(value: object) -> str:
    return without_nul(json.dumps(value, ensure_ascii=False, sort_keys=True))
