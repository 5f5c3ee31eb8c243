"""The X on the screen: groups of figures in two columns."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.screens.cash_office.report import Figure, ReportViewModel
from pos.screens.question import QuestionPanel
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.panel import Rule
from pos.widgets.text import Text

_IN_FIRST_COLUMN = 3


class ReportPanel(QuestionPanel):
    """Fills the right region until it is closed."""

    def __init__(self, view_model: ReportViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="account", parent=parent)
        self.view_model = view_model
        self._about = Text("", "body", "text-muted")
        self._columns = QHBoxLayout()
        self._columns.setSpacing(32)
        self.print = Key(icon="printer", face=Face.BIG, style="heading", kind=Kind.ACCENT)
        self.print.setFixedHeight(88)
        self.body.addWidget(self._about)
        self.body.addSpacing(8)
        self.body.addLayout(self._columns)
        self.body.addStretch(1)
        self.body.addWidget(self.print)
        self.closed.connect(view_model.close)
        self.accepted.connect(view_model.print)
        self.print.clicked.connect(view_model.print)
        view_model.changed.connect(self._redraw)
        self._fill()
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
            self._redraw()
        super().changeEvent(event)

    def _fill(self) -> None:
        while (item := self._columns.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        groups = self.view_model.groups
        for part in (groups[:_IN_FIRST_COLUMN], groups[_IN_FIRST_COLUMN:]):
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            for title, figures in part:
                column.addLayout(_group(title, figures))
                column.addSpacing(16)
            column.addStretch(1)
            self._columns.addWidget(holder, 1)

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(model.title, self.tr("Close"))
        self._about.set_text(model.about)
        self.print.set_word(self.tr("Print"))
        self.print.set_cap(self.tr("Enter"))
        self.print.set_busy(self.tr("Printing…") if model.is_printing else "")


def _group(title: str, figures: tuple[Figure, ...]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(Text(title, "meta+", "text-muted"))
    column.addSpacing(4)
    column.addWidget(Rule())
    for figure in figures:
        row = QHBoxLayout()
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(8)
        row.addWidget(Text(figure.word, "strong" if figure.is_total else "body"), 1)
        row.addWidget(Text(figure.second, "meta", "text-muted", keeps=True))
        amount = Text(figure.amount, "amount" if figure.is_total else "strong", keeps=True)
        row.addWidget(amount)
        column.addLayout(row)
    return column
