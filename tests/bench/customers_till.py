"""How soon a till finds a customer among all those it keeps, in its encrypted file."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from pos.domain.customer import Customer
from pos.domain.customer_search import read_query
from pos.store import customers
from pos.store.customers import CustomersTold
from pos.store.engine import READER_PRAGMAS, open_connection, transaction
from pos.store.statements import Statements
from pos.store.till_store import TillStore
from tests.bench.catalogue import SEED, figures, timed
from tests.bench.measures import Context
from tests.bench.report import Row, spread, times
from tests.builders import IDENTITY, KEY, MORNING_MS
from tests.templates import new_till

LOOK_UPS = 1_000
CARD_MS, TYPED_MS = 30, 50
AT_A_TIME = 500
_FIRST = (
    "Carmen", "Antonio", "María", "José", "Lucía", "Javier", "Ana", "Manuel", "Isabel", "Jesús",
    "Elena", "Miguel", "Laura", "Pedro", "Sara", "Diego", "Marta", "Álvaro", "Paula", "Hugo",
)  # fmt: skip
_LAST = (
    "García", "Fernández", "González", "Rodríguez", "López", "Martínez", "Sánchez", "Pérez",
    "Gómez", "Jiménez", "Hernández", "Ruiz", "Díaz", "Moreno", "Álvarez", "Muñoz", "Romero",
    "Gutiérrez", "Navarro", "Torres", "Vázquez", "Ramos", "Serrano", "Ortega", "Delgado",
)  # fmt: skip
_SYLLABLES = ("ba", "be", "ca", "co", "da", "di", "la", "lo", "ma", "mi", "na", "pe", "ri", "sa")


def measure(context: Context) -> list[Row]:
    """Look customers up by card, by what is typed of a name, and by a mistyped one."""
    count = context.of(100_000, 2_000)
    dice = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "till.db"
        new_till(path, key=KEY, identity=IDENTITY)
        with closing(TillStore(path, key=KEY)) as store:
            people = list(_people(count, dice))
            build_s = timed(partial(_fill, store, people)) / 1_000
            wanted = dice.sample(people, min(LOOK_UPS, count))
            found = _look_ups(store, wanted, dice)
        raw: Any = open_connection(path, key=KEY, mode="rw", pragmas=READER_PRAGMAS)
        query = "SELECT * FROM customer_key WHERE kind = 'card' AND value = ?"
        limit = figures([timed(partial(_fetch, raw, query, one.member_card)) for one in wanted])
        raw.close()
    card = found["card"]
    return [
        Row(
            f"customer by card, {count:,} kept at the till",
            f"p99 ≤ {CARD_MS} ms",
            spread(card),
            spread(limit),
            times(card["p50"], limit["p50"]),
            card["p99"] <= CARD_MS,
            ("The whole record, read and checked. Limit: the row of its key by the driver.",),
        ),
        *(
            Row(
                f"customer by {what}, {count:,} kept at the till",
                f"p99 ≤ {TYPED_MS} ms",
                spread(found[name]),
                reached=found[name]["p99"] <= TYPED_MS,
            )
            for name, what in (
                ("name", "two words of a name"),
                ("begun", "three letters of a name"),
                ("near", "a mistyped surname"),
            )
        ),
        Row(f"{count:,} customers taken in from the hub", "", f"{build_s:.1f} s"),
    ]


def _look_ups(
    store: TillStore, wanted: list[Customer], dice: random.Random
) -> dict[str, dict[str, float]]:
    """Return the times of each way to find somebody, in ms."""
    ways = {
        "card": [one.member_card for one in wanted],
        "name": [" ".join(one.name.split()[:2]) for one in wanted],
        "begun": [one.name.split()[1][:3] for one in wanted],
        "near": [_mistyped(one.name.split()[-1], dice) for one in wanted],
    }
    found: dict[str, dict[str, float]] = {}
    with store.reading() as records:
        if records.customers.by_card(wanted[0].member_card) is None:
            raise RuntimeError("nobody has that card")
        for name, texts in ways.items():
            act = (
                records.customers.by_card
                if name == "card"
                else lambda text: records.customers.find(read_query(text, "ES"), limit=20)
            )
            found[name] = figures([timed(partial(act, text)) for text in texts])
    return found


def _people(count: int, dice: random.Random) -> Iterator[Customer]:
    for number in range(count):
        rare = "".join(dice.choices(_SYLLABLES, k=dice.randint(2, 4))).capitalize()
        yield Customer(
            f"c{number}",
            1,
            f"{dice.choice(_FIRST)} {dice.choice(_LAST)} {rare}",
            phones=(f"+346{number:08d}",),
            emails=(f"c{number}@cliente.example",),
            member_card=f"NOGAL-{number:06d}",
        )


def _fill(store: TillStore, people: list[Customer]) -> None:
    for start in range(0, len(people), AT_A_TIME):
        with transaction(store._writer) as connection:  # the agent's way in
            told = CustomersTold(tuple(people[start : start + AT_A_TIME]))
            customers.mirror(Statements(connection), told, at_ms=MORNING_MS)


def _mistyped(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _fetch(raw: Any, query: str, card: str) -> None:
    raw.execute(query, (card,)).fetchall()
