"""Favourites on the sale screen: pages of tiles, as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.widgets.key import Key
from pos.widgets.key_faces import Face

_GAP = 8
_PAGE_KEY_HEIGHT = 56
_TILE_HEIGHT = 120
_LEAST_TILE_WIDTH = 118
_MORE = "more"


@dataclass(frozen=True, slots=True)
class TileWords:
    """One favourite: its place in the page, label, price, picture and ground."""

    position: int
    label: str
    price: str
    picture: str
    band: str


class QuickKeys(QWidget):
    """Page keys above, tiles below; `page_chosen` carries a name, `pressed` a position.

    What does not fit is reached by the last key, which goes round.
    """

    page_chosen = Signal(str)
    pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: dict[str, Key] = {}
        self._tiles: list[Key] = []
        self._words: tuple[TileWords, ...] = ()
        self._first_tile = self._first_page = 0
        self._more_word = ""
        self._more_pages = self._make_more(Face.CENTRE)
        self._more_tiles = self._make_more(Face.TILE)
        self._more_pages.clicked.connect(self._next_pages)
        self._more_tiles.clicked.connect(self._next_tiles)

    def set_more_word(self, word: str) -> None:
        """Name the keys that lead to what does not fit."""
        self._more_word = word
        self._more_pages.set_word(word)
        self._more_tiles.set_word(word)

    def set_pages(self, names: Sequence[str], chosen: str) -> None:
        """Show these pages, one of them chosen."""
        if list(self._pages) != list(names):
            for key in self._pages.values():
                key.hide()
                key.deleteLater()
            self._pages = {name: self._build_page(name) for name in names}
            self._first_page = 0
        for name, key in self._pages.items():
            key.set_chosen(name == chosen)
        self._place()

    def set_tiles(self, words: Sequence[TileWords]) -> None:
        """Show these favourites."""
        if tuple(words) == self._words:
            return
        if [tile.position for tile in words] != [tile.position for tile in self._words]:
            self._first_tile = 0
        self._words = tuple(words)
        self._place()

    def tile(self, label: str) -> Key:
        """Return the key of a favourite in sight, by its label."""
        return next(key for key in self._tiles if key.word == label and key.isVisibleTo(self))

    def page_key(self, name: str) -> Key:
        """Return the key of a page."""
        return self._pages[name]

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    @property
    def _columns(self) -> int:
        return 4 if self.width() < 600 else 5 if self.width() < 900 else 7

    @property
    def _has_pages(self) -> bool:
        return len(self._pages) > 1

    def _box(self, column: int, top: int, height: int) -> QRect:
        columns = self._columns
        width = (self.width() - _GAP * (columns - 1)) / columns
        left = round(column * (width + _GAP))
        return QRect(left, top, round(column * (width + _GAP) + width) - left, height)

    def _place(self) -> None:
        if self.width() < _LEAST_TILE_WIDTH:
            return
        self._place_pages()
        top = _PAGE_KEY_HEIGHT + _GAP if self._has_pages else 0
        self._place_tiles(top)

    def _place_pages(self) -> None:
        keys, columns = list(self._pages.values()), self._columns
        fits = len(keys) <= columns
        room = columns if fits else columns - 1
        shown = keys[self._first_page : self._first_page + room] if self._has_pages else []
        for key in keys:
            key.setVisible(key in shown)
        for column, key in enumerate(shown):
            key.setGeometry(self._box(column, 0, _PAGE_KEY_HEIGHT))
        self._more_pages.setVisible(not fits)
        self._more_pages.setGeometry(self._box(columns - 1, 0, _PAGE_KEY_HEIGHT))

    def _place_tiles(self, top: int) -> None:
        columns, height = self._columns, self.height() - top
        rows = max(1, (height + _GAP) // (_TILE_HEIGHT + _GAP))
        tile_height = min(_TILE_HEIGHT, height)
        room = rows * columns
        fits = len(self._words) <= room
        room = room if fits else room - 1
        shown = self._words[self._first_tile : self._first_tile + room]
        while len(self._tiles) < len(shown):
            self._tiles.append(self._build_tile(len(self._tiles)))
        for index, key in enumerate(self._tiles):
            key.setVisible(index < len(shown))
            if index < len(shown):
                place = top + index // columns * (tile_height + _GAP)
                key.setGeometry(self._box(index % columns, place, tile_height))
                _write(key, shown[index])
        self._more_tiles.setVisible(not fits)
        place = top + (rows - 1) * (tile_height + _GAP)
        self._more_tiles.setGeometry(self._box(columns - 1, place, tile_height))

    def _build_page(self, name: str) -> Key:
        key = Key(name, parent=self)
        key.clicked.connect(lambda: self.page_chosen.emit(name))
        return key

    def _build_tile(self, index: int) -> Key:
        key = Key(face=Face.TILE, parent=self)
        key.clicked.connect(lambda: self._press(index))
        return key

    def _make_more(self, face: Face) -> Key:
        key = Key(icon="right", face=face, parent=self)
        key.hide()
        return key

    def _press(self, index: int) -> None:
        self.pressed.emit(self._words[self._first_tile + index].position)

    def _next_pages(self) -> None:
        self._first_page += self._columns - 1
        if self._first_page >= len(self._pages):
            self._first_page = 0
        self._place()

    def _next_tiles(self) -> None:
        shown = sum(key.isVisibleTo(self) for key in self._tiles)
        self._first_tile += max(1, shown)
        if self._first_tile >= len(self._words):
            self._first_tile = 0
        self._place()


def _write(key: Key, words: TileWords) -> None:
    key.set_word(words.label, words.price)
    key.set_icon(words.picture)
    key.set_band(words.band)
