"""Returns among the receipts: seen for what they are, found by their number, printed again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.printing import PrintEvent, PrintKind
from pos.domain.quantity import THOUSAND
from pos.domain.return_purchase import Means
from pos.domain.returns import Return
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.scan_codes import receipt_code
from pos.screens.navigator import Screen
from pos.screens.ports import PrinterTrouble
from pos.screens.receipts.email import EmailEntryViewModel
from pos.screens.receipts.print_trouble import Remedy
from pos.screens.receipts.view import ReceiptsPage
from pos.screens.receipts.view_model import ReceiptsViewModel
from pos.services import print_jobs
from pos.services.hub_calls import FoundReceipts
from tests.screens.counter_kit import Kit
from tests.services.return_things import draft, taken_back, untouched


@pytest.fixture
def returned(kit: Kit) -> Return:
    """Return what came back of a sale; another sale was made later."""
    kit.sold(10_00)
    kit.clock.at_ms += 60_000
    with kit.store.reading() as records:
        (sale,) = records.sales.recent(1)
    document = taken_back(
        kit.counter.sign_on,
        draft(kit.counter.sign_on, untouched(sale), (1, THOUSAND), means=Means.CASH),
    )
    kit.clock.at_ms += 60_000
    kit.sold(20_00)
    return document


@pytest.fixture
def page(kit: Kit, tmp_path: Path, returned: Return) -> ReceiptsPage:
    shown = ReceiptsPage(ReceiptsViewModel(kit.counter, kit.navigator, tmp_path / "receipts"))
    kit.show(Screen.RECEIPTS, shown)
    return shown


def choose(page: ReceiptsPage, document: Return) -> None:
    keys = [line.key for line in page.view_model.lines]
    page.view_model.choose(keys.index(document.return_id))


def test_a_return_stands_between_the_sales_with_minus_icon_colour_and_word(
    page: ReceiptsPage,
) -> None:
    latest, row, first = page.list.rows.rows

    assert [latest.title, row.title, first.title] == ["2-000002", "D2-000001", "2-000001"]
    assert (row.right, row.icon, row.tone) == ("−€10.00", "return", "danger")
    assert row.second.startswith("Return · ")
    assert row.middle == "Cash"
    assert (first.icon, first.tone) == ("", "")


def test_its_number_typed_or_scanned_finds_it(
    kit: Kit, page: ReceiptsPage, returned: Return
) -> None:
    QTest.keyClicks(page, "d2-")
    typed = [row.title for row in page.list.rows.rows]
    QTest.keyClick(page, Qt.Key.Key_Escape)
    page.view_model.choose(0)

    code = receipt_code(str(returned.number), kit.counter.station.shop)
    page.view_model.scanned(ScannedCode(code, None, ScanSource.WEDGE))

    assert typed == ["D2-000001"]
    assert page.view_model.document == returned
    assert kit.devices.hub.looked_for == []


def test_a_return_of_another_shop_with_that_number_is_not_ours(
    kit: Kit, page: ReceiptsPage, returned: Return
) -> None:
    code = receipt_code(str(returned.number), "GAVA")

    page.view_model.scanned(ScannedCode(code, None, ScanSource.WEDGE))
    kit.devices.hub.answer(FoundReceipts())

    assert page.view_model.document is None
    assert kit.devices.hub.looked_for == [("D2-000001", "GAVA")]


def test_its_receipt_is_shown_copied_saved_and_mailed_but_there_is_none_for_a_gift(
    kit: Kit, page: ReceiptsPage, returned: Return, tmp_path: Path
) -> None:
    print_jobs.queue_receipt(kit.counter.sign_on, returned)
    choose(page, returned)

    QTest.keyClicks(page, "rgp")
    page.email.click()
    panel = kit.navigator.panel
    assert isinstance(panel, EmailEntryViewModel)
    panel.write("carmen@correo.es")
    panel.confirm()

    (job,) = kit.devices.printing.submitted
    assert (job.kind, job.subject_id) == (PrintKind.RETURN_COPY, returned.return_id)
    assert not page.gift.isEnabled()
    assert (tmp_path / "receipts" / "D2-000001.pdf").read_bytes() == b"%PDF D2-000001"
    assert "c…n@correo.es" in page.view_model.said
    assert page.view_model.picture is not None


def test_a_receipt_of_a_return_that_failed_waits_with_what_to_do(
    kit: Kit, page: ReceiptsPage, returned: Return
) -> None:
    job = print_jobs.queue_receipt(kit.counter.sign_on, returned)
    job = print_jobs.advance(kit.counter.station, job, PrintEvent.NOTHING_SENT)

    kit.devices.printing.end(job, PrinterTrouble.NO_PAPER)
    page.view_model.choose(0)
    trouble = page.view_model.trouble

    assert page.list.rows.rows[0].title == "Receipt of a return D2-000001"
    assert trouble is not None
    assert trouble.text.endswith("The return is saved.")
    assert [word.remedy for word in trouble.remedies] == [Remedy.AGAIN, Remedy.ON_SCREEN]
    assert page.view_model.document == returned


def test_a_receipt_that_may_have_come_out_is_replaced_by_a_marked_copy(
    kit: Kit, page: ReceiptsPage, returned: Return
) -> None:
    job = print_jobs.queue_receipt(kit.counter.sign_on, returned)
    for event in (PrintEvent.SENDING, PrintEvent.ANSWER_LOST):
        job = print_jobs.advance(kit.counter.station, job, event)
    kit.devices.printing.end(job, PrinterTrouble.OUTCOME_UNKNOWN)
    page.view_model.choose(0)
    trouble = page.view_model.trouble
    assert trouble is not None

    trouble.do(Remedy.COPY)

    assert [one.kind for one in kit.devices.printing.submitted] == [PrintKind.RETURN_COPY]
