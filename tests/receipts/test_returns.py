"""What the receipt of a return must say, whatever came back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from hardware.receipt_printer.layout import plain_text
from hardware.receipt_printer.simulator import SimulatedPrinter
from pos.domain.money import total
from pos.domain.printing import PrintKind
from pos.domain.quantity import Unit
from pos.domain.refund import RefundState
from pos.domain.return_purchase import Means
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.returns import Refund, Return, ReturnFlag, checked_return
from pos.domain.scan_codes import receipt_code
from pos.domain.tender import Tender, TenderKind
from pos.receipts.layouts import Layouts
from tests.receipts.examples import REPRINT, eur, full_sale, paper
from tests.receipts.return_examples import (
    CREDIT_CODE,
    gift,
    in_cash,
    line,
    mixed,
    offline,
    returned,
    stamped,
)
from tests.receipts.test_sale import LANGUAGES, RATES, WIDTHS, WORDS, too_wide


@st.composite
def returns(draw: st.DrawFn) -> Return:
    """Return documents of up to six lines, some partly kept, refunded one way or two."""
    lines = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        value = draw(st.integers(1, 99_999_99))
        unit = draw(st.sampled_from([Unit.EACH, Unit.KILOGRAM]))
        lines.append(
            line(
                number,
                draw(WORDS),
                value,
                unit=unit,
                quantity=draw(st.integers(1, 60)) * (1000 if unit.is_counted else 1),
                deduction=eur(draw(st.integers(0, value - 1))),
                tax_rate=draw(RATES),
                reason=draw(st.sampled_from(Reason)),
                condition=draw(st.sampled_from(Condition)),
                disposition=draw(st.sampled_from(Disposition)),
                note=draw(st.one_of(st.just(""), WORDS)),
            )
        )
    due = sum(each.refund.minor for each in lines)
    first = draw(st.integers(1, due))
    parts = [first, due - first] if due > first else [due]
    refunds = tuple(
        Refund(f"f-{at}", "s-1", draw(st.sampled_from(Means)), eur(part),
               state=draw(st.sampled_from(RefundState)))
        for at, part in enumerate(parts)
    )  # fmt: skip
    flags = draw(st.frozensets(st.sampled_from(ReturnFlag))) - {ReturnFlag.GIFT_RECEIPT}
    return returned(tuple(lines), refunds, flags=flags)


def said(document: Return, language: str = "es", **codes: str) -> str:
    """Return what the receipt says, in one line."""
    printed = Layouts(paper(48, language)).taken_back(document, codes=codes)
    return " ".join(plain_text(printed).replace("\u00a0", " ").split())


@given(document=returns(), columns=WIDTHS, language=LANGUAGES)
def test_nothing_is_wider_than_the_paper_and_no_amount_is_missing_or_has_another_sign(
    document: Return, columns: int, language: str
) -> None:
    on = paper(columns, language)

    printed = Layouts(on).taken_back(document)

    assert too_wide(printed) == []
    figures = re.split(r"[^\d.,−]+", plain_text(printed))
    taken = [-document.total, *(-each.value for each in document.lines)]
    taken += [-amount for one in document.tax_by_rate for amount in (one.base, one.tax, one.gross)]
    given_back = [one.amount for one in document.refunds if one.means is not Means.EXCHANGE]
    in_goods = [one.amount for one in document.refunds if one.means is Means.EXCHANGE]
    given_back.append(total(in_goods, "EUR"))
    given_back += [each.deduction for each in document.lines]
    expected = [on.amount(amount) for amount in (*taken, *given_back) if amount]
    assert [amount for amount in expected if amount not in figures] == []


@given(document=returns(), columns=WIDTHS, language=LANGUAGES)
def test_every_line_has_a_slip_for_its_bin_that_fits_the_paper(
    document: Return, columns: int, language: str
) -> None:
    on = paper(columns, language)

    slips = Layouts(on).bins(document)

    assert too_wide(slips) == []
    text = " ".join(plain_text(slips).split())
    assert text.count(str(document.number)) >= len(document.lines)
    assert all(on.words[f"bin_{each.disposition.value}"] in text for each in document.lines)


def test_the_examples_are_returns_that_add_up() -> None:
    for document in (in_cash(), mixed(), offline(), gift(), stamped()):
        assert checked_return(document) is document


def test_the_receipt_names_each_purchase_and_what_came_back_of_it() -> None:
    text = said(mixed())

    first, second = text.index("Compra 2-004318 21/11/2026"), text.index("Compra W-10311")
    assert first < text.index("Café molido") < second < text.index("Teléfono")
    assert "N.º de serie SN-2231-77 No se abona por el uso 15,00" in text
    assert "Gastos de envío −4,95" in text
    assert "Compensación −2,00 B esperó mucho" in text
    assert "TOTAL −119,54 €" in text


def test_a_refund_that_is_not_done_says_how_it_stands() -> None:
    text = said(mixed())

    assert "Pago en la web 90,00 Mastercard 1234 Solicitado: 3–5 días" in text
    assert "Tarjeta 5,00 Visa 7702 Pendiente de confirmar" in text
    assert "Tarjeta regalo 9,85 No se pudo abonar: se le debe" in text
    assert "Efectivo 10,00 Tarjeta" in text


def test_the_customer_signs_for_cash_and_for_nothing_else() -> None:
    assert "Firma del cliente" in said(in_cash())
    assert "Firma" not in said(gift())


def test_whoever_brings_a_gift_back_does_not_see_what_a_piece_of_it_cost() -> None:
    text = said(gift())

    assert "Con ticket regalo" in text
    assert "Manta de lana 2 ud Motivo" in text
    assert not {"50,00", "25,00", "9,99", "1,00"} & set(re.split(r"[^\d,]+", text))
    assert "TOTAL −58,99 €" in text


def test_a_return_of_a_till_alone_and_without_a_receipt_says_so() -> None:
    text = said(offline())

    assert "Hecha sin conexión: pendiente de confirmar" in text
    assert "Sin ticket de compra" in text
    assert "Compra " not in text
    assert "Saldo a favor 12,50 Pendiente de confirmar" in text


def test_the_code_of_a_credit_is_printed_where_it_is_known_and_else_only_its_end() -> None:
    known = {"f-1": CREDIT_CODE}

    assert CREDIT_CODE in said(gift(), **known)
    assert "7K3Q A1B2 C3D4 E5F6" in said(gift(), **known)
    assert CREDIT_CODE not in said(gift())
    assert "···E5F6" in said(gift())


def test_what_a_fiscal_module_stamped_is_a_corrective_invoice_and_else_it_is_not_called_one() -> (
    None
):
    assert "Factura simplificada rectificativa D2-000042" in said(stamped())
    assert "Corrective simplified invoice D2-000042" in said(stamped(), "en")
    assert "ectificativa" not in said(in_cash())


def test_a_copy_is_marked() -> None:
    copy = plain_text(Layouts(paper()).taken_back(in_cash(), REPRINT))

    assert "DUPLICADO" in copy
    assert "DUPLICADO" not in said(in_cash())


@pytest.mark.parametrize("columns", [48, 42, 32])
def test_return_and_credit_are_found_again_by_their_codes(columns: int) -> None:
    printer = SimulatedPrinter(columns)
    document = replace(gift(), fiscal=stamped().fiscal)

    printer.print(Layouts(paper(columns)).taken_back(document, codes={"f-1": CREDIT_CODE}))

    found = zxingcpp.read_barcodes(printer.receipts[-1].picture().convert("L"))
    assert {code.text for code in found} == {
        receipt_code("D2-000042", "FUEN"),
        CREDIT_CODE,
        stamped().fiscal.qr,
    }


def test_each_document_of_an_exchange_names_the_other() -> None:
    back = in_cash()
    whole, number = back.total.minor, "2-000417"
    parts = [(Means.CARD, 1_00), (Means.CASH, whole - 1_50)]
    goods = [
        Refund(
            f"x-{at}", back.refunds[0].purchase, Means.EXCHANGE, eur(amount), "s", origin=(by, "")
        )
        for at, (by, amount) in enumerate(parts)
    ]
    rest = replace(back.refunds[0], amount=eur(50))
    document = replace(back, refunds=(*goods, rest), exchange_id="s", exchange_number=number)
    taken = full_sale()
    tender = Tender(
        TenderKind.EXCHANGE, taken.total, taken.total, "r-1", authorisation="D2-000031"
    )

    on_return = plain_text(Layouts(paper()).taken_back(document))
    on_sale = plain_text(
        Layouts(paper()).sale(replace(taken, tenders=(tender,)), PrintKind.ORIGINAL)
    )

    lines = [" ".join(line.split()) for line in on_return.splitlines()]
    at = lines.index(f"Artículos a cambio {_amount(whole - 50)}")
    assert lines[at + 1 : at + 3] == [f"Cambio por {number}", "Efectivo 0,50"]
    assert "Devuelto (D2-000031)" in on_sale


def _amount(minor: int) -> str:
    return f"{minor // 100},{minor % 100:02}"
