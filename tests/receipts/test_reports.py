"""What an X, a Z and the slips of the cash drawer say."""

from __future__ import annotations

import pytest

from hardware.receipt_printer.document import Qr
from hardware.receipt_printer.layout import plain_text
from pos.domain.scan_codes import ParkedTicketScan, read_own_code
from pos.receipts.layouts import Layouts
from tests.receipts.examples import (
    BASKET_ID,
    REPRINT,
    movements,
    paper,
    parked_ticket,
    report,
    report_with_returns,
)


def words_of(text: str) -> list[list[str]]:
    """Return the words of each line."""
    return [line.replace("\u00a0", " ").split() for line in text.splitlines()]


def test_an_x_says_that_it_closes_nothing_and_keeps_the_count_blind() -> None:
    text = plain_text(Layouts(paper()).report(report(is_closed=False)))

    assert "X – no cierra el turno" in text
    assert "Esperado" not in text
    assert "Diferencia" not in text
    assert "Z2-000031" not in text


def test_a_z_holds_the_count_against_what_the_drawer_should_hold() -> None:
    lines = words_of(plain_text(Layouts(paper()).report(report(is_closed=True))))

    assert ["Z2-000031"] in lines
    assert ["Esperado", "en", "el", "cajón", "514,25"] in lines
    assert ["Contado", "511,25"] in lines
    assert ["Primer", "recuento", "465,00"] in lines
    assert ["Diferencia", "−3,00", "€"] in lines
    assert ["20,00", "×", "12", "240,00"] in lines


def test_a_z_ties_itself_to_the_journal_and_to_all_sales_ever() -> None:
    lines = words_of(plain_text(Layouts(paper()).report(report(is_closed=True))))

    assert ["Diario", "10452", "9f86d081884c7d65"] in lines
    assert ["Gran", "total", "214.318,90", "€"] in lines
    assert ["Primer", "ticket", "2-004276"] in lines
    assert ["Último", "ticket", "2-004318"] in lines


def test_what_came_back_stands_beside_what_was_sold_and_is_taken_off_the_drawer_alone() -> None:
    text = plain_text(Layouts(paper()).report(report_with_returns()))
    lines = words_of(text)

    assert ["Venta", "neta", "1.783,75"] in lines
    assert ["Devoluciones", "2"] in lines
    assert ["Total", "devuelto", "−42,95"] in lines
    assert ["Pago", "en", "la", "web", "(1)", "−39,95"] in lines
    assert ["21", "%", "−33,02", "−6,93", "−39,95"] in lines
    assert ["Esperado", "en", "el", "cajón", "511,25"] in lines
    assert ["Gran", "total", "214.318,90", "€"] in lines
    assert ["Gran", "total", "devuelto", "−1.204,15"] in lines


def test_a_shift_without_returns_says_nothing_of_them() -> None:
    assert "DEVOLUCI" not in plain_text(Layouts(paper()).report(report(is_closed=True)))


def test_a_z_printed_again_is_marked() -> None:
    assert "DUPLICADO" in plain_text(Layouts(paper()).report(report(is_closed=True), REPRINT))
    assert "DUPLICADO" not in plain_text(Layouts(paper()).report(report(is_closed=True)))


@pytest.mark.parametrize(("index", "title"), [(0, "SALIDA DE EFECTIVO"), (1, "RETIRADA")])
def test_a_movement_is_signed_for(index: int, title: str) -> None:
    text = plain_text(Layouts(paper()).movement(movements()[index], "Ana Gil"))

    assert title in text
    assert "Ana Gil" in text
    assert f"Motivo: {movements()[index].reason}" in text
    assert "Firma" in text


@pytest.mark.parametrize("columns", [48, 42, 32])
def test_the_slip_of_a_parked_ticket_brings_it_back_and_is_no_receipt(columns: int) -> None:
    document = Layouts(paper(columns)).parked(parked_ticket())

    (qr,) = (block for block in document.blocks if isinstance(block, Qr))
    assert read_own_code(qr.data) == ParkedTicketScan(BASKET_ID.upper())
    text = " ".join(plain_text(document).split())
    assert "No es una factura ni un recibo. No está pagado." in text
    assert "Señora del abrigo verde" in text
