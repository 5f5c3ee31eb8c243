"""The panel with the tickets that wait in the shop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.screens.parked.view_model import ParkedViewModel, ParkedWords
from pos.screens.question import QuestionPanel
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.notice import Notice
from pos.widgets.row_list import ListRow, RowList
from pos.widgets.text import Text


class ParkedPanel(QuestionPanel):
    """A row per ticket; touch chooses, the closing key takes it up."""

    def __init__(self, view_model: ParkedViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="park", parent=parent)
        self.view_model = view_model
        self._shown: tuple[ParkedWords, ...] = ()
        self._build()
        self._bind()
        self._redraw()
        self.list.choose(max(0, view_model.asked_index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down the list; the letter of the key takes over."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            last = len(self.view_model.rows) - 1
            self.list.choose(min(max(self.list.chosen_row + step, 0), last))
        elif event.key() == Qt.Key.Key_T and self.over.isVisible():
            self.view_model.take_over()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        self.list = RowList(row_height=66, right_width=120)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.over = Key(cap="T")
        self.notice = Notice(tone="amber", icon="alert", acts=(self.over,))
        self.as_of = Text("", "meta", "text-muted", wrap=True)
        self.closing = Key(face=Face.BIG, style="title", kind=Kind.ACCENT)
        self.closing.setFixedHeight(88)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 15)
        foot.setSpacing(12)
        foot.addWidget(self.notice)
        foot.addWidget(self.as_of)
        foot.addWidget(self.closing)
        self.body.addLayout(foot)

    def _bind(self) -> None:
        self.closed.connect(self.view_model.close)
        self.accepted.connect(self._take)
        self.closing.clicked.connect(self._take)
        self.over.clicked.connect(self.view_model.take_over)
        self.view_model.changed.connect(self._redraw)

    def _take(self) -> None:
        self.view_model.choose(self.list.chosen_row)

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(self.tr("Parked tickets"), self.tr("Close"))
        self.closing.set_word(self.tr("Take up"))
        self.closing.set_cap(self.tr("Enter"))
        self.closing.set_busy(self.tr("Asking for the ticket…") if model.is_asking else "")
        self.as_of.set_text(model.as_of)
        self.notice.set_text(model.told)
        self.notice.setVisible(bool(model.told))
        self.over.set_word(model.take_over_word)
        self.over.setVisible(bool(model.take_over_word))
        self._redraw_rows(model.rows)

    def _redraw_rows(self, rows: tuple[ParkedWords, ...]) -> None:
        """Write the rows when they changed; the chosen ticket stays chosen."""
        if rows == self._shown:
            return
        chosen = self.list.chosen_row
        before = self._shown[chosen].basket_id if 0 <= chosen < len(self._shown) else ""
        self._shown = rows
        self.list.set_rows([_row(row) for row in rows])
        ids = [row.basket_id for row in rows]
        self.list.choose(ids.index(before) if before in ids else min(max(chosen, 0), len(ids) - 1))


def _row(row: ParkedWords) -> ListRow:
    return ListRow(
        row.basket_id,
        row.title,
        row.second,
        right=row.total,
        right_second=row.age,
        tone="amber" if row.is_out_of_reach else "",
    )
