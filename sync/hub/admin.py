"""What the office does at the hub: shops, staff, prices, stock, settings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from argon2 import PasswordHasher
from argon2.low_level import Type
from sqlalchemy import Connection, Engine, select

from pos.domain.journal import Json
from pos.domain.staff import Role, is_pin
from sync.connectors.builtin import change_levels
from sync.hub.bulk import insert_rows, upsert_rows
from sync.hub.database import begin
from sync.hub.publishing.feed_numbers import PRICES, of_shop, take_numbers
from sync.hub.tables import product, setting, shop, staff, stock_movement
from sync.hub.tables_desk import desk_session

# OWASP's floor: a PIN of four digits stands on the lock-out, not on the hash.
PIN_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
TIME_ZONES = {"ES": "Europe/Madrid", "MX": "America/Mexico_City", "GB": "Europe/London"}
MAX_PRICE_MINOR = 10_000_000_00


class NotKnown(ValueError):
    """There is no such shop or product."""


class NotPossible(ValueError):
    """A PIN, price or code that cannot be."""


def add_shop(
    engine: Engine,
    code: str,
    *,
    name: str,
    currency: str,
    country: str,
    now_ms: int,
    details: Mapping[str, Json] | None = None,
) -> None:
    """Add a shop, or change what is said of it.

    Args:
        code: Two to twelve capital letters and digits.
        currency: ISO 4217.
        country: ISO 3166-1 alpha-2.
        details: What else its receipts say: legal_name, tax_id, address_lines, phone, web…

    Raises:
        NotPossible: The code.
    """
    value = shop_setting(code, name=name, currency=currency, country=country, details=details)
    with begin(engine) as connection:
        put_shop(connection, value, now_ms)


def shop_setting(
    code: str,
    *,
    name: str,
    currency: str,
    country: str,
    details: Mapping[str, Json] | None = None,
) -> dict[str, Json]:
    """Return what tills are told of a shop; see `add_shop`."""
    if not (2 <= len(code) <= 12 and code.isascii() and code.isalnum() and code.upper() == code):
        raise NotPossible(f"shop code {code!r}: two to twelve capital letters and digits")
    return {
        "legal_name": name,
        "tax_id": "",
        "address_lines": [],
        "time_zone": TIME_ZONES.get(country, "UTC"),
        "phone": "",
        "web": "",
        **(details or {}),
        "code": code,
        "name": name,
        "currency": currency,
        "country": country,
    }


def put_shop(connection: Connection, value: Mapping[str, Json], now_ms: int) -> None:
    """Store a shop as `shop_setting` describes it."""
    code = str(value["code"])
    upsert_rows(connection, shop, [(code, now_ms)], "(code) DO NOTHING")
    _set(connection, code, "shop", value)


def shops(connection: Connection) -> list[str]:
    """Return the codes of all shops."""
    return list(connection.scalars(select(shop.c.code).order_by(shop.c.code)))


def add_staff(
    engine: Engine,
    shop_code: str,
    *,
    staff_id: str,
    name: str,
    role: Role,
    pin: str,
    badge: str | None = None,
    is_active: bool = True,
) -> None:
    """Add a person to a shop, or change name, role, PIN and badge.

    Who is signed in to the pages as this person must sign in anew.

    Raises:
        NotKnown: There is no such shop.
        NotPossible: The PIN is not four to eight digits.
    """
    if not is_pin(pin):
        raise NotPossible("a PIN is four to eight digits")
    pin_hash = PIN_HASHER.hash(pin)
    with begin(engine) as connection:
        check_shop(connection, shop_code)
        (number,) = take_numbers(connection, of_shop("staff", shop_code), 1)
        row = (shop_code, staff_id, name, role.value, badge, pin_hash, is_active, number)
        upsert_rows(
            connection,
            staff,
            [row],
            "(shop, staff_id) DO UPDATE SET name = excluded.name, role = excluded.role, "
            "badge = excluded.badge, pin_hash = excluded.pin_hash, "
            "is_active = excluded.is_active, change = excluded.change",
        )
        connection.execute(
            desk_session.delete().where(
                desk_session.c.shop == shop_code, desk_session.c.staff_id == staff_id
            )
        )


def set_price(engine: Engine, sku: str, price_minor: int) -> None:
    """Set the price of a product, in minor units with tax; tills learn it from the feed.

    Raises:
        NotKnown: There is no such product.
        NotPossible: The price is negative or above `MAX_PRICE_MINOR`.
    """
    set_prices(engine, [(sku, price_minor)])


def set_prices(engine: Engine, prices: Sequence[tuple[str, int]]) -> None:
    """Set many prices at once, all or none; see `set_price`."""
    for sku, price_minor in prices:
        if not 0 <= price_minor <= MAX_PRICE_MINOR:
            raise NotPossible(f"{sku}: price {price_minor}")
    with begin(engine) as connection:
        numbers = take_numbers(connection, PRICES, len(prices))
        for (sku, price_minor), number in zip(prices, numbers, strict=True):
            changed = connection.execute(
                product.update()
                .where(product.c.sku == sku)
                .values(price=price_minor, price_change=number, has_demonstration_price=False)
            )
            if changed.rowcount != 1:
                raise NotKnown(f"no product {sku}")


def adjust_stock(
    engine: Engine,
    shop_code: str,
    sku: str,
    thousandths: int,
    *,
    reason: str,
    movement_id: str,
    now_ms: int,
) -> None:
    """Add to (or take from) the stock of a shop; the same `movement_id` again does nothing.

    Raises:
        NotKnown: There is no such shop.
    """
    with begin(engine) as connection:
        check_shop(connection, shop_code)
        taken = connection.scalar(
            select(stock_movement.c.movement_id).where(stock_movement.c.movement_id == movement_id)
        )
        if taken is not None:
            return
        row = (movement_id, shop_code, sku, thousandths, reason, now_ms)
        insert_rows(connection, stock_movement, [row])
        change_levels(connection, shop_code, {sku: thousandths}, now_ms)


def set_setting(engine: Engine, shop_code: str, key: str, value: Json) -> None:
    """Set a setting of a shop; tills learn it from the feed.

    Raises:
        NotKnown: There is no such shop.
    """
    with begin(engine) as connection:
        check_shop(connection, shop_code)
        _set(connection, shop_code, key, value)


def get_setting(connection: Connection, shop_code: str, key: str) -> Any:
    """Return a setting of a shop, None when it is not set."""
    text = connection.scalar(
        select(setting.c.value_json).where(setting.c.shop == shop_code, setting.c.key == key)
    )
    return None if text is None else json.loads(text)


def _set(connection: Connection, shop_code: str, key: str, value: Json) -> None:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    (number,) = take_numbers(connection, of_shop("settings", shop_code), 1)
    upsert_rows(
        connection,
        setting,
        [(shop_code, key, text, number)],
        "(shop, key) DO UPDATE SET value_json = excluded.value_json, change = excluded.change",
    )


def check_shop(connection: Connection, code: str) -> None:
    """Do nothing for a shop that is known.

    Raises:
        NotKnown: There is no such shop.
    """
    if connection.scalar(select(shop.c.code).where(shop.c.code == code)) is None:
        raise NotKnown(f"no shop {code}")
