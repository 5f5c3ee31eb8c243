"""How the customer of an order is reached."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.collection import Order
from pos.screens.navigator import Navigator


class ContactViewModel(QObject):
    """Name, telephone and e-mail of a customer, shown while somebody calls."""

    changed = Signal()

    only_tells = True

    def __init__(self, navigator: Navigator, order: Order, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._navigator, self._order = navigator, order

    @property
    def title(self) -> str:
        return self.tr("Call about {number}").format(number=self._order.number)

    @property
    def phone(self) -> str:
        return self._order.phone or self.tr("no telephone")

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What else is known of them, as (label, value)."""
        order = self._order
        others = ", ".join(
            f"{one.name} ({one.relation})" if one.relation else one.name
            for one in order.collectors
        )
        known = (
            (self.tr("Customer"), order.customer_name),
            (self.tr("E-mail"), order.email),
            (self.tr("May collect too"), others),
        )
        return tuple((label, value) for label, value in known if value)

    def close(self) -> None:
        """Go back to the queue."""
        self._navigator.close(self)
