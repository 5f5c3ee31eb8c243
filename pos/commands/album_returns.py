"""What a hand does at the till to show how something is taken back."""

from __future__ import annotations

from pos.commands.album_acts import BLANKET, CANDLE, DECLINED, MOKA, Model
from pos.commands.demonstration import exchanging
from pos.commands.demonstration.returning import choose, give_back, go_on, open_receipt
from pos.domain.return_words import Condition, Reason
from pos.domain.scan_codes import receipt_code


def find(model: Model) -> None:
    model.key("F6")


def choose_two(model: Model) -> None:
    """Open the latest sale and take something of two of its lines back."""
    cashier = model.cashier
    sale = cashier.books.last_sale()
    find(model)
    cashier.look()
    if sale is not None:
        cashier.hand.scan(receipt_code(str(sale.number), sale.shop))
    cashier.look()
    choose(cashier, 2, Reason.FAULTY, Condition.FAULTY)
    model.key("Up")
    choose(cashier, 0, Reason.DISLIKED, Condition.SEALED)


def leave(model: Model) -> None:
    model.key("Escape")
    model.cashier.look()
    model.key("Escape")


def take_back(model: Model) -> None:
    choose_two(model)
    give_back(model.cashier)


def next_customer(model: Model) -> None:
    go_on(model.cashier)


# -- money without goods, and what the terminal refuses


def ask_goodwill(model: Model) -> None:
    """Something for a sale by card that was late; the simulated terminal refuses the amount."""
    cashier = model.cashier
    cashier.see_link("online")
    cashier.sell(BLANKET, by_card=True)
    sale = cashier.books.last_sale()
    if sale is not None:
        open_receipt(cashier, str(sale.number), sale.shop)
    model.key("F7")
    model.type(DECLINED)
    model.key("m")
    cashier.look()


def choose_goodwill_way(model: Model) -> None:
    model.key("Return")
    model.cashier.look()


def give_goodwill(model: Model) -> None:
    with model.cashier.books.expecting("refund.resolved"):
        model.key("F10")
    model.cashier.look()


def pay_otherwise(model: Model) -> None:
    """What the terminal refused is paid in cash instead."""
    model.key("p")
    model.cashier.look()
    model.key("Down")
    model.cashier.look()


def pay_owed(model: Model) -> None:
    with model.cashier.books.expecting("refund.issued"):
        model.key("F10")
    model.cashier.look()
    model.key("Return")
    go_on(model.cashier)


# -- changed for something else


def exchange(model: Model) -> None:
    """A blanket that was just bought comes back; a coffee maker and a candle cost more."""
    model.cashier.see_link("online")
    model.cashier.sell(BLANKET)
    exchanging.bring(model.cashier)
    model.cashier.scan(MOKA, CANDLE)


def pay_exchange(model: Model) -> None:
    model.cashier.charge()


def back_to_ticket(model: Model) -> None:
    model.key("Escape")
    model.cashier.look()


def ask_for_rest(model: Model) -> None:
    """Without the candle the coffee maker costs less than what came back."""
    with model.cashier.books.expecting("basket.line_voided"):
        model.key("Delete")
    model.key("F10")
    model.cashier.look()


def give_rest_back(model: Model) -> None:
    with model.cashier.books.expecting("return.completed"):
        model.key("F10")
    model.cashier.look()
    go_on(model.cashier)


def same_again(model: Model) -> None:
    """Something just bought comes back for another one of it."""
    model.cashier.sell(CANDLE)
    exchanging.bring(model.cashier)
    exchanging.same_again(model.cashier)


def change_evenly(model: Model) -> None:
    exchanging.change_evenly(model.cashier)


def photograph(model: Model) -> None:
    """Bring the only article of the latest sale back, faulty, and take two photos of it."""
    cashier = model.cashier
    sale = cashier.books.last_sale()
    find(model)
    cashier.look()
    if sale is not None:
        cashier.hand.scan(receipt_code(str(sale.number), sale.shop))
    cashier.look()
    choose(cashier, 0, Reason.FAULTY, Condition.FAULTY)
    model.key("f")
    cashier.look()
    for _ in range(2):
        model.key("Return")
        cashier.look()


def see_line(model: Model) -> None:
    model.key("Escape")


def give_photographed_back(model: Model) -> None:
    give_back(model.cashier)
    model.cashier.see_printed()
    go_on(model.cashier)


def see_photos(model: Model) -> None:
    """Open the photos with the receipt of what came back."""
    model.menu("receipts")
    model.cashier.look()
    model.key("f")
    model.cashier.look()
