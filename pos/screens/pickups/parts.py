"""What the queue is drawn with: rows with their light, articles, the foot, figures, panels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.screens.pickups.contact import ContactViewModel
from pos.screens.pickups.lines import ArticleRow, QueueRow
from pos.screens.pickups.more import MoreViewModel
from pos.screens.pictures import picture_of
from pos.screens.question import QuestionPanel
from pos.widgets.key import Key
from pos.widgets.key_faces import Face
from pos.widgets.paint import draw_box, draw_icon, draw_text, elided, fill_rect, width_of
from pos.widgets.panel import Bottomed
from pos.widgets.pieces import Tile
from pos.widgets.row_view import RowView
from pos.widgets.text import IconView, Text

ROW_HEIGHT, ARTICLE_HEIGHT = 68, 60
_GAP = 12
# Widths of due, units, a gap, state, shelf, amount; the order takes the rest.
_WIDE = (178, 44, 4, 152, 92, 92)
_NARROW = (156, 36, 0, 98, 0, 78)


def columns(*, is_narrow: bool) -> tuple[int, int, int, int, int, int]:
    """Return the widths of the columns beside the order's, in pixels; 0 hides one."""
    return _NARROW if is_narrow else _WIDE


class QueueList(RowView[QueueRow]):
    """Orders with their light, state, shelf and what is to pay."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ROW_HEIGHT, "", parent)
        self.is_narrow = False

    def paint_row(self, painter: QPainter, box: QRectF, row: QueueRow) -> None:
        due, units, gap, state, shelf, amount = columns(is_narrow=self.is_narrow)
        self._paint_due(painter, box, row)
        x = 16.0 + due + _GAP
        taken = sum(part + _GAP for part in (units, gap, state, shelf, amount) if part)
        rest = self.width() - 16 - x - taken
        self._paint_order(painter, x, rest, box, row)
        x += rest + _GAP + units
        top = box.y() + (box.height() - 1 - 22) / 2
        draw_text(painter, x - width_of(row.units, "strong"), top, row.units, "strong", "text")
        x += _GAP + (gap + _GAP if gap else 0)
        self._paint_state(painter, x, state, box, row)
        x += state + _GAP
        if shelf:
            _quiet(painter, x, top, elided(row.shelf, "strong", shelf))
        right = self.width() - 16.0
        _quiet(painter, right - width_of(row.to_pay, "strong"), top, row.to_pay)

    def _paint_due(self, painter: QPainter, box: QRectF, row: QueueRow) -> None:
        tone = "amber-text" if row.due.is_amber else "text"
        small = "amber-text" if row.due.icon == "sla-late" else "text-muted"
        icon = "check-circle" if row.is_marked else row.due.icon
        ink = "accent-text" if row.is_marked else tone
        draw_icon(painter, 16, box.y() + 22, icon, 24, ink)
        room = columns(is_narrow=self.is_narrow)[0] - 32
        first = elided(row.due.first, "strong", room)
        draw_text(painter, 48, box.y() + 12, first, "strong", tone)
        second = elided(row.due.second, "meta", room)
        draw_text(painter, 48, box.y() + 36, second, "meta", small)

    def _paint_order(
        self, painter: QPainter, x: float, room: float, box: QRectF, row: QueueRow
    ) -> None:
        has_chip = row.is_new and not self.is_narrow
        word = self.tr("New")
        chip = width_of(word, "meta+") + 18 if has_chip else 0
        title = elided(row.title, "strong", int(room - (chip + 8 if chip else 0)))
        draw_text(painter, x, box.y() + 12, title, "strong", "text")
        if has_chip:
            left = x + width_of(title, "strong") + 8
            label = QRectF(round(left), box.y() + 11, round(chip), 24)
            draw_box(painter, label, fill="accent-soft", edge="accent-text", radius=4)
            draw_text(painter, left + 9, box.y() + 13, word, "meta+", "accent-text")
        if row.is_new and self.is_narrow:
            draw_text(painter, x, box.y() + 36, word, "meta+", "accent-text")
            shift = width_of(word, "meta+") + 8
            x, room = x + shift, room - shift
        draw_text(painter, x, box.y() + 36, elided(row.second, "meta", int(room)), "meta",
                  "text-muted")  # fmt: skip

    def _paint_state(
        self, painter: QPainter, x: float, room: int, box: QRectF, row: QueueRow
    ) -> None:
        state = elided(row.state, "body", room)
        if self.is_narrow or not row.state_second:
            draw_text(painter, x, box.y() + 23, state, "body", "text")
            return
        draw_text(painter, x, box.y() + 12, state, "body", "text")
        second = elided(row.state_second, "meta", room)
        draw_text(painter, x, box.y() + 36, second, "meta", "text-muted")


def _quiet(painter: QPainter, x: float, y: float, text: str) -> None:
    """Write a value; a dash for none is not as loud as one."""
    draw_text(painter, x, y, text, "strong", "text-muted" if text == "—" else "text")


class ArticleList(RowView[ArticleRow]):
    """The lines of an order: picture, how many of what, where it lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ARTICLE_HEIGHT, "", parent)

    def ground(self, row: ArticleRow, *, chosen: bool, hover: bool) -> str:
        return ""

    def paint_row(self, painter: QPainter, box: QRectF, row: ArticleRow) -> None:
        Tile(picture_of(row.picture)).paint(painter, QRectF(0, box.y(), 48, box.height()))
        room = self.width() - 60
        draw_text(painter, 60, box.y() + 8, row.quantity, "strong", "text")
        left = 60 + width_of(row.quantity, "strong")
        name = elided(f" × {row.name}", "body", int(room - left + 60))
        draw_text(painter, left, box.y() + 8, name, "body", "text")
        tone = "amber-text" if row.is_scarce else "text-muted"
        fill_rect(painter, 0, box.bottom() - 1, box.width(), 1, "surface-panel")  # no rule here
        draw_text(painter, 60, box.y() + 31, elided(row.place, "meta", room), "meta", tone)


class Foot(Bottomed):
    """The strip below the list: how many of how many are in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ground="surface-sunken", rule_above=True, rounded="bottom", parent=parent)
        self.setFixedHeight(34)
        self.text = Text("", "meta", "text-muted")
        self.text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._down = IconView("down", 16, "text-muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.text)
        row.addWidget(self._down)
        row.addStretch(1)

    def set_text(self, text: str, *, has_more: bool) -> None:
        """Say how many are in sight; the arrow shows when there are more below."""
        self.text.set_text(text)
        self._down.setVisible(has_more)


class Figures(QWidget):
    """Labels at the left, values at the right, a line each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: tuple[tuple[str, str], ...]) -> None:
        """Write these."""
        if rows != self._rows:
            self._rows = rows
            self.setAccessibleName(", ".join(f"{label} {value}" for label, value in rows))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 28 * len(self._rows))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        y = 3.0
        for label, value in self._rows:
            draw_text(painter, 0, y, label, "body", "text-muted")
            room = int(self.width() - width_of(label, "body") - 12)
            cut = elided(value, "strong", room)
            draw_text(painter, self.width() - width_of(cut, "strong"), y, cut, "strong", "text")
            y += 28
        painter.end()


class MorePanel(QuestionPanel):
    """Two columns of keys; one that cannot be used says why."""

    def __init__(self, view_model: MoreViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="bag", parent=parent)
        self.view_model = view_model
        self._keys: dict[str, Key] = {}
        grid = QGridLayout()
        grid.setSpacing(8)
        for index, entry in enumerate(view_model.entries):
            key = Key(face=Face.TENDER)
            key.setFixedHeight(72)
            key.clicked.connect(lambda _=False, entry=entry.id: view_model.press(entry))
            self._keys[entry.id] = key
            grid.addWidget(key, index // 2, index % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.closed.connect(view_model.close)
        self._redraw()

    def key(self, entry: str) -> Key:
        """Return the key of an entry."""
        return self._keys[entry]

    def typed(self, signs: str) -> None:
        """Press a key by its number."""
        entries = self.view_model.entries
        if signs.isdecimal() and 0 < int(signs) <= min(9, len(entries)):
            entry = entries[int(signs) - 1]
            if not entry.off:
                self.view_model.press(entry.id)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        self.bar.set_words(self.view_model.title, self.tr("Close"))
        for index, entry in enumerate(self.view_model.entries):
            key = self._keys[entry.id]
            key.set_icon(entry.icon)
            key.set_word(entry.word)
            key.set_cap(str(index + 1) if index < 9 else "")
            if entry.off:
                key.set_off(entry.off)
            else:
                key.set_on()


class ContactPanel(QuestionPanel):
    """The telephone number, large enough to be dialled from it."""

    def __init__(self, view_model: ContactViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="phone", parent=parent)
        self.view_model = view_model
        self.phone = Text("", "amount", align="centre")
        self._rows = Figures()
        column = QVBoxLayout()
        column.setSpacing(20)
        column.addSpacing(24)
        column.addWidget(self.phone)
        column.addWidget(self._rows)
        self.body.addLayout(column)
        self.body.addStretch(1)
        self.closed.connect(view_model.close)
        self.accepted.connect(view_model.close)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(model.title, self.tr("Close"))
        self.phone.set_text(model.phone)
        self._rows.set_rows(model.rows)
