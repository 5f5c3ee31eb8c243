"""A receipt is printed once as the original, whatever happens on the way to the paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from hardware.cash_drawer.simulator import SimulatedDrawer
from hardware.receipt_printer.port import Paper
from hardware.receipt_printer.simulator import SimulatedPrinter
from pos.devices.printing import PrintDesk
from pos.domain.errors import StoreUnavailable
from pos.domain.printing import PrintJob, PrintKind, PrintState
from pos.domain.sale import Sale
from pos.domain.till_session import CashCount
from pos.receipts.layouts import Layouts
from pos.screens.ports import PrinterTrouble
from pos.services import pay, print_jobs, till_session
from pos.services.workstation import SignOn
from tests.receipts.examples import paper
from tests.services.conftest import Shop
from tests.services.test_pay import eur, to_pay

DUPLICATE = "DUPLICADO"


@pytest.fixture
def printer() -> SimulatedPrinter:
    return SimulatedPrinter()


@pytest.fixture
def desk(shop: Shop, printer: SimulatedPrinter, qtbot: QtBot) -> Iterator[PrintDesk]:
    made = PrintDesk(shop.station, Layouts(paper()), printer, SimulatedDrawer())
    yield made
    made.finish()


@pytest.fixture
def sale(at_work: SignOn) -> Sale:
    step = pay.take_cash(at_work, to_pay(at_work), eur(7_95))
    assert isinstance(step, pay.Paid)
    return step.sale


def ended(qtbot: QtBot, desk: PrintDesk, job: PrintJob) -> tuple[PrintJob, PrinterTrouble]:
    with qtbot.waitSignal(desk.finished) as signal:
        desk.submit(job)
    done, trouble = signal.args or (None, None)
    assert isinstance(done, PrintJob)
    assert isinstance(trouble, PrinterTrouble)
    return done, trouble


def originals(printer: SimulatedPrinter) -> int:
    return sum(DUPLICATE not in receipt.text for receipt in printer.receipts)


def test_a_receipt_asked_for_twice_in_a_hurry_is_printed_once(
    qtbot: QtBot, desk: PrintDesk, printer: SimulatedPrinter, at_work: SignOn, sale: Sale
) -> None:
    job = print_jobs.queue_receipt(at_work, sale)

    first, _ = ended(qtbot, desk, job)
    second, trouble = ended(qtbot, desk, job)

    assert (first, trouble) == (second, PrinterTrouble.NONE)
    assert len(printer.receipts) == 1


def test_without_paper_the_original_waits_and_is_printed_once_however_it_is_asked_again(
    qtbot: QtBot, desk: PrintDesk, printer: SimulatedPrinter, at_work: SignOn, sale: Sale
) -> None:
    printer.faults.paper = Paper.OUT
    job, trouble = ended(qtbot, desk, print_jobs.queue_receipt(at_work, sale))
    assert (job.state, trouble) == (PrintState.FAILED, PrinterTrouble.NO_PAPER)
    printer.faults.paper = Paper.OK

    ended(qtbot, desk, print_jobs.queue_receipt(at_work, sale))
    ended(qtbot, desk, job)

    assert originals(printer) == 1
    assert len(printer.receipts) == 1


@pytest.mark.parametrize("arrived", [1, 60, 400, 900])
def test_a_line_that_breaks_in_the_middle_leaves_only_a_marked_copy_to_print(
    qtbot: QtBot,
    desk: PrintDesk,
    printer: SimulatedPrinter,
    at_work: SignOn,
    sale: Sale,
    arrived: int,
) -> None:
    job = print_jobs.queue_receipt(at_work, sale)
    printer.line.drop_after_bytes = arrived + 12  # after the status was asked

    broken, trouble = ended(qtbot, desk, job)
    again, _ = ended(qtbot, desk, broken)
    copy, _ = ended(qtbot, desk, print_jobs.queue_receipt(at_work, sale))

    assert (broken.state, trouble) == (PrintState.UNKNOWN, PrinterTrouble.OUTCOME_UNKNOWN)
    assert again == broken
    assert (copy.kind, copy.state) == (PrintKind.DUPLICATE, PrintState.CONFIRMED)
    assert originals(printer) <= 1


def test_two_copies_of_one_moment_have_numbers_of_their_own(
    qtbot: QtBot, desk: PrintDesk, printer: SimulatedPrinter, at_work: SignOn, sale: Sale
) -> None:
    for _ in range(3):
        ended(qtbot, desk, print_jobs.queue_receipt(at_work, sale))

    texts = [receipt.text for receipt in printer.receipts]
    assert len(set(texts)) == 3


def test_an_x_that_waited_for_paper_is_not_printed_as_a_z(
    qtbot: QtBot, desk: PrintDesk, printer: SimulatedPrinter, at_work: SignOn
) -> None:
    report = till_session.x_report(at_work)
    job = print_jobs.queue_slip(at_work, PrintKind.X_REPORT, report.session.session_id)
    till_session.submit_count(at_work, CashCount("EUR", {50_00: 2}))
    till_session.close_session(at_work)

    done, trouble = ended(qtbot, desk, job)

    assert (done.state, trouble) == (PrintState.FAILED, PrinterTrouble.OTHER)
    assert printer.receipts == []


def test_a_full_disk_at_the_printer_is_said_and_not_a_crash(
    qtbot: QtBot,
    desk: PrintDesk,
    at_work: SignOn,
    sale: Sale,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = print_jobs.queue_receipt(at_work, sale)

    def full(*_: object) -> PrintJob:
        raise StoreUnavailable("disk full")

    monkeypatch.setattr(print_jobs, "advance", full)

    assert ended(qtbot, desk, job) == (job, PrinterTrouble.OTHER)
