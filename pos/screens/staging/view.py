"""Work with parcels: the list at the left, scans and keys at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.screens.picking.parts import ScanBox
from pos.screens.staging.job import StageRow
from pos.screens.staging.view_model import StagingViewModel
from pos.widgets.grid import BAR, GAP, MARGIN, NARROW, grid_for
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.notice import Teach
from pos.widgets.page_bar import PageBar
from pos.widgets.paint import draw_icon, draw_text, elided, width_of
from pos.widgets.panel import Panel, TableHead
from pos.widgets.row_view import RowView

_RIGHT, _NARROW_RIGHT = 460, 360
_PANEL, _NARROW_PANEL = 640, 532
_CLOSING, _KEY = 88, 56
_MOST_KEYS = 6
_ROW = 72
_RIGHT_COLUMN = 180


class StageList(RowView[StageRow]):
    """Parcels, orders or shelves: icon, two rows of text, a large word at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_ROW, "bottom", parent)

    def paint_row(self, painter: QPainter, box: QRectF, row: StageRow) -> None:
        y = box.y()
        icon = "check-circle" if row.is_done else "alert" if row.is_amber else row.icon
        tone = "accent-text" if row.is_done else "amber-text" if row.is_amber else "text-muted"
        draw_icon(painter, 16, y + 22, icon, 28, tone)
        right = self.width() - 16.0
        style, top = ("strong", 25) if row.is_word else ("heading", 22)
        cut = elided(row.right, style, _RIGHT_COLUMN)
        ink = "amber-text" if row.is_amber else "text-muted" if row.right == "—" else "text"
        draw_text(painter, right - width_of(cut, style), y + top, cut, style, ink)
        room = int(right - _RIGHT_COLUMN - 12 - 60)
        draw_text(painter, 60, y + 12, elided(row.title, "line", room), "line", "text")
        draw_text(painter, 60, y + 40, elided(row.second, "meta", room), "meta", "text-muted")


class StagingPage(QWidget):
    """Draws the job of a `StagingViewModel`; what is typed is a shelf, or is looked for."""

    def __init__(self, view_model: StagingViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._bind()
        self._redraw()

    def say(self, text: str) -> None:
        """Say in the place of the last scan why something was refused."""
        self.scan_box.show_scan(text, "", is_right=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, press the keys by what is printed on them, go on with Intro."""
        model = self.view_model
        acts: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Escape: model.back,
            Qt.Key.Key_Up: lambda: model.move(-1),
            Qt.Key.Key_Down: lambda: model.move(1),
            Qt.Key.Key_Return: model.go_on,
            Qt.Key.Key_Enter: model.go_on,
        }
        act = acts.get(Qt.Key(event.key()))
        by_cap = {key.cap: key.id for key in model.job.keys} if model.job else {}
        cap = _cap_of(event)
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if act is not None:
            act()
        elif cap in by_cap:
            model.press(by_cap[cap])
        elif event.text().isalnum() and not event.modifiers() & commands:
            model.type_text(event.text())
        else:
            event.ignore()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        width, height = self.width(), self.height()
        right = _NARROW_RIGHT if self._is_narrow else _RIGHT
        top = MARGIN + BAR + GAP
        x, inner = width - MARGIN - right, height - top - MARGIN
        self.bar.setGeometry(MARGIN, MARGIN, width - 2 * MARGIN, BAR)
        self.left.setGeometry(MARGIN, top, x - GAP - MARGIN, inner)
        self.right.setGeometry(x, top, right, inner - GAP - _CLOSING)
        self.closing.setGeometry(x, height - MARGIN - _CLOSING, right, _CLOSING)

    def panel_box(self) -> QRect:
        """Return where panels lie: at the right, below the bar."""
        width = _NARROW_PANEL if self._is_narrow else _PANEL
        box = self.right.geometry().united(self.closing.geometry())
        return QRect(box.right() + 1 - width, box.top(), width, box.height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    @property
    def _is_narrow(self) -> bool:
        return grid_for(self.width()) is NARROW

    def _build(self) -> None:
        self.bar = PageBar(parent=self)
        self.left, self.right = Panel(parent=self), Panel(parent=self)
        self._head, self.list = TableHead(), StageList()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.teach = Teach("shelf")
        self._middle = QStackedWidget()
        self._middle.addWidget(self.list)
        self._middle.addWidget(self.teach)
        self.left.column.addWidget(self._head)
        self.left.column.addWidget(self._middle, 1)
        self.scan_box = ScanBox()
        self.keys = [Key(face=Face.TENDER, icon_px=20) for _ in range(_MOST_KEYS)]
        grid = QGridLayout()
        grid.setSpacing(8)
        for index, key in enumerate(self.keys):
            key.setFixedHeight(_KEY)
            grid.addWidget(key, index // 2, index % 2)
            grid.setColumnStretch(index % 2, 1)
        column = QVBoxLayout()
        column.setContentsMargins(16, 15, 16, 15)
        column.addWidget(self.scan_box)
        column.addStretch(1)
        column.addLayout(grid)
        self.right.column.addLayout(column)
        self.closing = Key(face=Face.BIG, kind=Kind.ACCENT, parent=self)

    def _bind(self) -> None:
        model = self.view_model
        self.bar.back_pressed.connect(model.back)
        self.list.activated_row.connect(self._choose)
        self.closing.clicked.connect(model.go_on)
        for place, key in enumerate(self.keys):
            key.clicked.connect(lambda _=False, place=place: self._press(place))
        model.changed.connect(self._redraw)

    def _choose(self, row: int) -> None:
        if self.view_model.job is not None:
            self.view_model.job.choose(row)

    def _press(self, place: int) -> None:
        job = self.view_model.job
        if job is not None and place < len(job.keys):
            self.view_model.press(job.keys[place].id)

    def _redraw(self) -> None:
        job = self.view_model.job
        if job is None:
            return
        self.bar.set_words(job.title, job.about, back=self.tr("Back"))
        first, second = job.columns
        self._head.set_columns([(first, 0), (second, -_RIGHT_COLUMN)])
        rows = job.rows
        self.list.set_rows(rows)
        if rows and job.chosen != self.list.chosen_row:
            self.list.choose(job.chosen)
        self._middle.setCurrentIndex(0 if rows else 1)
        self.teach.set_words(*job.teaching)
        said = job.said or job.invitation
        is_right = said.is_right if job.said else None
        self.scan_box.show_scan(said.title, said.second, is_right=is_right)
        self._redraw_keys()

    def _redraw_keys(self) -> None:
        job = self.view_model.job
        wanted = job.keys if job else ()
        for place, key in enumerate(self.keys):
            key.setVisible(place < len(wanted))
            if place < len(wanted):
                about = wanted[place]
                key.set_icon("" if self._is_narrow else about.icon)
                key.set_word(about.word)
                key.set_cap(about.cap if not about.off else "")
                if about.off:
                    key.set_off(about.off)
                else:
                    key.set_on()
        word, second, off = job.closing if job else ("", "", "")
        self.closing.set_word(word, second)
        self.closing.set_cap(self.tr("Enter"))
        if off:
            self.closing.set_off(off)
        else:
            self.closing.set_on()


def _cap_of(event: QKeyEvent) -> str:
    """Return what is printed on a key of the keyboard, as the keys of a job name it."""
    number = event.key() - Qt.Key.Key_F1 + 1
    if 1 <= number <= 12:
        return f"F{number}"
    return {"+": "+", "-": "−"}.get(event.text(), "")
