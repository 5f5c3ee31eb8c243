"""What a till has recorded since its last copy: what the decision to take one is made on."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from pos.store.backup_plan import EVERY_SALES, Taken
from pos.store.engine import transaction
from pos.store.statements import Statements, from_json

_HEAD = "SELECT epoch, seq FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1"
_FIRST = "SELECT occurred_at_ms FROM journal ORDER BY entry LIMIT 1"
_SETTING = "SELECT value FROM setting WHERE key = ?"
_SALES = (
    "SELECT (SELECT coalesce(sum(sales), 0) FROM series_total)"
    " + (SELECT coalesce(sum(returns), 0) FROM return_total)"
)
_SALES_SINCE = (
    "SELECT count(*) FROM journal WHERE kind IN ('sale.completed', 'return.completed') AND entry >"
    " coalesce((SELECT entry FROM journal WHERE epoch = ? AND seq = ?), 0)"
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A till's journal: its end (epoch 0 when it is empty), its first moment (UTC ms), sales.

    A return weighs as much as a sale.
    """

    till: str
    identity_epoch: int
    epoch: int
    seq: int
    first_fact_ms: int | None
    sales_since: int
    every_sales: int
    time_zone: str


def read_recorded(engine: Engine, last: Taken | None) -> Recorded:
    """Read how the till stands against its last copy.

    The setting ``backup_every_sales`` says how many sales may be in no copy.

    Raises:
        StoreUnavailable: It cannot be read now.
    """
    with transaction(engine) as connection:
        sql = Statements(connection)
        ((till, identity_epoch),) = sql.rows("SELECT till, epoch FROM till_identity")
        epoch, seq = sql.one(_HEAD) or (0, 0)
        first = sql.one(_FIRST)
        since = sql.rows(_SALES) if last is None else sql.rows(_SALES_SINCE, _place(last))
        shop, every = _setting(sql, "shop"), _setting(sql, "backup_every_sales")
    zone = shop.get("time_zone") if isinstance(shop, dict) else None
    return Recorded(
        till=till,
        identity_epoch=identity_epoch,
        epoch=epoch,
        seq=seq,
        first_fact_ms=None if first is None else first[0],
        sales_since=since[0][0],
        every_sales=every if isinstance(every, int) and every > 0 else EVERY_SALES,
        time_zone=zone if isinstance(zone, str) else "",
    )


def _place(last: Taken) -> tuple[int, int]:
    return last.epoch, last.seq


def _setting(sql: Statements, key: str) -> object:
    row = sql.one(_SETTING, (key,))
    value: object = None if row is None else from_json(row[0])
    return value
