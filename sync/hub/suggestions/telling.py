"""What tills are told of what goes together: everything, or nothing while it does not help."""

from __future__ import annotations

import logging

from sqlalchemy import ColumnElement, Connection, func, select

from pos.domain.suggestion import is_worth_showing
from sync.hub.database import HubDatabase
from sync.hub.publishing.feed_numbers import (
    SUGGESTIONS,
    complete_after,
    last_number,
    take_numbers,
)
from sync.hub.suggestions import trials
from sync.hub.suggestions.reckoning import read_content
from sync.hub.tables_suggestions import suggestion_product, suggestion_state
from sync.wire.v1.feeds import GoesWith, SuggestionItem, SuggestionPage

NOTHING = "[]"

log = logging.getLogger("sync.hub")


def judge(database: HubDatabase) -> bool:
    """Begin or end telling the tills, by how guessing went lately; return which holds."""
    with database.reading() as connection:
        is_shown = _is_shown(connection)
        if is_worth_showing(trials.latest(connection), is_shown=is_shown) == is_shown:
            return is_shown
    with database.transaction() as connection:
        state = connection.execute(select(suggestion_state).with_for_update()).first()
        if state is None or state.is_shown != is_shown:
            return bool(state is not None and state.is_shown)
        connection.execute(suggestion_state.update().values(is_shown=not is_shown))
        product = suggestion_product.c
        _tell(connection, product.change > 0 if is_shown else product.content_json != NOTHING)
    log.info("suggestions", extra={"shown": not is_shown})
    return not is_shown


def suggestion_page(
    connection: Connection, cursor: int, limit: int, now_ms: int
) -> SuggestionPage:
    """Return what goes with the products where that changed after `cursor`.

    A till that begins (cursor 0) is told of those only that something goes with.
    """
    product, is_shown = suggestion_product.c, _is_shown(connection)
    wanted = [product.change > cursor]
    if cursor == 0:
        wanted.append(product.content_json != NOTHING)
    rows = connection.execute(
        select(product.sku, product.content_json, product.change)
        .where(*wanted)
        .order_by(product.change)
        .limit(limit + 1 if is_shown or cursor else 0)
    ).all()
    more = len(rows) > limit
    return SuggestionPage(
        cursor=rows[limit - 1].change if more else last_number(connection, SUGGESTIONS),
        complete_after=complete_after(connection, SUGGESTIONS, cursor),
        more=more,
        hub_time_ms=now_ms,
        items=tuple(
            _item(sku, content if is_shown else NOTHING) for sku, content, _ in rows[:limit]
        ),
    )


def _is_shown(connection: Connection) -> bool:
    return bool(connection.scalar(select(suggestion_state.c.is_shown)))


def _item(sku: str, content: str) -> SuggestionItem:
    others = (GoesWith(sku=one.sku, score=one.score) for one in read_content(content))
    return SuggestionItem(sku=sku, others=tuple(others))


def _tell(connection: Connection, of_those: ColumnElement[bool]) -> None:
    """Give some products new numbers in the feed, all in one statement."""
    product = suggestion_product
    count = connection.scalar(select(func.count()).select_from(product).where(of_those)) or 0
    numbers = take_numbers(connection, SUGGESTIONS, count)
    place = func.row_number().over(order_by=product.c.sku)
    numbered = (
        select(product.c.sku, (place + (numbers.start - 1)).label("number"))
        .where(of_those)
        .subquery()
    )
    connection.execute(
        product.update().values(change=numbered.c.number).where(product.c.sku == numbered.c.sku)
    )
