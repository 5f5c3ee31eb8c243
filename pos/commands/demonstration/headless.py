"""Plays the demonstration day under a virtual display and judges what came of it."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from hardware.receipt_printer.emulator.paper import Receipt
from hardware.receipt_printer.emulator.printer import EmulatedPrinter
from hardware.receipt_printer.emulator.server import TcpPrinterServer
from pos.commands.checking import check_folder
from pos.commands.demonstration.cashier import Cashier
from pos.commands.demonstration.counter_play import play_collecting
from pos.commands.demonstration.day import DAY
from pos.commands.demonstration.display import Display
from pos.commands.demonstration.eyes import Books, NotSeen, still_picture, wait_until
from pos.commands.demonstration.hand import Hand
from pos.commands.demonstration.opening import Opened, demonstration
from pos.commands.demonstration.processes import MOSTRADOR, Program, StageError
from pos.commands.demonstration.report import DemoReport
from pos.commands.demonstration.stand import WINDOW_TITLE, at_counter
from pos.commands.demonstration.steps import Say, Steps
from pos.commands.demonstration.together import bugs_in, play_together
from pos.store.data_folder import DataFolder
from sync.client import HubClient, HubRefused, HubUnreachable
from sync.credentials import load_credentials

SYNC_S = 60.0


def play(out: Path, data: Path | None, *, say: Say = lambda _: None) -> DemoReport:
    """Play the day; the report says what held. Leaves report.json, screens/ and receipts/.

    Raises:
        StageError: The display, the hub or the till could not be started at all.
    """
    folders = [out / "screens", out / "receipts", out / "logs"]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    report = DemoReport()
    started = time.monotonic()
    with ExitStack() as stack:
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mostrador-")))
        printer = EmulatedPrinter(48)
        server = stack.enter_context(TcpPrinterServer(printer))
        opened = stack.enter_context(demonstration(data, at_counter(server)))
        try:
            _play_on_stage(out, opened, printer, report, say)
        finally:
            _keep_logs(opened.folder, data, out / "logs")
        _judge(opened, printer, report)
        _keep_receipts(printer.receipts, out / "receipts")
        if not any(step.fault for step in report.steps):
            goes_on = play_together(out, opened, printer, report, say)
            play_collecting(out, replace(opened, folder=goes_on), printer, report, say)
    report.seconds = round(time.monotonic() - started, 1)
    report.judge()
    report.write(out / "report.json")
    return report


def _play_on_stage(
    out: Path, opened: Opened, printer: EmulatedPrinter, report: DemoReport, say: Say
) -> None:
    with _stage(out, opened) as (display, till):
        cashier = Cashier(
            Hand(display.name),
            Books(opened.folder.root),
            opened,
            printer,
            look=lambda: still_picture(display.picture),
        )
        steps = Steps(out / "screens", report, say)
        try:
            with steps.step("the till opens", display):
                cashier.hand.wait_for_window(WINDOW_TITLE)
            for name, shot, act in DAY:
                with steps.step(name, display, shot=shot):
                    act(cashier)
        except (NotSeen, StageError):
            if not till.is_running:
                report.faults.append(f"the till ended with {till.process.returncode}")
        finally:
            cashier.books.close()


@contextmanager
def _stage(out: Path, opened: Opened) -> Iterator[tuple[Display, Program]]:
    """Run the display and the till on it; the till is asked to end, and must."""
    display = Display(out / "logs")
    try:
        till = Program(
            [*MOSTRADOR, "till", "--data", str(opened.folder.root)],
            log=out / "logs" / "till.err",
            environment=display.environment,
        )
        try:
            yield display, till
        finally:
            till.stop()
    finally:
        display.stop()


def _judge(opened: Opened, printer: EmulatedPrinter, report: DemoReport) -> None:
    """Compare the books with themselves and with the hub, once everything has arrived there."""
    if not opened.hub.is_running:
        opened.hub.start()
    _send_the_rest(opened, report)
    checked = check_folder(opened.folder.root, opened.hub.url)
    report.tickets, report.total_minor = checked.sales, checked.total_minor
    report.violations = [f"{each.code}: {each.message}" for each in checked.violations]
    report.receipts = len(printer.receipts)
    report.faults += bugs_in(opened.folder)
    if printer.unknown:
        report.faults.append(f"the printer did not understand {printer.unknown[0]}")
    try:
        theirs = HubClient(opened.hub.url, load_credentials(opened.folder)).digest(checked.till)
    except (HubUnreachable, HubRefused) as error:
        report.faults.append(f"the hub: {error}")
        return
    report.hub_tickets, report.hub_total_minor = theirs.sales, theirs.total_minor
    report.by_tender = dict(theirs.by_tender)
    report.hub_agrees = (
        checked.waiting == 0
        and (theirs.sales, theirs.total_minor) == (checked.sales, checked.total_minor)
        and not any(each.code == "I6" for each in checked.violations)
    )


def _send_the_rest(opened: Opened, report: DemoReport) -> None:
    """Let an agent send what the till had not sent when it was closed."""
    from pos.commands.agent_keeper import agent_running

    books = Books(opened.folder.root)
    try:
        with agent_running(opened.folder):
            wait_until("the hub has everything", lambda: not books.waiting(), deadline_s=SYNC_S)
    except NotSeen as error:
        report.faults.append(str(error))
    finally:
        books.close()


def _keep_receipts(receipts: list[Receipt], folder: Path) -> None:
    for number, receipt in enumerate(receipts, 1):
        (folder / f"{number:02d}.txt").write_text(receipt.text, encoding="utf-8")
        receipt.picture().save(folder / f"{number:02d}.png")


def _keep_logs(till: DataFolder, data: Path, folder: Path) -> None:
    for log in (*till.logs.glob("*"), data / "hub.log"):
        if log.is_file():
            shutil.copy(log, folder / log.name)
