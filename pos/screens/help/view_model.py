"""The keys that do the work, and who to ask."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.screens.navigator import Navigator


class HelpViewModel(QObject):
    """Pairs of key cap and meaning, in the order they are needed."""

    changed = Signal()

    def __init__(self, navigator: Navigator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._navigator = navigator

    @property
    def hints(self) -> tuple[tuple[str, str], ...]:
        return (
            ("3*", self.tr("Three of the next article, scanned or keyed")),
            (
                self.tr("Enter"),
                self.tr("Take the code; with nothing typed, change the chosen line"),
            ),
            ("\u2191 \u2193", self.tr("Choose a line")),
            ("F2", self.tr("Find by name, brand or code")),
            ("F3", self.tr("Find or open the customer")),
            ("F4", self.tr("Park the ticket, or take a parked one up")),
            ("F5", self.tr("Orders to collect")),
            ("F6", self.tr("Take something back; there F8: without receipt, F9: exchange")),
            ("F7", self.tr("Discount on the line or the ticket")),
            ("F8", self.tr("Price and stock without selling")),
            ("F9", self.tr("Open the drawer, with a reason")),
            ("F10  +", self.tr("Take payment")),
            (self.tr("Del"), self.tr("Void the chosen line")),
            (self.tr("Ins"), self.tr("In an exchange: the same again")),
            ("F11", self.tr("People, cash, receipts, language")),
            ("F12", self.tr("Lock; the ticket stays")),
            ("Esc", self.tr("One step back")),
        )

    def close(self) -> None:
        """Go back to the screen."""
        self._navigator.close(self)
