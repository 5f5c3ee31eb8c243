"""The day that is played: what happens at the counter, in order, with a picture here and there."""

from __future__ import annotations

from collections.abc import Callable

from hardware.receipt_printer.port import Paper
from pos.commands.demonstration import places
from pos.commands.demonstration.cashier import Cashier
from pos.commands.demonstration.eyes import wait_until

OIL, OIL_LARGE, CHOCOLATE, ALMOND_CHOCOLATE = (
    "8436012340018", "8436012340025", "8436012340032", "8436012340049",
)  # fmt: skip
BREAD, BAGUETTE, CHEESE, HONEY = (
    "8436012340056", "8436012340063", "8436012340070", "8436012340087",
)  # fmt: skip
CUP_BLUE, MOKA, BLANKET, CANDLE, SOAP = (
    "8436012340179", "8436012340254", "8436012340292", "8436012340407", "8436012340438",
)  # fmt: skip
TWO_NOTEBOOKS = "8436012340483"
COFFEE_412_G, CHEESE_350_G, TOMATOES_1_99 = "2110001004124", "2110006003504", "2210008001994"
UNKNOWN = "9999999999994"
REAL = ("8410010861577", "8428159105759", "8411320801017", "8412126121217")

PAGE_BULK, PAGE_BATH, PAGE_PANTRY, PAGE_HOME, PAGE_OTHER = range(5)
TILE_BAG, TILE_OPEN_PRICE = 0, 3
DENOMINATIONS = (50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
FLOAT = {5000: 2, 2000: 4, 1000: 5, 500: 6, 200: 20, 100: 20, 50: 20, 20: 20, 10: 20, 5: 20}


def sign_in(cashier: Cashier) -> None:
    cashier.sign_in("lucia")


def open_shift(cashier: Cashier) -> None:
    """Count the float and open the shift."""
    for minor in DENOMINATIONS:
        if minor in FLOAT:
            cashier.hand.type(str(FLOAT[minor]))
        cashier.hand.key("Return")
    with cashier.books.expecting("session.opened"):
        cashier.hand.key("F10")


def first_ticket(cashier: Cashier) -> None:
    """Three articles at the pace of the scanner, a quantity, a scale label."""
    cashier.scan(OIL, CHOCOLATE, COFFEE_412_G)
    cashier.hand.type("3*")
    cashier.scan(CANDLE)


def pay_with_a_note(cashier: Cashier) -> None:
    cashier.charge()
    cashier.touch(places.QUICK_NOTES[1])
    with cashier.books.expecting("sale.completed"):
        cashier.hand.key("Return")


def next_customer(cashier: Cashier) -> None:
    cashier.next_customer()


def bursts(cashier: Cashier) -> None:
    """Six customers whose articles go over the scanner at ten a second."""
    cashier.sell(BREAD, BAGUETTE, HONEY, OIL, CHOCOLATE, ALMOND_CHOCOLATE, note=1)
    cashier.sell(*REAL, note=0)
    cashier.sell(BAGUETTE)
    cashier.sell(BREAD, CHEESE, CHEESE_350_G, note=2)
    cashier.sell(SOAP, SOAP, SOAP, SOAP, SOAP, SOAP, SOAP, SOAP, SOAP, SOAP, note=1)
    cashier.sell(TOMATOES_1_99, BREAD, OIL_LARGE)


def quick_keys(cashier: Cashier) -> None:
    """Articles without a code, touched: by weight, by piece, a department with its price."""
    cashier.take_quick_key(PAGE_BULK, 6, "0,35")
    cashier.take_quick_key(PAGE_PANTRY, 4)
    cashier.take_quick_key(PAGE_OTHER, TILE_BAG)
    cashier.take_quick_key(PAGE_OTHER, TILE_OPEN_PRICE, "4,50")


def pay_exactly(cashier: Cashier) -> None:
    cashier.charge()
    cashier.collect()


def search(cashier: Cashier) -> None:
    """Look for a blanket by name."""
    cashier.hand.key("F2")
    cashier.hand.type("manta lana")


def take_found(cashier: Cashier) -> None:
    wanted = cashier.lines + 1
    cashier.hand.key("Return")
    cashier.see_lines(wanted)
    cashier.hand.key("Escape")


def ask_discount(cashier: Cashier) -> None:
    """Ask for 20 % off the blanket: Lucía may not give any."""
    cashier.hand.key("F7")
    cashier.hand.type("20")
    cashier.touch(places.DISCOUNT_REASONS[0])
    cashier.touch(places.CLOSING_KEY)


def marta_approves(cashier: Cashier) -> None:
    cashier.approve("marta", seat=0)


def price_override(cashier: Cashier) -> None:
    """The shelf says 29,90 for the moka."""
    cashier.scan(MOKA)
    cashier.hand.key("Return")
    cashier.touch(places.LINE_EDIT_PRICE)
    cashier.hand.type("29,90")
    cashier.hand.key("Return")
    cashier.approve("marta", seat=0)


def void_line(cashier: Cashier) -> None:
    """The customer does not want the cup after all."""
    cashier.scan(CUP_BLUE)
    with cashier.books.expecting("basket.line_voided"):
        cashier.hand.key("Delete")


def pay_by_card(cashier: Cashier) -> None:
    cashier.charge()
    cashier.card_answers("sale.completed")
    cashier.next_customer()


def park(cashier: Cashier) -> None:
    """A customer forgot something and comes back."""
    cashier.scan(OIL, BREAD)
    cashier.hand.key("F4")
    cashier.hand.type("Ana")
    with cashier.books.expecting("basket.parked"):
        cashier.hand.key("Return")
    cashier.sell(CHOCOLATE, SOAP)


def show_parked(cashier: Cashier) -> None:
    cashier.hand.key("F4")


def resume(cashier: Cashier) -> None:
    with cashier.books.expecting("basket.resumed"):
        cashier.hand.key("Return")
    cashier.sell(CHEESE, note=1)


def two_with_one_number(cashier: Cashier) -> None:
    """Two notebooks have the same number: the till asks."""
    cashier.hand.scan(TWO_NOTEBOOKS)


def choose_second(cashier: Cashier) -> None:
    wanted = cashier.lines + 1
    cashier.hand.key("Down", "Return")
    cashier.see_lines(wanted)
    cashier.sell(by_card=True)


def declined(cashier: Cashier) -> None:
    """The simulated terminal declines what ends in ,91."""
    cashier.take_quick_key(PAGE_OTHER, TILE_OPEN_PRICE, "4,91")
    cashier.charge()
    cashier.card_answers("card.resolved")


def cash_instead(cashier: Cashier) -> None:
    """Back to the payment; the customer has coins."""
    cashier.hand.key("Return", "e")
    cashier.collect()


def mixed_first_half(cashier: Cashier) -> None:
    """Twenty in cash, the rest by card."""
    cashier.scan(BLANKET, CANDLE)
    cashier.charge()
    cashier.hand.type("20")
    cashier.hand.key("Return")
    wait_until("the cash is noted", lambda: _tenders(cashier) == 1)


def mixed_second_half(cashier: Cashier) -> None:
    cashier.card_answers("sale.completed")
    cashier.next_customer()


def _tenders(cashier: Cashier) -> int:
    ticket = cashier.books.ticket()
    return len(ticket.tenders) if ticket else 0


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
    cashier.touch(places.REASONS[0])
    cashier.hand.key("Return")


def hugo_agrees(cashier: Cashier) -> None:
    with cashier.books.expecting("drawer.opened"):
        cashier.approve("hugo", seat=0)


def cut_network(cashier: Cashier) -> None:
    """The hub goes away; the next customers do not notice."""
    cashier.see_everything_sent()
    cashier.opened.hub.kill()
    cashier.sell(OIL, HONEY, note=1)
    cashier.sell(BREAD, by_card=True)
    cashier.sell(CANDLE, SOAP, note=1)
    cashier.scan(CUP_BLUE, CHOCOLATE)
    cashier.see_link("offline")


def sell_offline(cashier: Cashier) -> None:
    cashier.sell()
    cashier.sell(BAGUETTE, CHEESE_350_G)
    cashier.sell(*REAL, by_card=True)


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
    cashier.hand.type("30")
    cashier.touch(places.REASONS[1])


def note_it(cashier: Cashier) -> None:
    cashier.hand.key("Return")
    with cashier.books.expecting("cash.paid_out"):
        cashier.approve("hugo", seat=0)


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


Act = Callable[[Cashier], None]

DAY: tuple[tuple[str, str, Act], ...] = (
    ("sign in with a PIN", "", sign_in),
    ("open the shift", "empty", open_shift),
    ("scan the first ticket", "sale", first_ticket),
    ("take a note", "change", pay_with_a_note),
    ("next customer", "", next_customer),
    ("bursts of scans", "", bursts),
    ("quick keys by touch", "quick-keys", quick_keys),
    ("pay exactly", "", pay_exactly),
    ("search by name", "search", search),
    ("take what was found", "", take_found),
    ("ask for a discount", "override", ask_discount),
    ("a manager approves", "", marta_approves),
    ("override a price", "", price_override),
    ("void a line", "voided", void_line),
    ("pay by card", "", pay_by_card),
    ("park a ticket", "", park),
    ("look at what is parked", "parked", show_parked),
    ("take it up again", "", resume),
    ("two articles with one number", "chooser", two_with_one_number),
    ("choose the second", "", choose_second),
    ("the card is declined", "declined", declined),
    ("cash instead", "", cash_instead),
    ("first half in cash", "mixed", mixed_first_half),
    ("second half by card", "", mixed_second_half),
    ("check a price", "price-check", price_check),
    ("scan an unknown code", "unknown", unknown_code),
    ("sell on", "", after_unknown),
    ("ask for the drawer", "drawer", ask_drawer),
    ("a shift lead agrees", "", hugo_agrees),
    ("the network is cut", "offline", cut_network),
    ("sell without network", "", sell_offline),
    ("the network is back", "online", network_back),
    ("gift receipt", "", gift),
    ("the printer has no paper", "no-paper", no_paper),
    ("another roll, print again", "", another_roll),
    ("speak English", "english-sale", speak_english),
    ("pay in English", "english-payment", pay_in_english),
    ("speak Spanish again", "", finish_in_english),
    ("dark", "dark", dark),
    ("light again", "", light),
    ("the evening", "", evening),
    ("cash for something", "cash-out", pay_out),
    ("a shift lead agrees to that", "cash-office", note_it),
    ("X", "x", x_report),
    ("print the X", "", print_x),
    ("look a receipt up", "receipts", receipts),
    ("print it again", "", reprint),
    ("count the drawer", "count", count),
    ("hand the count in", "counted", hand_in),
    ("close the shift: Z", "z", close),
    ("sign out", "", leave),
)
