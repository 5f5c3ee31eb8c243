"""The demonstration shop at a hub."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from pos.commands.demonstration import articles
from pos.commands.demonstration.shop import CATALOGUE_FILE, read_demo_shop, seed
from pos.domain.gtin import is_gtin
from pos.domain.staff import is_pin
from pos.open_till import scan_rules
from sync.hub.database import HubDatabase, open_database
from sync.hub.publishing.feed_numbers import CATALOGUE, last_number
from sync.hub.tables import product, quick_key, staff


@pytest.fixture
def database(tmp_path: Path) -> HubDatabase:
    url = f"sqlite:///{tmp_path / 'hub.db'}"
    seed(url, read_demo_shop(), now_ms=1)
    return open_database(url)


def test_every_row_of_its_price_list_is_sellable(database: HubDatabase, tmp_path: Path) -> None:
    rows = CATALOGUE_FILE.read_text(encoding="utf-8").splitlines()

    with database.reading() as connection:
        count = connection.scalar(select(func.count()).select_from(product))
        pages = connection.scalar(select(func.count(quick_key.c.page.distinct())))
        people = connection.scalar(select(func.count()).select_from(staff))

    assert count == len(rows) - 1
    assert (pages, people) == (5, 6)
    assert not CATALOGUE_FILE.with_name("catalogue.csv.rejected.csv").exists()
    database.close()


def test_seeding_again_makes_no_other_generation(database: HubDatabase, tmp_path: Path) -> None:
    with database.reading() as connection:
        before = last_number(connection, CATALOGUE)

    seed(f"sqlite:///{tmp_path / 'hub.db'}", read_demo_shop(), now_ms=2)

    with database.reading() as connection:
        assert last_number(connection, CATALOGUE) == before
    database.close()


def test_department_keys_ask_for_their_price_and_two_notebooks_share_a_number(
    database: HubDatabase,
) -> None:
    shop = read_demo_shop()
    with database.reading() as connection:
        open_price = select(product.c.sku).where(product.c.has_open_price.is_(other=True))
        found = set(connection.scalars(open_price))
        notebooks = connection.scalar(
            select(func.count()).where(product.c.gtin == int(articles.TWO_NOTEBOOKS))
        )

    assert found == set(shop.open_price_skus)
    assert notebooks == 2
    database.close()


def test_its_people_and_scale_labels_can_be() -> None:
    shop = read_demo_shop()

    assert all(is_pin(who["pin"]) for who in shop.staff)
    assert len({who["pin"] for who in shop.staff}) == len(shop.staff)
    assert len(scan_rules(shop.scan_templates).templates) == 2
    assert shop.currency == "EUR"


def test_the_codes_of_the_day_are_codes() -> None:
    values = [value for name, value in vars(articles).items() if name.isupper()]
    codes = [value for value in values if isinstance(value, str)] + list(articles.REAL)

    assert len(codes) > len(articles.REAL)
    assert all(is_gtin(code) for code in codes)
