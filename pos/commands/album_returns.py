"""What a hand does at the till to show how something is taken back."""

from __future__ import annotations

from pos.commands.album_acts import Model
from pos.commands.demonstration.returning import choose, give_back, go_on
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
