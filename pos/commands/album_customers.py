"""What a hand does at the till to show a customer who is known."""

from __future__ import annotations

from pos.commands.album_acts import Model
from pos.commands.demonstration import knowing


def find(model: Model) -> None:
    """Look for a customer by name, with a letter wrong."""
    cashier = model.cashier
    cashier.see_link("online")
    knowing.buy(cashier)
    model.key("F3")
    cashier.look()
    model.type("carmen ortgea")
    cashier.look()


def take(model: Model) -> None:
    """Take who was found: the tab shows what she bought."""
    model.key("Return")
    knowing.see_on_ticket(model.cashier)
    model.cashier.look()


def open_page(model: Model) -> None:
    knowing.open_page(model.cashier)


def open_record(model: Model) -> None:
    model.key("F8")
    model.cashier.look()


def close_record(model: Model) -> None:
    model.key("Escape")


def buy_again(model: Model) -> None:
    knowing.buy_again(model.cashier)
