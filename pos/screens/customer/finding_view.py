"""The panel that finds a customer: what is typed, who is found, letters for a finger."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from pos.screens.customer.finding import FindCustomerViewModel, FoundWords
from pos.theme.fonts import font
from pos.widgets.grid import GAP, NARROW, grid_for
from pos.widgets.key import Key
from pos.widgets.letters import Letters
from pos.widgets.panel import Panel, Rule
from pos.widgets.row_list import ListRow, RowList
from pos.widgets.text import IconView, Text

_LETTERS_HEIGHT = 280
_RIGHT_WIDTH = 120


class FindCustomerPanel(QWidget):
    """Covers the tabs, and the keypad too while its letters are shown."""

    region_changed = Signal()

    def __init__(self, view_model: FindCustomerViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self._is_fresh_choice = False
        self.letters = Letters(self)
        self.letters.setVisible(view_model.by_touch)
        self._build()
        self._bind()
        self.edit.setText(view_model.text)
        self.setFocusProxy(self.edit)
        self._write()
        self._redraw()

    @property
    def covers(self) -> str:
        """Which part of the right region it needs."""
        return "side" if self.letters.isVisibleTo(self) else "tabs"

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the arrow keys, Intro and Insert from the field."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        step = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -4,
            Qt.Key.Key_PageDown: 4,
        }.get(Qt.Key(event.key()))
        if step is not None:
            self.view_model.move(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.view_model.take()
        elif event.key() == Qt.Key.Key_Insert:
            self.view_model.make_new()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc or F3."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F3):
            self.view_model.close()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
            self._redraw()
        super().changeEvent(event)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def _build(self) -> None:
        self._panel = Panel(parent=self)
        self.edit = QLineEdit()
        self.edit.setProperty("role", "bare")
        self.edit.setFont(font("title"))
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._count = Text("", "meta", "text-muted", keeps=True)
        self.new_key, self.close_key = Key(icon="plus", cap="Ins"), Key(cap="Esc")
        bar = QWidget()
        bar.setFixedHeight(68)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(IconView("user", 26))
        row.addWidget(self.edit, 1)
        for widget in (self._count, self.new_key, self.close_key):
            row.addWidget(widget)
        self.list = RowList(row_height=66, right_width=_RIGHT_WIDTH, rounded="bottom")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._advice = Text("", "lead", "text-muted", align="centre", wrap=True)
        advice_page = QWidget()
        advice = QVBoxLayout(advice_page)
        advice.setContentsMargins(24, 24, 24, 24)
        advice.addWidget(self._advice)
        self._found = QStackedWidget()
        self._found.addWidget(self.list)
        self._found.addWidget(advice_page)
        self._panel.column.addWidget(bar)
        self._panel.column.addWidget(Rule())
        self._panel.column.addWidget(self._found, 1)

    def _bind(self) -> None:
        model = self.view_model
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._on_text)
        self.close_key.clicked.connect(model.close)
        self.new_key.clicked.connect(model.make_new)
        self.list.chosen.connect(self._on_row_chosen)
        self.list.activated_row.connect(self._on_touched)
        self.letters.letter.connect(self.edit.insert)
        self.letters.erased.connect(self.edit.backspace)
        self.letters.accepted.connect(model.take)
        self.letters.hidden.connect(self._hide_letters)
        model.changed.connect(self._redraw)

    def _on_text(self, text: str) -> None:
        if text != self.view_model.text:
            self.view_model.write(text)

    def _on_row_chosen(self, row: int) -> None:
        self._is_fresh_choice = True
        self.view_model.choose(row)

    def _on_touched(self, _row: int) -> None:
        """Take the row that is touched when it is chosen already; the first touch chooses."""
        fresh, self._is_fresh_choice = self._is_fresh_choice, False
        if not fresh:
            self.view_model.take()

    def _hide_letters(self) -> None:
        self.letters.hide()
        self.region_changed.emit()

    def _place(self) -> None:
        self._write()
        top = self.height()
        if self.letters.isVisibleTo(self):
            top = self.height() - _LETTERS_HEIGHT
            self.letters.setGeometry(0, top, self.width(), _LETTERS_HEIGHT)
            top -= GAP
        self._panel.setGeometry(0, 0, self.width(), top)

    @property
    def _is_narrow(self) -> bool:
        return grid_for(self.window().width()) is NARROW

    def _write(self) -> None:
        narrow = self._is_narrow
        self.edit.setAccessibleName(self.tr("Find a customer"))
        self.edit.setPlaceholderText(
            self.tr("Customer") if narrow else self.tr("Name, telephone, e-mail or card")
        )
        self._count.setVisible(not narrow)
        self.new_key.set_word(self.tr("New") if narrow else self.tr("New customer"))
        self.close_key.set_word(self.tr("Close"))
        self.letters.set_words(
            space=self.tr("space"),
            hide="" if narrow else self.tr("Hide"),
            accept=self.tr("Choose"),
            accept_cap=self.tr("Enter"),
            erase=self.tr("Erase"),
        )

    def _redraw(self) -> None:
        model = self.view_model
        if self.edit.text() != model.text:
            self.edit.setText(model.text)
        rows = [self._row(found) for found in model.rows]
        self._count.set_text(model.count)
        self.list.blockSignals(True)
        self.list.set_rows(rows)
        if rows:
            self.list.choose(model.position)
        self.list.blockSignals(False)
        self._advice.set_text(model.advice)
        if rows or model.is_settled:
            self._found.setCurrentIndex(0 if rows else 1)
        if rows:
            self.letters.accept.set_on()
        else:
            self.letters.accept.set_off()

    def _row(self, found: FoundWords) -> ListRow:
        return ListRow(
            found.customer_id,
            found.name,
            found.second,
            right=found.tier,
            right_second="" if found.is_here else self.tr("from the centre"),
            initials="".join(word[0] for word in found.name.split()[:2]).upper(),
        )
