"""A hub that was replaced by an empty one or an older copy gets everything again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pos.domain.staff import Role
from pos.store.catalogue_source import CatalogueSource
from sync.client import HubClient, HubRefused
from sync.hub.admin import add_shop, add_staff
from sync.hub.app import create_app
from sync.hub.catalogue_import import import_catalogue
from sync.hub.database import HubDatabase, open_database
from tests.sync.facts import T0
from tests.sync.serving import FixedClock, serving
from tests.sync.till_data import ShopTill, read_log, running_agent
from tests.sync.waiting import wait_until


@contextmanager
def hub_on(file: Path) -> Iterator[tuple[str, HubDatabase]]:
    """Serve a hub from a SQLite file; it knows the shop and nothing else at first."""
    database = open_database(f"sqlite:///{file}")
    add_shop(database.engine, "FUEN", name="Fuencarral", currency="EUR", country="ES", now_ms=T0)
    cache = file.with_suffix(".cache")
    cache.mkdir()
    try:
        with serving(create_app(database, clock=FixedClock(), cache_folder=cache)) as url:
            yield url, database
    finally:
        database.close()


def point(till: ShopTill, url: str) -> None:
    till.folder.settings.write_text(
        f'hub = "{url}"\nshop = "FUEN"\ntill_number = 1\n', encoding="utf-8"
    )


def facts_at(url: str) -> int:
    try:
        return HubClient(url).digest("FUEN-1").received_through
    except HubRefused:
        return 0


def test_a_till_with_nothing_to_send_notices_and_sends_everything_again(tmp_path: Path) -> None:
    with hub_on(tmp_path / "old.db") as (old, _), hub_on(tmp_path / "other.db") as (other, _):
        till = ShopTill(tmp_path / "till", old)
        till.register(old)
        till.sell(250)
        with running_agent(till):
            wait_until(lambda: facts_at(old) == 250)

        point(till, other)
        with running_agent(till):
            wait_until(lambda: facts_at(other) == 250)
            till.sell(3)
            wait_until(lambda: facts_at(other) == 253)
        point(till, old)
        with running_agent(till):
            wait_until(lambda: facts_at(old) == 253)

        digests = [HubClient(url).digest("FUEN-1") for url in (old, other)]
        till.close()

    assert digests[0] == digests[1]
    assert (digests[0].sales, digests[0].total_minor) == (253, 25_300)


def test_a_hub_with_another_chain_is_told_apart_loudly_and_nothing_is_marked(
    tmp_path: Path,
) -> None:
    with hub_on(tmp_path / "hub.db") as (hub, _):
        twin, till = (ShopTill(tmp_path / name, hub) for name in ("twin", "till"))
        twin.register(hub)
        twin.sell(5)
        with running_agent(twin):
            wait_until(lambda: facts_at(hub) == 5)
        with hub_on(tmp_path / "own.db") as (own, _):
            point(till, own)
            till.sell(5)
            with running_agent(till):
                wait_until(lambda: facts_at(own) == 5)
        point(till, hub)
        with running_agent(till):
            wait_until(lambda: any(line["message"] == "chains differ" for line in read_log(till)))
        twin.close()
        till.close()


@pytest.mark.parametrize("shop_is_known", [True, False])
def test_a_till_the_hub_does_not_know_presents_itself(tmp_path: Path, shop_is_known: bool) -> None:
    with hub_on(tmp_path / "hub.db") as (hub, database):
        till = ShopTill(tmp_path / "till", hub)
        till.sell(2)
        if not shop_is_known:
            with database.transaction() as connection:
                connection.exec_driver_sql("DELETE FROM shop")
        with running_agent(till):
            wait_until(till.folder.agent_socket.exists)
            if shop_is_known:
                wait_until(lambda: facts_at(hub) == 2)
            else:
                wait_until(lambda: any("unknown_" in str(line) for line in read_log(till)))
        till.close()


def stock_the_shop(database: HubDatabase, folder: Path, people: list[str], product: str) -> None:
    file = folder / f"{product}.csv"
    file.write_text(f"gtin,name,sku,price\n,{product},{product},1.25\n", encoding="utf-8")
    import_catalogue(database.engine, file, currency="EUR", now_ms=1)
    for name in people:
        add_staff(database.engine, "FUEN", staff_id=name, name=name, role=Role.CASHIER, pin="1234")


def test_people_and_products_of_a_hub_set_up_anew_come_down_whole(tmp_path: Path) -> None:
    with hub_on(tmp_path / "old.db") as (old, before), hub_on(tmp_path / "anew.db") as (anew, now):
        stock_the_shop(before, tmp_path, ["ana"], "Pan")
        till = ShopTill(tmp_path / "till", old)
        till.register(old)
        catalogues = CatalogueSource(till.folder.catalogue)
        with running_agent(till):
            wait_until(lambda: catalogues.current().by_sku("Pan") is not None)
        stock_the_shop(now, tmp_path, ["bea", "carla", "dora"], "Leche")

        point(till, anew)
        with running_agent(till):
            wait_until(lambda: catalogues.current().by_sku("Leche") is not None)

        with till.store.reading() as records:
            names = {member.name for member in records.staff.all()}
        till.close()

    assert {"bea", "carla", "dora"} <= names
