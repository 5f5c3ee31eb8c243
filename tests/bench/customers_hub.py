"""How soon the hub finds one of five million customers for a till that asks, on PostgreSQL."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

import psycopg
from sqlalchemy import Connection

from pos.domain.customer import Customer
from pos.domain.customer_search import near_forms
from sync.counter_client import CounterClient
from sync.hub.admin import add_shop
from sync.hub.bulk import insert_rows
from sync.hub.customers.records import row_of, words_of
from sync.hub.database import HubDatabase, open_database
from sync.hub.tables_customers import customer, customer_key, customer_near, customer_word
from tests.bench.catalogue import SEED, figures, timed
from tests.bench.measures import Context
from tests.bench.processes import running_hub
from tests.bench.report import Row, spread, times
from tests.postgres import Cluster, create_database, running_cluster
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0

GOAL_MS = 50
CUSTOMERS, QUICK = 5_000_000, 500_000
QUESTIONS = 1_000  # of each kind
AT_A_TIME = 20_000
DEADLINE_S = 30.0
# Names are as unequal as in Spain: the commonest surname is one in thirty, most are rare.
GIVEN, SURNAMES = 3_000, 60_000
_COMMON_GIVEN = ("María", "Carmen", "Antonio", "José", "Manuel", "Francisco", "Ana", "Laura")
_COMMON_SURNAMES = (
    "García", "Rodríguez", "González", "Fernández", "López", "Martínez", "Sánchez", "Pérez",
    "Gómez", "Martín", "Jiménez", "Hernández", "Ruiz", "Díaz", "Moreno", "Muñoz", "Álvarez",
)  # fmt: skip
_SYLLABLES = (
    "al", "ba", "be", "ca", "co", "cha", "da", "di", "er", "fa", "ga", "gue", "ha", "hi", "ja",
    "la", "lo", "lla", "ma", "mi", "na", "ne", "ñi", "or", "pe", "que", "ra", "ri", "sa", "so",
    "ta", "to", "va", "ve", "xi", "ya", "za", "zu",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Names from the commonest to the rarest, and how often each or one before is had."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    def choose(self, dice: random.Random, count: int) -> list[str]:
        return dice.choices(self.words, cum_weights=self.weights, k=count)


def measure(context: Context) -> list[Row]:
    """Ask for customers by each way in which a cashier asks."""
    count = context.of(CUSTOMERS, QUICK)
    questions = context.of(QUESTIONS, 200)
    dice = random.Random(SEED)
    with running_cluster() as cluster:
        name = create_database(cluster)
        database = open_database(cluster.url(name))
        try:
            add_shop(
                database.engine, "FUEN", name="Bench", currency="EUR", country="ES", now_ms=T0
            )
            credentials = enrolled(database)
            sample: list[Customer] = []
            load_s = timed(partial(_load, database, cluster, name, count, dice, sample)) / 1_000
            with running_hub(cluster.url(name)) as url:
                client = CounterClient(url, credentials)
                rows = _ask(client, cluster, name, dice.sample(sample, questions), dice, count)
        finally:
            database.close()
    return [
        *rows,
        Row(f"{count:,} customers loaded by COPY, with their indexes", "", f"{load_s:.0f} s"),
    ]


def _ask(
    client: CounterClient,
    cluster: Cluster,
    name: str,
    sample: Sequence[Customer],
    dice: random.Random,
    count: int,
) -> list[Row]:
    find = partial(client.find_customers, deadline_s=DEADLINE_S)
    ways: dict[str, list[str]] = {
        "card": [one.member_card for one in sample],
        "phone": [one.phones[0][3:] for one in sample],
        "two words of a name": [" ".join(one.name.split()[:2]) for one in sample],
        "the letters a name begins with": [_begun(one.name, dice) for one in sample],
        "both surnames": [" ".join(one.name.split()[1:]) for one in sample],
        "a mistyped name": [_mistyped(one.name, dice) for one in sample],
    }
    for text in ways["two words of a name"][:50]:
        find(text)  # the hub prepares its statements
    if client.find_customers(sample[0].member_card).customers[0].content["name"] != sample[0].name:
        raise RuntimeError("nobody has that card")
    with psycopg.connect(host=str(cluster.folder), user="mostrador", dbname=name) as raw:
        query = "SELECT content_json FROM customer WHERE customer_id = %s"
        limit = figures([timed(partial(_fetch, raw, query, one)) for one in sample])
    found = {
        what: figures([timed(partial(find, text)) for text in texts])
        for what, texts in ways.items()
    }
    how = (
        f"{len(sample):,} questions of each kind over HTTP, each on a connection of its own,"
        " signed with their answers. Limit: a record read by its id through the driver alone."
    )
    return [
        Row(
            f"customer by {what}, {count:,} at the hub, PostgreSQL",
            f"p99 ≤ {GOAL_MS} ms",
            spread(took),
            spread(limit),
            times(took["p50"], limit["p50"]),
            took["p99"] <= GOAL_MS,
            (how,) if what == "card" else (),
        )
        for what, took in found.items()
    ]


def _load(
    database: HubDatabase,
    cluster: Cluster,
    name: str,
    count: int,
    dice: random.Random,
    sample: list[Customer],
) -> None:
    """Have the hub know so many people; the indexes are made afterwards, which is sooner done."""
    given, surnames = _names(dice, _COMMON_GIVEN, GIVEN), _names(dice, _COMMON_SURNAMES, SURNAMES)
    with psycopg.connect(host=str(cluster.folder), user="mostrador", dbname=name) as raw:
        indexes = _without_indexes(raw)
    known = {one: words_of_name(one) for one in (*given.words, *surnames.words)}
    for first in range(0, count, AT_A_TIME):
        people = list(_people(first, min(AT_A_TIME, count - first), given, surnames, dice))
        sample += [_customer(*one) for one in people[:: AT_A_TIME // 100]]
        with database.transaction() as connection:
            _put(connection, people, known)
    words = {word for several in known.values() for word in several}
    with database.transaction() as connection:
        forms = ((form, word) for word in sorted(words) for form in sorted(near_forms(word)))
        insert_rows(connection, customer_near, list(forms))
    with psycopg.connect(
        host=str(cluster.folder), user="mostrador", dbname=name, autocommit=True
    ) as raw:
        raw.execute("SET maintenance_work_mem = '512MB'")
        for statement in indexes:
            raw.execute(statement.encode())
        raw.execute("VACUUM ANALYZE")


def words_of_name(name: str) -> list[str]:
    """Return the words of a name as the hub keeps them."""
    return words_of(Customer("x", 1, name)).split()


def _without_indexes(raw: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """Drop the indexes of the tables that are filled; return what makes them again."""
    tables = ["customer", "customer_key", "customer_word", "customer_near"]
    constraints = raw.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid::regclass::text = ANY(%s) AND contype = 'p'",
        (tables,),
    ).fetchall()
    made = [f"ALTER TABLE {table} ADD CONSTRAINT {key} {how}" for table, key, how in constraints]
    for table, key, _ in constraints:
        raw.execute(f"ALTER TABLE {table} DROP CONSTRAINT {key}".encode())
    others = raw.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)", (tables,)
    ).fetchall()
    for index, _ in others:
        raw.execute(f"DROP INDEX {index}".encode())
    return [*made, *(str(how) for _, how in others)]


def _names(dice: random.Random, common: Sequence[str], count: int) -> Names:
    made: dict[str, None] = dict.fromkeys(common)
    while len(made) < count:
        made["".join(dice.choices(_SYLLABLES, k=dice.choice((2, 2, 3, 3, 4)))).capitalize()] = None
    weights = accumulate(1 / (place + 4) ** 0.9 for place in range(count))
    return Names(tuple(made), tuple(weights))


def _people(
    first: int, size: int, given: Names, surnames: Names, dice: random.Random
) -> Iterator[tuple[int, str]]:
    """Yield numbers and names."""
    names = zip(
        given.choose(dice, size), surnames.choose(dice, size), surnames.choose(dice, size),
        strict=True,
    )  # fmt: skip
    return enumerate(map(" ".join, names), start=first)


def _customer(number: int, name: str) -> Customer:
    return Customer(
        f"0199a1b2-{number:012x}",
        1,
        name,
        phones=(f"+346{number:08d}",),
        emails=(f"c{number:07d}@cliente.example",),
        member_card=f"NOGAL-{number:07d}",
        since_ms=T0,
        home_shop="FUEN",
    )


def _put(
    connection: Connection, people: Sequence[tuple[int, str]], known: Mapping[str, list[str]]
) -> None:
    """Insert people; each row is that of one of them with another number and name in it."""
    like = _customer(0, "Somebody")
    *row, text, at_ms = row_of(like, T0)
    records, keys, words = [], [], []
    for number, name in people:
        customer_id = f"0199a1b2-{number:012x}"
        several = dict.fromkeys(word for part in name.split() for word in known[part])
        said = f" {' '.join(several)} "
        phone, card = f"+346{number:08d}", f"NOGAL-{number:07d}"
        email = f"c{number:07d}@cliente.example"
        content = str(text).replace("Somebody", name).replace(like.customer_id, customer_id)
        for ours, theirs in (
            (like.phones[0], phone), (like.emails[0], email), (like.member_card, card),
        ):  # fmt: skip
            content = content.replace(ours, theirs)
        records.append((customer_id, *row[1:4], said, content, at_ms))
        keys += [("phone", phone, customer_id), ("email", email, customer_id)]
        keys.append(("card", card, customer_id))
        words += [(word, customer_id, said) for word in several]
    insert_rows(connection, customer, records)
    insert_rows(connection, customer_key, keys)
    insert_rows(connection, customer_word, words)


def _begun(name: str, dice: random.Random) -> str:
    given, surname, _ = name.split()
    return f"{given[: dice.randint(2, 4)]} {surname[: dice.randint(2, 4)]}"


def _mistyped(name: str, dice: random.Random) -> str:
    given, surname, _ = name.split()
    at = dice.randrange(len(surname) - 1)
    return f"{given} {surname[:at]}{surname[at + 1]}{surname[at]}{surname[at + 2 :]}"


def _fetch(raw: psycopg.Connection[tuple[object, ...]], query: str, one: Customer) -> None:
    raw.execute(query.encode(), (one.customer_id,)).fetchall()
