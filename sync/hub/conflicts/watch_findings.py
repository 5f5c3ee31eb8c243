"""What a fact says that a person must look at: judged by its body alone, without a database."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, ValidationError

from sync.hub.conflicts.desk import AT_THE_HUB, Found
from sync.hub.intake.effects_customers import UNREADABLE as CUSTOMER_UNREADABLE
from sync.hub.intake.fact_rows import MAX_TEXT, MOST_MONEY
from sync.hub.intake.readers import UNKNOWN_KIND, UNREADABLE, WITHHELD
from sync.wire.v1.base import Text, without_nul
from sync.wire.v1.desk import ItemKind, Row, RowKind, Side
from sync.wire.v1.facts import MAX_LINES, SaleCompleted, SaleLine
from sync.wire.v1.push import Outcome

SALE = "sale.completed"
BAND_PERCENT = 70  # of the central price, up or down
NOT_READ = frozenset({UNKNOWN_KIND, UNREADABLE, WITHHELD})
OTHER_SHOP = "other_shop"
SUM_OF_LINES = "sum_of_lines"
NOT_IN_CATALOGUE = "not_in_catalogue"


class WatchedLine(SaleLine):
    """A line with who allowed its price, if anybody did."""

    override_reason: Text = ""
    approved_by: Text = ""


class WatchedSale(SaleCompleted):
    """A sale as the watch reads it."""

    lines: Annotated[tuple[WatchedLine, ...], Field(max_length=MAX_LINES, strict=False)]


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact as it lies in the inbox."""

    till: str
    shop: str
    epoch: int
    seq: int
    op_id: str
    kind: str
    occurred_at_ms: int
    body_json: str | None
    outcome: str
    code: str


@dataclass(frozen=True, slots=True)
class CentralPrice:
    """The hub's price in minor units; `is_open` when the till is asked for it each time."""

    minor: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the hub knows that facts are held against.

    `prices` are by SKU; None when the hub has no catalogue, so that nothing is unknown.
    `names` are people of the shop by id.
    """

    prices: Mapping[str, CentralPrice] | None
    names: Mapping[str, str]
    currency: str
    now_ms: int


def stored_fact(row: Any) -> StoredFact:
    """Return the fact in a row of `inbox`."""
    return StoredFact(
        till=row.till,
        shop=row.till.rpartition("-")[0],
        epoch=row.epoch,
        seq=row.seq,
        op_id=row.op_id,
        kind=row.kind,
        occurred_at_ms=row.occurred_at_ms,
        body_json=row.body_json,
        outcome=row.outcome,
        code=row.code,
    )


def sale_of(fact: StoredFact) -> WatchedSale | None:
    """Return the sale a fact is, None when it is none that can be read."""
    if fact.kind != SALE or fact.body_json is None:
        return None
    try:
        return WatchedSale.model_validate_json(without_nul(fact.body_json))
    except ValidationError:
        return None


def findings(fact: StoredFact, sale: WatchedSale | None, knowledge: Knowledge) -> Iterator[Found]:
    """Yield what a person must look at in a fact; `sale` is what `sale_of` made of it."""
    if is_not_understood(fact):
        yield not_read(fact, knowledge)
    if sale is None:
        return
    if (apart := _apart(sale)) != 0:
        yield _totals_differ(fact, sale, apart, knowledge)
    for line in sale.lines:
        if not line.void and knowledge.prices is not None:
            found = _line(fact, sale, line, knowledge.prices.get(line.sku), knowledge)
            if found is not None:
                yield found


def is_not_understood(fact: StoredFact) -> bool:
    """True for what was stored and not read, for a sale that says it is another shop's, and for
    a customer whose record came damaged: their till has it, and somebody saves it there again.
    """
    is_unread = fact.outcome == Outcome.PARKED.value and fact.code in NOT_READ
    return is_unread or fact.code in (OTHER_SHOP, CUSTOMER_UNREADABLE)


def not_read(fact: StoredFact, knowledge: Knowledge) -> Found:
    """Return the item about a fact that was stored and not understood."""
    rows = (
        Row(kind=RowKind.AT, number=fact.occurred_at_ms),
        Row(kind=RowKind.NUMBERS, text=f"{fact.epoch}:{fact.seq}"),
        Row(kind=RowKind.STATE, text=fact.code),
        Row(kind=RowKind.DETAIL, text=fact.kind),
    )
    return Found(
        ItemKind.FACT_UNREADABLE,
        f"{fact.till}:{fact.epoch}:{fact.seq}",
        fact.shop,
        fact.till,
        fact.kind,
        knowledge.currency,
        knowledge.now_ms,
        sides=(Side(shop=fact.shop, till=fact.till, rows=rows),),
        data={"till": fact.till, "epoch": fact.epoch, "seq": fact.seq},
    )


def is_outside_band(charged: int, central: int) -> bool:
    """True when a price is further from the central one than the band allows (minor units)."""
    return abs(charged - central) * 100 > abs(central) * BAND_PERCENT


def _apart(sale: WatchedSale) -> int:
    """Return how far total, lines and payments are from each other at most, in minor units."""
    lines = sum(line.net for line in sale.lines if not line.void)
    paid = sum(tender.amount for tender in sale.tenders)
    return max(abs(sale.total - lines), abs(sale.total - paid))


def _totals_differ(fact: StoredFact, sale: WatchedSale, apart: int, knowledge: Knowledge) -> Found:
    tenders = tuple(
        Row(kind=RowKind.TENDER, text=tender.kind, number=tender.amount)
        for tender in sale.tenders[:4]
    )
    lines = sum(line.net for line in sale.lines if not line.void)
    rows = (
        *_said(fact, sale, knowledge),
        Row(kind=RowKind.TOTAL, number=sale.total),
        Row(kind=RowKind.TOTAL, text=SUM_OF_LINES, number=lines),
        *tenders,
    )
    return Found(
        ItemKind.TOTALS_DIFFER,
        sale.sale_id,
        fact.shop,
        fact.till,
        sale.number,
        sale.currency,
        knowledge.now_ms,
        min(apart, MOST_MONEY),
        (Side(shop=fact.shop, till=fact.till, rows=rows),),
    )


def _line(
    fact: StoredFact,
    sale: WatchedSale,
    line: WatchedLine,
    central: CentralPrice | None,
    knowledge: Knowledge,
) -> Found | None:
    if central is None:
        return _unknown_product(fact, sale, line, knowledge)
    is_allowed = bool(line.override_reason or line.approved_by)
    if central.is_open or central.minor <= 0 or is_allowed:
        return None
    if not is_outside_band(line.unit_price, central.minor):
        return None
    return _price_out_of_band(fact, sale, line, central.minor, knowledge)


def _unknown_product(
    fact: StoredFact, sale: WatchedSale, line: WatchedLine, knowledge: Knowledge
) -> Found:
    """Return one item per shop and product: the catalogue lacks it once, however many sell it."""
    rows = (
        *_said(fact, sale, knowledge),
        Row(kind=RowKind.PRODUCT, text=f"{line.name} · {line.sku}"[:MAX_TEXT]),
        Row(kind=RowKind.PRICE, number=line.unit_price),
    )
    hub = (Row(kind=RowKind.STATE, text=NOT_IN_CATALOGUE),)
    return Found(
        ItemKind.UNKNOWN_PRODUCT,
        f"{fact.shop}:{line.sku}",
        fact.shop,
        fact.till,
        line.name[:MAX_TEXT] or line.sku,
        sale.currency,
        knowledge.now_ms,
        min(abs(line.net), MOST_MONEY),
        _two_sides(fact, rows, hub),
    )


def _price_out_of_band(
    fact: StoredFact, sale: WatchedSale, line: WatchedLine, central: int, knowledge: Knowledge
) -> Found:
    """Return one item per shop, product, price and day: a wrong label is one matter."""
    rows = (
        *_said(fact, sale, knowledge),
        Row(kind=RowKind.PRODUCT, text=f"{line.name} · {line.sku}"[:MAX_TEXT]),
        Row(kind=RowKind.PRICE, number=line.unit_price),
    )
    day = datetime.datetime.fromtimestamp(knowledge.now_ms / 1000, datetime.UTC).date()
    apart = abs(line.unit_price - central) * abs(line.quantity) // 1000
    return Found(
        ItemKind.PRICE_OUT_OF_BAND,
        f"{fact.shop}:{line.sku}:{line.unit_price}:{central}:{day.isoformat()}",
        fact.shop,
        fact.till,
        line.name[:MAX_TEXT] or line.sku,
        sale.currency,
        knowledge.now_ms,
        min(apart, MOST_MONEY),
        _two_sides(fact, rows, (Row(kind=RowKind.EXPECTED, number=central),)),
    )


def _two_sides(fact: StoredFact, till: tuple[Row, ...], hub: tuple[Row, ...]) -> tuple[Side, Side]:
    return (
        Side(shop=fact.shop, till=fact.till, rows=till),
        Side(shop=fact.shop, till=AT_THE_HUB, rows=hub),
    )


def _said(fact: StoredFact, sale: WatchedSale, knowledge: Knowledge) -> tuple[Row, ...]:
    return (
        Row(kind=RowKind.AT, number=fact.occurred_at_ms),
        Row(kind=RowKind.STAFF, text=knowledge.names.get(sale.staff_id, sale.staff_id)[:MAX_TEXT]),
        Row(kind=RowKind.DOCUMENT, text=sale.number),
    )
