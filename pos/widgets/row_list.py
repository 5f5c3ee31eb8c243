"""Lists other than the ticket: a picture or icon, two rows of text, columns at the right."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from pos.widgets.paint import draw_text, elided, width_of
from pos.widgets.pieces import Icon, Initials, Piece, Tile
from pos.widgets.row_view import RowView


@dataclass(frozen=True, slots=True)
class ListRow:
    """What one row shows; every text is ready to be painted.

    At the left one of `picture` (icon on a tile), `icon`, `initials`, or nothing. `tone` is
    `amber` or `danger` for the whole row's words; `middle_tone` for the middle column only.
    `accent` follows the second row in the accent. `strong` writes the title as a name in a
    list (16 px) instead of as a ticket line (20 px). `voided` strikes the title.
    """

    key: str
    title: str
    second: str = ""
    accent: str = ""
    middle: str = ""
    middle_second: str = ""
    right: str = ""
    right_second: str = ""
    picture: str = ""
    icon: str = ""
    initials: str = ""
    tone: str = ""
    middle_tone: str = ""
    strong: bool = False
    voided: bool = False

    def spoken(self) -> str:
        parts = (self.title, self.second, self.accent, self.middle, self.middle_second)
        return ", ".join(part for part in (*parts, self.right, self.right_second) if part)


_GROUND = {"amber": "amber-soft", "danger": "danger-soft"}


class RowList(RowView[ListRow]):
    """A list of `ListRow`; see `RowView` for its signals. Widths are pixels, 0 hides a column."""

    def __init__(
        self,
        *,
        row_height: int = 60,
        middle_width: int = 0,
        right_width: int = 92,
        rounded: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(row_height, rounded, parent)
        self._middle, self._right = middle_width, right_width

    def set_columns(self, *, middle_width: int, right_width: int) -> None:
        """Give the columns other widths."""
        self._middle, self._right = middle_width, right_width
        self.viewport().update()

    def ground(self, row: ListRow, *, chosen: bool, hover: bool) -> str:
        plain = _GROUND.get(row.tone, "")
        return super().ground(row, chosen=chosen, hover=hover and not plain) or plain

    def paint_row(self, painter: QPainter, box: QRectF, row: ListRow) -> None:
        height = box.height() - 1
        x, right = box.x() + 16, self.width() - 16
        head = self._head(row)
        if head:
            head.paint(painter, QRectF(x, box.y(), head.width, height))
            x += head.width + 12
        if self._right and row.right:
            column = max(self._right, int(width_of(row.right, self._right_style(row))))
            self._paint_right(painter, right, box.y(), height, row)
            right -= column + 12
        if self._middle and (row.middle or row.middle_second):
            self._paint_middle(painter, right - self._middle, box.y(), height, row)
        if self._middle:
            right -= self._middle + 12
        self._paint_title(painter, QRectF(x, box.y(), right - x, height), row)

    def _head(self, row: ListRow) -> Piece | None:
        if row.picture:
            return Tile(row.picture)
        if row.initials:
            return Initials(row.initials)
        return Icon(row.icon, 24 if row.second else 20, self._ink(row)) if row.icon else None

    def _ink(self, row: ListRow) -> str:
        return f"{row.tone}-text" if row.tone else "text"

    def _right_style(self, row: ListRow) -> str:
        return "body" if row.strong else "heading"

    def _paint_title(self, painter: QPainter, box: QRectF, row: ListRow) -> None:
        style, line = ("strong", 22) if row.strong else ("line", 24)
        second = 20 if row.second or row.accent else 0
        y = box.y() + round((box.height() - line - second) / 2)
        width = int(box.width())
        title = elided(row.title, style, width)
        ink = "text" if row.tone == "amber" else self._ink(row)
        draw_text(painter, box.x(), y, title, style, ink, struck=row.voided)
        small = self._ink(row) if row.tone else "text-muted"
        text = elided(row.second, "meta", width)
        draw_text(painter, box.x(), y + line, text, "meta", small)
        if row.accent:
            gap = width_of(text, "meta") + (4 if text else 0)
            cut = elided(row.accent, "meta", int(width - gap))
            draw_text(painter, box.x() + gap, y + line, cut, "meta", "accent-text")

    def _paint_middle(
        self, painter: QPainter, x: float, y: float, height: float, row: ListRow
    ) -> None:
        tone = f"{row.middle_tone}-text" if row.middle_tone else ""
        top = y + round((height - 42) / 2) if row.middle_second else y + round((height - 22) / 2)
        text = elided(row.middle, "strong", self._middle)
        draw_text(painter, x, top, text, "strong", tone or "text")
        text = elided(row.middle_second, "meta", self._middle)
        draw_text(painter, x, top + 22, text, "meta", tone or "text-muted")

    def _paint_right(
        self, painter: QPainter, right: float, y: float, height: float, row: ListRow
    ) -> None:
        style = self._right_style(row)
        line = 22 if row.strong else 28
        second = 20 if row.right_second else 0
        top = y + round((height - line - second) / 2)
        ink = "danger-text" if row.tone == "danger" else "text"
        draw_text(painter, right - width_of(row.right, style), top, row.right, style, ink)
        x = right - width_of(row.right_second, "meta")
        draw_text(painter, x, top + line, row.right_second, "meta", "text-muted")
