"""Keeps what enrolment settled: the till's key, the hub's, and the epoch they begin with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos.store import trust
from pos.store.engine import make_engine, transaction
from pos.store.epochs import begin_epoch
from pos.store.migrate import migrate
from pos.store.statements import Statements

ENROLLED = "enrolled"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a till and its hub know of each other: keys in hexadecimal digits, `ca` in PEM."""

    secret: str
    hub_key: str
    ca: str
    epoch: int


def stored_secret(path: Path, *, key: bytes | None) -> str:
    """Return the private key a till was given before, empty when it has none.

    A database of an earlier version of the program is brought up to date for that.
    """
    engine = make_engine(path, key=key)
    try:
        migrate(engine)
        with transaction(engine) as connection:
            return trust.read(Statements(connection), trust.TILL_KEY)
    finally:
        engine.dispose()


def keep_enrolment(path: Path, *, key: bytes | None, enrolment: Enrolment, now_ms: int) -> None:
    """Store an enrolment in a till's database, all or nothing.

    A till that was in a lower epoch begins the one it was given: another machine may have gone
    on with its number meanwhile.
    """
    engine = make_engine(path, key=key)
    try:
        with transaction(engine) as connection:
            sql = Statements(connection)
            trust.write(sql, trust.TILL_KEY, enrolment.secret)
            trust.write(sql, trust.HUB_KEY, enrolment.hub_key)
            trust.write(sql, trust.CA, enrolment.ca)
            ((epoch,),) = sql.rows("SELECT epoch FROM till_identity")
            if enrolment.epoch > epoch:
                begin_epoch(sql, enrolment.epoch, ENROLLED, now_ms)
    finally:
        engine.dispose()
