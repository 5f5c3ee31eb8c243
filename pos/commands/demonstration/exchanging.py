"""What customers change for something else: dearer, cheaper, or the same again."""

from __future__ import annotations

from pos.commands.demonstration.articles import CANDLE, MOKA
from pos.commands.demonstration.cashier import Cashier
from pos.commands.demonstration.collecting import Pickups
from pos.commands.demonstration.eyes import NotSeen, wait_until
from pos.commands.demonstration.returning import choose, go_on, open_receipt
from pos.domain.return_words import Condition, Reason
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.tender import TenderKind


def bring(cashier: Cashier) -> None:
    """Bring the first line of the latest sale back, and let it pay for what is taken."""
    sale = cashier.books.last_sale()
    if sale is None:
        raise NotSeen("no sale")
    open_receipt(cashier, str(sale.number), sale.shop)
    choose(cashier, 1, Reason.SIZE, Condition.SEALED)
    cashier.hand.key("F9")
    wait_until("the goods pay for the ticket", lambda: cashier.books.came_back() is not None)
    cashier.look()


def same_again(cashier: Cashier) -> None:
    """Put the same onto the ticket again, with one key."""
    wanted = cashier.lines + 1
    cashier.hand.key("Insert")
    cashier.see_lines(wanted)


def change_evenly(cashier: Cashier) -> tuple[Sale, Return]:
    """Press Cambiar: nothing is to be paid or given back."""
    with cashier.books.expecting("return.completed"):
        cashier.hand.key("F10")
    cashier.look()
    cashier.next_customer()
    return recorded(cashier)


def give_rest_back(cashier: Cashier) -> tuple[Sale, Return]:
    """Press Abonar, and give the rest back the way that is proposed."""
    cashier.hand.key("F10")
    cashier.look()
    with cashier.books.expecting("return.completed"):
        cashier.hand.key("F10")
    cashier.look()
    go_on(cashier)
    return recorded(cashier)


def pay_difference(cashier: Cashier) -> tuple[Sale, Return]:
    """Pay what is left in cash, exactly."""
    cashier.collect_after_charge()
    return recorded(cashier)


def recorded(cashier: Cashier) -> tuple[Sale, Return]:
    """Return both documents of the latest exchange."""
    sale, document = cashier.books.last_sale(), cashier.books.last_return()
    if sale is None or document is None or document.exchange_id != sale.sale_id:
        raise NotSeen("sale and return do not name each other")
    return sale, document


# -- the played day


def swap_for_dearer(floor: Pickups) -> None:
    """A candle was bought a moment ago; a coffee maker is taken instead."""
    cashier = floor.stand.cashier
    cashier.sell(CANDLE)
    bring(cashier)
    cashier.scan(MOKA)
    cashier.look()


def pay_for_dearer(floor: Pickups) -> None:
    """The difference is paid, once."""
    sale, document = pay_difference(floor.stand.cashier)
    paid = [(one.kind, one.amount) for one in sale.tenders]
    difference = sale.total - document.total
    if paid != [(TenderKind.EXCHANGE, document.total), (TenderKind.CASH, difference)]:
        raise NotSeen(f"paid by {paid}")
