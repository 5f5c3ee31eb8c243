"""The panel with the tickets that wait."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.screens.parked.view_model import ParkedViewModel
from pos.screens.question import QuestionPanel
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.row_list import ListRow, RowList


class ParkedPanel(QuestionPanel):
    """A row per ticket; touch chooses, the closing key takes it up."""

    def __init__(self, view_model: ParkedViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="park", parent=parent)
        self.view_model = view_model
        self.list = RowList(row_height=66, right_width=120)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.closing = Key(face=Face.BIG, style="title", kind=Kind.ACCENT)
        self.closing.setFixedHeight(88)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 15)
        foot.addWidget(self.closing)
        self.body.addLayout(foot)
        self.closed.connect(view_model.close)
        self.accepted.connect(self._take)
        self.closing.clicked.connect(self._take)
        self._redraw()
        self.list.choose(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down the list."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        last = len(self.view_model.rows) - 1
        self.list.choose(min(max(self.list.chosen_row + step, 0), last))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _take(self) -> None:
        self.view_model.choose(self.list.chosen_row)

    def _redraw(self) -> None:
        self.bar.set_words(self.tr("Parked tickets"), self.tr("Close"))
        self.closing.set_word(self.tr("Take up"))
        self.closing.set_cap(self.tr("Enter"))
        self.list.set_rows(
            [
                ListRow(
                    row.basket_id,
                    row.title,
                    row.second,
                    right=row.total,
                    right_second=row.age,
                )
                for row in self.view_model.rows
            ]
        )
