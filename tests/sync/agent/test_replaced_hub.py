"""A hub that was replaced by an empty one or an older copy gets everything again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from pos.domain.staff import Role
from pos.store.catalogue_source import CatalogueSource
from sync.client import HubClient, HubRefused
from sync.hub.admin import add_shop, add_staff
from sync.hub.app import create_app
from sync.hub.bulk import insert_rows
from sync.hub.database import HubDatabase, open_database
from sync.hub.publishing.catalogue_import import import_catalogue
from sync.hub.tables import hub_key
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0
from tests.sync.serving import FixedClock, serving
from tests.sync.till_data import ShopTill, read_log, running_agent
from tests.sync.waiting import wait_until


@contextmanager
def hub_on(file: Path, like: HubDatabase | None = None) -> Iterator[tuple[str, HubDatabase]]:
    """Serve a hub from a SQLite file; it knows the shop and nothing else at first.

    Args:
        like: The hub of which this is an older copy: it has the same key.
    """
    database = open_database(f"sqlite:///{file}")
    add_shop(database.engine, "FUEN", name="Fuencarral", currency="EUR", country="ES", now_ms=T0)
    if like is not None:
        with like.reading() as connection:
            keys = [tuple(row) for row in connection.execute(select(hub_key))]
        with database.transaction() as connection:
            insert_rows(connection, hub_key, keys)
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


def facts_at(url: str, till: ShopTill) -> int:
    try:
        return HubClient(url, till.credentials).digest("FUEN-1").received_through
    except HubRefused:
        return 0


def test_a_till_with_nothing_to_send_notices_and_sends_everything_again(tmp_path: Path) -> None:
    with (
        hub_on(tmp_path / "old.db") as (old, before),
        hub_on(tmp_path / "other.db", like=before) as (other, copy),
    ):
        till = ShopTill(tmp_path / "till", old)
        for database in (before, copy):
            till.register(database)
        till.sell(250)
        with running_agent(till):
            wait_until(lambda: facts_at(old, till) == 250)

        point(till, other)
        with running_agent(till):
            wait_until(lambda: facts_at(other, till) == 250)
            till.sell(3)
            wait_until(lambda: facts_at(other, till) == 253)
        point(till, old)
        with running_agent(till):
            wait_until(lambda: facts_at(old, till) == 253)

        digests = [HubClient(url, till.credentials).digest("FUEN-1") for url in (old, other)]
        till.close()

    assert digests[0] == digests[1]
    assert (digests[0].sales, digests[0].total_minor) == (253, 25_300)


def test_a_hub_with_another_chain_is_told_apart_loudly(tmp_path: Path) -> None:
    with hub_on(tmp_path / "hub.db") as (hub, database):
        twin, till = (ShopTill(tmp_path / name, hub) for name in ("twin", "till"))
        twin.register(database)
        twin.sell(5)
        with running_agent(twin):
            wait_until(lambda: facts_at(hub, twin) == 5)
        with hub_on(tmp_path / "own.db", like=database) as (own, of_its_own):
            till.register(of_its_own)
            point(till, own)
            till.sell(5)
            with running_agent(till):
                wait_until(lambda: facts_at(own, till) == 5)
        point(till, hub)
        with running_agent(till):
            wait_until(lambda: any(line["message"] == "chains differ" for line in read_log(till)))
        twin.close()
        till.close()


def reasons_in_log(till: ShopTill) -> set[str]:
    return {str(line.get("reason")) for line in read_log(till)}


def test_a_copy_of_the_hub_from_before_the_till_was_enrolled_says_so(tmp_path: Path) -> None:
    with (
        hub_on(tmp_path / "hub.db") as (_, now),
        hub_on(tmp_path / "copy.db", like=now) as (url, copy),
    ):
        till = ShopTill(tmp_path / "till", url)
        till.register(now)
        till.sell(2)

        with running_agent(till):
            wait_until(lambda: "unknown_till" in reasons_in_log(till))
            till.register(copy)
            wait_until(lambda: facts_at(url, till) == 2)
        till.close()


def test_a_hub_set_up_anew_is_a_stranger_and_is_told_and_asked_nothing(tmp_path: Path) -> None:
    with (
        hub_on(tmp_path / "hub.db") as (_, pinned),
        hub_on(tmp_path / "anew.db") as (url, stranger),
    ):
        till = ShopTill(tmp_path / "till", url)
        enrolled(stranger)
        till.register(pinned)
        till.sell(2)

        with running_agent(till):
            wait_until(lambda: "unknown_hub" in reasons_in_log(till))
        store = till.open_agent_store()
        queued = store.queue_state().queued
        store.close()
        till.close()

    assert queued == 2


def stock_the_shop(database: HubDatabase, folder: Path, people: list[str], product: str) -> None:
    file = folder / f"{product}.csv"
    file.write_text(f"gtin,name,sku,price\n,{product},{product},1.25\n", encoding="utf-8")
    import_catalogue(database.engine, file, currency="EUR", now_ms=1)
    for name in people:
        add_staff(database.engine, "FUEN", staff_id=name, name=name, role=Role.CASHIER, pin="1234")


def test_people_and_products_of_a_hub_set_up_anew_come_down_whole(tmp_path: Path) -> None:
    with (
        hub_on(tmp_path / "old.db") as (old, before),
        hub_on(tmp_path / "anew.db", like=before) as (anew, now),
    ):
        stock_the_shop(before, tmp_path, ["ana"], "Pan")
        till = ShopTill(tmp_path / "till", old)
        till.register(before)
        till.register(now)
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
