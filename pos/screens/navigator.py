"""Which screen is shown and which panel lies over its right region."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Signal


class Screen(Enum):
    SIGN_IN = "sign in"
    OPEN_SHIFT = "open shift"
    SALE = "sale"
    PAYMENT = "payment"
    CHANGE = "change"
    CLOSE_SHIFT = "close shift"
    RECEIPTS = "receipts"
    CASH_OFFICE = "cash office"
    DESK = "desk"
    SYNC = "sync"
    FIGURES = "figures"
    PICKUPS = "pickups"
    PICKING = "picking"
    STAGING = "staging"
    HANDOVER = "handover"
    RETURN = "return"
    CUSTOMER = "customer"


class Navigator(QObject):
    """The one who knows where the cashier is; view models ask it to go elsewhere.

    A panel is a view model whose widget covers the right region of any screen (see
    pos/screens/panels.py). Panels stack: closing one shows the one below.
    """

    changed = Signal(object)  # Screen
    panel_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current = Screen.SIGN_IN
        self._arguments: dict[str, object] = {}
        self._panels: list[QObject] = []
        self.touched = False  # whether a finger or a key was last; the window keeps it true

    @property
    def current(self) -> Screen:
        return self._current

    @property
    def arguments(self) -> dict[str, object]:
        """What the current screen was asked for with, such as `sale`."""
        return dict(self._arguments)

    @property
    def panel(self) -> QObject | None:
        """The panel on top."""
        return self._panels[-1] if self._panels else None

    @property
    def leaves_typing(self) -> bool:
        """True when what is typed belongs to the page: no panel, or one that only tells."""
        return self.panel is None or getattr(self.panel, "only_tells", False)

    def go(self, screen: Screen, **arguments: object) -> None:
        """Show a screen, also when it is shown already; every panel closes."""
        self.close_all()
        self._current, self._arguments = screen, dict(arguments)
        self.changed.emit(screen)

    def open(self, panel: QObject) -> None:
        """Lay a panel over the right region; it lives until it is closed."""
        panel.setParent(self)
        self._panels.append(panel)
        self.panel_changed.emit()

    def close(self, panel: QObject | None = None) -> None:
        """Close the panel on top, or one by name wherever it lies; none is no error."""
        if panel is None and self._panels:
            panel = self._panels[-1]
        if panel is None or panel not in self._panels:
            return
        self._panels.remove(panel)
        self.panel_changed.emit()
        panel.deleteLater()

    def close_all(self) -> None:
        """Close every panel."""
        gone, self._panels = self._panels, []
        if gone:
            self.panel_changed.emit()
        for panel in gone:
            panel.deleteLater()
