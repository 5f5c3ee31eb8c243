"""Where pages lie, and the panel over their right region."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.widgets.grid import NARROW, grid_for, places
from pos.widgets.panel import Bottomed


class PanelHost(Bottomed):
    """The ground a panel lies on; keeps Tab inside the panel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(ground="surface-app", parent=parent)
        # Its ground is whole: without this every key of the page below is painted at each change.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def panel(self) -> QWidget | None:
        item = self._column.itemAt(0)
        return item.widget() if item else None

    def put(self, panel: QWidget | None) -> None:
        """Show a panel in the place of the one before; None shows none."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        if panel is not None:
            self._column.addWidget(panel)
            panel.show()
        self.setVisible(panel is not None)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go round the panel's own widgets."""
        inside = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and widget.isEnabled()
            and widget.focusProxy() is None
        ]
        if not inside:
            return True
        current = self.window().focusWidget()
        step = 1 if forward else -1
        place = inside.index(current) if current in inside else -1 if forward else 0
        inside[(place + step) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True


class Stage(QWidget):
    """Shows one page in full and at most one panel over its right region."""

    def __init__(self, *, mirrored: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mirrored = mirrored
        self._page: QWidget | None = None
        self._upper_only_allowed = False
        self.host = PanelHost(self)

    @property
    def page(self) -> QWidget | None:
        return self._page

    def set_mirrored(self, mirrored: bool) -> None:
        """Swap the sides for a left-handed cashier."""
        self._mirrored = mirrored
        self.place()

    def show_page(self, page: QWidget, *, has_keypad: bool) -> None:
        """Show a page; `has_keypad` leaves it free under panels that need only the upper part."""
        if self._page is not None and self._page is not page:
            self._page.hide()
        self._page, self._upper_only_allowed = page, has_keypad
        page.setParent(self)
        page.lower()
        self.place()
        page.show()

    def show_panel(self, panel: QWidget | None) -> None:
        """Lay a panel over the page, or take the last one away."""
        self.host.put(panel)
        self.host.raise_()
        self.place()

    def covers_keypad(self) -> bool:
        """True when the panel takes the whole right region."""
        panel = self.host.panel
        upper = getattr(panel, "covers", "side") == "tabs" and self._upper_only_allowed
        return panel is not None and not (upper and grid_for(self.width()) is not NARROW)

    def place(self) -> None:
        """Give page and panel their boxes."""
        if self._page is not None:
            self._page.setGeometry(self.rect())
        boxes = places(self.width(), self.height(), mirrored=self._mirrored)
        box: QRect = boxes.side if self.covers_keypad() else boxes.tabs
        own = getattr(self._page, "panel_box", None)  # of a page with columns of its own
        self.host.setGeometry(box if own is None else own())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.place()

    def event(self, event: QEvent) -> bool:
        """Place the panel again when it asks for another part of the region."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.place()
        return super().event(event)
