"""A hub that was restored from an older copy: tills notice, however much happened since."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pos.domain.staff import Role
from sync.connectors.builtin import BuiltinConnector
from sync.hub.admin import add_shop, add_staff, set_prices
from sync.hub.app import create_app
from sync.hub.database import HubDatabase, open_database
from sync.hub.publishing import feeds
from sync.hub.publishing.catalogue_import import import_catalogue
from sync.hub.tables import feed_gap
from sync.protocol.cursors import Advance, Resync, read_page
from tests.sync.facts import T0
from tests.sync.serving import FixedClock

SKU = "8410076472885"
CONNECTOR = BuiltinConnector()


class Hub:
    """A hub on a file, started as the program starts it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "cache").mkdir()
        self.start()

    def start(self) -> None:
        self.database = open_database(f"sqlite:///{self.folder / 'hub.db'}")
        create_app(self.database, clock=FixedClock(), cache_folder=self.folder / "cache")

    def stop(self) -> None:
        self.database.close()

    def back_up(self) -> None:
        self.stop()
        shutil.copyfile(self.folder / "hub.db", self.folder / "copy.db")
        self.start()

    def restore(self) -> None:
        self.stop()
        for file in self.folder.glob("hub.db*"):
            file.unlink()
        shutil.copyfile(self.folder / "copy.db", self.folder / "hub.db")
        self.start()

    def prices(self, cursor: int, limit: int = 500) -> tuple[list[int], Advance | Resync]:
        """Return prices after a cursor, and what a till makes of the page."""
        with self.database.reading() as connection:
            page = feeds.price_page(connection, CONNECTOR, cursor, limit, T0)
        step = read_page(
            cursor,
            cursor=page.cursor,
            more=page.more,
            items=len(page.items),
            complete_after=page.complete_after,
        )
        return [item.price_minor for item in page.items], step


def at(step: Advance | Resync) -> int:
    assert isinstance(step, Advance)
    return step.cursor


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    made = Hub(tmp_path)
    engine = made.database.engine
    add_shop(engine, "FUEN", name="Fuencarral", currency="EUR", country="ES", now_ms=T0)
    path = tmp_path / "prices.csv"
    path.write_text(f"gtin,name,price,stock\n{SKU},Pan,1.00,5", encoding="utf-8")
    import_catalogue(engine, path, currency="EUR", now_ms=T0)
    return made


@pytest.mark.parametrize("changes_after", [0, 1, 5])
def test_a_till_takes_prices_anew_that_the_hub_lost_and_set_again(
    hub: Hub, changes_after: int
) -> None:
    cursor = at(hub.prices(0)[1])
    hub.back_up()
    set_prices(hub.database.engine, [(SKU, 2_00)])
    set_prices(hub.database.engine, [(SKU, 3_00)])
    told, step = hub.prices(cursor)
    cursor = at(step)

    hub.restore()
    for change in range(changes_after):
        set_prices(hub.database.engine, [(SKU, 5_00 + change)])
    again = hub.prices(cursor)[1]

    assert told == [3_00]
    assert again == Resync()


def test_a_till_goes_on_where_it_was_at_a_hub_that_was_only_started_again(hub: Hub) -> None:
    cursor = at(hub.prices(0)[1])

    for price in (2_00, 3_00):
        hub.stop()
        hub.start()
        set_prices(hub.database.engine, [(SKU, price)])
        told, step = hub.prices(cursor)
        assert told == [price]
        cursor = at(step)
        assert hub.prices(cursor) == ([], Advance(cursor, more=False))


def test_a_till_that_slept_through_several_starts_loses_nothing(hub: Hub) -> None:
    cursor = at(hub.prices(0)[1])
    for _ in range(3):
        hub.stop()
        hub.start()

    assert hub.prices(cursor)[0] == []
    assert isinstance(hub.prices(cursor)[1], Advance)


def staff(database: HubDatabase, cursor: int) -> int:
    with database.reading() as connection:
        return feeds.staff_page(connection, "FUEN", cursor, 500, T0).complete_after


def test_each_feed_of_a_shop_begins_again_by_itself(hub: Hub) -> None:
    def employ(name: str) -> None:
        add_staff(
            hub.database.engine, "FUEN", staff_id=name, name=name, role=Role.CASHIER, pin="2468"
        )

    def cursor() -> int:
        with hub.database.reading() as connection:
            return feeds.staff_page(connection, "FUEN", 0, 500, T0).cursor

    employ("ana")
    known = cursor()
    hub.back_up()
    employ("eva")
    lost = cursor()

    hub.restore()
    employ("leo")

    assert staff(hub.database, known) == 0
    assert staff(hub.database, lost) > lost
    assert staff(hub.database, cursor()) == 0
    assert staff(hub.database, 0) == 0


def test_what_is_kept_of_starts_does_not_grow_for_ever(hub: Hub) -> None:
    def gaps() -> int:
        with hub.database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(feed_gap)) or 0

    counts = []
    for _ in range(3):
        hub.stop()
        hub.start()
        counts.append(gaps())

    assert counts[2] <= 3 * counts[0]
