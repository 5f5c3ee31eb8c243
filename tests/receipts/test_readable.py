"""Whatever a product or a person is called, a receipt stays a receipt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.receipt_printer.simulator import SimulatedPrinter
from pos.domain.printing import PrintKind
from pos.domain.sale import Sale
from pos.receipts.layouts import Layouts
from pos.receipts.preview import as_image
from tests.receipts.examples import SHOP, full_sale, paper, parked_ticket

NASTY = (
    "\x1b@\x1dV\x00\x10\x04\x01", "a\x00b", "\u202e12,34 €\u202c", "🧺👩\u200d👧 cesta", "x" * 200,
    "word " * 40, "Pan\nTOTAL 0,00\r\n", "\ud800", "漢字" * 60, "", "\t", "{B{A}", "e\u0301" * 50,
    "\u2028x\u2029", "\u200b" * 200, "\x9b31m", "\x7f",
)  # fmt: skip


def named(name: str) -> Sale:
    sale = full_sale()
    lines = tuple(replace(line, name=name, note=name, discount_reason=name) for line in sale.lines)
    return replace(sale, lines=lines, staff_name=name, ticket_discount_reason=name)


@pytest.mark.parametrize("columns", [48, 42, 32])
@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_neither_commands_the_printer_nor_breaks_the_lines(
    qapp: object, columns: int, name: str
) -> None:
    shop = replace(SHOP, name=name, legal_name=name, address_lines=(name,))
    layouts = Layouts(paper(columns, shop=shop))
    printer = SimulatedPrinter(columns)

    for kind in (PrintKind.ORIGINAL, PrintKind.GIFT):
        printer.print(layouts.sale(named(name), kind))
    slip = layouts.parked(replace(parked_ticket(), label=name))
    printer.print(slip)
    as_image(slip, 420)

    original = printer.receipts[0].text
    assert len(printer.receipts) == 3
    assert "85,99" in original
    assert max(map(len, original.splitlines())) <= columns


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_does_not_spoil_the_mail(name: str) -> None:
    layouts = Layouts(paper())

    text = layouts.text(layouts.sale(named(name), PrintKind.ORIGINAL))

    text.encode()
    lines = text.splitlines()
    assert all(line.replace("\u00a0", " ").isprintable() for line in lines)
    assert sum(line.startswith("TOTAL") for line in lines) == 1
