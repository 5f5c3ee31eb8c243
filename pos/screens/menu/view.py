"""The menu: keys three by three in the right region."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.screens.menu.view_model import MenuEntry, MenuViewModel
from pos.screens.question import QuestionPanel
from pos.widgets.key import Key
from pos.widgets.key_faces import Face

_COLUMNS = 3
_KEY_HEIGHT = 120


class MenuPanel(QuestionPanel):
    """One key per entry; an entry that cannot be used says why."""

    def __init__(self, view_model: MenuViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="user", parent=parent)
        self.view_model = view_model
        self._keys: dict[str, Key] = {}
        self._build()
        self.closed.connect(view_model.close)
        view_model.changed.connect(self._redraw)
        self._redraw()

    def key(self, entry: str) -> Key:
        """Return the key of an entry."""
        return self._keys[entry]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        for index, entry in enumerate(self.view_model.entries):
            self._keys[entry.id] = self._build_key(entry)
            grid.addWidget(self._keys[entry.id], index // _COLUMNS, index % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)

    def _build_key(self, entry: MenuEntry) -> Key:
        key = Key(face=Face.STACK)
        key.setFixedHeight(_KEY_HEIGHT)
        key.clicked.connect(lambda: self.view_model.press(entry.id))
        return key

    def _redraw(self) -> None:
        self.bar.set_words(self.view_model.title, self.tr("Close"))
        for entry in self.view_model.entries:
            key = self._keys[entry.id]
            key.set_icon(entry.icon)
            key.set_word(entry.word, entry.second)
            key.set_cap(entry.cap)
            key.set_tone("danger-text" if entry.id == "cancel" and not entry.off else "")
            if entry.off:
                key.set_off(entry.off)
            else:
                key.set_on()
