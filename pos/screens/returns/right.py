"""The right column of an open return: how it is given back, what to know, the total, the key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.screens.returns.view_model import ReturnViewModel
from pos.screens.returns.ways_view import Ways
from pos.widgets.grid import KEY_GAP
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.panel import Panel, Rule
from pos.widgets.text import IconView, Text

_CLOSING, _EXCHANGE = 96, 112


class RightColumn(QWidget):
    """Draws the money of a `ReturnViewModel`."""

    def __init__(self, view_model: ReturnViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self._build()
        self.ways.chosen.connect(view_model.pay_by)
        self.closing.clicked.connect(view_model.close)
        self.closing.refused.connect(view_model.close)
        self.exchange.clicked.connect(view_model.exchange)
        self.exchange.refused.connect(view_model.exchange)
        view_model.changed.connect(self.redraw)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.redraw()
        super().changeEvent(event)

    def redraw(self) -> None:
        """Write everything again."""
        model, shown = self.view_model, self.view_model.shown
        if shown is None:
            return
        self._question.set_text(self.tr("How is it given back?"))
        notes = shown.notes
        self.ways.show_ways(shown.ways, is_tight=len(notes) > 1)
        self._info.setVisible(bool(notes))
        self.notes.setVisible(bool(notes))
        self.notes.set_text(" ".join(notes))
        articles, addends = shown.sum_words
        self._articles.set_text(articles)
        self._addends.set_text(addends)
        self._due_word.set_text(self.tr("Refund"))
        self.total.set_text(shown.total)
        for widget in (self._due_word, self.total):
            widget.setVisible(bool(shown.total))
        self.closing.set_word(self.tr("Give back"), shown.closing)
        self._redraw_closing(model.why_off, is_asking=model.is_waiting)
        self.exchange.set_word(self.tr("Exchange"))
        if model.why_no_exchange:
            self.exchange.set_off()
        else:
            self.exchange.set_on()

    def _redraw_closing(self, why_off: str, *, is_asking: bool) -> None:
        self.closing.set_busy(self.tr("Asking…") if is_asking else "")
        if why_off and not is_asking:
            self.closing.set_off(why_off)
        else:
            self.closing.set_on()

    def _build(self) -> None:
        panel = Panel()
        panel.column.setContentsMargins(16, 12, 16, 12)
        panel.column.setSpacing(0)
        self._question, self.ways = Text("", "strong"), Ways()
        panel.column.addWidget(self._question)
        panel.column.addSpacing(8)
        panel.column.addWidget(self._scrolled(), 1)
        panel.column.addLayout(self._build_notes())
        panel.column.addSpacing(10)
        panel.column.addWidget(Rule())
        panel.column.addSpacing(10)
        panel.column.addLayout(self._build_sum())
        panel.column.addLayout(self._build_total())
        self.closing = Key(icon="return", face=Face.BIG, kind=Kind.DANGER, style="pay", cap="F10")
        self.exchange = Key(icon="swap", face=Face.STACK, cap="F9")
        for key in (self.exchange, self.closing):
            key.setFixedHeight(_CLOSING)
        self.exchange.setFixedWidth(_EXCHANGE)
        keys = QHBoxLayout()
        keys.setSpacing(KEY_GAP)
        keys.addWidget(self.exchange)
        keys.addWidget(self.closing, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(panel, 1)
        column.addLayout(keys)

    def _scrolled(self) -> QScrollArea:
        """Return the ways in an area that scrolls when there are many."""
        area, inner = QScrollArea(), QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.ways)
        column.addStretch(1)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        return area

    def _build_notes(self) -> QHBoxLayout:
        self._info, self.notes = IconView("info", 20), Text("", "meta", "text-muted", wrap=True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._info, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.notes, 1)
        return row

    def _build_sum(self) -> QHBoxLayout:
        self._articles = Text("", "body", "text-muted")
        self._addends = Text("", "body", keeps=True, align="right")
        row = QHBoxLayout()
        row.addWidget(self._articles, 1)
        row.addWidget(self._addends)
        return row

    def _build_total(self) -> QHBoxLayout:
        self._due_word = Text("", "heading")
        self.total = Text("", "total", "danger-text", keeps=True, align="right")
        row = QHBoxLayout()
        row.addWidget(self._due_word, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.total)
        return row
