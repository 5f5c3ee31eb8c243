"""What a receipt must say, whatever was sold."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.receipt_printer.document import Barcode, Document, Qr, Rule, Table, Text
from hardware.receipt_printer.layout import columns_in, display_width, plain_text, text_lines
from pos.domain.basket import Basket, Discount, DiscountKind, EntryMethod
from pos.domain.customer import Consent, ConsentKind
from pos.domain.money import Money, total
from pos.domain.printing import PrintKind
from pos.domain.promotion import GivenPromotion, Share
from pos.domain.quantity import Quantity, Unit
from pos.domain.sale import Sale
from pos.domain.scan_codes import stored_value_code
from pos.domain.stored_value import StoredValueKind, left_text, value_reference
from pos.domain.tax import TaxRate
from pos.domain.tender import CashPolicy, Payment, TenderKind
from pos.receipts.layouts import Layouts
from pos.receipts.text import as_text
from tests.customer_builders import a_customer
from tests.receipts.examples import (
    REPRINTED_MS,
    SHOP,
    eur,
    fiscal_sale,
    full_basket,
    full_sale,
    paper,
    product,
    sale_of,
)

WIDTHS = st.sampled_from([48, 42, 32])
LANGUAGES = st.sampled_from(["es", "en"])
WORDS = st.text(alphabet="abcñÑáéíóúü €ºª«»ABC", min_size=1, max_size=200)
RATES = st.sampled_from([TaxRate(2100), TaxRate(1000), TaxRate(400), TaxRate(0)])


@st.composite
def sales(draw: st.DrawFn) -> Sale:
    """Return sales of up to eight lines, counted and weighed, some discounted."""
    basket = Basket("019a9f1e-7c1a-7b3e-9d2f-3a4b5c6d7e8f", "EUR", 0, "s-1")
    for number in range(1, draw(st.integers(1, 8)) + 1):
        unit = draw(st.sampled_from([Unit.EACH, Unit.KILOGRAM]))
        price = draw(st.integers(1, 9_999_99))  # what all comes to can still be paid in notes
        sold = product(draw(WORDS), price, draw(RATES), unit)
        measure = draw(st.integers(1, 60)) * (1000 if unit.is_counted else 1)
        basket = basket.with_product(sold, Quantity(measure, unit), EntryMethod.SCANNED)
        if draw(st.booleans()):
            percent = draw(st.integers(1, 10_000))
            discount = Discount(DiscountKind.PERCENT, percent, draw(WORDS))
            basket = basket.with_discount(number, discount)
        if draw(st.booleans()):
            basket = basket.with_note(number, draw(WORDS))
    offers = [
        GivenPromotion(
            f"p{line.number}", draw(WORDS), (Share(line.number, eur(off)),),
            is_on_total=draw(st.booleans()),
        )
        for line in basket.lines
        if line.takes_promotions and (off := draw(st.integers(0, line.net.minor)))
    ]  # fmt: skip
    basket = basket.with_promotions(tuple(offers))
    total = basket.totals.total
    payment = Payment(total)
    if total:
        handed = eur(total.minor + draw(st.integers(0, 50_00)))
        payment = payment.with_cash(handed, CashPolicy())
    return sale_of(basket, payment)


def too_wide(document: Document) -> list[str]:
    """Return the lines that do not fit the paper."""
    blocks = [block for block in document.blocks if isinstance(block, Text | Table | Rule)]
    return [
        line.text
        for block in blocks
        for line in text_lines(block, document.columns)
        if display_width(line.text) > columns_in(line.style, document.columns)
    ]


def amounts(sale: Sale) -> list[Money]:
    """Return every amount that a customer may check."""
    lines = [amount for line in sale.sold_lines for amount in (line.gross, -line.discount)]
    off = [
        -total((share.amount for share in given.shares), sale.currency)
        for given in sale.promotions
    ]
    tax = [amount for entry in sale.tax for amount in (entry.base, entry.tax, entry.gross)]
    handed = [tender.tendered for tender in sale.tenders]
    return [amount for amount in (*lines, *off, *tax, *handed, sale.total, sale.change) if amount]


@given(sale=sales(), columns=WIDTHS, language=LANGUAGES)
def test_nothing_is_wider_than_the_paper_and_no_amount_is_missing(
    sale: Sale, columns: int, language: str
) -> None:
    on = paper(columns, language)

    document = Layouts(on).sale(sale, PrintKind.ORIGINAL)

    assert too_wide(document) == []
    printed = re.split(r"[^\d.,−]+", plain_text(document))
    assert [a for a in amounts(sale) if on.amount(a) not in printed] == []


@given(sale=sales(), columns=WIDTHS, language=LANGUAGES)
def test_a_gift_receipt_names_everything_and_prices_nothing(
    sale: Sale, columns: int, language: str
) -> None:
    document = Layouts(paper(columns, language)).sale(sale, PrintKind.GIFT)

    text = plain_text(document)
    assert too_wide(document) == []
    assert re.search(r"\d[.,]\d\d(?!\d)", text) is None
    assert str(sale.number) in text
    assert [line for line in sale.sold_lines if unspaced(line.name) not in unspaced(text)] == []


def unspaced(text: str) -> str:
    """Return a text without the spaces and line ends that depend on the paper."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("columns", [48, 42, 32])
def test_five_hundred_lines_are_all_printed(columns: int) -> None:
    basket = Basket("b-1", "EUR", 0, "s-1")
    for number in range(500):
        sold = product(f"Artículo {number:03d}", 100 + number)
        basket = basket.with_product(sold, Quantity.each(1), EntryMethod.SCANNED)
    sale = sale_of(basket, Payment(basket.totals.total).with_cash(eur(999_999), CashPolicy()))

    document = Layouts(paper(columns)).sale(sale, PrintKind.ORIGINAL)

    text = plain_text(document)
    assert all(f"Artículo {number:03d}" in text for number in range(500))
    assert too_wide(document) == []


def test_a_voided_line_leaves_no_trace_on_the_receipt() -> None:
    text = plain_text(Layouts(paper()).sale(full_sale(), PrintKind.ORIGINAL))

    assert "Vela" not in text
    assert "9,99" not in text


def test_only_a_copy_is_marked() -> None:
    layouts = Layouts(paper())

    assert "DUPLICADO" not in plain_text(layouts.sale(full_sale(), PrintKind.ORIGINAL))
    copy = plain_text(layouts.sale(full_sale(), PrintKind.DUPLICATE, at_ms=REPRINTED_MS, copy=2))
    assert "DUPLICADO" in copy
    assert "Copia n.º 2" in copy
    assert "Reimpreso: 21/11/2026 18:43" in copy


def test_the_time_is_that_of_the_shop() -> None:
    in_mexico = replace(SHOP, time_zone="America/Mexico_City")

    assert "21/11/2026 17:43" in plain_text(Layouts(paper()).sale(full_sale(), PrintKind.ORIGINAL))
    assert "21/11/2026 10:43" in plain_text(
        Layouts(paper(shop=in_mexico)).sale(full_sale(), PrintKind.ORIGINAL)
    )


def test_a_sale_has_no_receipt_of_another_kind() -> None:
    with pytest.raises(ValueError, match="z_report"):
        Layouts(paper()).sale(full_sale(), PrintKind.Z_REPORT)


def test_a_card_on_the_cashier_s_word_says_so() -> None:
    text = plain_text(Layouts(paper()).sale(full_sale(), PrintKind.ORIGINAL))

    assert "Aprobada (no verificada)" in text
    assert "Aut. 482913" in text


def test_a_sale_paid_with_cards_of_ours_names_them_by_four_characters() -> None:
    code = stored_value_code(StoredValueKind.GIFT_CARD, "7K3QW0M2ZX9RB4TH")
    reference = value_reference(code, "op-1").text
    basket = full_basket()
    payment = Payment(basket.totals.total)
    payment = payment.with_exact(
        TenderKind.GIFT_CARD, eur(20_00), reference=reference, authorisation=left_text(eur(5_00))
    )
    payment = payment.with_exact(TenderKind.STORE_CREDIT, payment.due, reference="of another")

    text = plain_text(Layouts(paper()).sale(sale_of(basket, payment), PrintKind.ORIGINAL))

    assert re.search(r"Tarjeta regalo +20,00.*\n +···B4TH · queda 5,00.€", text)
    assert "Saldo a favor" in text
    assert not any(part in text for part in (code[3:11], reference[5:20]))


def test_what_no_fiscal_module_stamped_is_not_called_an_invoice() -> None:
    demonstration = plain_text(Layouts(paper()).sale(full_sale(), PrintKind.ORIGINAL))
    stamped = plain_text(Layouts(paper()).sale(fiscal_sale(), PrintKind.ORIGINAL))

    assert "Factura" not in demonstration
    assert "Documento no fiscal – demostración" in demonstration
    assert "Factura simplificada" in stamped


@pytest.mark.parametrize("columns", [48, 42, 32])
def test_the_tax_office_s_qr_comes_first_and_is_30_to_40_mm_wide(columns: int) -> None:
    document = Layouts(paper(columns)).sale(fiscal_sale(), PrintKind.ORIGINAL)

    first, second = (block for block in document.blocks if isinstance(block, Qr))
    assert first.data.startswith("https://www2.agenciatributaria.gob.es/")
    assert 240 <= first.module * 49 <= 320  # version 8, as the standard's own example
    assert second.data.startswith("MR:FUEN:2-004318")
    assert "QR tributario:" in plain_text(document)


def test_a_code_too_long_for_narrow_paper_is_printed_as_qr_alone() -> None:
    narrow = Layouts(paper(32)).sale(full_sale(), PrintKind.ORIGINAL)
    wide = Layouts(paper(42)).sale(full_sale(), PrintKind.ORIGINAL)

    assert [block for block in narrow.blocks if isinstance(block, Barcode)] == []
    assert [block.data[:16] for block in narrow.blocks if isinstance(block, Qr)] == [
        "MR:FUEN:2-004318"
    ]
    assert len([block for block in wide.blocks if isinstance(block, Barcode)]) == 1


def test_large_tax_figures_stand_one_below_the_other_on_narrow_paper() -> None:
    basket = Basket("b-1", "EUR", 0, "s-1")
    for rate in (TaxRate(2100), TaxRate(1000)):
        sold = product("Piano", 98_765_43, rate)
        basket = basket.with_product(sold, Quantity.each(1), EntryMethod.SCANNED)
    sale = sale_of(basket, Payment(basket.totals.total).with_cash(eur(300_000_00), CashPolicy()))

    text = as_text(Layouts(paper(32)).sale(sale, PrintKind.ORIGINAL))

    lines = [line.replace("\u00a0", " ").split("  ") for line in text.splitlines()]
    stacked = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert ["A 21 %", "Base", "81.624,32"] in stacked
    assert ["Cuota", "8.978,68"] in stacked
    assert ["Suma", "Base", "171.411,07"] in stacked


def test_a_mail_writes_each_code_once_and_no_picture() -> None:
    layouts = Layouts(paper())

    text = layouts.text(layouts.sale(full_sale(), PrintKind.ORIGINAL))

    assert len(re.findall(r"MR:FUEN:2-004318\w\w", text)) == 1
    assert "[" not in text


def test_a_receipt_says_by_initials_whose_it_is_and_what_was_agreed_to_with_it() -> None:
    sale = replace(full_sale(), customer_id="carmen")
    agreed = Consent(ConsentKind.MARKETING_SMS, True, sale.opened_at_ms, "es-1", sale.till, "op")
    earlier = Consent(ConsentKind.SUGGESTIONS, True, sale.opened_at_ms - 1, "es-1", sale.till)
    carmen = a_customer(consents=(agreed, earlier))

    text = plain_text(Layouts(paper()).sale(sale, PrintKind.ORIGINAL, customer=carmen))
    gift = plain_text(Layouts(paper()).sale(sale, PrintKind.GIFT, customer=carmen))

    assert "Cliente: C. O. R." in text
    assert "Acepta: publicidad por SMS (texto es-1)" in text
    assert not re.search("Carmen|600000101|sugerencias", text)
    assert "Cliente" not in gift
