"""Keys of what goes with the ticket, in the room that its lines leave free."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.domain.catalogue import Product
from pos.screens.pictures import picture_of
from pos.screens.sale.suggested import Suggested
from pos.widgets.key import Key
from pos.widgets.key_faces import Face
from pos.widgets.paint import draw_text, wrapped
from pos.widgets.ticket_list import TicketList

_MARGIN = 16
_GAP = 8
_KEY_HEIGHT = 56
_LEAST_KEY_WIDTH = 200
_KEYS_TOP = 28
_BESIDE_WORDS = 70  # what icon and edges take of a key
_HEIGHT = _KEYS_TOP + _KEY_HEIGHT + 8


class SuggestedKeys(QWidget):
    """Lies at the foot of the list while the lines end above it, and moves nothing.

    A touch takes the product as its quick key would. A place for a key is as wide as in every
    window: as many are shown as there is room for.
    """

    def __init__(
        self, model: Suggested, take: Callable[[Product], object], lines: TicketList
    ) -> None:
        super().__init__(lines)
        self._model, self._take, self._lines = model, take, lines
        self._keys: list[Key] = []
        model.changed.connect(self._place)
        lines.installEventFilter(self)
        rows = lines.model()
        for signal in (rows.rowsInserted, rows.rowsRemoved, rows.modelReset):
            signal.connect(self._place)
        self._place()

    @property
    def keys(self) -> list[Key]:
        """The keys in sight."""
        return [key for key in self._keys if key.isVisibleTo(self)]

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep to the foot of the list when its size changes."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._place()
            self.update()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_text(painter, _MARGIN, 4, self.tr("Often bought with this"), "meta+", "text-muted")
        painter.end()

    def _place(self) -> None:
        lines = self._lines
        taken = lines.model().rowCount() * lines.row_height
        has_room = 0 < taken <= lines.height() - _HEIGHT
        self.setVisible(has_room and bool(self._model.products))
        if not has_room:
            return
        self.setGeometry(0, lines.height() - _HEIGHT, lines.width(), _HEIGHT)
        inner = self.width() - 2 * _MARGIN
        room = max(1, (inner + _GAP) // (_LEAST_KEY_WIDTH + _GAP))
        shown = self._model.products[:room]
        width = (inner - _GAP * (room - 1)) // room
        while len(self._keys) < len(shown):
            self._keys.append(self._build_key(len(self._keys)))
        for index, key in enumerate(self._keys):
            key.setVisible(index < len(shown))
            if index < len(shown):
                left = _MARGIN + index * (width + _GAP)
                key.setGeometry(QRect(left, _KEYS_TOP, width, _KEY_HEIGHT))
                self._write(key, shown[index])

    def _write(self, key: Key, product: Product) -> None:
        """Write the name as far as it goes, and the rest of it beside the price."""
        price = self._model.price(product)
        first, *rest = wrapped(product.name, "strong", key.width() - _BESIDE_WORDS)
        key.set_word(first, " · ".join((price, " ".join(rest))) if rest else price)
        key.set_name(f"{product.name}, {price}")
        key.set_icon(picture_of(product.picture, otherwise="tag"))

    def _build_key(self, index: int) -> Key:
        key = Key(face=Face.TENDER, parent=self)
        key.clicked.connect(lambda: self._press(index))
        return key

    def _press(self, index: int) -> None:
        if index < len(self._model.products):
            self._take(self._model.products[index])
