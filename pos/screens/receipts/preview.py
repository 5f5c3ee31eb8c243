"""A receipt on the screen, to be shown to the customer or copied off."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.print_subjects import Receipted
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator


class PreviewViewModel(QObject):
    """A panel with the picture of one receipt."""

    changed = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        document: Receipted,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._navigator, self._document = navigator, document
        self.picture = counter.devices.printing.preview(document)

    @property
    def number(self) -> str:
        return str(self._document.number)

    def close(self) -> None:
        """Go back to the screen."""
        self._navigator.close(self)
