"""After the sale: the change, how to hand it out, and the receipt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.journal import FactKind
from pos.domain.printing import PrintEvent, PrintJob, PrintKind, PrintState
from pos.screens.change.view import ChangePage
from pos.screens.change.view_model import ChangeViewModel
from pos.screens.navigator import Screen
from pos.screens.ports import PrinterTrouble
from pos.screens.receipts.email import EmailEntryViewModel, hidden, is_address
from pos.screens.receipts.preview import PreviewViewModel
from pos.screens.receipts.print_trouble import PrintTroubleViewModel, PrintWatch, Remedy
from pos.services import print_jobs
from pos.settings import TillSettings
from pos.store.outbox import AgentStore
from tests.builders import KEY
from tests.screens.counter_kit import Kit, open_kit


def page_of(kit: Kit, price: int = 52_00, tendered: int = 60_00) -> ChangePage:
    """Return the page after a cash sale."""
    kit.sold(price, tendered=tendered)
    page = ChangePage(ChangeViewModel(kit.counter, kit.navigator))
    kit.show(Screen.CHANGE, page)
    return page


def printed(kit: Kit) -> list[PrintKind]:
    return [job.kind for job in kit.devices.printing.submitted]


def in_state(kit: Kit, job: PrintJob, *events: PrintEvent) -> PrintJob:
    """Move a stored job as the printer's thread does."""
    for event in events:
        job = print_jobs.advance(kit.counter.station, job, event)
    return job


def test_the_change_is_shown_with_the_notes_and_coins_that_make_it_up(kit: Kit) -> None:
    page = page_of(kit)

    chips = [chip.accessibleName() for chip in page.chips if chip.isVisible()]
    assert page.amount.text() == "€8.00"
    assert chips == ["1 × €5", "1 × €2", "1 × €1"]
    assert [value.text() for _, value in page.facts] == ["€52.00", "€60.00", "2-000001"]


def test_enter_prints_the_receipt_and_serves_the_next_customer(kit: Kit) -> None:
    page = page_of(kit)

    QTest.keyClick(page.next, Qt.Key.Key_Return)

    assert printed(kit) == [PrintKind.ORIGINAL]
    assert kit.navigator.current is Screen.SALE


def test_a_printed_receipt_is_not_printed_again_by_going_on(kit: Kit) -> None:
    page = page_of(kit)

    QTest.keyClicks(page, "1")
    QTest.keyClicks(page, "1")
    QTest.keyClick(page.next, Qt.Key.Key_Return)

    assert printed(kit) == [PrintKind.ORIGINAL]


def test_a_shop_that_always_prints_does_so_at_once(tmp_path: Path, qapp: object) -> None:
    settings = TillSettings("FUEN", 2, "http://hub.example:8000", receipts="always")
    kit = open_kit(tmp_path, settings=settings)

    page_of(kit)

    assert printed(kit) == [PrintKind.ORIGINAL]
    kit.close()


def test_the_gift_receipt_has_a_job_of_its_own(kit: Kit) -> None:
    page = page_of(kit)

    QTest.keyClicks(page, "4")

    assert printed(kit) == [PrintKind.GIFT]


def test_the_receipt_on_the_screen_replaces_the_paper(kit: Kit) -> None:
    page = page_of(kit)

    QTest.keyClicks(page, "3")
    panel = kit.navigator.panel
    assert isinstance(panel, PreviewViewModel)
    panel.close()
    QTest.keyClick(page.next, Qt.Key.Key_Return)

    assert printed(kit) == []
    assert kit.navigator.current is Screen.SALE


def test_a_receipt_by_email_is_queued_and_the_address_is_not_in_the_journal(
    kit: Kit, tmp_path: Path
) -> None:
    page = page_of(kit)

    QTest.keyClicks(page, "2")
    panel = kit.navigator.panel
    assert isinstance(panel, EmailEntryViewModel)
    panel.write("carmen@correo")
    panel.confirm()
    still_open = kit.navigator.panel is panel
    panel.write("carmen@correo.es")
    panel.confirm()

    assert still_open
    assert page.view_model.sent_to == "c…n@correo.es"
    agent = AgentStore(tmp_path / "till.db", key=KEY)
    job = agent.next_email(kit.clock.now_ms())
    facts = {fact.kind: fact.body_json for fact in agent.pending(100, 1_000_000)}
    agent.close()
    assert job is not None
    assert job.recipient == "carmen@correo.es"
    assert "recipient_hash" in facts[FactKind.RECEIPT_EMAILED]
    assert not any("carmen" in body for body in facts.values())


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("ana@tienda.es", True),
        ("ana.b+x@sub.tienda.com.mx", True),
        ("ana", False),
        ("ana@tienda", False),
        ("ana b@tienda.es", False),
        ("ana@tienda.es, eva@x.es", False),
        ("", False),
    ],
)
def test_only_what_can_be_an_address_is_taken(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one


def test_an_address_is_shown_so_that_nobody_reads_it_over_the_shoulder() -> None:
    assert hidden("carmen@correo.es") == "c…n@correo.es"
    assert hidden("a@b.es") == "…@b.es"


def test_a_printer_without_paper_is_said_while_the_sale_stands(kit: Kit) -> None:
    page = page_of(kit)
    page.view_model.choose("1")
    job = in_state(kit, kit.devices.printing.submitted[0], PrintEvent.NOTHING_SENT)

    kit.devices.printing.end(job, PrinterTrouble.NO_PAPER)
    told = page.notice.text.text()
    page.notice.keys[0].click()

    assert "no paper" in told
    assert "The sale is saved." in told
    assert kit.devices.printing.submitted[-1] == job
    assert not page.notice.isVisible()


def test_a_lost_printer_is_asked_about_and_never_blindly_repeated(kit: Kit) -> None:
    page = page_of(kit)
    page.view_model.choose("1")
    job = kit.devices.printing.submitted[0]
    lost = in_state(kit, job, PrintEvent.SENDING, PrintEvent.ANSWER_LOST)
    kit.devices.printing.end(lost, PrinterTrouble.OUTCOME_UNKNOWN)
    trouble = page.view_model.trouble
    assert trouble is not None
    assert [one.remedy for one in trouble.remedies] == [Remedy.CAME_OUT, Remedy.COPY]

    trouble.do(Remedy.COPY)

    assert printed(kit) == [PrintKind.ORIGINAL, PrintKind.DUPLICATE]
    with kit.store.reading() as records:
        left = [one.job_id for one in records.prints.unfinished()]
    assert job.job_id not in left


def test_a_person_may_say_that_the_paper_came_out(kit: Kit) -> None:
    page = page_of(kit)
    page.view_model.choose("1")
    job = kit.devices.printing.submitted[0]
    lost = in_state(kit, job, PrintEvent.SENDING, PrintEvent.ANSWER_LOST)
    kit.devices.printing.end(lost, PrinterTrouble.OUTCOME_UNKNOWN)

    page.notice.keys[0].click()

    with kit.store.reading() as records:
        stored = records.prints.get(job.job_id)
    assert stored is not None
    assert stored.state is PrintState.CONFIRMED
    assert page.view_model.trouble is None


def test_a_drawer_that_stays_shut_is_said(kit: Kit) -> None:
    page = page_of(kit)

    kit.devices.printing.drawer_failed.emit()

    assert "key" in page.view_model.drawer_text
    assert page.view_model.drawer_failed


def test_trouble_that_comes_after_the_cashier_went_on_opens_a_panel_beside_the_sale(
    kit: Kit,
) -> None:
    watch = PrintWatch(kit.counter, kit.navigator)
    kit.sold(52_00)
    assert kit.counter.last_sale is not None
    job = print_jobs.queue_receipt(kit.counter.sign_on, kit.counter.last_sale)
    kit.navigator.go(Screen.SALE)

    kit.devices.printing.end(replace(job, state=PrintState.FAILED), PrinterTrouble.COVER_OPEN)

    assert isinstance(kit.navigator.panel, PrintTroubleViewModel)
    assert watch is not None
