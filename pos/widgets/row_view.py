"""What ticket lines and list rows share: one list view, one chosen row, hover and keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos.widgets.paint import fill_rect
from pos.widgets.panel import paint_corners
from pos.widgets.row_model import ROW_ROLE, RowModel, Spoken

R = TypeVar("R", bound=Spoken)
_BAR = 4


class RowDelegate(QStyledItemDelegate, Generic[R]):
    """Paints a row whole: ground, bar of the chosen one, rule below, then its contents."""

    def __init__(self, view: RowView[R]) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(10, self._view.row_height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: R = index.data(ROW_ROLE)
        box = QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = self._view.ground(row, chosen=chosen, hover=hover)
        if ground:
            paint_corners(painter, box, ground, self._view.corners(box))
        if chosen:
            fill_rect(painter, box.x(), box.y(), _BAR, box.height() - 1, "accent-text")
        fill_rect(painter, box.x(), box.bottom() - 1, box.width(), 1, "border")
        self._view.paint_row(painter, box, row)


class RowView(QListView, Generic[R]):
    """A list of rows of equal height.

    `chosen` carries the position of the row that was chosen by touch, arrow keys or
    `choose`; −1 for none. `activated_row` carries the position of a row that was touched
    or confirmed with Intro.
    """

    chosen = Signal(int)
    activated_row = Signal(int)

    def __init__(self, row_height: int, rounded: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row_height = row_height
        self._rounded = rounded
        self.rows: RowModel[R] = RowModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(row_height)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.clicked.connect(lambda index: self.activated_row.emit(index.row()))

    @property
    def chosen_row(self) -> int:
        """Position of the chosen row; −1 if none."""
        return self.currentIndex().row()

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; only what differs is painted again."""
        self.rows.set_rows(rows)

    def choose(self, position: int) -> None:
        """Choose a row and bring it into sight; −1 chooses none."""
        if position < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        index = self.rows.index(position)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def ground(self, row: R, *, chosen: bool, hover: bool) -> str:
        """Return the colour token a row lies on; empty for the panel's own."""
        return "accent-soft" if chosen else "surface-hover" if hover else ""

    def paint_row(self, painter: QPainter, box: QRectF, row: R) -> None:
        """Paint what is written in a row."""

    def corners(self, box: QRectF) -> str:
        """Return which corners of the panel a row touches."""
        if not self._rounded:
            return ""
        at_top = box.top() <= 0 and self._rounded in ("top", "both")
        at_bottom = box.bottom() >= self.viewport().height() and self._rounded in (
            "bottom",
            "both",
        )
        if at_top and at_bottom:
            return "both"
        return "top" if at_top else "bottom" if at_bottom else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm with Intro; leave typing to whoever holds the screen's keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen_row >= 0:
            self.activated_row.emit(self.chosen_row)
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(index.row())
