"""What a hand does at the till to reach the states that the album shows, at any size of window."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from hardware.receipt_printer.port import Paper
from pos.commands.album_orders import Placed
from pos.commands.demonstration.cashier import Cashier
from pos.commands.demonstration.eyes import wait_until
from pos.commands.demonstration.places import Place
from pos.commands.neighbours import Neighbour
from pos.domain.scan_codes import badge_code
from pos.widgets.grid import KEY_GAP, NARROW, grid_for, places

OIL, CHOCOLATE, BREAD, CUP, MOKA, BLANKET, CLOTHS, CANDLE = (
    "8436012340018", "8436012340032", "8436012340056", "8436012340179",
    "8436012340254", "8436012340292", "8436012340285", "8436012340407",
)  # fmt: skip
COFFEE_412_G, TWO_NOTEBOOKS, UNKNOWN = "2110001004124", "8436012340483", "9999999999994"
FLOAT = {5000: 2, 2000: 4, 1000: 5, 500: 6, 200: 20, 100: 20, 50: 20, 20: 20, 10: 20, 5: 20}
DENOMINATIONS = (50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
DECLINED, LOST, WAITS = "4,91", "5,93", "6,96"  # amounts the simulated terminal knows
HEADER = 56
MENU = ("lock", "person", "receipts", "cash", "close", "cancel", "language", "theme", "sound",
        "desk", "figures", "sync")  # fmt: skip


@dataclass
class Model:
    """Who sits for the pictures: a cashier who knows how large the window is."""

    cashier: Cashier
    till_pid: int
    width: int
    height: int
    others: ExitStack
    next_till: Neighbour | None = None
    notes: dict[str, str] = field(default_factory=dict)
    orders: dict[str, Placed] = field(default_factory=dict)

    def key(self, *names: str) -> None:
        self.cashier.hand.key(*names)

    def type(self, text: str) -> None:
        self.cashier.hand.type(text)

    def touch(self, x: float, y: float) -> None:
        self.cashier.touch(Place(round(x), round(y)))

    @property
    def is_narrow(self) -> bool:
        return grid_for(self.width) is NARROW

    def touch_side(self, across: float, y: float) -> None:
        """Touch the right region: `across` from 0 at its left to 1, `y` from its top."""
        side = places(self.width, self.height - HEADER).side
        self.touch(side.x() + across * side.width(), HEADER + side.y() + y)

    def menu(self, entry: str) -> None:
        """Open the menu and touch one of its keys, three in a row."""
        row, column = divmod(MENU.index(entry), 3)
        self.key("F11")
        self.touch_side((column + 0.5) / 3, 140 + 128 * row)

    def count(self, pieces: dict[int, int]) -> None:
        """Count a drawer, from the largest note to the smallest coin."""
        for minor in DENOMINATIONS:
            if minor in pieces:
                self.type(str(pieces[minor]))
            self.key("Return")


Act = Callable[[Model], object]


def press(*keys: str) -> Act:
    """Press keys, by their X names."""
    return lambda model: model.key(*keys)


esc = press("Escape")


# -- the morning


def badge(model: Model) -> None:
    with model.cashier.books.expecting("staff.signed_in"):
        model.cashier.hand.scan(badge_code("FUEN-LUCIA"))


def count_float(model: Model) -> None:
    model.count(FLOAT)


def open_shift(model: Model) -> None:
    with model.cashier.books.expecting("session.opened"):
        model.key("F10")


def park(model: Model) -> None:
    """Leave two tickets waiting."""
    for name, codes in (("Ana", (OIL, BREAD)), ("Sr. Molina", (MOKA, CUP, CANDLE))):
        model.cashier.scan(*codes)
        model.key("F4")
        model.type(name)
        with model.cashier.books.expecting("basket.parked"):
            model.key("Return")


# -- the ticket


def scan_first(model: Model) -> None:
    for quantity, code in (("2", OIL), ("", COFFEE_412_G), ("3", CHOCOLATE), ("", BLANKET)):
        if quantity:
            model.type(f"{quantity}*")
        model.cashier.scan(code)


def ask_discount(model: Model) -> None:
    """Ask for 10 % off the blanket because of a visible defect."""
    model.key("F7")
    model.type("10")
    model.touch_side(0.12, 233 if model.is_narrow else 323)


def ask_approval(model: Model) -> None:
    model.key("Return")
    model.type("22")


def approve(model: Model) -> None:
    with model.cashier.books.expecting("override.granted"):
        model.type("22")
        model.key("Return")


def scan_rest(model: Model) -> None:
    """A note, a line that is voided, and the discounted line chosen."""
    model.cashier.scan(CANDLE, CLOTHS)
    edit(model)
    write_note(model)
    model.key("Return")
    model.key("Escape")
    model.cashier.scan(CUP)
    with model.cashier.books.expecting("basket.line_voided"):
        model.key("Delete")
    model.key("Up", "Up")


def write_note(model: Model) -> None:
    """Touch the key at the right of the digits' second row."""
    keypad = places(model.width, model.height - HEADER).keypad
    row = (keypad.height() + KEY_GAP) / 4
    model.touch(keypad.right() - 60, HEADER + keypad.y() + 1.5 * row - KEY_GAP / 2)
    model.type("para regalo")


def lock(model: Model) -> None:
    model.key("F12")
    model.type("11")


def unlock(model: Model) -> None:
    model.key("BackSpace", "BackSpace")
    with model.cashier.books.expecting("staff.signed_in"):
        model.cashier.key_pin("lucia")


def search(model: Model) -> None:
    model.key("F2")
    model.type("taza")


def search_by_touch(model: Model) -> None:
    model.touch_side(0.37, 28)
    model.type("manta")


def turn_page(model: Model) -> None:
    model.touch_side(0.69, 98)


def turn_back(model: Model) -> None:
    model.touch_side(0.11, 98)


def edit(model: Model) -> None:
    model.key("Return")


def choose(model: Model) -> None:
    model.cashier.hand.scan(TWO_NOTEBOOKS)


def check_price(model: Model) -> None:
    model.key("F8")
    model.cashier.hand.scan(MOKA)


def scan_unknown(model: Model) -> None:
    model.cashier.hand.scan(UNKNOWN)


def ask_drawer(model: Model) -> None:
    model.key("F9")


# -- the payment


def pay_part(model: Model) -> None:
    """Twenty in cash noted, a fifty offered for the rest."""
    model.cashier.charge()
    _hand_over(model, "20")
    model.type("100")


def _hand_over(model: Model, amount: str) -> None:
    before = _tenders(model)
    model.type(amount)
    model.key("Return")
    wait_until("the tender is noted", lambda: _tenders(model) > before)


def _tenders(model: Model) -> int:
    ticket = model.cashier.books.ticket()
    return len(ticket.tenders) if ticket else 0


def forget_amount(model: Model) -> None:
    model.key("BackSpace", "BackSpace", "BackSpace")


def by_card(amount: str) -> Act:
    def pay(model: Model) -> None:
        model.key("t")
        model.type(amount)
        model.key("Return")

    return pay


def card_is_read(model: Model) -> None:
    """The simulated customer takes ten seconds."""
    before = _tenders(model)
    wait_until("the card is taken", lambda: _tenders(model) > before)


def ask_terminal_again(model: Model) -> None:
    before = _tenders(model)
    model.key("Return")
    wait_until("the terminal tells", lambda: _tenders(model) > before)


def declined(model: Model) -> None:
    with model.cashier.books.expecting("card.resolved"):
        by_card(DECLINED)(model)


def after_decline(model: Model) -> None:
    model.key("Return")


def take_cash(model: Model) -> None:
    model.key("e")
    model.type("100")
    with model.cashier.books.expecting("sale.completed"):
        model.key("Return")


def print_without_paper(model: Model) -> None:
    model.cashier.printer.faults.paper = Paper.OUT
    model.key("1")
    wait_until(
        "the printer is out of paper",
        lambda: bool(set(model.cashier.books.print_jobs()) - {"confirmed", "queued"}),
    )


def load_paper(model: Model) -> None:
    model.cashier.printer.load_paper()
    model.key("1")


def next_customer(model: Model) -> None:
    model.key("Return")


# -- the office


def cash_office(model: Model) -> None:
    model.menu("cash")


def move_cash(model: Model) -> None:
    model.key("2")
    model.type("12,50")


def x_report(model: Model) -> None:
    model.key("4")


def receipts(model: Model) -> None:
    model.menu("receipts")


def count_drawer(model: Model) -> None:
    model.menu("close")
    _count_some(model, DENOMINATIONS[:12])


def _count_some(model: Model, denominations: Iterable[int]) -> None:
    pieces = _drawer(model)
    for minor in denominations:
        model.type(str(pieces.get(minor, 0)))
        model.key("Return")


def _drawer(model: Model) -> dict[int, int]:
    """Return what lies in the drawer: the float, and what came in since in fifties and less."""
    inside = model.cashier.drawer()
    left = sum(minor * count - minor * FLOAT.get(minor, 0) for minor, count in inside.items())
    left -= sum(minor * count for minor, count in FLOAT.items() if minor not in inside)
    pieces = dict(FLOAT)
    for minor in DENOMINATIONS[3:]:
        count, left = divmod(left, minor)
        pieces[minor] = pieces.get(minor, 0) + count
    return pieces


# -- without the hub


def go_offline(model: Model) -> None:
    """Sell while the hub is away, and touch the header where it says so."""
    model.cashier.opened.hub.kill()
    model.cashier.sell(BREAD, CANDLE)
    model.cashier.see_link("offline")
    model.cashier.scan(MOKA, CHOCOLATE, CHOCOLATE, CLOTHS)
    model.touch(model.width - 260, HEADER / 2)


def go_online(model: Model) -> None:
    model.key("Escape")
    model.cashier.opened.hub.start()
    model.cashier.see_link("online")


@contextmanager
def _full_disk(model: Model) -> Iterator[None]:
    """Let the till write nothing more, as a full disk does."""
    before = resource.prlimit(model.till_pid, resource.RLIMIT_FSIZE)
    resource.prlimit(model.till_pid, resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.prlimit(model.till_pid, resource.RLIMIT_FSIZE, before)


def fill_disk(model: Model) -> None:
    with _full_disk(model):
        model.cashier.hand.scan(OIL)
        model.cashier.hand.rest()


def sell_rest(model: Model) -> None:
    model.key("Escape")
    model.cashier.sell()


def hand_in(model: Model) -> None:
    """Count the rest of the drawer and hand the count in."""
    count_drawer(model)
    with model.cashier.books.expecting("session.counted"):
        _count_some(model, DENOMINATIONS[12:])


def see_z(model: Model) -> None:
    with model.cashier.books.expecting("session.closed"):
        model.key("Return")
