"""The first half of the played day: opening, selling, discounts, cards."""

from __future__ import annotations

from pos.commands.demonstration import places
from pos.commands.demonstration.articles import (
    ALMOND_CHOCOLATE,
    BAGUETTE,
    BISCUITS,
    BLANKET,
    BREAD,
    CAMOMILE,
    CANDLE,
    CHEESE,
    CHEESE_350_G,
    CHOCOLATE,
    COFFEE_412_G,
    CUP_BLUE,
    DENOMINATIONS,
    FLOAT,
    GROUND_COFFEE,
    HONEY,
    MINT_TEA,
    MOKA,
    OIL,
    OIL_LARGE,
    PAGE_BULK,
    PAGE_OTHER,
    PAGE_PANTRY,
    REAL,
    SOAP,
    TILE_BAG,
    TILE_OPEN_PRICE,
    TOMATOES_1_99,
    TWO_NOTEBOOKS,
)
from pos.commands.demonstration.cashier import Cashier
from pos.commands.demonstration.eyes import wait_until

WELCOME = "BIENVENIDA"  # a coupon for everybody, from 20 euros on


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


def promotions(cashier: Cashier) -> None:
    """Three for two, the second at half price, two things together, and a coupon keyed in."""
    cashier.hand.type("3*")
    cashier.scan(CHOCOLATE)
    cashier.scan(CAMOMILE, MINT_TEA, GROUND_COFFEE, BISCUITS, CANDLE)
    cashier.hand.type(WELCOME)
    cashier.hand.key("Return")
    wait_until(
        "four promotions on the ticket",
        lambda: len(_promotions(cashier)) == 4,
        instead=lambda: str(_promotions(cashier)),
    )


def _promotions(cashier: Cashier) -> list[str]:
    ticket = cashier.books.ticket()
    return [given.name for given in ticket.basket.promotions] if ticket else []


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
    cashier.look()
    cashier.hand.type("20")
    cashier.touch(places.DISCOUNT_REASONS[0])
    cashier.touch(places.CLOSING_KEY)


def marta_approves(cashier: Cashier) -> None:
    cashier.approve("marta")


def price_override(cashier: Cashier) -> None:
    """The shelf says 29,90 for the moka."""
    cashier.scan(MOKA)
    cashier.hand.key("Return")
    cashier.look()
    cashier.touch(places.LINE_EDIT_PRICE)
    cashier.hand.type("29,90")
    cashier.hand.key("Return")
    cashier.approve("marta")


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
    cashier.look()
    cashier.hand.type("Ana")
    with cashier.books.expecting("basket.parked"):
        cashier.hand.key("Return")
    cashier.sell(CHOCOLATE, SOAP)


def show_parked(cashier: Cashier) -> None:
    cashier.hand.key("F4")


def resume(cashier: Cashier) -> None:
    with cashier.books.expecting("basket.resumed"):
        cashier.hand.key("Return")
    cashier.look()
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
