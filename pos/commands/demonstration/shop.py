"""The demonstration shop as `resources/demo` describes it, and how a hub learns of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, select

from pos.country import load_country
from pos.domain.staff import Role
from pos.resources import resource_path
from sync.hub import admin
from sync.hub.database import begin, open_database
from sync.hub.publishing import promotions
from sync.hub.publishing.catalogue_import import import_catalogue
from sync.hub.publishing.feed_numbers import CATALOGUE, take_numbers
from sync.hub.publishing.promotion_file import read_promotions
from sync.hub.tables import product, staff

CATALOGUE_FILE = resource_path("demo", "catalogue.csv")
PROMOTIONS_FILE = resource_path("demo", "promotions.toml")


@dataclass(frozen=True)
class DemoShop:
    """What shop.toml says."""

    settings: dict[str, Any]
    till_number: int
    till_name: str
    scan_templates: list[dict[str, Any]]
    open_price_skus: tuple[str, ...]
    staff: list[dict[str, str]]

    @property
    def code(self) -> str:
        return str(self.settings["code"])

    @property
    def currency(self) -> str:
        return load_country(str(self.settings["country"])).currency

    def pin_of(self, staff_id: str) -> str:
        """Return the PIN of a person of the demonstration."""
        return next(who["pin"] for who in self.staff if who["staff_id"] == staff_id)


def read_demo_shop() -> DemoShop:
    """Read resources/demo/shop.toml."""
    text = resource_path("demo", "shop.toml").read_text(encoding="utf-8")
    values = tomllib.loads(text)
    return DemoShop(
        settings=values["shop"],
        till_number=values["till"]["number"],
        till_name=values["till"]["name"],
        scan_templates=values["scan_templates"],
        open_price_skus=tuple(values["open_price"]["skus"]),
        staff=values["staff"],
    )


def seed(db_url: str, shop: DemoShop, *, now_ms: int) -> None:
    """Tell a hub's database everything of the shop; doing it again changes nothing.

    Raises:
        StoreUnavailable: The database cannot be written.
    """
    database = open_database(db_url)
    try:
        _seed_settings(database.engine, shop, now_ms)
        _seed_staff(database.engine, shop)
        import_catalogue(database.engine, CATALOGUE_FILE, currency=shop.currency, now_ms=now_ms)
        with begin(database.engine) as connection:
            _seed_open_prices(connection, shop.open_price_skus)
            _seed_promotions(connection, shop, now_ms)
    finally:
        database.close()


def _seed_settings(engine: Engine, shop: DemoShop, now_ms: int) -> None:
    details = {
        key: value
        for key, value in shop.settings.items()
        if key not in {"code", "name", "country"}
    }
    admin.add_shop(
        engine,
        shop.code,
        name=str(shop.settings["name"]),
        currency=shop.currency,
        country=str(shop.settings["country"]),
        now_ms=now_ms,
        details=details,
    )
    templates: Any = shop.scan_templates
    admin.set_setting(engine, shop.code, "scan_templates", templates)


def _seed_staff(engine: Engine, shop: DemoShop) -> None:
    with begin(engine) as connection:
        known = set(connection.scalars(select(staff.c.staff_id).where(staff.c.shop == shop.code)))
    for who in shop.staff:
        if who["staff_id"] not in known:
            admin.add_staff(
                engine,
                shop.code,
                staff_id=who["staff_id"],
                name=who["name"],
                role=Role(who["role"]),
                pin=who["pin"],
                badge=who["badge"],
            )


def _seed_promotions(connection: Connection, shop: DemoShop, now_ms: int) -> None:
    zone = ZoneInfo(admin.TIME_ZONES[str(shop.settings["country"])])
    text = PROMOTIONS_FILE.read_text(encoding="utf-8")
    told = read_promotions(text, PROMOTIONS_FILE.name, zone)
    promotions.load(connection, told, now_ms=now_ms, replace_all=False)


def _seed_open_prices(connection: Connection, skus: tuple[str, ...]) -> None:
    """Price lists know no open price: it is set here, as a generation of its own."""
    closed = product.c.sku.in_(skus) & product.c.has_open_price.is_(other=False)
    changed = connection.execute(
        product.update().where(closed).values(has_open_price=True, has_demonstration_price=False)
    )
    if changed.rowcount:
        take_numbers(connection, CATALOGUE, 1)
