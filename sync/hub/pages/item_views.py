"""Items of the desk in words: story, both sides' facts, ways out, what people did."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from sync.hub.conflicts.desk import AT_THE_HUB, SETTLED, ActOutcome
from sync.hub.conflicts.desk_cards import TERMINAL
from sync.hub.pages.wording import Words
from sync.wire.v1.desk import DeskItem, ItemKind, ItemState, RowKind, Side
from sync.wire.v1.desk import Row as Fact

ICONS = {
    ItemKind.TILL_CLONED: "users",
    ItemKind.TICKET_RESUMED_TWICE: "park",
    ItemKind.DIGEST_DIFFERS: "balance",
    ItemKind.FACT_PARKED: "clock",
    ItemKind.FACT_UNREADABLE: "help",
    ItemKind.TOTALS_DIFFER: "coins",
    ItemKind.UNKNOWN_PRODUCT: "search",
    ItemKind.PRICE_OUT_OF_BAND: "tag",
    ItemKind.CARD_OUTCOME_UNKNOWN: "card",
    ItemKind.CARD_REFUND_UNKNOWN: "card",
    ItemKind.PRINT_UNKNOWN: "printer",
    ItemKind.APPROVAL_NEVER_GIVEN: "shield",
    ItemKind.HANDED_OVER_TWICE: "bag",
    ItemKind.HANDED_OVER_CANCELLED: "bag",
    ItemKind.HANDED_OVER_ELSEWHERE: "store",
    ItemKind.PARCEL_TROUBLE: "parcel",
    ItemKind.ORDER_FACT_REFUSED: "truck",
    ItemKind.REFUND_REFUSED: "return",
    ItemKind.GOODS_NOT_PAID: "coins",
    ItemKind.COUPON_USED_TWICE: "voucher",
    ItemKind.GIFT_CARD_OVERDRAWN: "gift",
    ItemKind.RETURNED_TWICE: "return",
    ItemKind.REFUND_ABOVE_PAID: "coins",
}
OLD_MS = 4 * 3_600_000  # from here on an item's age stands out
MONEY = frozenset({RowKind.TOTAL, RowKind.TENDER, RowKind.PRICE, RowKind.EXPECTED})


@dataclass(frozen=True, slots=True)
class Way:
    """A way out: its name, and what it means."""

    value: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SideView:
    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """Something a person did; `text` says what, `note` what they wrote."""

    who: str
    when: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item in words; `money` is empty when none is at stake."""

    item_id: str
    icon: str
    title: str
    subject: str
    till: str
    story: str
    safe: str
    money: str
    age: str
    is_old: bool
    is_open: bool
    owner_id: str
    owner: str
    sides: tuple[SideView, ...]
    ways: tuple[Way, ...]
    ending: str


def item_view(
    item: DeskItem, say: Words, names: Mapping[str, str], shops: Mapping[str, str], now_ms: int
) -> ItemView:
    """Return an item in words; `names` are people by id, `shops` shops by code."""
    kind = item.kind.value
    is_open = item.state is ItemState.OPEN
    return ItemView(
        item_id=item.item_id,
        icon=ICONS[item.kind],
        title=say(f"kind.{kind}.name"),
        subject=item.subject,
        till=till_name(item.till, say),
        story=say(f"kind.{kind}.story"),
        safe=say(f"kind.{kind}.safe"),
        money=say.money(item.money, item.currency) if item.money else "",
        age=say.age(item.opened_at_ms),
        is_old=is_open and now_ms - item.opened_at_ms >= OLD_MS,
        is_open=is_open,
        owner_id=item.owner,
        owner=names.get(item.owner, item.owner),
        sides=tuple(_side(side, item.currency, say, names, shops) for side in item.sides),
        ways=tuple(
            Way(
                way.value,
                say(f"way.{kind}.{way.value}.name"),
                say(f"way.{kind}.{way.value}.meaning"),
            )
            for way in item.resolutions
        ),
        ending="" if is_open else _ending(item, say, names),
    )


def done_with(rows: Iterable[Row[Any]], say: Words, names: Mapping[str, str]) -> tuple[Done, ...]:
    """Return what people did with an item."""
    return tuple(_done(row, json.loads(row.body_json), say, names) for row in rows)


def till_name(till: str, say: Words) -> str:
    """Return what people call a till: its number, or the hub."""
    if till in {AT_THE_HUB, TERMINAL}:
        return say(f"desk.{till}")
    number = till.rpartition("-")[2]
    return say("desk.till", number=number)


def _side(
    side: Side, currency: str, say: Words, names: Mapping[str, str], shops: Mapping[str, str]
) -> SideView:
    return SideView(
        _place(side, say, shops),
        tuple(
            (say(f"row.{fact.kind.value}"), _value(fact, currency, say, names))
            for fact in side.rows
        ),
    )


def _place(side: Side, say: Words, shops: Mapping[str, str]) -> str:
    """Return who says it: the hub, or a till with its shop."""
    name = till_name(side.till, say)
    if side.till == AT_THE_HUB:
        return name
    return f"{shops.get(side.shop, side.shop)} · {name}"


def _value(fact: Fact, currency: str, say: Words, names: Mapping[str, str]) -> str:
    """Return the text of a fact: a code in words where there are any, a number as what it is."""
    words = (f"{group}.{fact.text}" for group in ("value", "capability"))
    text = next((say(key) for key in words if say.has(key)), fact.text)
    if fact.kind is RowKind.STAFF:
        text = names.get(fact.text, fact.text)
    if fact.number is None:
        return text
    if fact.kind in MONEY and currency:
        number = say.money(fact.number, currency)
    elif fact.kind is RowKind.AT:
        number = say.when(fact.number)
    else:
        number = str(fact.number)
    return f"{number} · {text}" if text else number


def _ending(item: DeskItem, say: Words, names: Mapping[str, str]) -> str:
    when = say.when(item.resolved_at_ms)
    if item.resolution == SETTLED:
        return say("desk.settled", when=when)
    return say(
        "desk.ended",
        way=_way_name(item.kind.value, item.resolution, say),
        name=names.get(item.resolved_by, item.resolved_by),
        when=when,
    )


def _way_name(kind: str, resolution: str, say: Words) -> str:
    key = f"way.{kind}.{resolution}.name"
    return say(key) if say.has(key) else resolution


def _done(row: Row[Any], body: Mapping[str, str], say: Words, names: Mapping[str, str]) -> Done:
    outcome = ActOutcome(row.outcome)
    action = row.action if outcome is ActOutcome.APPLIED else f"{row.action}_{outcome.value}"
    owner = names.get(body["owner"], body["owner"])
    key = f"done.{action}"
    text = say(key, owner=owner) if say.has(key) else say("done.other")
    return Done(
        names.get(row.staff_id, row.staff_id),
        f"{say.when(row.at_ms)} · {till_name(row.place, say)}",
        text,
        body["note"],
    )
