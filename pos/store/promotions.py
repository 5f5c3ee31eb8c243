"""Promotions as the hub told them, read once and kept until it tells others."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from pos.domain.journal import Json
from pos.domain.promotion import KEPT_ENDED_MS, Promotion
from pos.domain.promotion_content import UnreadablePromotion, promotion_content, read_promotion
from pos.domain.promotion_pricing import EMPTY_BOOK, PromotionBook
from pos.store.statements import Row, Statements, from_json, to_json

CURSOR = "promotions"

_PUT = (
    "INSERT INTO promotion (promotion_id, valid_until_ms, content) VALUES (?, ?, ?)"
    " ON CONFLICT (promotion_id) DO UPDATE SET valid_until_ms = excluded.valid_until_ms,"
    " content = excluded.content"
)
_ALL = "SELECT promotion_id, content FROM promotion ORDER BY promotion_id"
_DROP = "DELETE FROM promotion WHERE promotion_id = ?"
_FORGET = "DELETE FROM promotion WHERE valid_until_ms < ?"
# How often something was taken over: who read after the last time knows all there is.
_STAMP = "SELECT value FROM sync_mark WHERE name = ?"
_COUNT_UP = (
    "INSERT INTO sync_mark (name, value) VALUES (?, 1)"
    " ON CONFLICT (name) DO UPDATE SET value = value + 1"
)

log = logging.getLogger(__name__)

Reading = Callable[[], AbstractContextManager[Statements]]


@dataclass(frozen=True, slots=True)
class PromotionsTold:
    """What a page of the feed says: contents by id, None for what was taken back.

    `all_there_are` are the ids of a whole list once it is complete, None before. Times are UTC
    ms: `at_ms` by this till's clock, which says when its tickets were begun.
    """

    changed: Mapping[str, object]
    all_there_are: Collection[str] | None
    at_ms: int
    hub_time_ms: int


class StoredPromotions:
    """`ports.Promotions` on the table promotion; any thread may ask, at each scan.

    Whether there are others is looked up each time: an agent that is not heard of changes
    nothing.
    """

    def __init__(self, reading: Reading) -> None:
        """Take how a consistent view of the till's database is had."""
        self._reading = reading
        self._guard = threading.Lock()
        self._stamp: int | None = None
        self._book = EMPTY_BOOK

    def book(self) -> PromotionBook:
        """Return the promotions, those that ended lately too.

        Raises:
            StoreUnavailable: The database cannot be read.
        """
        with self._guard, self._reading() as sql:
            row = sql.one(_STAMP, (CURSOR,))
            stamp = 0 if row is None else int(row[0])
            if stamp != self._stamp:
                self._book = PromotionBook(_readable(sql.rows(_ALL)))
                self._stamp = stamp
            return self._book


def mirror(sql: Statements, told: PromotionsTold) -> None:
    """Take over what the hub says, and forget what ended days ago.

    What it no longer has ends now instead of being dropped: a ticket that is open keeps it.
    """
    known = {str(promotion_id): content for promotion_id, content in sql.rows(_ALL)}
    for promotion_id, content in told.changed.items():
        if content is None:
            _end(sql, promotion_id, known.get(promotion_id), told.at_ms)
        elif (read := _read(promotion_id, content)) is not None:
            _put(sql, read)
        else:  # not as it was before either
            _end(sql, promotion_id, known.get(promotion_id), told.at_ms)
    if told.all_there_are is not None:
        for promotion_id in known.keys() - set(told.all_there_are):
            _end(sql, promotion_id, known[promotion_id], told.at_ms)
    sql.run(_COUNT_UP, (CURSOR,))
    sql.run(_FORGET, (min(told.at_ms, told.hub_time_ms) - KEPT_ENDED_MS,))


def _end(sql: Statements, promotion_id: str, content: str | None, at_ms: int) -> None:
    """Let a promotion be valid until now at most; one that has not begun is dropped."""
    known = None if content is None else _read(promotion_id, from_json(content))
    if known is None or known.valid_from_ms >= at_ms:
        sql.run(_DROP, (promotion_id,))
    elif known.valid_until_ms > at_ms:
        _put(sql, replace(known, valid_until_ms=at_ms))


def _put(sql: Statements, promotion: Promotion) -> None:
    content: dict[str, Json] = promotion_content(promotion)
    row = (promotion.promotion_id, promotion.valid_until_ms, to_json(content))
    sql.run(_PUT, row)


def _readable(rows: Iterable[Row]) -> Iterable[Promotion]:
    for promotion_id, content in rows:
        read = _read(str(promotion_id), from_json(content))
        if read is not None:
            yield read


def _read(promotion_id: str, content: object) -> Promotion | None:
    """Return a promotion; what is none that could be given is left out, and the rest goes on."""
    try:
        read = read_promotion(content)
    except UnreadablePromotion as error:
        log.error("not a promotion", extra={"promotion": promotion_id, "reason": str(error)})
        return None
    if read.promotion_id != promotion_id:
        log.error("a promotion of another name", extra={"promotion": promotion_id})
        return None
    return read
