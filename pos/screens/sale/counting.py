"""Another quantity for the chosen line, typed before Intro."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos.domain.basket import BasketError, Line
from pos.domain.quantity import THOUSAND, Quantity, QuantityNotPossible
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.sale.scans import not_possible
from pos.services import sell


def set_count(counter: Counter, navigator: Navigator, line: Line, count: int) -> str:
    """Sell `count` of a line instead; return why it cannot be, or nothing."""
    ticket, sign_on = counter.ticket, counter.sign_on
    if ticket is None:
        return ""
    try:
        quantity = Quantity(count * THOUSAND, line.quantity.unit)
        changed = attempt(
            counter, navigator, lambda: sell.set_quantity(sign_on, ticket, line.number, quantity)
        )
    except QuantityNotPossible as error:
        return not_possible(error)
    except BasketError:
        return QCoreApplication.translate("Sale", "The label fixes this line's price and quantity")
    if changed is not None:
        counter.put(changed)
    return ""
