"""The second half of the played day: questions, outages, languages, cash, Z."""

from __future__ import annotations

from hardware.receipt_printer.port import Paper
from pos.commands.demonstration import places
from pos.commands.demonstration.articles import (
    ALMOND_CHOCOLATE,
    BAGUETTE,
    BLANKET,
    BREAD,
    CANDLE,
    CHEESE,
    CHEESE_350_G,
    CHOCOLATE,
    COFFEE_412_G,
    CUP_BLUE,
    DENOMINATIONS,
    HONEY,
    MOKA,
    OIL,
    REAL,
    SOAP,
    TOMATOES_1_99,
    UNKNOWN,
)
from pos.commands.demonstration.cashier import Cashier
from pos.commands.demonstration.eyes import wait_until


def price_check(cashier: Cashier) -> None:
    """What does the moka cost, and is there one left? Nothing is sold."""
    cashier.hand.key("F8")
    cashier.hand.scan(MOKA)


def unknown_code(cashier: Cashier) -> None:
    """A code nobody knows opens the search; the ticket is untouched."""
    cashier.hand.key("Escape")
    cashier.hand.scan(UNKNOWN)


def after_unknown(cashier: Cashier) -> None:
    cashier.hand.key("Escape")
    cashier.sell(OIL)


def ask_drawer(cashier: Cashier) -> None:
    """Open the drawer to give change; a shift lead agrees."""
    cashier.hand.key("F9")
    cashier.look()
    cashier.touch(places.REASONS[0])
    cashier.hand.key("Return")


def hugo_agrees(cashier: Cashier) -> None:
    with cashier.books.expecting("drawer.opened"):
        cashier.approve("hugo")


def cut_network(cashier: Cashier) -> None:
    """The hub goes away; the next customers do not notice."""
    cashier.see_everything_sent()
    cashier.opened.hub.kill()
    cashier.sell(OIL, HONEY, note=1)
    cashier.sell(BREAD, by_card=True)
    cashier.sell(CANDLE, SOAP, note=1)
    cashier.sell(BAGUETTE, CHEESE_350_G)
    cashier.sell(*REAL, by_card=True)
    cashier.scan(CUP_BLUE, CHOCOLATE)
    cashier.see_link("offline")


def sell_offline(cashier: Cashier) -> None:
    cashier.sell()
    cashier.sell(BREAD)


def network_back(cashier: Cashier) -> None:
    """The hub is there again and is told everything."""
    cashier.opened.hub.start()
    cashier.see_link("online")
    cashier.see_everything_sent()


def gift(cashier: Cashier) -> None:
    """A present: a receipt without prices, and the ordinary one."""
    cashier.scan(CUP_BLUE)
    cashier.charge()
    with cashier.books.expecting("sale.completed"):
        cashier.hand.key("Return")
    for option in ("4", "1"):
        with cashier.books.expecting("receipt.printed"):
            cashier.hand.key(option)
    cashier.hand.key("Return")


def no_paper(cashier: Cashier) -> None:
    """The roll is at its end: the sale stands, the receipt waits."""
    cashier.see_printed()
    cashier.printer.faults.paper = Paper.OUT
    cashier.scan(HONEY)
    cashier.charge()
    with cashier.books.expecting("sale.completed"):
        cashier.hand.key("Return")
    cashier.hand.key("1")
    wait_until("the receipt waits", lambda: "failed" in cashier.books.print_jobs())


def another_roll(cashier: Cashier) -> None:
    cashier.printer.load_paper()
    cashier.touch(places.PRINT_AGAIN)
    cashier.see_printed()
    cashier.hand.key("Return")


def speak_english(cashier: Cashier) -> None:
    cashier.menu("language")
    cashier.hand.key("Escape")
    cashier.scan(OIL, COFFEE_412_G)


def pay_in_english(cashier: Cashier) -> None:
    cashier.charge()


def finish_in_english(cashier: Cashier) -> None:
    cashier.collect()
    cashier.menu("language")
    cashier.hand.key("Escape")


def dark(cashier: Cashier) -> None:
    cashier.menu("theme")
    cashier.hand.key("Escape")
    cashier.scan(BLANKET, OIL, CHOCOLATE)


def light(cashier: Cashier) -> None:
    cashier.sell(note=1)
    cashier.menu("theme")
    cashier.hand.key("Escape")


def evening(cashier: Cashier) -> None:
    """The last customers of the day."""
    for codes in (
        (BREAD,), (OIL, OIL), (HONEY, CHEESE), (CHOCOLATE, SOAP, CANDLE), (BAGUETTE, BREAD),
        (COFFEE_412_G,), (ALMOND_CHOCOLATE, CHOCOLATE), (TOMATOES_1_99, OIL), (SOAP,),
    ):  # fmt: skip
        cashier.sell(*codes)


def pay_out(cashier: Cashier) -> None:
    """Thirty euros to the one who cleans the windows; a shift lead agrees."""
    cashier.menu("cash")
    cashier.hand.key("2")
    cashier.look()
    cashier.hand.type("30")
    cashier.touch(places.REASONS[1])


def note_it(cashier: Cashier) -> None:
    cashier.hand.key("Return")
    with cashier.books.expecting("cash.paid_out"):
        cashier.approve("hugo")


def x_report(cashier: Cashier) -> None:
    with cashier.books.expecting("session.x_report"):
        cashier.hand.key("4")


def print_x(cashier: Cashier) -> None:
    printed = len(cashier.printer.receipts)
    cashier.hand.key("Return")
    wait_until("the X is printed", lambda: len(cashier.printer.receipts) > printed)
    cashier.hand.key("Escape", "Escape")


def receipts(cashier: Cashier) -> None:
    """Look a receipt up."""
    cashier.menu("receipts")
    cashier.hand.key("Down", "Down")


def reprint(cashier: Cashier) -> None:
    with cashier.books.expecting("receipt.reprinted"):
        cashier.hand.key("r")
    cashier.hand.key("Escape")


def count(cashier: Cashier) -> None:
    """Count the drawer without being told what should be in it."""
    cashier.see_printed()
    pieces = cashier.drawer()
    cashier.menu("close")
    for minor in DENOMINATIONS[:-1]:
        cashier.hand.type(str(pieces.get(minor, 0)))
        cashier.hand.key("Return")
    cashier.hand.type(str(pieces.get(DENOMINATIONS[-1], 0)))


def hand_in(cashier: Cashier) -> None:
    with cashier.books.expecting("session.counted"):
        cashier.hand.key("Return")


def close(cashier: Cashier) -> None:
    with cashier.books.expecting("session.closed"):
        cashier.hand.key("Return")
    cashier.see_printed()


def leave(cashier: Cashier) -> None:
    with cashier.books.expecting("staff.signed_out"):
        cashier.hand.key("Return")
    cashier.see_everything_sent()
