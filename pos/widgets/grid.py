"""Where everything lies on the sale screen and on pages, for each size of window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

MARGIN = 12
GAP = 12
KEY_GAP = 8
HEADER = 56
BAR = 56


@dataclass(frozen=True, slots=True)
class Grid:
    """The measures of one size of window, in pixels."""

    ticket_width: int
    lower_height: int
    acts_columns: int
    acts_width: int  # 0: as wide as the lower block, above the digits
    acts_height: int
    digit_width: int
    keypad_height: int
    quantity_column: int
    amount_column: int
    page_column: int  # right column of pages with a bar


NARROW = Grid(456, 416, 4, 0, 128, 92, 280, 70, 80, 360)
MIDDLE = Grid(548, 280, 2, 276, 280, 76, 280, 80, 92, 506)
WIDE = Grid(720, 344, 2, 400, 344, 112, 344, 96, 112, 506)


@dataclass(frozen=True, slots=True)
class Places:
    """The boxes of the sale screen inside its body, the window below the header."""

    ticket: QRect
    side: QRect
    tabs: QRect
    lower: QRect
    acts: QRect
    keypad: QRect


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """The boxes of a page with a bar inside its body."""

    bar: QRect
    main: QRect
    right: QRect


def grid_for(width: int) -> Grid:
    """Return the measures for a window of `width` pixels."""
    if width < 1200:
        return NARROW
    return MIDDLE if width < 1800 else WIDE


def _mirror(box: QRect, width: int) -> QRect:
    return QRect(width - box.x() - box.width(), box.y(), box.width(), box.height())


def places(width: int, height: int, *, mirrored: bool = False) -> Places:
    """Return the boxes of the sale screen in a body of this size; mirrored is left-handed."""
    grid = grid_for(width)
    inner = height - 2 * MARGIN
    side_x = MARGIN + grid.ticket_width + GAP
    side = QRect(side_x, MARGIN, width - MARGIN - side_x, inner)
    top = MARGIN + inner - grid.lower_height
    lower = QRect(side_x, top, side.width(), grid.lower_height)
    acts = QRect(side_x, top, grid.acts_width or side.width(), grid.acts_height)
    keypad_y = top + grid.lower_height - grid.keypad_height
    keypad_x = side_x + (grid.acts_width + GAP if grid.acts_width else 0)
    keypad = QRect(keypad_x, keypad_y, width - MARGIN - keypad_x, grid.keypad_height)
    tabs = QRect(side_x, MARGIN, side.width(), inner - grid.lower_height - GAP)
    ticket = QRect(MARGIN, MARGIN, grid.ticket_width, inner)
    boxes = (ticket, side, tabs, lower, acts, keypad)
    return Places(*(_mirror(box, width) if mirrored else box for box in boxes))


def page_places(
    width: int, height: int, *, right_width: int | None = None, mirrored: bool = False
) -> PagePlaces:
    """Return the boxes of a page with a bar; without `right_width` the grid's own is used."""
    column = grid_for(width).page_column if right_width is None else right_width
    top = MARGIN + BAR + GAP
    inner = height - top - MARGIN
    gap = GAP if column else 0
    main = QRect(MARGIN, top, width - 2 * MARGIN - column - gap, inner)
    right = QRect(width - MARGIN - column, top, column, inner)
    bar = QRect(MARGIN, MARGIN, width - 2 * MARGIN, BAR)
    if mirrored:
        main, right = _mirror(main, width), _mirror(right, width)
    return PagePlaces(bar, main, right)


class SaleFrame(QWidget):
    """Places ticket, tabs, function keys and keypad to the pixel, at every resize.

    `lower` may be given instead of, or beside, function keys and keypad: a widget that takes
    the whole lower block, such as the on-screen letters; whichever is visible counts. `side`
    takes tabs and lower block together. A widget that has `set_grid(grid)` is told the measures.
    """

    def __init__(self, *, mirrored: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mirrored = mirrored
        self._placed: dict[str, list[QWidget]] = {}

    def put(self, place: str, *widgets: QWidget) -> None:
        """Put widgets into `ticket`, `tabs`, `acts`, `keypad`, `lower` or `side`."""
        for widget in widgets:
            widget.setParent(self)
            self._placed.setdefault(place, []).append(widget)
        self.place()

    def set_mirrored(self, mirrored: bool) -> None:
        """Swap the sides for a left-handed cashier."""
        self._mirrored = mirrored
        self.place()

    def widgets(self, place: str) -> Sequence[QWidget]:
        """Return what was put into a place."""
        return self._placed.get(place, ())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.place()

    def place(self) -> None:
        """Give every widget its box."""
        boxes = places(self.width(), self.height(), mirrored=self._mirrored)
        grid = grid_for(self.width())
        for name, widgets in self._placed.items():
            for widget in widgets:
                for tell, value in (("set_grid", grid), ("set_mirrored", self._mirrored)):
                    if hasattr(widget, tell):
                        getattr(widget, tell)(value)
                widget.setGeometry(getattr(boxes, name))
