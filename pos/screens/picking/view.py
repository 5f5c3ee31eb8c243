"""Fetching what orders hold: the lines by place at the left, scans and problems at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.collection import ShortReason
from pos.screens import wording
from pos.screens.picking.parts import PickList, Progress, ScanBox, columns
from pos.screens.picking.view_model import PickingViewModel
from pos.widgets.grid import BAR, GAP, MARGIN, NARROW, grid_for
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.notice import Notice, let_grow
from pos.widgets.page_bar import PageBar
from pos.widgets.panel import Panel, TableHead
from pos.widgets.text import IconView, Text

_RIGHT, _NARROW_RIGHT = 460, 360
_PANEL, _NARROW_PANEL = 640, 532
_CLOSING, _KEY = 88, 56
_ICONS = {
    "missing": "close",
    "damaged": "alert",
    "later": "clock",
    "instead": "swap",
    "undo": "undo",
    "code": "keyboard",
    "have_it": "undo",
    "yes_phone": "phone",
    "yes_here": "user",
    "no": "close",
}


class PickingPage(QWidget):
    """Draws a `PickingViewModel`; figures that are typed begin a code."""

    def __init__(self, view_model: PickingViewModel, parent: QWidget | None = None) -> None:
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
        """Move with the arrows, report with the keys on the keys, finish with Intro."""
        model = self.view_model
        acts: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Escape: model.back,
            Qt.Key.Key_Up: lambda: model.move(-1),
            Qt.Key.Key_Down: lambda: model.move(1),
            Qt.Key.Key_Return: model.finish,
            Qt.Key.Key_Enter: model.finish,
            Qt.Key.Key_Delete: model.undo,
            Qt.Key.Key_F2: model.type_code,
            Qt.Key.Key_F3: lambda: model.short(ShortReason.MISSING),
            Qt.Key.Key_F4: lambda: model.short(ShortReason.DAMAGED),
            Qt.Key.Key_F6: lambda: model.short(ShortReason.LATER),
            Qt.Key.Key_F7: model.propose,
            Qt.Key.Key_F8: lambda: self._press_notice(Qt.Key.Key_F8),
            Qt.Key.Key_F9: lambda: self._press_notice(Qt.Key.Key_F9),
            Qt.Key.Key_F10: lambda: self._press_notice(Qt.Key.Key_F10),
        }
        act = acts.get(Qt.Key(event.key()))
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if act is not None:
            act()
        elif event.text().isalnum() and not event.modifiers() & commands:
            model.type_code(event.text())
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
        self._redraw()

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

    # -- building

    def _build(self) -> None:
        self.bar = PageBar(parent=self)
        self._due_icon, self.due = IconView("sla-ok", 24), Text("", "strong", keeps=True)
        light = QWidget()
        row = QHBoxLayout(light)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._due_icon)
        row.addWidget(self.due)
        bar = self.bar.layout()
        if bar is not None:
            bar.addWidget(light)
        self.left, self.right = Panel(parent=self), Panel(parent=self)
        self._head, self.list = TableHead(), PickList()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.left.column.addWidget(self._head)
        self.left.column.addWidget(self.list, 1)
        self._build_notice()
        self._build_right()
        self.closing = Key(face=Face.BIG, kind=Kind.ACCENT, parent=self)

    def _build_notice(self) -> None:
        self.notice_keys = {
            "propose": Key(cap="F7"),
            "have_it": Key(cap="F8"),
            "yes_phone": Key(cap="F8"),
            "yes_here": Key(cap="F9"),
            "no": Key(cap="F10"),
        }
        self.notice = Notice(tone="amber", icon="alert", acts=tuple(self.notice_keys.values()))
        let_grow(self.notice)
        self.notice.hide()
        inset = QVBoxLayout()
        inset.setContentsMargins(16, 0, 16, 16)
        inset.addWidget(self.notice)
        self.left.column.addLayout(inset)

    def _build_right(self) -> None:
        self._scanned_at = Text("", "meta", "text-muted")
        self.scan_box, self.progress = ScanBox(), Progress()
        self.picked, self._problems = Text("", "strong"), Text("", "body", "text-muted")
        self._problems.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        figures = QHBoxLayout()
        figures.addWidget(self.picked, 1)
        figures.addWidget(self._problems)
        self._question = Text("", "strong")
        self.keys = {
            "missing": Key(cap="F3", face=Face.TENDER, icon_px=20),
            "damaged": Key(cap="F4", face=Face.TENDER, icon_px=20),
            "later": Key(cap="F6", face=Face.TENDER, icon_px=20),
            "instead": Key(cap="F7", face=Face.TENDER, icon_px=20),
            "undo": Key(face=Face.TENDER, icon_px=20),
            "code": Key(cap="F2", face=Face.TENDER, icon_px=20),
        }
        grid = QGridLayout()
        grid.setSpacing(8)
        for index, key in enumerate(self.keys.values()):
            key.setFixedHeight(_KEY)
            grid.addWidget(key, index // 2, index % 2)
            grid.setColumnStretch(index % 2, 1)
        column = QVBoxLayout()
        column.setContentsMargins(16, 15, 16, 15)
        column.setSpacing(8)
        column.addWidget(self._scanned_at)
        column.addWidget(self.scan_box)
        column.addSpacing(8)
        column.addLayout(figures)
        column.addWidget(self.progress)
        column.addStretch(1)
        column.addWidget(self._question)
        column.addLayout(grid)
        self.right.column.addLayout(column)

    def _bind(self) -> None:
        model = self.view_model
        self.bar.back_pressed.connect(model.back)
        self.list.activated_row.connect(model.choose)
        self.closing.clicked.connect(model.finish)
        for name, reason in (
            ("missing", ShortReason.MISSING),
            ("damaged", ShortReason.DAMAGED),
            ("later", ShortReason.LATER),
        ):
            key = self.keys[name]
            key.clicked.connect(lambda _=False, reason=reason: model.short(reason))
        self.keys["instead"].clicked.connect(model.propose)
        self.keys["undo"].clicked.connect(model.undo)
        self.keys["code"].clicked.connect(lambda _checked: model.type_code())
        for name, key in self.notice_keys.items():
            key.clicked.connect(lambda _=False, name=name: model.press_problem(name))
        model.changed.connect(self._redraw)

    def _press_notice(self, pressed: Qt.Key) -> None:
        """Press the key beside the notice that has this cap, if it is there."""
        cap = f"F{pressed - Qt.Key.Key_F1 + 1}"
        problem = self.view_model.problem
        for name in problem.keys if problem else ():
            if self.notice_keys[name].content.cap == cap:
                self.view_model.press_problem(name)
                return

    # -- drawing

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(model.title, model.about, back=self.tr("Back"))
        due = model.due
        self._due_icon.setVisible(due is not None)
        if due is not None:
            tone = "amber-text" if due.is_amber else "text"
            self._due_icon.set_icon(due.icon, tone)
            self.due.set_tone(tone)
        self.due.set_text(due.first if due else "")
        self._redraw_list()
        self._redraw_notice()
        self._redraw_scan()
        self._redraw_keys()

    def _redraw_list(self) -> None:
        model, narrow = self.view_model, self._is_narrow
        place, picture, count, gap, status = columns(is_narrow=narrow)
        article = self.tr("Article")
        named = [
            (self.tr("Place"), place),
            ("", picture),
            (article, 0),
            (self.tr("Fetched"), -count),
            ("", gap),
            ("" if narrow else self.tr("State"), status),
        ]
        self._head.set_columns([each for each in named if each[1] or each[0] == article])
        self.list.is_narrow = narrow
        self.list.set_rows(model.rows)
        if model.chosen_index != self.list.chosen_row:
            self.list.choose(model.chosen_index)

    def _redraw_notice(self) -> None:
        problem = self.view_model.problem
        self.notice.setVisible(problem is not None)
        if problem is None:
            return
        # In a narrow window the list needs the room more than the second sentence.
        self.notice.set_text("" if self._is_narrow else problem.text, title=problem.title)
        words = {
            "propose": self.tr("Substitute"),
            "have_it": self.tr("Found it"),
            "yes_phone": self.tr("Yes, by phone"),
            "yes_here": self.tr("Yes, here"),
            "no": self.tr("No"),
        }
        for name, key in self.notice_keys.items():
            key.set_word(words[name])
            key.set_icon("" if self._is_narrow else _ICONS.get(name, ""))
            key.setVisible(name in problem.keys)

    def _redraw_scan(self) -> None:
        model = self.view_model
        last = model.last
        if last is None:
            self._scanned_at.set_text(self.tr("Last scan"))
            text = self.tr("Scan what you take, piece by piece")
            self.scan_box.show_scan(self.tr("Ready to scan"), text, is_right=None)
        else:
            at = wording.moment(last.at_ms).strftime("%H:%M:%S")
            self._scanned_at.set_text(self.tr("Last scan · {time}").format(time=at))
            self.scan_box.show_scan(last.title, last.second, is_right=last.is_right)
        done, wanted, problems = model.progress
        self.picked.set_text(self.tr("Fetched {done} of {all}").format(done=done, all=wanted))
        said = self.tr("%n with a problem", "", problems) if problems else ""
        self._problems.set_text(said)
        self.progress.set_part(done, wanted)

    def _redraw_keys(self) -> None:
        model = self.view_model
        fetch = model.chosen
        asked = self.tr("A problem with {name}?").format(name=fetch.line.name) if fetch else ""
        self._question.set_text(asked)
        words = {
            "missing": self.tr("Missing"),
            "damaged": self.tr("Damaged"),
            "later": self.tr("Later"),
            "instead": self.tr("Substitute"),
            "undo": self.tr("Undo"),
            "code": self.tr("Type code"),
        }
        open_line = fetch is not None and fetch.line.picked < fetch.line.quantity
        for name, key in self.keys.items():
            key.set_word(words[name])
            key.set_icon("" if self._is_narrow else _ICONS[name])
            can = open_line or name in ("undo", "code")
            if name == "instead" and fetch is not None and fetch.line.picked:
                can = False
            if can:
                key.set_on()
            else:
                key.set_off()
        self.keys["undo"].set_cap(self.tr("Del"))
        self.closing.set_word(self.tr("Finish and shelve"), "")
        self.closing.set_cap(self.tr("Enter"))
        if model.why_off:
            self.closing.set_off(model.why_off)
        else:
            self.closing.set_on()
