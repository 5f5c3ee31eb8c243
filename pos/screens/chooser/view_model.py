"""Products that share a code, for the cashier to choose from."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.catalogue import Product
from pos.screens import wording
from pos.screens.navigator import Navigator


class ChooserViewModel(QObject):
    """Asks which product it is; `chosen` carries it."""

    changed = Signal()
    chosen = Signal(object)  # Product

    refuses_scans = True

    def __init__(
        self,
        navigator: Navigator,
        products: tuple[Product, ...],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._navigator, self.products = navigator, products

    def price(self, product: Product) -> str:
        return wording.money(product.price)

    def choose(self, position: int) -> None:
        """Take the product at a position."""
        if 0 <= position < len(self.products):
            product = self.products[position]
            self._navigator.close(self)
            self.chosen.emit(product)

    def close(self) -> None:
        """Take none of them."""
        self._navigator.close(self)
