"""The goods of an order as the hub knows them: names, tax, what handing over asks for, place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, select

from pos.domain.collection import OrderLine
from pos.domain.money import divide_half_up
from pos.domain.quantity import THOUSAND, Unit
from sync.hub.tables import product
from sync.hub.tables_orders import product_place, product_rule
from sync.wire.v1.placing import PlacedLine


class Unplaceable(ValueError):
    """An order that cannot be placed; `code` is stable, `detail` names what is wrong."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


UNKNOWN_PRODUCT = "unknown_product"
HALF_A_PIECE = "half_a_piece"
PAID_ABOVE_PRICE = "paid_above_price"
WRONG_CURRENCY = "wrong_currency"
FILLED_BY_ITSELF = "filled_by_itself"
OP_ID_USED = "op_id_used"


@dataclass(frozen=True, slots=True)
class Rule:
    """What handing a product over asks for."""

    min_age: int = 0
    needs_serial: bool = False


def order_lines(
    connection: Connection, shop: str, placed: Sequence[PlacedLine]
) -> tuple[OrderLine, ...]:
    """Return the lines of an order that is placed, numbered from 1.

    Raises:
        Unplaceable: A product nobody knows, half a piece, or more paid than the price.
    """
    skus = {line.sku for line in placed}
    known = {row.sku: row for row in _rows(connection, skus)}
    rules, places = rules_of(connection, skus), places_of(connection, shop, skus)
    lines = []
    for number, line in enumerate(placed, start=1):
        row = known.get(line.sku)
        if row is None:
            raise Unplaceable(UNKNOWN_PRODUCT, line.sku)
        lines.append(
            _line(number, line, row, rules.get(line.sku, Rule()), places.get(line.sku, ""))
        )
    return tuple(lines)


def placed_elsewhere(
    connection: Connection, shop: str, lines: Iterable[OrderLine]
) -> tuple[OrderLine, ...]:
    """Return lines with the places where their products lie in another shop."""
    all_lines = tuple(lines)
    places = places_of(connection, shop, {line.sku for line in all_lines})
    return tuple(replace(line, location=places.get(line.sku, "")) for line in all_lines)


def rules_of(connection: Connection, skus: Iterable[str]) -> Mapping[str, Rule]:
    """Return the rules of the products that have any."""
    rule = product_rule.c
    rows = connection.execute(
        select(rule.sku, rule.min_age, rule.needs_serial).where(rule.sku.in_(set(skus)))
    )
    return {sku: Rule(min_age, bool(serial)) for sku, min_age, serial in rows}


def places_of(connection: Connection, shop: str, skus: Iterable[str]) -> Mapping[str, str]:
    """Return where products lie in a shop, by SKU; what has no place is not there."""
    place = product_place.c
    rows = connection.execute(
        select(place.sku, place.location).where(place.shop == shop, place.sku.in_(set(skus)))
    )
    return {row.sku: row.location for row in rows}


def _rows(connection: Connection, skus: Iterable[str]) -> Sequence[Row[Any]]:
    return connection.execute(select(product).where(product.c.sku.in_(set(skus)))).all()


def _line(number: int, placed: PlacedLine, row: Row[Any], rule: Rule, location: str) -> OrderLine:
    unit = Unit(row.unit)
    if unit.is_counted and placed.quantity % THOUSAND:
        raise Unplaceable(HALF_A_PIECE, placed.sku)
    # Web shops round a weighed line up or to the nearest; a unit more is no mistake.
    if placed.paid > divide_half_up(placed.unit_price * placed.quantity, THOUSAND) + 1:
        raise Unplaceable(PAID_ABOVE_PRICE, placed.sku)
    return OrderLine(
        number=number,
        sku=placed.sku,
        gtin=row.gtin,
        name=row.name,
        quantity=placed.quantity,
        unit=unit,
        unit_price=placed.unit_price,
        paid=placed.paid,
        tax_basis_points=row.tax_basis_points,
        tax_name=row.tax_name,
        location=location,
        picture=row.picture,
        min_age=rule.min_age,
        needs_serial=rule.needs_serial,
    )
