"""How the album reaches what a till shows of the rest of the shop, and of other shops."""

from __future__ import annotations

from pos.commands.album_acts import BLANKET, BREAD, CANDLE, CHOCOLATE, MOKA, Model, ask_discount
from pos.commands.demonstration.eyes import wait_until
from pos.commands.demonstration.floor import ARRIVES_S, insist
from pos.commands.neighbours import next_till, till_of_other_shop
from pos.domain.scan_codes import badge_code

LABEL = "Pedro"


def others_sell(model: Model) -> None:
    """The other till parks a ticket, and another shop sells something."""
    other_shop = till_of_other_shop(model.cashier.opened)
    model.others.callback(other_shop.close)
    model.notes["number"] = other_shop.sell(MOKA, CANDLE)
    other_shop.send()
    model.next_till = next_till(model.cashier.opened)
    model.others.callback(model.next_till.close)
    model.notes["basket"] = model.next_till.park(LABEL, BLANKET, CHOCOLATE)
    model.next_till.send()
    books = model.cashier.books
    wait_until(
        "the ticket is known here", lambda: bool(books.shop_tickets()), deadline_s=ARRIVES_S
    )


def show_shop_tickets(model: Model) -> None:
    """Open the list and choose the other till's ticket, which stands below ours."""
    model.key("F4")
    model.key(*["Down"] * len(model.cashier.books.parked()))


def take_shop_ticket(model: Model) -> None:
    insist(model.cashier, "basket.resumed", lambda: model.key("Return"))
    model.cashier.sell()
    model.cashier.see_everything_sent()


def find_receipt(model: Model) -> None:
    """Look for a receipt of another shop by its number."""
    model.menu("receipts")
    model.type(model.notes["number"])
    model.key("Return")


def leave_receipts(model: Model) -> None:
    model.key("Escape", "Escape")


def ask_from_afar(model: Model) -> None:
    """Ask the manager, who is not here, for a discount."""
    model.cashier.scan(BLANKET)
    ask_discount(model)
    model.key("Return")
    model.touch_side(0.86, 254 if model.is_narrow else 309)


def ask_no_more(model: Model) -> None:
    """Take the question back, and the discount too."""
    model.key("Escape")
    model.cashier.look()
    model.key("Escape")
    model.cashier.look()
    model.cashier.sell()


def go_to_desk(model: Model) -> None:
    """The other till sells the ticket too, which it parked itself; Hugo looks at the desk."""
    if model.next_till is not None:
        model.next_till.take_up(model.notes["basket"])
        model.next_till.sell(BREAD)
        model.next_till.send()
    books = model.cashier.books
    wait_until("it is on the desk", lambda: bool(books.desk()), deadline_s=ARRIVES_S)
    sign_in(model, "FUEN-HUGO")
    model.menu("desk")


def go_to_sync(model: Model) -> None:
    model.menu("sync")


def leave_sync(model: Model) -> None:
    model.key("Escape")
    sign_in(model, "FUEN-LUCIA")


def sign_in(model: Model, badge: str) -> None:
    """Let somebody else work here."""
    with model.cashier.books.expecting("staff.locked_till"):
        model.key("F12")
    model.cashier.look()
    with model.cashier.books.expecting("staff.signed_in"):
        model.cashier.hand.scan(badge_code(badge))
    model.cashier.look()
