"""The digits and the keys beside them, in the same place on every screen."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.widgets.grid import KEY_GAP, Grid
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face


class Mode(Enum):
    """What stands beside the digits."""

    SALE = auto()  # quantity and erase, third key, closing key
    AMOUNT = auto()  # erase, third key, closing key
    PIN = auto()  # as AMOUNT, digits only
    SIGN_IN = auto()  # three columns: erase and closing key on both sides of 0


_ROWS = ("789", "456", "123")


class Keypad(QWidget):
    """Digits and closing key; `digit` carries what was pressed, as text.

    The keys never take the focus by touch; `closing` and `third` take it by Tab.
    Their texts are written with `set_words` or on the keys themselves: `quantity`, `erase`,
    `third`, `closing`.
    """

    digit = Signal(str)
    erased = Signal()
    multiplied = Signal()
    third_pressed = Signal()
    accepted = Signal()

    def __init__(
        self,
        mode: Mode = Mode.SALE,
        *,
        closing_kind: Kind = Kind.PAY,
        closing_style: str = "pay",
        digit_width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Build a keypad; `digit_width` 0 makes five columns of equal width."""
        super().__init__(parent)
        self._mode, self._digit_width, self._mirrored = mode, digit_width, False
        self.digits = {sign: self._digit_key(sign) for sign in self._signs()}
        self.quantity = Key(cap="*", parent=self)
        self.erase = Key(icon="backspace", icon_px=26, parent=self)
        self.third = Key(parent=self)
        face = Face.CENTRE if mode is Mode.SIGN_IN else Face.BIG
        style = "" if mode is Mode.SIGN_IN else closing_style
        self.closing = Key(kind=closing_kind, face=face, style=style, parent=self)
        self.quantity.setVisible(mode is Mode.SALE)
        self.third.setVisible(mode is not Mode.SIGN_IN)
        for key in (self.quantity, self.erase):
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.quantity.clicked.connect(self.multiplied)
        self.erase.clicked.connect(self.erased)
        self.third.clicked.connect(self.third_pressed)
        self.closing.clicked.connect(self.accepted)

    def set_words(
        self,
        *,
        quantity: str = "",
        erase: str = "",
        third: str = "",
        third_cap: str = "",
        closing: str = "",
        closing_cap: str = "",
    ) -> None:
        """Write the keys; the erase key shows its word only where it is wide."""
        self.quantity.set_word(quantity)
        wide = self._mode in (Mode.AMOUNT, Mode.PIN)
        self.erase.set_word(erase if wide else "")
        self.erase.set_name(erase)
        self.third.set_word(third)
        self.third.set_cap(third_cap)
        self.closing.set_word(closing)
        self.closing.set_cap(closing_cap)

    def set_decimal_sign(self, sign: str) -> None:
        """Print the decimal sign of the language on its key; it always types `,`."""
        if "," in self.digits:
            self.digits[","].set_word(sign)

    def set_grid(self, grid: Grid) -> None:
        """Take the width of the digits from the grid of the window."""
        self._digit_width = grid.digit_width
        self._place()

    def set_mirrored(self, mirrored: bool) -> None:
        """Put the closing key at the left of the digits."""
        self._mirrored = mirrored
        self._place()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def _signs(self) -> tuple[str, ...]:
        tail = ("0",) if self._mode in (Mode.PIN, Mode.SIGN_IN) else ("0", "00", ",")
        return (*"789456123", *tail)

    def _digit_key(self, sign: str) -> Key:
        key = Key(sign, face=Face.DIGIT, parent=self)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.clicked.connect(lambda: self.digit.emit(sign))
        return key

    def _columns(self) -> list[tuple[int, int]]:
        """Return x and width of the columns, digits first."""
        count = 3 if self._mode is Mode.SIGN_IN else 5
        equal = (self.width() - KEY_GAP * (count - 1)) / count
        edges: list[tuple[int, int]] = []
        if self._digit_width and count == 5:
            digits = 3 * (self._digit_width + KEY_GAP)
            half = (self.width() - digits - KEY_GAP) / 2
            widths = [float(self._digit_width)] * 3 + [half, half]
        else:
            widths = [equal] * count
        x = 0.0
        for width in widths:
            edges.append((round(x), round(x + width) - round(x)))
            x += width + KEY_GAP
        if self._mirrored and count == 5:
            right, close = edges[:3], edges[3:]
            shift = close[0][0]
            moved = self.width() - (right[2][0] + right[2][1])
            close = [(cx - shift, cw) for cx, cw in close]
            edges = [(cx + moved, cw) for cx, cw in right] + close
        return edges

    def _place(self) -> None:
        columns = self._columns()
        height = (self.height() - 3 * KEY_GAP) / 4

        def box(column: int, row: int, across: int = 1, down: int = 1) -> QRect:
            x, width = columns[column]
            if across == 2:
                width = columns[column + 1][0] + columns[column + 1][1] - x
            top = round(row * (height + KEY_GAP))
            bottom = round((row + down) * (height + KEY_GAP) - KEY_GAP)
            return QRect(x, top, width, bottom - top)

        for row, signs in enumerate(_ROWS):
            for column, sign in enumerate(signs):
                self.digits[sign].setGeometry(box(column, row))
        if self._mode is Mode.SIGN_IN:
            self.erase.setGeometry(box(0, 3))
            self.digits["0"].setGeometry(box(1, 3))
            self.closing.setGeometry(box(2, 3))
            return
        tail = [None, "0", None] if self._mode is Mode.PIN else ["0", "00", ","]
        for column, last in enumerate(tail):
            if last:
                self.digits[last].setGeometry(box(column, 3))
        if self._mode is Mode.SALE:
            self.quantity.setGeometry(box(3, 0))
            self.erase.setGeometry(box(4, 0))
        else:
            self.erase.setGeometry(box(3, 0, across=2))
        self.third.setGeometry(box(3, 1, across=2))
        self.closing.setGeometry(box(3, 2, across=2, down=2))
