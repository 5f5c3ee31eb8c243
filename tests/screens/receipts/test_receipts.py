"""Finding a receipt again, and what the printer did not print."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.printing import PrintEvent, PrintKind, PrintState
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.scan_codes import receipt_code
from pos.screens.navigator import Screen
from pos.screens.ports import PrinterTrouble, Sound
from pos.screens.receipts.email import EmailEntryViewModel
from pos.screens.receipts.print_trouble import Remedy
from pos.screens.receipts.view import ReceiptsPage
from pos.screens.receipts.view_model import ReceiptsViewModel
from pos.services import print_jobs
from pos.services.hub_calls import FoundReceipts
from tests.screens.counter_kit import Kit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "receipts"


@pytest.fixture
def page(kit: Kit, folder: Path) -> ReceiptsPage:
    """Return the page of a till that sold three times."""
    for price in (10_00, 20_00, 30_00):
        kit.sold(price)
        kit.clock.at_ms += 60_000
    shown = ReceiptsPage(ReceiptsViewModel(kit.counter, kit.navigator, folder))
    kit.show(Screen.RECEIPTS, shown)
    return shown


def titles(page: ReceiptsPage) -> list[str]:
    return [row.title for row in page.list.rows.rows]


def test_the_latest_sale_is_first_and_chosen(page: ReceiptsPage) -> None:
    assert titles(page) == ["2-000003", "2-000002", "2-000001"]
    assert page.view_model.sale is not None
    assert str(page.view_model.sale.number) == "2-000003"
    assert page.view_model.lines[0].amount == "€30.00"


def test_typing_looks_for_a_number_and_escape_shows_all_again(page: ReceiptsPage) -> None:
    QTest.keyClicks(page, "01")
    found = titles(page)
    QTest.keyClick(page, Qt.Key.Key_Escape)

    assert found == ["2-000001"]
    assert len(titles(page)) == 3


def test_a_number_that_is_not_here_is_said(kit: Kit, page: ReceiptsPage) -> None:
    QTest.keyClicks(page, "2-000099")
    QTest.keyClick(page, Qt.Key.Key_Return)
    kit.devices.hub.answer(FoundReceipts())

    assert page.view_model.warned == "No receipt 2-000099, here or in the central system"
    assert kit.devices.sounds.played[-1] is Sound.REFUSED


def test_scanning_a_receipt_opens_it(kit: Kit, page: ReceiptsPage) -> None:
    code = ScannedCode(receipt_code("2-000001"), None, ScanSource.WEDGE)

    page.view_model.scanned(code)

    assert page.view_model.sale is not None
    assert str(page.view_model.sale.number) == "2-000001"
    assert kit.devices.sounds.played[-1] is Sound.ACCEPTED


def test_scanning_an_article_is_refused(kit: Kit, page: ReceiptsPage) -> None:
    page.view_model.scanned(ScannedCode("8410000000017", None, ScanSource.WEDGE))

    assert page.view_model.warned
    assert kit.devices.sounds.played == [Sound.REFUSED]


def test_the_arrows_go_through_the_list(page: ReceiptsPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_Down)

    assert page.list.chosen_row == 1
    assert str(page.view_model.sale.number) == "2-000002"  # type: ignore[union-attr]


def test_a_copy_of_a_printed_receipt_is_marked(kit: Kit, page: ReceiptsPage) -> None:
    sale = page.view_model.sale
    assert sale is not None
    print_jobs.queue_receipt(kit.counter.sign_on, sale)

    QTest.keyClicks(page, "r")

    assert [job.kind for job in kit.devices.printing.submitted] == [PrintKind.DUPLICATE]


def test_the_pdf_lies_in_the_folder_and_its_path_is_shown(
    page: ReceiptsPage, folder: Path
) -> None:
    page.pdf.click()

    assert (folder / "2-000003.pdf").read_bytes().startswith(b"%PDF")
    assert str(folder / "2-000003.pdf") in page.view_model.said


def test_a_folder_that_cannot_be_written_is_said_in_words(
    kit: Kit, page: ReceiptsPage, folder: Path
) -> None:
    folder.write_text("a file where the folder should be")

    page.pdf.click()

    assert page.view_model.warned.startswith("Cannot write")


def test_an_email_is_queued_for_the_chosen_sale(kit: Kit, page: ReceiptsPage) -> None:
    page.email.click()
    panel = kit.navigator.panel
    assert isinstance(panel, EmailEntryViewModel)

    panel.write("carmen@correo.es")
    panel.confirm()

    assert "c…n@correo.es" in page.view_model.said


def test_a_job_that_failed_waits_at_the_top_with_what_to_do(kit: Kit, page: ReceiptsPage) -> None:
    sale = page.view_model.sale
    assert sale is not None
    job = print_jobs.queue_receipt(kit.counter.sign_on, sale)
    job = print_jobs.advance(kit.counter.station, job, PrintEvent.NOTHING_SENT)

    kit.devices.printing.end(job, PrinterTrouble.NO_PAPER)
    page.view_model.choose(0)
    trouble = page.view_model.trouble

    assert titles(page)[0] == "Receipt 2-000003"
    assert trouble is not None
    assert "no paper" in trouble.text
    trouble.do(Remedy.AGAIN)
    assert kit.devices.printing.submitted[-1].job_id == job.job_id


def test_a_job_that_may_lie_in_the_tray_leaves_the_list_when_somebody_looked(
    kit: Kit, page: ReceiptsPage
) -> None:
    sale = page.view_model.sale
    assert sale is not None
    job = print_jobs.queue_receipt(kit.counter.sign_on, sale)
    for event in (PrintEvent.SENDING, PrintEvent.ANSWER_LOST):
        job = print_jobs.advance(kit.counter.station, job, event)
    kit.devices.printing.end(job, PrinterTrouble.OUTCOME_UNKNOWN)
    page.view_model.choose(0)

    page.notice.keys[0].click()

    with kit.store.reading() as records:
        stored = records.prints.get(job.job_id)
    assert stored is not None
    assert stored.state is PrintState.CONFIRMED
    assert titles(page)[0] == "2-000003"


def test_a_till_that_sold_nothing_says_what_will_be_here(kit: Kit, folder: Path) -> None:
    page = ReceiptsPage(ReceiptsViewModel(kit.counter, kit.navigator, folder))
    kit.show(Screen.RECEIPTS, page)

    assert page.teach.isVisible()
    assert not page.reprint.isEnabled()


def test_from_its_receipt_a_sale_is_taken_back(kit: Kit, page: ReceiptsPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_Down)
    QTest.keyClick(page, Qt.Key.Key_F6)

    asked = kit.navigator.arguments
    assert kit.navigator.current is Screen.RETURN
    assert str(getattr(asked["sale"], "number", "")) == "2-000002"
    assert asked["back"] is Screen.RECEIPTS
