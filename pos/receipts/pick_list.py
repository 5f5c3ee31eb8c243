"""The list with which somebody walks through the shop to fetch what was ordered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from hardware.receipt_printer.document import (
    BOLD,
    TALL,
    Align,
    Barcode,
    Block,
    Column,
    Cut,
    Document,
    Feed,
    Rule,
    Symbology,
    Table,
    Text,
    row,
)
from pos.domain.collection import Order, OrderLine
from pos.domain.gtin import is_gtin
from pos.domain.quantity import THOUSAND, Quantity
from pos.formatting import quantity_text
from pos.receipts.codes import BARCODE_MODULE, DOTS_PER_COLUMN, code_128_dots
from pos.receipts.stationery import Stationery, headline

BOX = "[ ]"
BARCODE_HEIGHT = 40
EAN_13_DIGITS = 13
_RUN = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class _Fetch:
    """One line of one order that is still to be fetched."""

    order: Order
    line: OrderLine


def pick_list_document(orders: Sequence[Order], on: Stationery, *, at_ms: int) -> Document:
    """Return what of these orders is still to be fetched, place by place.

    A product that several orders want at one place stands there once, with how many each
    order gets of it.

    Args:
        at_ms: When it was asked for; UTC, Unix ms.
    """
    wanted = sorted(_wanted(orders), key=_by_place)
    return Document(
        (
            Text(on.shop.name, Align.CENTER, BOLD),
            headline(on.words["pick_list_title"], on.columns),
            Rule(),
            row(on.when(at_ms), on.till(on.till_number)),
            *(block for order in orders for block in _order(order, on)),
            *_places(wanted, on, is_one=len(orders) == 1),
            Rule(),
            row(on.words["to_fetch"], str(_pieces(wanted)), BOLD),
            Feed(),
            Cut(),
        ),
        on.columns,
    )


def quantity_of(line: OrderLine, thousandths: int, on: Stationery) -> str:
    """Return how much of a line, with its unit: ``3 ud``, ``0,412 kg``."""
    quantity = Quantity(thousandths, line.unit)
    amount = quantity_text(Decimal(quantity.thousandths) / THOUSAND, on.locale)
    return f"{amount} {on.words[f'unit_{line.unit.value}']}"


def _wanted(orders: Iterable[Order]) -> list[_Fetch]:
    return [_Fetch(order, line) for order in orders for line in order.lines if line.to_pick]


def _by_place(fetch: _Fetch) -> tuple[object, ...]:
    """Return where it comes on the way: aisle 2 before aisle 10, no place known at the end."""
    line = fetch.line
    runs = _RUN.split(line.location.casefold())
    natural = tuple((int(run), "") if run.isdigit() else (0, run) for run in runs)
    return (not line.location, natural, line.name.casefold(), line.sku)


def _order(order: Order, on: Stationery) -> list[Block]:
    due = on.words["promised"].format(time=on.time(order.promised_at_ms))
    name = f"{order.short_code} · {order.surname_initial_name}"
    return [row(f"{order.number}  {name}", due if order.promised_at_ms else "", BOLD)]


def _places(wanted: list[_Fetch], on: Stationery, *, is_one: bool) -> list[Block]:
    blocks: list[Block] = []
    for location, here in groupby(wanted, key=lambda fetch: fetch.line.location):
        blocks += [Rule(), Text(location or on.words["no_place"], style=TALL)]
        for _, same in groupby(here, key=lambda fetch: fetch.line.sku):
            blocks += _product(list(same), on, is_one=is_one)
    return blocks or [Rule(), Text(on.words["nothing_to_fetch"], Align.CENTER)]


def _product(same: list[_Fetch], on: Stationery, *, is_one: bool) -> list[Block]:
    line = same[0].line
    whole = quantity_of(line, sum(fetch.line.to_pick for fetch in same), on)
    columns = (Column(width=len(BOX)), Column(width=max(6, len(whole))), Column())
    rows = [(BOX, whole, line.name)]
    if not is_one:
        rows += [("", "", _share(fetch, on)) for fetch in same]
    return [Table(columns, tuple(rows)), *_code(line, on.columns)]


def _share(fetch: _Fetch, on: Stationery) -> str:
    return f"{fetch.order.short_code}: {quantity_of(fetch.line, fetch.line.to_pick, on)}"


def _code(line: OrderLine, columns: int) -> list[Block]:
    """Return the product's barcode where it has one that fits the paper."""
    digits = "" if line.gtin is None else str(line.gtin).zfill(EAN_13_DIGITS)
    if len(digits) == EAN_13_DIGITS and is_gtin(digits):
        return [Barcode(Symbology.EAN13, digits, BARCODE_HEIGHT, align=Align.LEFT)]
    text = digits or line.sku
    if not text.isascii() or code_128_dots(text) > columns * DOTS_PER_COLUMN:
        return []
    return [Barcode(Symbology.CODE128, text, BARCODE_HEIGHT, BARCODE_MODULE, Align.LEFT)]


def _pieces(wanted: Iterable[_Fetch]) -> int:
    """Return pieces of counted goods plus one for each measured line."""
    lines = (fetch.line for fetch in wanted)
    return sum(line.to_pick // THOUSAND if line.unit.is_counted else 1 for line in lines)
