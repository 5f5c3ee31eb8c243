"""Counts what was in the same basket, fact by fact as the tills sent them, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, ValidationError
from sqlalchemy import Connection, and_, func, select

from pos.domain.suggestion import MOST_COUNTED, Trial, counted, guessed, pairs
from sync.hub.bulk import upsert_rows
from sync.hub.database import HubDatabase
from sync.hub.suggestions import trials
from sync.hub.suggestions.reckoning import neighbours_of
from sync.hub.tables import inbox, till_mark
from sync.hub.tables_suggestions import (
    suggestion_mark,
    suggestion_pair,
    suggestion_product,
    suggestion_state,
)
from sync.wire.v1.base import Message, Sku, without_nul
from sync.wire.v1.facts import MAX_LINES

SALE = "sale.completed"
AT_A_TIME = 100  # facts; so many large baskets are some 40,000 pairs
STATE_ID = 1
# From here on what was counted is halved, so that the most popular are so by what is sold lately.
MANY_BASKETS = 100_000

_ADD_PRODUCT = (
    "(sku) DO UPDATE SET baskets = suggestion_product.baskets + excluded.baskets,"
    " sold = suggestion_product.sold + excluded.sold"
)
_ADD_PAIR = "(sku, other) DO UPDATE SET baskets = suggestion_pair.baskets + excluded.baskets"
_ADD_BASKETS = "(state_id) DO UPDATE SET baskets = suggestion_state.baskets + excluded.baskets"
_MOVE = (
    "(till, epoch) DO UPDATE SET through = excluded.through"
    " WHERE suggestion_mark.through = excluded.through - {step}"
)


class CountedLine(Message):
    """What is read of a line."""

    sku: Sku
    void: bool = False


class CountedSale(Message):
    """What is read of a sale: who bought it is not."""

    lines: Annotated[tuple[CountedLine, ...], Field(max_length=MAX_LINES, strict=False)]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the facts of a till's epoch were counted, and how far they are there."""

    till: str
    epoch: int
    through: int
    received: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The facts of a till's epoch after `after` up to `through`: their baskets, tried already."""

    till: str
    epoch: int
    after: int
    through: int
    baskets: tuple[tuple[str, ...], ...]
    trial: Trial

    @property
    def skus(self) -> frozenset[str]:
        return frozenset(sku for basket in self.baskets for sku in basket)


def uncounted(connection: Connection) -> list[Mark]:
    """Return the marks of tills with facts to count."""
    through = func.coalesce(suggestion_mark.c.through, 0)
    of_till = and_(
        suggestion_mark.c.till == till_mark.c.till, suggestion_mark.c.epoch == till_mark.c.epoch
    )
    rows = connection.execute(
        select(till_mark.c.till, till_mark.c.epoch, through, till_mark.c.received_through)
        .select_from(till_mark.outerjoin(suggestion_mark, of_till))
        .where(through < till_mark.c.received_through)
    )
    return [Mark(*row) for row in rows]


def read_stretch(connection: Connection, mark: Mark) -> Stretch:
    """Return the next facts of a till: their baskets, and how guessing at them went.

    They are guessed at with what is known before they are counted.
    """
    through = min(mark.through + AT_A_TIME, mark.received)
    facts = connection.execute(
        select(inbox.c.op_id, inbox.c.body_json)
        .where(
            inbox.c.till == mark.till,
            inbox.c.epoch == mark.epoch,
            inbox.c.seq > mark.through,
            inbox.c.seq <= through,
            inbox.c.kind == SALE,
        )
        .order_by(inbox.c.seq)
    )
    found = {fact.op_id: counted(_goods(fact.body_json), fact.op_id) for fact in facts}
    trial = _tried(connection, found)
    return Stretch(mark.till, mark.epoch, mark.through, through, tuple(found.values()), trial)


def keep(database: HubDatabase, stretch: Stretch) -> bool:
    """Count a stretch and move the mark in one transaction; False when another process did."""
    with database.transaction() as connection:
        if not _move(connection, stretch):
            return False
        bought = [basket for basket in stretch.baskets if basket]
        if bought:
            _add(connection, bought)
            trials.add(connection, stretch.trial)
        return True


def _goods(body: str | None) -> Iterable[str]:
    """Return what a sale sold; nothing of a body that is none."""
    try:
        sale = CountedSale.model_validate_json(without_nul(body or ""))
    except ValidationError:
        return ()
    return (line.sku for line in sale.lines if not line.void)


def _tried(connection: Connection, baskets: Mapping[str, Sequence[str]]) -> Trial:
    known = neighbours_of(connection, {sku for skus in baskets.values() for sku in skus})
    most_bought = _most_bought(connection)
    guesses = (guessed(skus, op_id, known, most_bought) for op_id, skus in baskets.items())
    return sum(guesses, Trial())


def _most_bought(connection: Connection) -> Sequence[str]:
    """Return so many that some are left when all of a basket are among them."""
    product = suggestion_product.c
    return connection.scalars(
        select(product.sku).order_by(product.sold.desc(), product.sku).limit(2 * MOST_COUNTED)
    ).all()


def _move(connection: Connection, stretch: Stretch) -> bool:
    row = (stretch.till, stretch.epoch, stretch.through)
    step = stretch.through - stretch.after
    moved = upsert_rows(connection, suggestion_mark, [row], _MOVE.format(step=step))
    return moved == 1


def _add(connection: Connection, baskets: Sequence[Sequence[str]]) -> None:
    """Add to the counts. The one row of the state comes first: who counts waits there."""
    upsert_rows(connection, suggestion_state, [(STATE_ID, len(baskets), False)], _ADD_BASKETS)
    sold = Counter(sku for basket in baskets for sku in basket)
    together = Counter(pair for basket in baskets for pair in pairs(basket))
    products = [(sku, times, times, 0, "[]", 0) for sku, times in sorted(sold.items())]
    upsert_rows(connection, suggestion_product, products, _ADD_PRODUCT)
    both = [(*pair, times) for pair, times in sorted(together.items())]
    upsert_rows(connection, suggestion_pair, both, _ADD_PAIR)
    _halve(connection)


def _halve(connection: Connection) -> None:
    """Let what was sold long ago weigh less than what is sold now, once there is a lot."""
    halved = connection.execute(
        suggestion_state.update()
        .where(suggestion_state.c.baskets >= MANY_BASKETS)
        .values(baskets=suggestion_state.c.baskets // 2)
    )
    if halved.rowcount:
        connection.execute(suggestion_product.update().values(sold=suggestion_product.c.sold // 2))
