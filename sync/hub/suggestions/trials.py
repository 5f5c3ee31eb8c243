"""How guesses at baskets went before they were counted: the latest blocks of them."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from pos.domain.suggestion import Trial
from sync.hub.tables_suggestions import suggestion_trial

BLOCK = 250  # baskets
BLOCKS_KEPT = 8


def latest(connection: Connection) -> Trial:
    """Return how guessing at the latest baskets went, about two thousand of them."""
    trial = suggestion_trial.c
    sums = (trial.baskets, trial.ours, trial.popular, trial.only_ours, trial.only_popular)
    row = connection.execute(select(*(func.coalesce(func.sum(each), 0) for each in sums))).one()
    return Trial(*(int(value) for value in row))


def add(connection: Connection, trial: Trial) -> None:
    """Add guesses to the block that is being filled, and let go of the oldest block."""
    if not trial.baskets:
        return
    table = suggestion_trial
    last = connection.execute(select(table).order_by(table.c.block.desc()).limit(1)).first()
    if last is not None and last.baskets < BLOCK:
        both = Trial(*last[1:]) + trial
        connection.execute(
            table.update().where(table.c.block == last.block).values(**_values(both))
        )
        return
    block = 1 if last is None else last.block + 1
    connection.execute(table.insert().values(block=block, **_values(trial)))
    connection.execute(table.delete().where(table.c.block <= block - BLOCKS_KEPT))


def _values(trial: Trial) -> dict[str, int]:
    return {
        "baskets": trial.baskets,
        "ours": trial.ours,
        "popular": trial.popular,
        "only_ours": trial.only_ours,
        "only_popular": trial.only_popular,
    }
