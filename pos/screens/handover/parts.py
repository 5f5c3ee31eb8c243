"""Pieces of the handover screen: parcels in hand, lines to take or leave, sums."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from pos.screens.handover.words import ParcelWords, TakeRow
from pos.screens.pictures import picture_of
from pos.widgets.paint import draw_box, draw_ring, draw_text, elided, fill_rect, width_of
from pos.widgets.pieces import Column, Icon, Piece, Row, Spring, Tile, Word
from pos.widgets.row_view import RowView
from pos.widgets.text import Text

ROW_HEIGHT = 80
CHOICE_WIDTH = 250
_NARROW_CHOICE = 224
_AMOUNT = 96
_TIGHT = 320
_KEY = 56


class ParcelTile(QAbstractButton):
    """A parcel: where it stands, and whether it is in hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ParcelWords(0, "", "", is_in_hand=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def number(self) -> int:
        return self._words.number

    def show_parcel(self, words: ParcelWords) -> None:
        """Show a parcel."""
        self._words = words
        self.setAccessibleName(f"{words.title}, {words.second}")
        self.setAccessibleDescription("✓" if words.is_in_hand else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 68)

    def paintEvent(self, _event: QPaintEvent) -> None:
        words, box = self._words, QRectF(self.rect())
        painter = QPainter(self)
        fill, edge, px = ("accent-soft", "accent-text", 2) if words.is_in_hand else (
            "surface-key", "border-control", 1
        )  # fmt: skip
        draw_box(painter, box, fill=fill, edge=edge, px=px)
        lines = [Word(words.title, "strong", "text"), Word(words.second, "meta", "text-muted")]
        pieces: list[Piece] = [Icon("parcel", 28, "text"), Column(lines), Spring()]
        if words.is_in_hand:
            pieces.append(Icon("check-circle", 26, "accent-text"))
        is_tight = box.width() < _TIGHT
        inner = box.adjusted(12, 0, -12, 0) if is_tight else box.adjusted(16, 0, -16, 0)
        Row(pieces, 8 if is_tight else 12).paint(painter, inner)
        if self.hasFocus():
            draw_ring(painter, box, on_solid=False)
        painter.end()


class Parcels(QWidget):
    """The parcels of the order in two columns; `touched` carries a parcel's number."""

    touched = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: list[ParcelTile] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def set_parcels(self, parcels: Sequence[ParcelWords]) -> None:
        """Show these parcels."""
        while len(self.tiles) < len(parcels):
            tile = ParcelTile()
            tile.clicked.connect(lambda _=False, tile=tile: self.touched.emit(tile.number))
            place = len(self.tiles)
            self._grid.addWidget(tile, place // 2, place % 2)
            self.tiles.append(tile)
        for place, tile in enumerate(self.tiles):
            tile.setVisible(place < len(parcels))
            if place < len(parcels):
                tile.show_parcel(parcels[place])


class TakeList(RowView[TakeRow]):
    """Lines with what is taken of each; `taken` carries line number and pieces.

    A line of one piece is taken or left; of one with more the pieces are counted.
    """

    taken = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ROW_HEIGHT, parent=parent)
        self._words = ("", "")
        self._choice, self._has_pictures = CHOICE_WIDTH, True

    def set_words(self, take: str, leave: str) -> None:
        """Write the two halves of each line's segment."""
        self._words = (take, leave)
        self.viewport().update()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the pictures out in a narrow window, so that names and words have room."""
        self._choice = _NARROW_CHOICE if narrow else CHOICE_WIDTH
        self._has_pictures = not narrow
        self.viewport().update()

    @property
    def choice_width(self) -> int:
        return self._choice

    def half(self, row: int, side: int) -> QRectF:
        """Return the box of a line's left (0) or right (1) half, in the viewport."""
        box = QRectF(self.visualRect(self.rows.index(row)))
        choice = self._choice_box(box)
        width = choice.width() / 2
        return QRectF(choice.x() + side * width, choice.y(), width, choice.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take or leave by the half that is touched; elsewhere the row is chosen."""
        index = self.indexAt(event.position().toPoint())
        choice = self._choice_box(QRectF(self.visualRect(index)))
        if not index.isValid() or not choice.contains(event.position()):
            super().mousePressEvent(event)
            return
        row: TakeRow = self.rows.rows[index.row()]
        is_left = event.position().x() < choice.center().x()
        self.setCurrentIndex(index)
        if row.most == 1:
            self.taken.emit(row.number, int(is_left))
        else:
            step = -1 if is_left else 1
            self.taken.emit(row.number, min(max(row.taken + step, 0), row.most))

    def ground(self, row: TakeRow, *, chosen: bool, hover: bool) -> str:
        return "surface-sunken" if not row.taken else "surface-hover" if hover else ""

    def paint_row(self, painter: QPainter, box: QRectF, row: TakeRow) -> None:
        height = box.height() - 1
        left = box.x() + 16
        if self._has_pictures:
            tile = Tile(picture_of(row.picture, otherwise="tag"))
            tile.paint(painter, QRectF(left, box.y(), tile.width, height))
            left += tile.width + 12
        choice = self._choice_box(box)
        ink = "text" if row.taken else "text-muted"
        amount_end = choice.x() - 12
        style = "line"
        amount_style = "heading" if row.taken else "line"
        room = int(amount_end - _AMOUNT - 12 - left)
        top = box.y() + round((height - 46) / 2)
        draw_text(painter, left, top, elided(row.name, style, room), style, ink)
        second = elided(row.second, "meta", room)
        draw_text(painter, left, top + 26, second, "meta", "text-muted")
        x = amount_end - width_of(row.amount, amount_style)
        y = box.y() + round((height - 28) / 2)
        draw_text(painter, x, y, row.amount, amount_style, ink)
        if row.most == 1:
            self._paint_segment(painter, choice, row)
        else:
            self._paint_count(painter, choice, row)

    def _paint_segment(self, painter: QPainter, box: QRectF, row: TakeRow) -> None:
        draw_box(painter, box, fill="surface-key", edge="border-control")
        for side, word in enumerate(self._words):
            on = bool(row.taken) is (side == 0)
            half = QRectF(box.x() + side * box.width() / 2, box.y(), box.width() / 2, box.height())
            pieces: list[Piece] = []
            if on:
                draw_box(painter, half, fill="accent-soft", edge="accent-text", px=2)
                pieces.append(Icon("check", 18, "accent-text"))
            ink = "accent-text" if on else "text-muted"
            pieces.append(Word(word, "strong", ink, 20))
            Row(pieces, 8, "centre").paint(painter, half.adjusted(8, 0, -8, 0))

    def _paint_count(self, painter: QPainter, box: QRectF, row: TakeRow) -> None:
        draw_box(painter, box, fill="surface-key", edge="border-control")
        ends = (
            ("minus", box.x(), row.taken > 0),
            ("plus", box.right() - _KEY, row.taken < row.most),
        )
        for icon, x, is_on in ends:
            ink = "text" if is_on else "border-control"
            Row([Icon(icon, 20, ink)], 0, "centre").paint(
                painter, QRectF(x, box.y(), _KEY, box.height())
            )
        for x in (box.x() + _KEY, box.right() - _KEY):
            fill_rect(painter, x, box.y() + 1, 1, box.height() - 2, "border")
        text = f"{row.taken} / {row.most}"
        ink = "accent-text" if row.taken else "text-muted"
        middle = box.adjusted(_KEY, 0, -_KEY, 0)
        Row([Word(text, "strong", ink, 20)], 0, "centre").paint(painter, middle)

    def _choice_box(self, row: QRectF) -> QRectF:
        top = row.y() + round((row.height() - 1 - _KEY) / 2)
        return QRectF(row.right() - 16 - self._choice, top, self._choice, _KEY)


class Sums(QWidget):
    """Rows of a word and an amount."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._pairs: list[tuple[Text, Text]] = []

    def set_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show these rows."""
        while len(self._pairs) < len(rows):
            pair = (Text("", "body", "text-muted"), Text("", "body", keeps=True, align="right"))
            place = len(self._pairs)
            self._grid.addWidget(pair[0], place, 0)
            self._grid.addWidget(pair[1], place, 1)
            self._pairs.append(pair)
        for place, (word, amount) in enumerate(self._pairs):
            word.setVisible(place < len(rows))
            amount.setVisible(place < len(rows))
            if place < len(rows):
                word.set_text(rows[place][0])
                amount.set_text(rows[place][1])

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What is shown."""
        return [(one.text(), two.text()) for one, two in self._pairs if one.isVisibleTo(self)]


def row_of(*widgets: QWidget, spacing: int = 12) -> QHBoxLayout:
    """Return widgets side by side."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    return row
