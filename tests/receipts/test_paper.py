"""A receipt with every feature, printed on an emulated printer and read back from its picture."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp

from hardware.receipt_printer.port import PrintOutcome
from hardware.receipt_printer.simulator import SimulatedPrinter
from pos.domain.printing import PrintKind
from pos.domain.scan_codes import receipt_code
from pos.receipts.layouts import Layouts
from tests.receipts.examples import AEAT_URL, REPRINTED_MS, fiscal_sale, full_sale, logo, paper

CODE = receipt_code("2-004318", "FUEN")


@pytest.mark.parametrize("columns", [48, 42, 32])
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_code_of_a_marked_copy_can_be_scanned_off_the_paper(
    columns: int, language: str
) -> None:
    printer = SimulatedPrinter(columns)
    layouts = Layouts(replace(paper(columns, language), logo=logo()))

    outcome = printer.print(
        layouts.sale(fiscal_sale(), PrintKind.DUPLICATE, at_ms=REPRINTED_MS, copy=2)
    )

    assert outcome is PrintOutcome.CONFIRMED
    found = zxingcpp.read_barcodes(printer.receipts[-1].picture().convert("L"))
    bars = {(zxingcpp.BarcodeFormat.Code128, CODE)} if columns > 32 else set()
    assert {(code.format, code.text) for code in found} == bars | {
        (zxingcpp.BarcodeFormat.QRCode, AEAT_URL),
        (zxingcpp.BarcodeFormat.QRCode, CODE),
    }


@pytest.mark.parametrize("columns", [48, 42, 32])
def test_the_paper_shows_every_part_of_the_sale(columns: int) -> None:
    printer = SimulatedPrinter(columns)

    printer.print(
        Layouts(paper(columns)).sale(full_sale(), PrintKind.DUPLICATE, at_ms=REPRINTED_MS, copy=2)
    )

    text = " ".join(printer.receipts[-1].text.replace("\u00a0", " ").split())
    for expected in (
        "DUPLICADO",
        "B12345674",
        "2-004318",
        "Le atendió Lucía Romero",
        "3 × 4,95",
        "0,412 kg × 18,90/kg",
        "Descuento: exposición -4,00",
        "antes 25,00: tara visible",
        "Envolver para regalo",
        "TOTAL 85,99 €",
        "Ha ahorrado 9,00",
        "Tarjeta 20,00 Aprobada (no verificada) Aut. 482913",
        "Efectivo 70,00",
        "Cambio 4,01",
        "A 21 % 53,39 11,21 64,60",
        "B 10 % 19,45 1,94 21,39",
        "IVA incluido",
        "¡Gracias por tu visita!",
    ):
        assert expected in text
    assert "Vela" not in text
    assert "?" not in text
