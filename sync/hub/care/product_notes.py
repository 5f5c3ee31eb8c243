"""What customers said about products: how often each kind, and the latest words."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from pos.domain.product_note import TALLY_DAYS, NoteKind, NoteTally
from sync.hub.tables_notes import product_note

MOST_PRODUCTS = 50
MOST_WORDS = 20
SHOWN_MS = TALLY_DAYS * 24 * 60 * 60_000


@dataclass(frozen=True, slots=True)
class NoteCounts:
    """How often a product was noted; without `sku` all that shops do not have."""

    sku: str
    name: str
    wishes: int
    complaints: int
    praises: int


@dataclass(frozen=True, slots=True)
class Said:
    """One note; `at_ms` is UTC."""

    kind: NoteKind
    sku: str
    name: str
    text: str
    at_ms: int


def counts(connection: Connection, shop: str, since_ms: int) -> tuple[NoteCounts, ...]:
    """Return the products noted in a shop since then, those noted most first."""
    kinds = [_times(kind) for kind in (NoteKind.WISH, NoteKind.COMPLAINT, NoteKind.PRAISE)]
    query = (
        select(product_note.c.sku, func.max(product_note.c.name), *kinds)
        .where(_lately(shop, since_ms))
        .group_by(product_note.c.sku)
        .order_by(func.count().desc(), product_note.c.sku)
        .limit(MOST_PRODUCTS)
    )
    return tuple(
        NoteCounts(sku, name if sku else "", *(int(times) for times in said))
        for sku, name, *said in connection.execute(query)
    )


def tally(connection: Connection, shop: str, now_ms: int) -> NoteTally:
    """Return how many notes of each kind a shop took in the last `TALLY_DAYS` days."""
    kinds = (NoteKind.WISH, NoteKind.COMPLAINT, NoteKind.PRAISE)
    said = connection.execute(
        select(*(_times(kind) for kind in kinds)).where(_lately(shop, now_ms - SHOWN_MS))
    ).one()
    return NoteTally(*(int(times or 0) for times in said))


def latest_words(connection: Connection, shop: str, since_ms: int) -> tuple[Said, ...]:
    """Return the latest notes that say more than that there was one, the newest first."""
    note = product_note.c
    tells = or_(note.text != "", note.sku == "")
    query = (
        select(note.kind, note.sku, note.name, note.text, note.at_ms)
        .where(_lately(shop, since_ms), tells)
        .order_by(note.at_ms.desc(), note.op_id.desc())
        .limit(MOST_WORDS)
    )
    return tuple(
        Said(NoteKind(kind), sku, name, text, at_ms)
        for kind, sku, name, text, at_ms in connection.execute(query)
    )


def _times(kind: NoteKind) -> ColumnElement[int]:
    return func.sum(case((product_note.c.kind == kind.value, 1), else_=0))


def _lately(shop: str, since_ms: int) -> ColumnElement[bool]:
    return and_(product_note.c.shop == shop, product_note.c.at_ms >= since_ms)
