"""What comes down from the hub when some of it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from pos.domain.staff import Role
from pos.store.catalogue_builder import CatalogueRefused
from pos.store.catalogue_file import CatalogueFile
from pos.store.catalogue_source import CatalogueSource
from pos.store.outbox import AgentStore
from sync.agent.hub import FeedPage, Hub
from sync.agent.main import AgentClock
from sync.agent.pulling import Pulling
from sync.client import HubClient
from sync.http import HubUnreachable
from sync.hub.admin import add_staff, set_price, set_setting
from sync.hub.bulk import insert_rows
from sync.hub.database import HubDatabase
from sync.hub.publishing.catalogue_import import import_catalogue
from sync.hub.publishing.feed_numbers import PRICES, last_number, of_shop
from sync.hub.tables import feed_gap, setting, staff
from sync.wire.v1.feeds import Stream
from tests.sync.till_data import ShopTill, read_log, running_agent
from tests.sync.waiting import wait_until

MARIA, CHIPS = "8410076472885", "8410199001111"


@pytest.fixture
def till(tmp_path: Path, hub_url: str, database: HubDatabase) -> Iterator[ShopTill]:
    made = ShopTill(tmp_path / "till", hub_url)
    made.register(database)
    yield made
    made.close()


@pytest.fixture
def shelf(database: HubDatabase, tmp_path: Path) -> None:
    """Put two products into the hub."""
    file = tmp_path / "products.csv"
    file.write_text(
        f"gtin,name,sku,price\n{MARIA},Galletas,{MARIA},1.25\n,Patatas,{CHIPS},2.00\n",
        encoding="utf-8",
    )
    import_catalogue(database.engine, file, currency="EUR", now_ms=1)


@pytest.fixture
def pulling(till: ShopTill, hub_url: str) -> Iterator[Pulling]:
    with closing(till.open_agent_store()) as store:
        yield pulling_with(store, till, hub_url)


def pulling_with(store: AgentStore, till: ShopTill, url: str) -> Pulling:
    hub = Hub(till.credentials.open(url, deadline_s=30), till="FUEN-1", shop="FUEN")
    return Pulling(store, hub, AgentClock(), till.folder.catalogue, lambda _: None)


def price_at(till: ShopTill, sku: str) -> int:
    catalogue = CatalogueSource(till.folder.catalogue).current()
    assert isinstance(catalogue, CatalogueFile)
    product = catalogue.by_sku(sku)
    assert product is not None
    return product.price.minor


def is_swapped(till: ShopTill) -> bool:
    """Return whether the agent process brought a catalogue down."""
    is_there = (till.folder.logs / "agent.log").exists()
    return is_there and any(line["message"] == "catalogue swapped" for line in read_log(till))


@pytest.mark.usefixtures("shelf")
def test_prices_go_on_changing_while_the_next_generation_is_refused(
    till: ShopTill, pulling: Pulling, database: HubDatabase
) -> None:
    pulling.pull()
    with database.transaction() as connection:
        connection.execute(text("UPDATE product SET price = -1 WHERE sku = :s"), {"s": CHIPS})
        connection.execute(text("UPDATE feed SET last = last + 1 WHERE name = 'catalogue'"))
    set_price(database.engine, MARIA, 1_99)

    with pytest.raises(CatalogueRefused):
        pulling.pull()

    assert (price_at(till, MARIA), price_at(till, CHIPS)) == (1_99, 2_00)


@pytest.mark.usefixtures("shelf")
def test_a_catalogue_damaged_on_disk_stops_no_fact_and_is_fetched_again(
    till: ShopTill, pulling: Pulling, hub_url: str
) -> None:
    pulling.pull()
    (file,) = till.folder.catalogue.glob("catalogue-*.db")
    file.write_bytes(b"not a database" * 1000)
    till.sell(3)

    with running_agent(till):
        wait_until(lambda: HubClient(hub_url, till.credentials).digest("FUEN-1").sales == 3)
        wait_until(lambda: is_swapped(till))

    assert price_at(till, MARIA) == 1_25


@pytest.mark.usefixtures("shelf")
def test_a_catalogue_torn_inside_is_fetched_again(till: ShopTill, pulling: Pulling) -> None:
    pulling.pull()
    (file,) = till.folder.catalogue.glob("catalogue-*.db")
    content = file.read_bytes()
    file.write_bytes(content[:100] + b"\xff" * (len(content) - 100))

    with running_agent(till):
        wait_until(lambda: is_swapped(till))

    assert price_at(till, MARIA) == 1_25


@pytest.mark.parametrize(
    "value", ["FUEN", None, [], {}, {"code": "FUEN"}, {"code": "OTRA"}, {"currency": 978}]
)
def test_a_shop_described_wrongly_leaves_the_description_the_till_sells_by(
    till: ShopTill, pulling: Pulling, database: HubDatabase, value: Any
) -> None:
    pulling.pull()
    told = till.store.setting("shop")
    if isinstance(value, dict) and value:
        value = {**told, "name": "Wrong", **value} if "currency" in value else value

    set_setting(database.engine, "FUEN", "shop", value)
    set_setting(database.engine, "FUEN", "other", [1])
    pulling.pull()

    assert till.store.setting("shop") == told
    assert till.store.setting("other") == [1]


@pytest.mark.usefixtures("shelf")
def test_a_price_of_an_unknown_product_asks_for_the_catalogue_once_more(
    till: ShopTill, hub_url: str, database: HubDatabase
) -> None:
    told: list[object] = []
    with closing(till.open_agent_store()) as store:
        hub = Hub(till.credentials.open(hub_url, deadline_s=30), till="FUEN-1", shop="FUEN")
        pulling = Pulling(store, hub, AgentClock(), till.folder.catalogue, told.append)
        pulling.pull()
        with database.transaction() as connection:
            columns = "gtin, name, brand, department, price, tax_basis_points, tax_name, unit,"
            columns += (
                " picture, has_open_price, has_demonstration_price, popularity, price_change"
            )
            connection.execute(
                text(
                    f"INSERT INTO product (sku, {columns}) SELECT 'NEW', {columns} FROM product"
                    " WHERE sku = :s"
                ),
                {"s": CHIPS},
            )
        for price in (3_00, 3_10, 3_20):
            set_price(database.engine, "NEW", price)
            pulling.pull()
            pulling.pull()

    swaps = [each for each in told if isinstance(each, dict) and each["type"] == "catalogue"]
    assert len(swaps) == 2
    assert price_at(till, CHIPS) == 2_00


@pytest.mark.usefixtures("shelf")
def test_a_price_the_hub_lost_with_its_last_hours_is_taken_back(
    till: ShopTill, pulling: Pulling, database: HubDatabase
) -> None:
    pulling.pull()
    set_price(database.engine, MARIA, 9_99)
    pulling.pull()
    at_first = price_at(till, MARIA)
    restore_prices(database)

    for _ in range(2):  # its feed begins again, then its catalogue is fetched
        pulling.pull()

    assert (at_first, price_at(till, MARIA)) == (9_99, 1_25)


@pytest.mark.usefixtures("shelf")
def test_a_price_the_hub_lost_is_taken_back_although_the_agent_ended_before_it_came(
    till: ShopTill, pulling: Pulling, database: HubDatabase, hub_url: str
) -> None:
    pulling.pull()
    set_price(database.engine, MARIA, 9_99)
    pulling.pull()
    restore_prices(database)
    pulling.pull()

    with closing(till.open_agent_store()) as store:
        again = pulling_with(store, till, hub_url)
        again.look()
        for _ in range(2):
            again.pull()

    assert price_at(till, MARIA) == 1_25


def employ(database: HubDatabase, *names: str) -> None:
    for name in names:
        add_staff(database.engine, "FUEN", staff_id=name, name=name, role=Role.CASHIER, pin="2468")


def who_may_sign_in(till: ShopTill) -> list[str]:
    with till.store.reading() as records:
        return [who.staff_id for who in records.staff.all() if who.is_active]


@pytest.mark.parametrize(
    ("lost", "left"), [(["eva"], ["ana"]), ([], ["ana", "eva"]), (["ana", "eva"], ["ana", "eva"])]
)
def test_whom_the_hub_lost_may_sign_in_no_more_unless_nobody_could(
    till: ShopTill, pulling: Pulling, database: HubDatabase, lost: list[str], left: list[str]
) -> None:
    employ(database, "ana", "eva")
    pulling.pull()
    with database.transaction() as connection:
        connection.execute(staff.delete().where(staff.c.staff_id.in_(lost)))
        last = last_number(connection, of_shop("staff", "FUEN"))
        insert_rows(connection, feed_gap, [(of_shop("staff", "FUEN"), last - 1, last + 1)])
    pulling.pull()

    assert who_may_sign_in(till) == left


def test_a_setting_that_the_hub_lost_is_set_no_more(
    till: ShopTill, pulling: Pulling, database: HubDatabase
) -> None:
    set_setting(database.engine, "FUEN", "receipt_note", "Campaña")
    pulling.pull()
    at_first = till.store.setting("receipt_note")
    with database.transaction() as connection:
        connection.execute(setting.delete().where(setting.c.key == "receipt_note"))
        last = last_number(connection, of_shop("settings", "FUEN"))
        insert_rows(connection, feed_gap, [(of_shop("settings", "FUEN"), last - 1, last + 1)])
    pulling.pull()

    assert at_first == "Campaña"
    assert till.store.setting("receipt_note") is None
    assert till.store.setting("shop")["code"] == "FUEN"


def restore_prices(database: HubDatabase) -> None:
    """Take a hub's prices back to what they were when it imported them, as a restore does."""
    with database.transaction() as connection:
        connection.execute(text("UPDATE product SET price = 125, price_change = 0"))
        last = last_number(connection, PRICES)
        insert_rows(connection, feed_gap, [(PRICES, last - 1, last + 1)])


def test_a_feed_that_begins_again_and_again_is_left_until_later(
    till: ShopTill, hub_url: str
) -> None:
    with closing(till.open_agent_store()) as store:
        pulling = Pulling(
            store, Circling(till, hub_url), AgentClock(), till.folder.catalogue, tell
        )

        with pytest.raises(HubUnreachable, match="without end"):
            pulling.pull()


class Circling(Hub):
    """A hub each of whose pages says less than the one before, without an end."""

    def __init__(self, till: ShopTill, url: str) -> None:
        super().__init__(till.credentials.open(url, deadline_s=30), till="FUEN-1", shop="FUEN")

    def page(self, stream: Stream, cursor: int, kind: type[FeedPage]) -> FeedPage:
        item = {"key": "receipt", "value": {}}
        following = 9 if cursor == 0 else cursor - 1
        return kind.model_validate(
            {"cursor": following, "more": True, "hub_time_ms": 1, "items": (item,)}
        )


def tell(_: dict[str, object]) -> None:
    """Nobody listens."""
