"""The cash office: movements of the shift at the left, its acts at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.till_session import MovementKind
from pos.screens.cash_office.movement_view import ICONS
from pos.screens.cash_office.view_model import CashOfficeViewModel
from pos.screens.close_shift.parts import FigureRow
from pos.screens.receipts.trouble_notice import TroubleNotice
from pos.widgets.grid import BAR, GAP, MARGIN, NARROW, grid_for
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.notice import Teach
from pos.widgets.page_bar import PageBar
from pos.widgets.panel import Bottomed, Panel, TableHead
from pos.widgets.row_list import ListRow, RowList
from pos.widgets.text import Text

_KEY_HEIGHT = 112


class CashOfficePage(QWidget):
    """Draws a `CashOfficeViewModel`; the page itself takes the keys."""

    def __init__(self, view_model: CashOfficeViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._bind()
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do the act whose number is pressed."""
        model = self.view_model
        acts = {
            Qt.Key.Key_Escape: model.back,
            Qt.Key.Key_F9: model.open_drawer,
            Qt.Key.Key_1: lambda: model.move(MovementKind.PAID_IN),
            Qt.Key.Key_2: lambda: model.move(MovementKind.PAID_OUT),
            Qt.Key.Key_3: lambda: model.move(MovementKind.DROP),
            Qt.Key.Key_4: model.take_x,
            Qt.Key.Key_5: model.print_last_z,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            event.ignore()
        else:
            act()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        self.bar = PageBar(parent=self)
        self.left, self.right = Panel(parent=self), Panel(parent=self)
        self._build_left()
        self._build_right()

    def _build_left(self) -> None:
        self.head = TableHead()
        self.list = RowList(row_height=64, right_width=120)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.teach = Teach("coins")
        self._middle = QStackedWidget()
        self._middle.addWidget(self.list)
        self._middle.addWidget(self.teach)
        self.float, self.moved = FigureRow(), FigureRow()
        foot = Bottomed(ground="surface-sunken", rule_above=True, rounded="bottom")
        figures = QVBoxLayout(foot)
        figures.setContentsMargins(16, 9, 16, 8)
        figures.setSpacing(0)
        figures.addWidget(self.float)
        figures.addWidget(self.moved)
        for widget, stretch in ((self.head, 0), (self._middle, 1), (foot, 0)):
            self.left.column.addWidget(widget, stretch)

    def _build_right(self) -> None:
        kinds = (MovementKind.PAID_IN, MovementKind.PAID_OUT, MovementKind.DROP)
        self.moves = {
            kind: Key(icon=ICONS[kind], cap=str(number), face=Face.STACK)
            for number, kind in enumerate(kinds, start=1)
        }
        self.drawer = Key(icon="drawer", cap="F9", face=Face.STACK)
        self.x_report = Key(icon="account", cap="4", face=Face.STACK)
        self.last_z = Key(icon="printer", cap="5", face=Face.STACK)
        self.closing = Key(icon="calendar", face=Face.BIG, style="title", kind=Kind.ACCENT)
        self.closing.setFixedHeight(104)
        self.cash_word, self.shift_word = Text("", "strong"), Text("", "strong")
        self.said = Text("", "body", "amber-text", wrap=True)
        self.notice = TroubleNotice()
        cash, shift = QGridLayout(), QGridLayout()
        for grid, keys in (
            (cash, [*self.moves.values(), self.drawer]),
            (shift, [self.x_report, self.last_z]),
        ):
            grid.setSpacing(8)
            for index, key in enumerate(keys):
                key.setFixedHeight(_KEY_HEIGHT)
                grid.addWidget(key, index // 2, index % 2)
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1)
        column = QVBoxLayout()
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.cash_word)
        column.addLayout(cash)
        column.addSpacing(8)
        column.addWidget(self.shift_word)
        column.addLayout(shift)
        column.addStretch(1)
        column.addWidget(self.said)
        column.addWidget(self.notice)
        column.addWidget(self.closing)
        self.right.column.addLayout(column)

    def _bind(self) -> None:
        model = self.view_model
        self.bar.back_pressed.connect(model.back)
        for kind, key in self.moves.items():
            key.clicked.connect(lambda _=False, chosen=kind: model.move(chosen))
        self.drawer.clicked.connect(model.open_drawer)
        self.x_report.clicked.connect(model.take_x)
        self.last_z.clicked.connect(model.print_last_z)
        self.closing.clicked.connect(model.close_shift)
        model.changed.connect(self._redraw)

    def _place(self) -> None:
        width, height = self.width(), self.height()
        grid = grid_for(width)
        top = MARGIN + BAR + GAP
        inner = height - top - MARGIN
        right = MARGIN + grid.ticket_width + GAP
        self.bar.setGeometry(MARGIN, MARGIN, width - 2 * MARGIN, BAR)
        self.left.setGeometry(MARGIN, top, grid.ticket_width, inner)
        self.right.setGeometry(QRect(right, top, width - MARGIN - right, inner))
        self._redraw()

    def _redraw(self) -> None:
        model = self.view_model
        about = "" if grid_for(self.width()) is NARROW else model.about
        self.bar.set_words(self.tr("Cash and shift"), about, back=self.tr("Back"))
        self.head.set_columns([(self.tr("Movements of the shift"), 0), (self.tr("Amount"), -120)])
        rows = [
            ListRow(one.movement_id, one.word, one.second, right=one.amount, icon=ICONS[one.kind])
            for one in model.movements
        ]
        self.list.set_rows(rows)
        self._middle.setCurrentIndex(0 if rows else 1)
        self.teach.set_words(
            self.tr("No cash has moved"),
            self.tr("Cash that comes or goes without a sale\nis noted here, each with a slip."),
        )
        self.float.set_words(self.tr("Float at the opening"), model.float_text)
        self.moved.set_words(self.tr("Movements, in all"), model.moved_text)
        self.said.set_text(model.said)
        self.said.setVisible(bool(model.said))
        self.notice.show_trouble(model.trouble)
        self._redraw_keys()

    def _redraw_keys(self) -> None:
        model = self.view_model
        self.cash_word.set_text(self.tr("Cash without a sale"))
        self.shift_word.set_text(self.tr("The shift"))
        words = {
            MovementKind.PAID_IN: self.tr("Paid in"),
            MovementKind.PAID_OUT: self.tr("Paid out"),
            MovementKind.DROP: self.tr("Drop to the safe"),
        }
        for kind, key in self.moves.items():
            key.set_word(words[kind])
        self.drawer.set_word(self.tr("Open drawer"))
        self.x_report.set_word(self.tr("X report"), self.tr("figures so far"))
        self.last_z.set_word(self.tr("Print the last Z"), model.last_z_number)
        for key in (*self.moves.values(), self.drawer, self.x_report):
            if model.has_session:
                key.set_on()
            else:
                key.set_off(self.tr("no open shift"))
        if model.last_z_number:
            self.last_z.set_on()
        else:
            self.last_z.set_off(self.tr("none yet"))
        self.closing.set_word(self.tr("Close the shift"), self.tr("count, then Z"))
        if model.why_not_closing:
            self.closing.set_off(model.why_not_closing)
        else:
            self.closing.set_on()
