"""A receipt on the screen, to be shown to the customer or copied off."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.sale import Sale
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator


class PreviewViewModel(QObject):
    """A panel with the picture of one receipt."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, sale: Sale, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._navigator, self.sale = navigator, sale
        self.picture = counter.devices.printing.preview(sale)

    @property
    def number(self) -> str:
        return str(self.sale.number)

    def close(self) -> None:
        """Go back to the screen."""
        self._navigator.close(self)
