"""Plays what comes from the web at one till: collected with the hub and without, and returned."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from hardware.receipt_printer.emulator.printer import EmulatedPrinter
from pos.commands.checking import check_folder
from pos.commands.demonstration import collecting, exchanging, returning
from pos.commands.demonstration.collecting import Pickups
from pos.commands.demonstration.eyes import NotSeen
from pos.commands.demonstration.opening import Opened
from pos.commands.demonstration.processes import StageError
from pos.commands.demonstration.report import DemoReport
from pos.commands.demonstration.stand import Stand
from pos.commands.demonstration.steps import Say, Steps
from pos.commands.demonstration.together import bugs_in
from pos.commands.demonstration.web_shop import WebShop

# What is done, and the name of the picture taken then.
PLAN: tuple[tuple[str, str, Callable[[Pickups], None]], ...] = (
    ("the shift for collecting", "", collecting.begin),
    ("orders come in while somebody sells", "orders-come", collecting.orders_come),
    ("the queue of orders", "pickups", collecting.show_queue),
    ("fetch an order by scanning it", "picking", collecting.fetch_paid),
    ("a shelf for its parcel", "shelf", collecting.find_shelf_paid),
    ("labelled, the customer told", "", collecting.put_away_paid),
    ("prepare the others", "", collecting.prepare_others),
    ("she shows her code, leaves a cup", "handover", collecting.carmen_comes),
    ("handed over, the cup refunded", "handed-over", collecting.carmen_goes),
    ("he pays here, and adds something", "handover-to-pay", collecting.javier_comes),
    ("one payment, one act", "", collecting.javier_pays),
    ("the hub is gone, a customer comes", "handover-alone", collecting.lose_hub),
    ("handed over without network", "handed-over-alone", collecting.hand_over_alone),
    ("the hub hears of it", "collected", collecting.find_hub),
    ("three for two is sold", "", returning.sell_three_for_two),
    ("one of the three comes back", "return", returning.bring_a_bar_back),
    ("a third of the price goes back", "returned", returning.give_a_third_back),
    ("what was bought on the web comes back", "return-web", returning.bring_web_order_back),
    ("its money goes back on the web", "", returning.give_web_money_back),
    ("a candle is changed for a coffee maker", "exchange", exchanging.swap_for_dearer),
    ("the difference is paid, once", "", exchanging.pay_for_dearer),
)


def play_collecting(
    out: Path, opened: Opened, printer: EmulatedPrinter, report: DemoReport, say: Say
) -> None:
    """Play `PLAN` on the hub and the till of the played day; the report says what held.

    Raises:
        StageError: The display or the till could not be started at all.
    """
    started = time.monotonic()
    steps = Steps(out / "screens", report, say)
    with ExitStack() as stack:
        stand = Stand("collecting", opened, printer, out / "logs")
        stack.callback(stand.close)
        floor = Pickups(stand, WebShop(opened), opened, out / "pages")
        try:
            with steps.step("the till opens for collecting", stand.display):
                stand.open()
                stand.wait()
            for name, shot, act in PLAN:
                with steps.step(name, stand.display, shot=shot):
                    act(floor)
        except (NotSeen, StageError) as error:
            report.faults.append(f"collecting: {error}")
        if fault := stand.fault():
            report.faults.append(fault)
    checked = check_folder(opened.folder.root, opened.hub.url)
    report.violations += [f"{each.code}: {each.message}" for each in checked.violations]
    report.faults += bugs_in(opened.folder)
    report.figures["collecting_seconds"] = round(time.monotonic() - started, 1)
