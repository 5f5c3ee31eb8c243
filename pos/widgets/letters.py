"""On-screen letters, for the hand that did not come from a keyboard."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.widgets.grid import KEY_GAP
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face

_COLUMNS = 11
_LETTERS = ("qwertyuiop", "asdfghjklñ-", "zxcvbnm,.")
_SIGNS = ("1234567890", "@#€%&*()/+-", "'\"!?:;_,.")


@dataclass(frozen=True, slots=True)
class _Place:
    row: int
    column: int
    across: int = 1


class Letters(QWidget):
    """Eleven by four keys; `letter` carries the sign, a space included.

    The keys never take the focus, so typing goes on in the field that has it.
    """

    letter = Signal(str)
    erased = Signal()
    hidden = Signal()
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shows_signs = False
        self._places: dict[Key, _Place] = {}
        self._typed: list[tuple[Key, str, str]] = []
        for row, (letters, signs) in enumerate(zip(_LETTERS, _SIGNS, strict=True)):
            for column, (letter, sign) in enumerate(zip(letters, signs, strict=True)):
                self._typed.append((self._sign_key(row, column), letter, sign))
        self.erase = self._key(_Place(0, 10), Key(icon="backspace", icon_px=26))
        self.toggle = self._key(_Place(2, 9, 2), Key("123"))
        self.hide_key = self._key(_Place(3, 0, 2), Key(icon="keyboard", icon_px=22))
        self.space = self._key(_Place(3, 2, 5), Key())
        self.accept = self._key(_Place(3, 7, 4), Key(kind=Kind.ACCENT))
        self.erase.clicked.connect(self.erased)
        self.toggle.clicked.connect(self._swap)
        self.hide_key.clicked.connect(self.hidden)
        self.space.clicked.connect(lambda: self.letter.emit(" "))
        self.accept.clicked.connect(self.accepted)
        self._write()

    def set_words(
        self, *, space: str, hide: str, accept: str, accept_cap: str = "", erase: str = ""
    ) -> None:
        """Write the keys that carry words; `erase` is only read aloud."""
        self.space.set_word(space)
        self.hide_key.set_word(hide)
        self.accept.set_word(accept)
        self.accept.set_cap(accept_cap)
        self.erase.set_name(erase)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        width = (self.width() - KEY_GAP * (_COLUMNS - 1)) / _COLUMNS
        height = (self.height() - KEY_GAP * 3) / 4
        for key, place in self._places.items():
            left = round(place.column * (width + KEY_GAP))
            right = round((place.column + place.across) * (width + KEY_GAP) - KEY_GAP)
            top = round(place.row * (height + KEY_GAP))
            bottom = round((place.row + 1) * (height + KEY_GAP) - KEY_GAP)
            key.setGeometry(QRect(left, top, right - left, bottom - top))

    def _key(self, place: _Place, key: Key) -> Key:
        key.setParent(self)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._places[key] = place
        return key

    def _sign_key(self, row: int, column: int) -> Key:
        key = self._key(_Place(row, column), Key(face=Face.DIGIT, style="title"))
        key.clicked.connect(lambda: self.letter.emit(key.word))
        return key

    def _swap(self) -> None:
        self._shows_signs = not self._shows_signs
        self._write()

    def _write(self) -> None:
        for key, letter, sign in self._typed:
            key.set_word(sign if self._shows_signs else letter)
        self.toggle.set_word("abc" if self._shows_signs else "123")
