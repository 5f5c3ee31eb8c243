"""The shop's favourites as the catalogue has them, page by page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal

from pos.domain.catalogue import Product, QuickKey
from pos.screens import wording
from pos.screens.counter import Counter


class Favourites(QObject):
    """Pages of favourites; `changed` follows the page chosen and a fresh catalogue."""

    changed = Signal()

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counter = counter
        self._keys: tuple[QuickKey, ...] = ()
        self._page = ""
        counter.devices.link.catalogue_changed.connect(self.read_again)
        self.read_again()

    @property
    def pages(self) -> tuple[str, ...]:
        """Names of the pages in the shop's order."""
        return tuple(dict.fromkeys(key.page for key in self._keys))

    @property
    def page(self) -> str:
        """The page in sight."""
        return self._page if self._page in self.pages else (self.pages or ("",))[0]

    @property
    def keys(self) -> tuple[QuickKey, ...]:
        """The favourites of the page in sight, by position."""
        keys = (key for key in self._keys if key.page == self.page)
        return tuple(sorted(keys, key=lambda key: key.position))

    def price(self, product: Product) -> str:
        """Write what is under the label of a favourite."""
        if product.has_open_price:
            return QCoreApplication.translate("Favourites", "open price")
        if product.unit.is_counted:
            return wording.money(product.price)
        return wording.unit_price(product.price, product.unit)

    def product_at(self, position: int) -> Product | None:
        """Return the product of a key of the page in sight."""
        return next((key.product for key in self.keys if key.position == position), None)

    def turn_to(self, page: str) -> None:
        """Show another page."""
        self._page = page
        self.changed.emit()

    def read_again(self) -> None:
        """Take the favourites from the current catalogue."""
        self._keys = self._counter.station.catalogues.current().quick_keys()
        self.changed.emit()
