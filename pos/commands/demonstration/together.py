"""Plays what two tills of a shop go through, and judges what came of it at each of them."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from hardware.receipt_printer.emulator.printer import EmulatedPrinter
from hardware.receipt_printer.emulator.server import TcpPrinterServer
from pos.commands.checking import check_folder
from pos.commands.demonstration import conflicts, sharing
from pos.commands.demonstration.cable import cable_to
from pos.commands.demonstration.eyes import NotSeen
from pos.commands.demonstration.floor import Floor
from pos.commands.demonstration.opening import Opened, other_till
from pos.commands.demonstration.processes import StageError
from pos.commands.demonstration.report import DemoReport, TillAtTheEnd
from pos.commands.demonstration.stand import Stand, at_counter
from pos.commands.demonstration.steps import Say, Steps
from pos.commands.demonstration.telephone import Telephone, browser
from pos.store.data_folder import DataFolder

HERE, THERE, COPY = range(3)
ENTRY = re.compile(r"^(?=\d{4}-\d\d-\d\d )", re.MULTILINE)

# What is done, the name of the picture taken then, of which till.
PLAN: tuple[tuple[str, str, int, Callable[[Floor], None]], ...] = (
    ("two tills of one shop, two shifts", "second-till", THERE, sharing.begin),
    ("the hub is lost, both sell on", "outage", HERE, sharing.lose_hub),
    ("the hub is back, everything is sent and agreed", "", HERE, sharing.find_hub),
    ("what would be there in an outage", "readiness", HERE, sharing.show_ready),
    ("a ticket is parked at the other till", "", THERE, sharing.park_there),
    ("the shop's tickets at the first till", "shop-tickets", HERE, sharing.show_shop_tickets),
    ("take it up there with a claim, sell it", "", HERE, sharing.take_it_here),
    ("sell at the other till", "", THERE, sharing.sell_there),
    ("find its receipt at the first", "receipt-of-other", HERE, sharing.find_there),
    ("print it once more", "", HERE, sharing.copy_it_here),
    ("ask for a discount from afar", "asked-from-afar", HERE, sharing.ask_from_afar),
    ("the manager grants it on her telephone", "", HERE, sharing.grant_it),
    ("a cable is pulled, a ticket taken up", "", HERE, conflicts.take_it_first),
    ("and once more where it was parked", "taken-twice", THERE, conflicts.take_it_there_too),
    ("the conflict desk tells of it", "desk", HERE, conflicts.tell_of_it),
    ("it is decided there", "desk-decided", HERE, conflicts.decide_here),
    ("the other till is copied", "copied", COPY, conflicts.copy_the_till),
    ("both sell under one number", "", THERE, conflicts.sell_at_both),
    ("both are told, the copy goes on apart", "copy-told", COPY, conflicts.tell_both),
    ("the original says so too", "original-told", THERE, conflicts.show_there),
    ("the manager decides on her telephone", "", HERE, conflicts.decide_from_afar),
    ("the first till's machine burns", "", THERE, conflicts.burn),
    ("it is restored from its copy and the hub", "restored", HERE, conflicts.restore),
    ("it goes on in a series of its own", "own-series", HERE, conflicts.go_on),
)


def play_together(
    out: Path, opened: Opened, printer: EmulatedPrinter, report: DemoReport, say: Say
) -> DataFolder:
    """Play `PLAN` on the hub and the till of the played day; the report says what held.

    Returns:
        The folder in which that till goes on: another, once it was restored.

    Raises:
        StageError: A display or the other till could not be started at all.
    """
    started = time.monotonic()
    steps = Steps(out / "screens", report, say)
    with open_floor(out, opened, printer) as floor:
        folders = [stand.folder for stand in floor.stands]
        try:
            with steps.step("the other till is enrolled, both open", floor.here.display):
                _open_both(floor)
            for name, shot, whose, act in PLAN:
                with steps.step(name, floor.stands[whose].display, shot=shot):
                    act(floor)
            report.tills = _stand_in_the_end(floor)
        except (NotSeen, StageError) as error:
            report.faults.append(f"two tills: {error}")
        report.faults += [said for stand in floor.stands if (said := stand.fault())]
        report.figures = {
            **floor.figures,
            "pictures_of_pages": floor.phone.pictures(),
            "browser": browser() or "none, so there are no pictures of the hub's pages",
        }
        goes_on = floor.here.folder
        folders.append(goes_on)
    for folder in dict.fromkeys(folders):
        report.faults += bugs_in(folder)
        _keep_logs(folder, out / "logs")
    report.figures["two_tills_seconds"] = round(time.monotonic() - started, 1)
    return goes_on


@contextmanager
def open_floor(out: Path, opened: Opened, printer: EmulatedPrinter) -> Iterator[Floor]:
    """Set up displays, cables, the other till's printer and folder; nothing is left behind."""
    with ExitStack() as stack:
        cable = stack.enter_context(cable_to(opened.hub.url))
        far_cable = stack.enter_context(cable_to(opened.hub.url))
        other_printer = stack.enter_context(TcpPrinterServer(EmulatedPrinter(48)))
        other = other_till(opened, at_counter(other_printer), hub=cable.url)
        root = other.folder.root
        copied = replace(other, folder=DataFolder(root.with_name(f"{root.name}-copy")))

        def stand(name: str, of: Opened, paper: EmulatedPrinter) -> Stand:
            made = Stand(name, of, paper, out / "logs")
            stack.callback(made.close)
            return made

        phone = Telephone(opened.hub.url)
        stack.callback(phone.close)
        yield Floor(
            opened=opened,
            here=stand("first", opened, printer),
            there=stand("other", other, other_printer.printer),
            copy=stand("copy", copied, other_printer.printer),
            cable=cable,
            far_cable=far_cable,
            phone=phone,
            pages=out / "pages",
        )


def _open_both(floor: Floor) -> None:
    for stand in (floor.here, floor.there):
        stand.open()
    for stand in (floor.here, floor.there):
        stand.wait()


def _stand_in_the_end(floor: Floor) -> list[TillAtTheEnd]:
    """Verify the books of each till, and compare them with the hub's."""
    hub = floor.opened.hub.url
    ends = []
    for stand in floor.stands:
        checked = check_folder(stand.folder.root, hub)
        theirs = floor.at_hub(stand)
        end = TillAtTheEnd(
            f"{checked.till} {stand.folder.root.name}",
            checked.sales,
            checked.total_minor,
            theirs.sales,
            theirs.total_minor,
            [f"{each.code}: {each.message}" for each in checked.violations],
            f"{checked.of_copies} more are of its copy" if checked.of_copies else "",
        )
        ends.append(end)
    sold = floor.sold_by_copies()
    for end in ends[1:]:
        if (end.hub_sales, end.hub_total_minor) != (len(sold), sum(sold.values())):
            end.violations.append(f"the two copies sold {len(sold)}, the hub says {end.hub_sales}")
    return ends


def bugs_in(till: DataFolder) -> list[str]:
    """Return what went wrong in a till's window although it went on."""
    log = till.logs / "till.log"
    text = log.read_text(encoding="utf-8") if log.exists() else ""
    last_lines = [
        entry.strip().splitlines()[-1]
        for entry in ENTRY.split(text)
        if " CRITICAL " in entry.partition("\n")[0]
    ]
    return [f"a bug in the window: {line}" for line in sorted(set(last_lines))]


def _keep_logs(till: DataFolder, logs: Path) -> None:
    target = logs / till.root.name
    target.mkdir(parents=True, exist_ok=True)
    for log in till.logs.glob("*"):
        if log.is_file():
            shutil.copy(log, target / log.name)
