"""What the picking screen is drawn with: rows by place, the last scan, how far it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.screens.picking.lines import PickRow
from pos.screens.pictures import picture_of
from pos.widgets.paint import draw_box, draw_icon, draw_text, elided, fill_rect, width_of
from pos.widgets.pieces import Tile
from pos.widgets.row_view import RowView

ROW_HEIGHT = 92
_GAP = 12
# Widths of place, picture, count, a gap and status; the article takes the rest.
_WIDE, _NARROW = (104, 60, 84, 4, 128), (92, 0, 76, 0, 36)


def columns(*, is_narrow: bool) -> tuple[int, int, int, int, int]:
    """Return the widths of the columns beside the article's, in pixels; 0 hides one."""
    return _NARROW if is_narrow else _WIDE


class PickList(RowView[PickRow]):
    """Lines with place, picture, count and what is to be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ROW_HEIGHT, "", parent)
        self.is_narrow = False

    def paint_row(self, painter: QPainter, box: QRectF, row: PickRow) -> None:
        place, picture, count, gap, status = columns(is_narrow=self.is_narrow)
        y, x = box.y(), 16.0
        draw_text(painter, x, y + 24, elided(row.place, "strong", place), "strong", "text")
        second = elided(row.place_second, "meta", place)
        draw_text(painter, x, y + 48, second, "meta", "text-muted")
        x += place + _GAP
        if picture:
            tile = Tile(picture_of(row.picture), 32, 60, 60)
            tile.paint(painter, QRectF(x, y, 60, box.height() - 1))
            x += picture + _GAP
        status_left = self.width() - 16.0 - status
        right = status_left - (gap + _GAP if gap else 0)
        room = int(right - _GAP - count - _GAP - x)
        draw_text(painter, x, y + 22, elided(row.name, "line", room), "line", "text")
        draw_text(painter, x, y + 48, elided(row.second, "meta", room), "meta", "text-muted")
        self._paint_count(painter, right - _GAP, y, row)
        self._paint_status(painter, status_left, y, status, row)

    def _paint_count(self, painter: QPainter, right: float, y: float, row: PickRow) -> None:
        tone = "text-muted" if row.is_waiting else "text"
        style = "digit" if width_of(row.done, "digit") <= 120 else "line"
        left = right - width_of(row.done, style)
        draw_text(painter, left, y + (30 if style == "digit" else 34), row.done, style, tone)

    def _paint_status(
        self, painter: QPainter, x: float, y: float, room: int, row: PickRow
    ) -> None:
        if row.status_icon:
            draw_icon(painter, x, y + 33, row.status_icon, 24, row.status_tone)
            x, room = x + 32, room - 32
        if room > 60:  # in a narrow window the icon alone says it
            text = elided(row.status, "strong", room)
            draw_text(painter, x, y + 35, text, "strong", row.status_tone)


class ScanBox(QWidget):
    """What became of the last scan: in the accent when right, in amber when not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = self._second = ""
        self._is_right: bool | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(74)

    def show_scan(self, title: str, second: str, *, is_right: bool | None) -> None:
        """Write it; None for `is_right` is the invitation to scan."""
        self._title, self._second, self._is_right = title, second, is_right
        self.setAccessibleName(f"{title}. {second}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 74)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, edge, ink, icon = {
            None: ("surface-sunken", "border", "text-muted", "scan"),
            True: ("accent-soft", "accent-text", "accent-text", "check-circle"),
            False: ("amber-soft", "amber-edge", "amber-text", "alert"),
        }[self._is_right]
        painter = QPainter(self)
        draw_box(painter, QRectF(self.rect()), fill=fill, edge=edge)
        draw_icon(painter, 16, 21, icon, 32, ink)
        room = self.width() - 76
        top = 10 if self._second else 23
        style = "heading" if width_of(self._title, "heading") <= room else "strong"
        draw_text(painter, 60, top, elided(self._title, style, room), style, "text")
        draw_text(painter, 60, 42, elided(self._second, "meta", room), "meta", "text-muted")
        painter.end()


class Progress(QWidget):
    """A bar that fills from the left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = 0.0
        self.setFixedHeight(12)

    def set_part(self, done: int, of_all: int) -> None:
        """Fill `done` of `of_all`."""
        part = done / of_all if of_all else 0.0
        self.setAccessibleName(f"{done} / {of_all}")
        if part != self._part:
            self._part = part
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_box(painter, box, fill="surface-sunken", edge="border-control", radius=4)
        width = (box.width() - 2) * self._part
        if width > 0:
            fill_rect(painter, 1, 1, width, box.height() - 2, "accent-text")
        painter.end()
