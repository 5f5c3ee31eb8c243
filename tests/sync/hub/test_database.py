"""The hub's tables: the migrations make what the program expects, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from sync.hub.database import DatabaseAway, HubDatabase, NotAHubUrl, open_database
from sync.hub.publishing.feed_numbers import last_number, take_numbers
from sync.hub.schema import SCHEMA
from sync.hub.tables import shop


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database: here the tables are to be made."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'hub.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


def test_the_migrations_make_the_tables_the_program_expects(database: HubDatabase) -> None:
    with database.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, SCHEMA)

    assert differences == []


def test_opening_a_database_again_keeps_what_is_in_it(database: HubDatabase, db_url: str) -> None:
    again = open_database(db_url)

    with again.reading() as connection:
        codes = connection.scalars(select(shop.c.code)).all()
    again.close()

    assert codes == ["FUEN"]


def test_two_hubs_that_start_at_once_make_the_tables_once(db_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(open_database, [db_url] * 4))

    for each in opened:
        with each.reading() as connection:
            assert connection.scalars(select(shop.c.code)).all() == []
        each.close()


def test_change_numbers_are_given_out_once_by_many_at_a_time(database: HubDatabase) -> None:
    def take(_: int) -> list[int]:
        with database.transaction() as connection:
            return list(take_numbers(connection, "prices", 3))

    with ThreadPoolExecutor(8) as pool:
        taken = [number for numbers in pool.map(take, range(40)) for number in numbers]

    assert len(set(taken)) == 120
    with database.reading() as connection:
        assert last_number(connection, "prices") == max(taken)


def test_a_hub_set_up_anew_gives_out_no_number_that_was_seen_before(
    database: HubDatabase, tmp_path: Path
) -> None:
    with database.transaction() as connection:
        seen = take_numbers(connection, "prices", 1_000)
    anew = open_database(f"sqlite:///{tmp_path / 'anew.db'}")

    with anew.transaction() as connection:
        nothing = take_numbers(connection, "catalogue", 0)
        given = take_numbers(connection, "prices", 1)
    anew.close()

    assert given.start > seen.start
    assert nothing == range(1, 1)


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "hub.db"])
def test_another_kind_of_database_is_refused_in_words(url: str) -> None:
    with pytest.raises(NotAHubUrl):
        open_database(url)


def test_a_postgresql_that_is_away_is_said_so() -> None:
    with pytest.raises(DatabaseAway):
        open_database("postgresql://nobody@127.0.0.1:1/none")
