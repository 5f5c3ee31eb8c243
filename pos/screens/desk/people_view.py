"""The panel that asks who looks after an item."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.screens import wording
from pos.screens.desk.people import PeopleViewModel
from pos.screens.question import QuestionPanel
from pos.widgets.row_list import ListRow, RowList


class PeoplePanel(QuestionPanel):
    """A row per person; touch, Intro or its number takes it."""

    def __init__(self, view_model: PeopleViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="users", parent=parent)
        self.view_model = view_model
        self.list = RowList(row_height=80, rounded="bottom")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.list, 1)
        self.closed.connect(view_model.close)
        self.accepted.connect(lambda: view_model.choose(self.list.chosen_row))
        self.list.activated_row.connect(view_model.choose)
        self._redraw()
        ids = [person.staff_id for person in view_model.people]
        self.list.choose(ids.index(view_model.now) if view_model.now in ids else 0)

    def typed(self, signs: str) -> None:
        """Take a person by the number in the list."""
        if signs.isdigit():
            self.view_model.choose(int(signs) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down the list."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        last = len(self.view_model.people) - 1
        self.list.choose(min(max(self.list.chosen_row + step, 0), last))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        self.bar.set_words(self.tr("Who looks after it?"), self.tr("Cancel"))
        self.list.set_rows(
            [
                ListRow(
                    person.staff_id,
                    person.name,
                    wording.role(person.role),
                    initials=wording.initials(person.name),
                )
                for person in self.view_model.people
            ]
        )
