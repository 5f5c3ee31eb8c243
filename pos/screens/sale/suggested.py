"""What goes with the ticket at the counter, looked up beside the scanning and never before it."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.catalogue import Product
from pos.domain.errors import StoreUnavailable
from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.counter import Counter
from pos.services.suggestions import for_ticket

log = logging.getLogger(__name__)

_Wanted = tuple[str, str, tuple[tuple[str, bool], ...]]


class Suggested(QObject):
    """The products suggested for the ticket, the best first; `changed` follows them.

    A line is shown before anything is looked up for it. One look-up runs at a time, and only
    when goods or customer differ; the answer to an older ticket is dropped.
    """

    changed = Signal()

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.products: tuple[Product, ...] = ()
        self._counter = counter
        self._wanted = _wanted(None)
        self._asked = 0
        self.is_looking = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        counter.ticket_changed.connect(self._on_ticket)
        self._on_ticket()

    def price(self, product: Product) -> str:
        """Write what one of it costs."""
        if product.unit.is_counted:
            return wording.money(product.price)
        return wording.unit_price(product.price, product.unit)

    def look_again(self) -> None:
        """Look although the goods are the same: what the customer agreed to may have changed."""
        self._asked += 1
        if self._wanted[0]:
            self._soon.start()  # what is asked twice before anything is painted is looked up once

    def _on_ticket(self) -> None:
        before, self._wanted = self._wanted, _wanted(self._counter.ticket)
        if self._wanted == before:
            return
        if self._wanted[:2] != before[:2]:
            self._show(())  # of another ticket, or of another customer
        self.look_again()

    def _look(self) -> None:
        ticket = self._counter.ticket
        if self.is_looking or ticket is None:
            return
        self.is_looking, station, asked = True, self._counter.station, self._asked
        self._counter.background.run(
            lambda: (asked, for_ticket(station, ticket)), self._on_found, self._on_failed
        )

    def _on_found(self, found: tuple[int, tuple[Product, ...]]) -> None:
        asked, products = found
        self.is_looking = False
        if asked == self._asked:
            self._show(products)
        else:
            self._look()

    def _on_failed(self, error: Exception) -> None:
        self.is_looking = False
        if not isinstance(error, StoreUnavailable):
            raise error
        log.warning("nothing suggested", extra={"reason": str(error)})
        self._show(())

    def _show(self, products: tuple[Product, ...]) -> None:
        if products != self.products:
            self.products = products
            self.changed.emit()


def _wanted(ticket: Ticket | None) -> _Wanted:
    """Return what suggestions depend on: ticket, customer, and which goods count on it."""
    if ticket is None or ticket.basket.is_empty:
        return "", "", ()
    basket = ticket.basket
    goods = tuple((line.product.sku, line.is_void) for line in basket.lines)
    return basket.basket_id, basket.customer_id, goods
