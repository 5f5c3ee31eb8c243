"""A hub's database with one enrolled till, and pushes straight into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from pos.domain.journal import Fact
from pos.signatures import Purpose, SigningKey
from sync.connectors.builtin import BuiltinConnector
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import receive
from sync.hub.schema import SCHEMA
from sync.wire.v1.push import PushAnswer, PushRequest
from tests.sync.enrolling import enrolled, secret_of
from tests.sync.facts import T0, push_of
from tests.templates import new_hub

TILL = "FUEN-1"
CONNECTOR = BuiltinConnector()


@contextmanager
def hub_with_till(folder: Path) -> Iterator[HubDatabase]:
    """Yield an embedded hub's database that knows the shop FUEN and its first till."""
    database = new_hub(folder / "hub.db")
    try:
        add_shop(
            database.engine, "FUEN", name="Fuencarral", currency="EUR", country="ES", now_ms=T0
        )
        enrolled(database, TILL)
        yield database
    finally:
        database.close()


def push(
    database: HubDatabase,
    facts: Sequence[Fact],
    *,
    speaker: str = "agent-a",
    is_repair: bool = False,
    now_ms: int = T0,
    sign: bool = True,
) -> PushAnswer:
    """Push facts, each signed with the till's key unless it is not to be."""
    said = push_of(facts)
    key = SigningKey(bytes.fromhex(secret_of(facts[0].till)))
    for op in said["ops"]:
        if sign:
            op["signature"] = key.sign(Purpose.FACT, op["hash"].encode())
    request = PushRequest.model_validate({**said, "is_repair": is_repair})
    return receive(database, CONNECTOR, facts[0].till, request, now_ms=now_ms, speaker=speaker)


def outcomes(answer: PushAnswer) -> list[tuple[int, str, str]]:
    """Return number, outcome and code of each op."""
    return [(each.seq, each.outcome.value, each.code) for each in answer.results]


def count(database: HubDatabase, name: str) -> int:
    """Count the rows of a table."""
    with database.reading() as connection:
        table = SCHEMA.tables[name]
        return connection.scalar(select(func.count()).select_from(table)) or 0
