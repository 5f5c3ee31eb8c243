"""The eight function keys, two by four or four by two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.widgets.grid import KEY_GAP, Grid
from pos.widgets.key import Key
from pos.widgets.key_faces import Face


@dataclass(frozen=True, slots=True)
class Act:
    """One function key: what it is called in code, and what is written on it."""

    id: str
    icon: str
    word: str
    cap: str = ""
    tone: str = ""


class FunctionKeys(QWidget):
    """Function keys in reading order; `pressed` carries the id of the act.

    An act with an empty id keeps its place free.
    """

    pressed = Signal(str)
    refused = Signal(str)

    def __init__(
        self, acts: Sequence[Act] = (), *, columns: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._keys: dict[str, Key] = {}
        self._order: list[str] = []
        self.set_acts(acts)

    def set_acts(self, acts: Sequence[Act]) -> None:
        """Show these acts; keys that stay are written again, not rebuilt."""
        wanted = {act.id for act in acts if act.id}
        for gone in set(self._keys) - wanted:
            self._keys.pop(gone).deleteLater()
        self._order = [act.id for act in acts]
        previous: Key | None = None
        for act in acts:
            if not act.id:
                continue
            key = self._keys.get(act.id) or self._build_key(act)
            key.set_word(act.word)
            key.set_icon(act.icon)
            key.set_cap(act.cap)
            key.set_tone(act.tone)
            if previous:
                QWidget.setTabOrder(previous, key)
            previous = key
        self._place()

    def key(self, act: str) -> Key:
        """Return the key of an act; raises KeyError if it is not shown."""
        return self._keys[act]

    def set_grid(self, grid: Grid) -> None:
        """Take the number of columns from the grid of the window."""
        self._columns = grid.acts_columns
        self._place()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def _build_key(self, act: Act) -> Key:
        key = Key(act.word, face=Face.ACT, parent=self)
        key.clicked.connect(lambda: self.pressed.emit(act.id))
        key.refused.connect(lambda: self.refused.emit(act.id))
        key.show()
        self._keys[act.id] = key
        return key

    def _place(self) -> None:
        rows = max(1, -(-len(self._order) // self._columns))
        width = (self.width() - KEY_GAP * (self._columns - 1)) / self._columns
        height = (self.height() - KEY_GAP * (rows - 1)) / rows
        for index, act in enumerate(self._order):
            if not act:
                continue
            row, column = divmod(index, self._columns)
            x, y = column * (width + KEY_GAP), row * (height + KEY_GAP)
            right, bottom = round(x + width), round(y + height)
            self._keys[act].setGeometry(
                QRect(round(x), round(y), right - round(x), bottom - round(y))
            )
