"""A customer who is known: the card scanned, the page opened, something bought once more."""

from __future__ import annotations

from contextlib import suppress

from pos.commands.demonstration.articles import CANDLE, CUP_BLUE
from pos.commands.demonstration.cashier import Cashier
from pos.commands.demonstration.eyes import DEADLINE_S, NotSeen, wait_until

CARMEN, CARD, PHONE = "carmen", "NOGAL-000101", "600 000 101"
INITIALS = "C. O. R."
TRIES, PATIENCE_S = 4, 3.0


def scan_card(cashier: Cashier) -> None:
    """Scan Carmen's card: the ticket is hers.

    A till that does not know the card yet asks the hub, which has 300 ms to answer: it is
    scanned again when it was too slow, as people do.
    """
    for _ in range(TRIES - 1):
        cashier.hand.scan(CARD)
        with suppress(NotSeen):
            see_on_ticket(cashier, deadline_s=PATIENCE_S)
            return
    cashier.hand.scan(CARD)
    see_on_ticket(cashier)


def see_on_ticket(cashier: Cashier, *, deadline_s: float = DEADLINE_S) -> None:
    """Wait until the ticket is Carmen's."""
    is_hers = "the ticket is Carmen's"
    wait_until(is_hers, lambda: _whose(cashier) == CARMEN, deadline_s=deadline_s)


def see_purchases(cashier: Cashier) -> None:
    """Wait until the hub told of her purchases."""
    wait_until("purchases of Carmen", lambda: bool(cashier.books.purchases(CARMEN)))


def find_by_phone(cashier: Cashier) -> None:
    """Key in her telephone with blanks between, and take who is found."""
    cashier.hand.key("F3")
    cashier.look()
    cashier.hand.type(PHONE)
    cashier.look()
    cashier.hand.key("Return")
    see_on_ticket(cashier)
    cashier.look()


def open_page(cashier: Cashier) -> None:
    """Open her page from the ticket."""
    cashier.look()
    cashier.hand.key("F3")
    cashier.look()


# -- the played day


def buy(cashier: Cashier) -> None:
    """Carmen shows her card and buys two things."""
    scan_card(cashier)
    cashier.sell(CUP_BLUE, CANDLE)
    cashier.see_everything_sent()


def come_again(cashier: Cashier) -> None:
    """She is back: her page shows what she bought, if need be as this till knows it itself."""
    scan_card(cashier)
    open_page(cashier)


def buy_again(cashier: Cashier) -> None:
    """The same once more with one key, and the receipt calls her by her initials."""
    cashier.hand.key("Insert")
    cashier.see_lines(len((CUP_BLUE, CANDLE)))
    printed = len(cashier.printer.receipts)
    cashier.collect_after_charge()
    wait_until("the receipt is printed", lambda: len(cashier.printer.receipts) > printed)
    if INITIALS not in cashier.printer.receipts[-1].text:
        raise NotSeen(f"{INITIALS} is not on the receipt")


def _whose(cashier: Cashier) -> str:
    ticket = cashier.books.ticket()
    return ticket.basket.customer_id if ticket else ""
