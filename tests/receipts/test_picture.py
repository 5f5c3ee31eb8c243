"""The receipt on the screen and as a PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from hardware.receipt_printer.document import BIG, Column, Document, Table, row
from pos.domain.basket import Basket, EntryMethod
from pos.domain.printing import PrintKind
from pos.domain.quantity import Quantity
from pos.domain.scan_codes import receipt_code
from pos.domain.tender import CashPolicy, Payment
from pos.receipts.layouts import Layouts
from pos.receipts.painter import strips
from pos.receipts.preview import as_image
from tests.receipts.examples import (
    AEAT_URL,
    REPRINTED_MS,
    eur,
    fiscal_sale,
    logo,
    paper,
    product,
    sale_of,
)

CODES = {AEAT_URL, receipt_code("2-004318", "FUEN")}


def marked_copy(columns: int) -> Document:
    return Layouts(replace(paper(columns), logo=logo())).sale(
        fiscal_sale(), PrintKind.DUPLICATE, at_ms=REPRINTED_MS, copy=2
    )


def texts_in(picture: Image.Image) -> set[str]:
    """Return what a scanner reads in a picture."""
    return {code.text for code in zxingcpp.read_barcodes(picture)}


def grey(image: QImage, path: Path) -> Image.Image:
    assert image.save(str(path))
    return Image.open(path).convert("L")


@pytest.mark.parametrize("columns", [48, 42, 32])
def test_the_preview_can_be_scanned_off_the_screen(
    qapp: QApplication, tmp_path: Path, columns: int
) -> None:
    image = as_image(marked_copy(columns), 420, 2.0)

    assert image.width() == 840
    assert image.devicePixelRatio() == 2.0
    assert texts_in(grey(image, tmp_path / "preview.png")) == CODES


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is missing")
@pytest.mark.parametrize("columns", [48, 32])
def test_another_program_shows_the_pdf_with_codes_that_scan(
    qapp: QApplication, tmp_path: Path, columns: int
) -> None:
    file = tmp_path / "receipt.pdf"

    file.write_bytes(Layouts(paper(columns)).pdf(marked_copy(columns)))

    picture = tmp_path / "page"
    subprocess.run(
        ["pdftoppm", "-r", "203", "-png", "-singlefile", str(file), str(picture)], check=True
    )
    assert texts_in(Image.open(picture.with_suffix(".png")).convert("L")) == CODES


def test_the_pdf_carries_its_font_and_is_as_narrow_as_the_paper(qapp: QApplication) -> None:
    pdf = Layouts(paper(48)).pdf(marked_copy(48))

    assert pdf.startswith(b"%PDF-")
    assert b"Inter-Regular" in pdf
    assert b"/FontFile2" in pdf
    (box,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    width_mm = float(box[0]) * 25.4 / 72
    assert 79 < width_mm < 81


def test_five_hundred_lines_break_into_pages_that_viewers_can_show(qapp: QApplication) -> None:
    basket = Basket("b-1", "EUR", 0, "s-1")
    for number in range(500):
        sold = product(f"Artículo {number:03d} " + "con un nombre muy largo " * 8, 100)
        basket = basket.with_product(sold, Quantity.each(2), EntryMethod.SCANNED)
    sale = sale_of(basket, Payment(basket.totals.total).with_cash(eur(999_999), CashPolicy()))

    pdf = Layouts(paper(32)).pdf(Layouts(paper(32)).sale(sale, PrintKind.ORIGINAL))

    boxes = re.findall(rb"/MediaBox \[0 0 [\d.]+ ([\d.]+)\]", pdf)
    assert len(boxes) > 1
    assert max(map(float, boxes)) < 14_400  # points; PDF 1.7 annex C


def test_a_figure_too_wide_for_its_text_stands_below_it(qapp: QApplication) -> None:
    one_line = strips(Document((row("TOTAL", "9,99 €", BIG),), 32))
    crowded = strips(Document((row("TOTAL", "999.999.999,99 € netos", BIG),), 32))

    assert (len(one_line), len(crowded)) == (1, 2)


def test_a_long_word_breaks_where_the_column_ends(qapp: QApplication) -> None:
    short = Table((Column(),), (("ñ",),))
    long = Table((Column(),), (("ñ" * 200,),))

    (first,), (second,) = strips(Document((short,), 32)), strips(Document((long,), 32))

    assert second.height >= 5 * first.height
