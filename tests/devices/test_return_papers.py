"""The papers of a return off an emulated printer, as they are stored by then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from hardware.cash_drawer.simulator import SimulatedDrawer
from hardware.receipt_printer.simulator import SimulatedPrinter
from pos.devices.printing import PrintDesk
from pos.domain.credit_code import credit_code
from pos.domain.printing import PrintKind
from pos.domain.quantity import THOUSAND
from pos.domain.refund import RefundEvent, RefundState
from pos.domain.reissue import Reissue
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund, Return
from pos.domain.stored_value import StoredValueKind, value_reference
from pos.receipts.layouts import Layouts
from pos.services import print_jobs
from pos.services.record_return import resolve_refund
from pos.services.return_rules import ReturnRules
from pos.services.workstation import SignOn
from tests.devices.test_printing import ended
from tests.receipts.examples import paper
from tests.services.conftest import Shop
from tests.services.return_things import draft, sold, taken_back, untouched

TILL_KEY = b"s" * 32


@pytest.fixture
def printer() -> SimulatedPrinter:
    return SimulatedPrinter()


@pytest.fixture
def desk(shop: Shop, printer: SimulatedPrinter, qtbot: QtBot) -> Iterator[PrintDesk]:
    rules = ReturnRules(
        credit_code=lambda refund_id: credit_code(TILL_KEY, refund_id),
        gift_code=lambda refund_id: credit_code(TILL_KEY, refund_id, StoredValueKind.GIFT_CARD),
    )
    station = replace(shop.station, returns=rules)
    made = PrintDesk(station, Layouts(paper()), printer, SimulatedDrawer())
    yield made
    made.finish()


def returned(sign_on: SignOn, **changes: object) -> Return:
    """Return one of two pieces, refunded once, with these changes to the refund."""
    made = draft(sign_on, untouched(sold(sign_on, 2)), (1, THOUSAND))
    (refund,) = made.refunds
    return taken_back(sign_on, replace(made, refunds=(replace(refund, **changes),)))  # type: ignore[arg-type]


def printed(
    qtbot: QtBot, desk: PrintDesk, printer: SimulatedPrinter, sign_on: SignOn, document: Return
) -> str:
    ended(qtbot, desk, print_jobs.queue_receipt(sign_on, document))
    return " ".join(printer.receipts[-1].text.replace("\u00a0", " ").split())


def test_the_second_paper_of_a_return_is_marked_with_its_number(
    qtbot: QtBot, desk: PrintDesk, printer: SimulatedPrinter, at_work: SignOn
) -> None:
    document = returned(at_work)

    first, second, third = (printed(qtbot, desk, printer, at_work, document) for _ in range(3))

    assert "DEVOLUCIÓN" in first
    assert "DUPLICADO" not in first
    assert "Copia n.º 1" in second
    assert "Copia n.º 2" in third
    assert all("D2-000001" in text for text in (first, second, third))


def test_a_copy_says_how_a_refund_stands_by_now(
    qtbot: QtBot, desk: PrintDesk, printer: SimulatedPrinter, at_work: SignOn
) -> None:
    document = returned(at_work, state=RefundState.REQUESTED, means=Means.CARD, reference="a")
    (refund,) = document.refunds

    before = printed(qtbot, desk, printer, at_work, document)
    with at_work.station.store.transaction() as records:
        resolve_refund(
            at_work, records, document.return_id, refund.refund_id, RefundEvent.CONFIRMATION
        )
    after = printed(qtbot, desk, printer, at_work, document)

    assert "Solicitado: 3–5 días" in before.replace("3-5", "3–5")
    assert "Solicitado" not in after


def test_the_till_that_gave_credit_prints_its_code_and_shows_it_nowhere_else(
    qtbot: QtBot, desk: PrintDesk, printer: SimulatedPrinter, at_work: SignOn
) -> None:
    code = credit_code(TILL_KEY, "refund-1")
    reference = value_reference(code).text
    document = returned(
        at_work, refund_id="refund-1", means=Means.STORE_CREDIT, reference=reference
    )

    assert code in printed(qtbot, desk, printer, at_work, document)
    assert code in printed(qtbot, desk, printer, at_work, document)
    assert code not in desk.text(document)


def test_a_new_gift_card_is_printed_as_a_voucher_with_its_code_and_what_is_on_it(
    qtbot: QtBot, desk: PrintDesk, printer: SimulatedPrinter, at_work: SignOn
) -> None:
    code = credit_code(TILL_KEY, "refund-1", StoredValueKind.GIFT_CARD)
    document = returned(
        at_work,
        refund_id="refund-1",
        means=Means.GIFT_CARD,
        reference=value_reference(code).text,
    )

    text = printed(qtbot, desk, printer, at_work, document)

    assert code.startswith("MG:")
    assert code in text
    assert "Tarjeta regalo: 7,95" in text


def test_credit_of_another_key_keeps_its_code(
    qtbot: QtBot, desk: PrintDesk, printer: SimulatedPrinter, at_work: SignOn
) -> None:
    foreign = value_reference(credit_code(b"x" * 32, "refund-1")).text
    document = returned(at_work, refund_id="refund-1", means=Means.STORE_CREDIT, reference=foreign)

    text = printed(qtbot, desk, printer, at_work, document)

    assert "MV:" not in text
    assert "···" in text


def test_each_line_has_its_slip_for_the_bin(
    qtbot: QtBot, desk: PrintDesk, printer: SimulatedPrinter, at_work: SignOn
) -> None:
    document = returned(at_work)

    ended(qtbot, desk, print_jobs.queue_slip(at_work, PrintKind.BINS, document.return_id))

    text = " ".join(printer.receipts[-1].text.split())
    assert "A LA VENTA" in text
    assert "D2-000001" in text


def test_what_was_owed_has_a_paper_of_its_own_with_the_code_of_the_credit(
    qtbot: QtBot, desk: PrintDesk, printer: SimulatedPrinter, at_work: SignOn
) -> None:
    document = returned(at_work, state=RefundState.FAILED, means=Means.CARD, reference="a")
    (failed,) = document.refunds
    code = credit_code(TILL_KEY, "refund-2")
    refund = Refund(
        "refund-2", failed.purchase, Means.STORE_CREDIT, failed.amount, value_reference(code).text,
        replaces=failed.refund_id,
    )  # fmt: skip
    reissue = Reissue(
        document.return_id, str(document.number), failed.refund_id, refund, "", "lucia",
        at_work.session_id, 1,
    )  # fmt: skip
    with at_work.station.store.transaction() as records:
        records.returns.reissues.add(reissue)

    ended(qtbot, desk, print_jobs.queue_slip(at_work, PrintKind.REISSUE, failed.refund_id))
    paper_now = printer.receipts[-1].text
    copy = printed(qtbot, desk, printer, at_work, document)

    assert "ABONO DE LO PENDIENTE" in paper_now
    assert f"De la devolución {document.number}" in paper_now
    assert code in paper_now
    assert "No se pudo abonar así" in copy
    assert "Abono de lo pendiente" in copy
    assert code not in copy
