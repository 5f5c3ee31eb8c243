"""The way from the sale to the orders to collect, and how many of them are new."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen


class PickupsTab(QObject):
    """`changed` follows the number of new orders."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        counter.pickups.changed.connect(self.changed)

    @property
    def count(self) -> int:
        return self._counter.pickups.new_count

    def open(self) -> None:
        """Show the orders to collect; the ticket stays as it is."""
        self._navigator.go(Screen.PICKUPS)
