"""What customers who ordered on the web collect: prepared, put away, handed over, also alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos.commands.demonstration import places
from pos.commands.demonstration.articles import BLANKET, CANDLE, CUP_BLUE, HONEY, MOKA, OIL, SOAP
from pos.commands.demonstration.eyes import NotSeen, wait_until
from pos.commands.demonstration.opening import Opened
from pos.commands.demonstration.stand import Stand
from pos.commands.demonstration.web_shop import Ordered, WebShop
from pos.domain.collection import Order, OrderState
from pos.domain.scan_codes import parcel_code, shelf_code

ARRIVES_S = 30.0
CARMEN, JAVIER, INES = "Carmen Ortega Vidal", "Javier Montes", "Inés Robledo"


@dataclass
class Pickups:
    """The till, the web shop, and what was ordered: paid already, to be paid, and for later."""

    stand: Stand
    web: WebShop
    opened: Opened
    pages: Path
    paid: Ordered | None = None
    to_pay: Ordered | None = None
    alone: Ordered | None = None

    def order(self, ordered: Ordered | None) -> Order:
        """Return an order as the till knows it.

        Raises:
            NotSeen: It does not.
        """
        known = self.stand.cashier.books.order(ordered.order_id) if ordered else None
        if known is None:
            raise NotSeen("the till does not know the order")
        return known

    def see(self, ordered: Ordered | None, *states: OrderState) -> None:
        """Wait until the till knows an order to be in one of these states."""

        def state() -> OrderState | None:
            known = self.stand.cashier.books.order(ordered.order_id) if ordered else None
            return known.state if known else None

        wait_until(
            " or ".join(each.value for each in states),
            lambda: state() in states,
            deadline_s=ARRIVES_S,
            instead=lambda: str(state()),
        )

    def see_at_hub(self, ordered: Ordered | None, state: str, payment: str) -> None:
        """Wait until the hub says so of an order and its payment."""

        def said() -> tuple[str, str]:
            return self.web.state(ordered) if ordered else ("", "")

        wait_until(
            f"{state}, {payment}",
            lambda: said() == (state, payment),
            deadline_s=ARRIVES_S,
            instead=lambda: str(said()),
        )


def begin(floor: Pickups) -> None:
    """Hugo at the till, the hub in sight."""
    floor.stand.begin("FUEN-HUGO")
    floor.stand.cashier.see_link("online")


def orders_come(floor: Pickups) -> None:
    """Three orders come in while somebody sells."""
    floor.stand.cashier.scan(OIL)
    floor.paid = floor.web.order(CARMEN, MOKA, BLANKET, CUP_BLUE, prepaid=True)
    floor.to_pay = floor.web.order(JAVIER, HONEY, CANDLE, prepaid=False)
    floor.alone = floor.web.order(INES, SOAP, OIL, prepaid=True)
    for ordered in (floor.paid, floor.to_pay, floor.alone):
        floor.see(ordered, OrderState.PLACED)


def show_queue(floor: Pickups) -> None:
    """What is to be prepared, the most urgent first."""
    cashier = floor.stand.cashier
    cashier.collect_after_charge()
    cashier.hand.key("F5")
    cashier.look()


def prepare(floor: Pickups, ordered: Ordered | None, shelf: str) -> None:
    """Fetch everything of an order by scanning it, and put it on a shelf."""
    fetch(floor, ordered)
    find_shelf(floor, shelf)
    put_away(floor, ordered)


def fetch(floor: Pickups, ordered: Ordered | None) -> None:
    """Scan what is on the shelves; every article is verified."""
    cashier, order = floor.stand.cashier, floor.order(ordered)
    cashier.hand.key("F5")
    cashier.look()
    cashier.hand.type(order.number)
    cashier.look()
    with cashier.books.expecting("order.picking_begun"):
        cashier.hand.key("Return")
    for line in order.lines:
        with cashier.books.expecting("order.line_picked"):
            cashier.hand.scan(str(line.gtin))
    cashier.look()


def find_shelf(floor: Pickups, shelf: str) -> None:
    """Everything is there: the parcel's shelf is scanned."""
    cashier = floor.stand.cashier
    with cashier.books.expecting("order.picked"):
        cashier.hand.key("Return")
    cashier.look()
    cashier.hand.scan(shelf_code(shelf))
    cashier.look()


def put_away(floor: Pickups, ordered: Ordered | None) -> None:
    """The label is printed, and the hub tells the customer."""
    cashier = floor.stand.cashier
    with cashier.books.expecting("order.label_printed"):
        cashier.hand.key("Return")
    floor.see(ordered, OrderState.READY)
    cashier.hand.key("Escape", "Escape")
    cashier.look()


def fetch_paid(floor: Pickups) -> None:
    """Carmen's order is fetched."""
    fetch(floor, floor.paid)


def find_shelf_paid(floor: Pickups) -> None:
    """Her parcel goes to B3."""
    find_shelf(floor, "B3")


def put_away_paid(floor: Pickups) -> None:
    """She is told."""
    put_away(floor, floor.paid)


def prepare_others(floor: Pickups) -> None:
    """The other two as well."""
    prepare(floor, floor.to_pay, "B4")
    prepare(floor, floor.alone, "C1")


def come(floor: Pickups, ordered: Ordered | None) -> None:
    """A customer shows the code, and the parcels are scanned."""
    cashier, order = floor.stand.cashier, floor.order(ordered)
    cashier.hand.scan(ordered.code if ordered else "")
    cashier.look()
    for parcel in order.parcels:
        cashier.hand.scan(parcel_code(order.number, parcel.number, parcel.print_number))
    cashier.look()


def leave(floor: Pickups, *, lines_down: int) -> None:
    """Leave a line behind, and say why."""
    cashier = floor.stand.cashier
    cashier.hand.key(*["Down"] * lines_down, "space")
    cashier.look()
    cashier.touch(places.REASONS[0])
    cashier.hand.key("Return")
    cashier.look()


def carmen_comes(floor: Pickups) -> None:
    """Carmen shows her code; the cup is not what she thought."""
    come(floor, floor.paid)
    leave(floor, lines_down=2)


def carmen_goes(floor: Pickups) -> None:
    """She takes the rest; the hub gives her back what the cup cost."""
    cashier = floor.stand.cashier
    with cashier.books.expecting("order.handed_over"):
        cashier.hand.key("F10")
    floor.see_at_hub(floor.paid, "partly_collected", "refunded")


def javier_comes(floor: Pickups) -> None:
    """Javier pays at the counter, leaves the candle and takes soap in addition."""
    cashier = floor.stand.cashier
    cashier.hand.key("Return")
    cashier.look()
    come(floor, floor.to_pay)
    leave(floor, lines_down=1)
    cashier.hand.scan(SOAP)
    cashier.look()


def javier_pays(floor: Pickups) -> None:
    """One payment for all; sale and handover are one act."""
    cashier = floor.stand.cashier
    before = cashier.books.sales()[0]
    cashier.hand.key("F10")
    cashier.look()
    with cashier.books.expecting("order.handed_over"):
        cashier.hand.key("Return")
    cashier.next_customer()
    if cashier.books.sales()[0] != before + 1:
        raise NotSeen("no sale, or more than one")


def lose_hub(floor: Pickups) -> None:
    """The hub is gone; the till knows what it knew."""
    floor.opened.hub.kill()
    floor.stand.cashier.see_link("offline")
    come(floor, floor.alone)


def hand_over_alone(floor: Pickups) -> None:
    """The mirror's word, the signed code and the parcel in hand are enough."""
    cashier = floor.stand.cashier
    with cashier.books.expecting("order.handed_over"):
        cashier.hand.key("F10")


def find_hub(floor: Pickups) -> None:
    """The hub is back and hears of it."""
    cashier = floor.stand.cashier
    floor.opened.hub.start()
    cashier.see_link("online")
    cashier.see_everything_sent()
    floor.see_at_hub(floor.alone, "collected", "captured")
    cashier.hand.key("Return")
    cashier.look()
