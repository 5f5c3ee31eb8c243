"""The page about sending: state, queue and problem at the left, readiness at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.screens.readiness.view import Lines, framed
from pos.screens.sync.view_model import SyncViewModel
from pos.widgets.grid import MARGIN, NARROW, grid_for, page_places
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.notice import Notice, let_grow
from pos.widgets.page_bar import PageBar
from pos.widgets.panel import Bottomed, Panel, Rule
from pos.widgets.text import IconView, Text

_RIGHT_WIDTH, _NARROW_RIGHT_WIDTH = 452, 360
_MOST_NOTICES = 3


class SyncPage(QWidget):
    """Draws a `SyncViewModel`."""

    def __init__(self, view_model: SyncViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._bind()
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act with the letters on the keys."""
        model = self.view_model
        acts = {
            Qt.Key.Key_Escape: model.back,
            Qt.Key.Key_Return: model.try_now,
            Qt.Key.Key_Enter: model.try_now,
            Qt.Key.Key_E: model.send_again,
            Qt.Key.Key_I: model.open_desk,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            event.ignore()
        else:
            act()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        narrow = grid_for(self.width()) is NARROW
        boxes = page_places(
            self.width(),
            self.height(),
            right_width=_NARROW_RIGHT_WIDTH if narrow else _RIGHT_WIDTH,
        )
        self.bar.setGeometry(boxes.bar)
        self.left.setGeometry(boxes.main)
        self.right.setGeometry(boxes.right)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    # -- building

    def _build(self) -> None:
        self.bar = PageBar(parent=self)
        self.desk = self.bar.add_act(Key(icon="alert", cap="I"))
        self.left, self.right = Panel(parent=self), Panel(parent=self)
        self._build_left()
        self._build_right()

    def _build_left(self) -> None:
        self._icon, self.state = IconView("online", 40), Text("", "title")
        self._age = Text("", "body", "text-muted")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.state)
        words.addWidget(self._age)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._icon)
        head.addLayout(words, 1)
        self.lines, self.aside_lines = Lines(tall=True), Lines(tall=True)
        self.notices = [Notice(tone="amber", icon="alert") for _ in range(_MOST_NOTICES)]
        self.problem, self.said = Notice(tone="amber", icon="info"), Notice(icon="info")
        for notice in (*self.notices, self.problem, self.said):
            let_grow(notice)
        self._aside_title = Text("", "strong")
        self.again = Key(icon="undo", cap="E")
        column = QVBoxLayout()
        column.setContentsMargins(MARGIN + 11, 19, MARGIN + 11, 19)
        column.setSpacing(12)
        column.addLayout(head)
        for notice in self.notices:
            column.addWidget(notice)
        column.addWidget(self.problem)
        column.addWidget(Rule())
        column.addLayout(self.lines)
        column.addWidget(self._build_aside())
        column.addStretch(1)
        column.addWidget(self.said)
        self.left.column.addLayout(column)

    def _build_aside(self) -> QWidget:
        self._aside = QWidget()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._aside_title, 1)
        row.addWidget(self.again)
        column = QVBoxLayout(self._aside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Rule())
        column.addLayout(row)
        column.addLayout(self.aside_lines)
        return self._aside

    def _build_right(self) -> None:
        self._ready_icon, self._ready = IconView("shield", 24), Text("", "strong", wrap=True)
        strip = Bottomed(rule_below=True)
        head = QHBoxLayout(strip)
        head.setContentsMargins(16, 14, 16, 15)
        head.setSpacing(8)
        head.addWidget(self._ready_icon)
        head.addWidget(self._ready, 1)
        self.checks = Lines(tall=False)
        self.try_now = Key(face=Face.BIG, kind=Kind.ACCENT, style="heading")
        self.try_now.setFixedHeight(88)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 16)
        foot.addWidget(self.try_now)
        self.right.column.addWidget(strip)
        self.right.column.addLayout(framed(self.checks), 1)
        self.right.column.addLayout(foot)

    def _bind(self) -> None:
        model = self.view_model
        self.bar.back_pressed.connect(model.back)
        self.desk.clicked.connect(model.open_desk)
        self.again.clicked.connect(model.send_again)
        self.try_now.clicked.connect(model.try_now)
        model.changed.connect(self._redraw)

    # -- drawing

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(self.tr("Synchronisation"), back=self.tr("Back"))
        count = model.open_items
        desk = self.tr("Conflict desk")
        self.desk.set_word(f"{desk}\u2002{count}" if count else desk)
        state = model.state
        tone = "amber-text" if state.amber else "text"
        self._icon.set_icon(state.icon, tone)
        self.state.set_text(state.title)
        self.state.set_tone(tone)
        self._age.set_text(state.second)
        self._redraw_notices()
        self.lines.show_lines(model.lines)
        self._redraw_aside()
        self._redraw_ready()

    def _redraw_notices(self) -> None:
        model = self.view_model
        notices = model.notices
        for place, notice in enumerate(self.notices):
            notice.setVisible(place < len(notices))
            notice.set_text(notices[place] if place < len(notices) else "")
        said = model.problem
        self.problem.setVisible(bool(said.what))
        self.problem.set_text(f"{said.what} {said.do.format(code=said.code)}")
        self.said.setVisible(bool(model.said))
        self.said.set_text(model.said)

    def _redraw_aside(self) -> None:
        model = self.view_model
        self._aside.setVisible(bool(model.aside_count))
        self._aside_title.set_text(self.tr("%n acts were set aside", "", model.aside_count))
        self.aside_lines.show_lines(model.aside)
        self.again.set_word(self.tr("Send again"))
        if model.why_not_send:
            self.again.set_off(model.why_not_send)
        else:
            self.again.set_on()

    def _redraw_ready(self) -> None:
        ready = self.view_model.readiness
        tone = "text" if ready.is_ready else "amber-text"
        self._ready_icon.set_icon("shield" if ready.is_ready else "alert", tone)
        self._ready.set_text(ready.headline)
        self._ready.set_tone(tone)
        self.checks.show_lines(ready.lines)
        self.try_now.set_word(self.tr("Try now"), self.tr("sends what waits, asks for news"))
        self.try_now.set_cap(self.tr("Enter"))
