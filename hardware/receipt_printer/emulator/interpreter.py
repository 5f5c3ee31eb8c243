"""Carries out print commands: settings, text, feeding, cutting.

Source: Epson ESC/POS Command Reference for TM printers, standard mode. Page mode
is not offered; its commands land in `unknown` as any other that is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hardware.receipt_printer.emulator import code_pages
from hardware.receipt_printer.emulator.commands import Command
from hardware.receipt_printer.emulator.figures import (
    barcode_figure,
    column_image_figure,
    graphics_figure,
    qr_figure,
    raster_figure,
)
from hardware.receipt_printer.emulator.glyphs import FONT_A, FONT_B
from hardware.receipt_printer.emulator.paper import Cell, Figure, PrintedLine, Receipt
from hardware.receipt_printer.emulator.state import DEFAULT_LINE_SPACING, PrintState


class Interpreter:
    """Prints commands on an endless roll and hands out what was cut off.

    Attributes:
        receipts: The finished ones, oldest first.
        unknown: Commands that were not understood, in order.
    """

    def __init__(self, dots: int) -> None:
        self.receipts: list[Receipt] = []
        self.unknown: list[Command] = []
        self._state = PrintState(dots)
        self._line: list[Cell | Figure] = []
        self._x = 0
        self._y = 0
        self._lines: list[PrintedLine] = []
        self._verbs = self._table()

    def execute(self, command: Command) -> None:
        """Carry out one command that is not a question."""
        verb = self._verbs.get(command.code)
        if verb is None or not command.is_known:
            self.unknown.append(command)
            return
        verb(command.data)

    @property
    def lines_printed(self) -> int:
        """Lines on the receipt that is not cut yet."""
        return len(self._lines)

    @property
    def unfinished(self) -> Receipt:
        """What was printed since the last cut."""
        return self._receipt()

    def _table(self) -> dict[bytes, Callable[[bytes], None]]:
        state = self._state
        text = state.text
        return {
            b"text": self._print_text,
            b"\n": lambda _: self._line_feed(),
            b"\r": _ignore,
            b"\0": _ignore,
            b"\t": lambda _: self._tab(),
            b"\x18": _ignore,
            b"\x1b@": lambda _: self._initialise(),
            b"\x1b!": self._select_print_mode,
            b"\x1b-": lambda n: setattr(text, "underline", n[0] & 0x0F),
            b"\x1bE": lambda n: setattr(text, "is_bold", bool(n[0] & 1)),
            b"\x1bG": lambda n: setattr(text, "is_struck_twice", bool(n[0] & 1)),
            b"\x1bM": lambda n: setattr(text, "face", FONT_B if n[0] & 1 else FONT_A),
            b"\x1b ": lambda n: setattr(text, "spacing", n[0]),
            b"\x1bt": lambda n: setattr(text, "page", n[0]),
            b"\x1da": _ignore,  # automatic status is the printer's, not the paper's
            b"\x1d!": self._select_size,
            b"\x1dB": lambda n: setattr(text, "is_reversed", bool(n[0] & 1)),
            b"\x1ba": self._align,
            b"\x1bd": self._feed_lines,
            b"\x1bJ": lambda n: self._print_and_feed(n[0]),
            b"\x1b2": lambda _: setattr(state, "line_spacing", DEFAULT_LINE_SPACING),
            b"\x1b3": lambda n: setattr(state, "line_spacing", n[0]),
            b"\x1b{": self._turn_upside_down,
            b"\x1bD": lambda n: setattr(state, "tabs", tuple(n.rstrip(b"\0"))),
            b"\x1b$": lambda n: self._move_to(_word(n)),
            b"\x1b\\": lambda n: self._move_to(self._x + _signed_word(n)),
            b"\x1dL": lambda n: setattr(state, "left_margin", _word(n)),
            b"\x1dW": lambda n: setattr(state, "area_width", _word(n)),
            b"\x1dV": lambda _: self._cut(),
            b"\x1bi": lambda _: self._cut(),
            b"\x1bm": lambda _: self._cut(),
            b"\x1b*": self._column_image,
            b"\x1dv0": lambda data: self._print_figure(raster_figure(data)),
            b"\x1d(L": lambda data: self._graphics(data, is_long=False),
            b"\x1d8L": lambda data: self._graphics(data, is_long=True),
            b"\x1dk": self._barcode,
            b"\x1d(k": self._two_dimensional,
            b"\x1dw": lambda n: setattr(state.barcode, "module", n[0]),
            b"\x1dh": lambda n: setattr(state.barcode, "height", n[0]),
            b"\x1dH": lambda n: setattr(state.barcode, "text_position", n[0] & 3),
            **dict.fromkeys(SETTINGS_WITHOUT_TRACE, _ignore),
        }

    # Settings

    def _initialise(self) -> None:
        self._line, self._x = [], 0
        self._state = PrintState(self._state.dots)
        self._verbs = self._table()

    def _select_print_mode(self, n: bytes) -> None:
        text = self._state.text
        text.face = FONT_B if n[0] & 0x01 else FONT_A
        text.is_bold = bool(n[0] & 0x08)
        text.rows = 2 if n[0] & 0x10 else 1
        text.columns = 2 if n[0] & 0x20 else 1
        text.underline = 1 if n[0] & 0x80 else 0

    def _select_size(self, n: bytes) -> None:
        self._state.text.columns = (n[0] >> 4 & 7) + 1
        self._state.text.rows = (n[0] & 7) + 1

    def _align(self, n: bytes) -> None:
        if not self._line:  # heeded at the beginning of a line only
            self._state.align = n[0] & 3

    def _turn_upside_down(self, n: bytes) -> None:
        if not self._line:
            self._state.is_upside_down = bool(n[0] & 1)

    # Text

    def _print_text(self, data: bytes) -> None:
        mode = self._state.text
        for char in code_pages.decode(data, mode.page):
            width = (mode.face.width + mode.spacing) * mode.columns
            if self._x + width > self._state.width and self._line:
                self._line_feed()
            cell = Cell(
                self._x,
                char,
                mode.face,
                mode.columns,
                mode.rows,
                mode.is_bold or mode.is_struck_twice,
                mode.is_reversed,
                mode.underline,
                mode.spacing,
            )
            self._line.append(cell)
            self._x = cell.x + cell.width

    def _tab(self) -> None:
        column = self._state.text.face.width
        following = [stop * column for stop in self._state.tabs if stop * column > self._x]
        if following:
            self._x = following[0]

    def _move_to(self, x: int) -> None:
        self._x = max(0, min(x, self._state.width))

    # Feeding

    def _line_feed(self) -> None:
        height = max((item.height for item in self._line), default=0)
        self._finish_line(max(self._state.line_spacing, height))

    def _feed_lines(self, n: bytes) -> None:
        lines = n[0]
        if self._line:
            self._line_feed()
            lines -= 1
        for _ in range(lines):
            self._line_feed()

    def _print_and_feed(self, dots: int) -> None:
        if self._line:
            self._finish_line(max([dots, *(item.height for item in self._line)]))
        else:
            self._y += dots

    def _finish_line(self, advance: int) -> None:
        """Put the line onto the paper where the alignment wants it, and feed."""
        width = max((item.x + item.width for item in self._line), default=0)
        free = max(0, self._state.width - width)
        shift = self._state.left_margin + (0, free // 2, free)[min(self._state.align, 2)]
        items = tuple(_shifted(item, shift) for item in self._line)
        indent = self._indent_of_names()
        self._lines.append(PrintedLine(self._y, items, indent))
        self._line, self._x = [], 0
        self._y += advance

    def _indent_of_names(self) -> int:
        """Return the columns before a figure's name, were it printed as text."""
        names = " ".join(item.name for item in self._line if isinstance(item, Figure))
        free = max(0, self._state.width // FONT_A.width - len(names))
        return (0, free // 2, free)[min(self._state.align, 2)]

    def _cut(self) -> None:
        if self._line:
            self._line_feed()
        self.receipts.append(self._receipt())
        self._lines, self._y = [], 0

    def _receipt(self) -> Receipt:
        state = self._state
        return Receipt(tuple(self._lines), state.dots, self._y, state.is_upside_down)

    # Figures

    def _print_figure(self, figure: Figure | None) -> None:
        """Print a figure on lines of its own, as standard mode does."""
        if figure is None:
            return
        if self._line:
            self._line_feed()
        self._line = [figure]
        self._finish_line(figure.height)

    def _column_image(self, data: bytes) -> None:
        figure = column_image_figure(data, self._x)
        self._line.append(figure)
        self._x += figure.width

    def _graphics(self, data: bytes, is_long: bool) -> None:
        figure, is_known = graphics_figure(data, is_long, self._state)
        if not is_known:
            self.unknown.append(Command(b"\x1d8L" if is_long else b"\x1d(L", data))
        self._print_figure(figure)

    def _barcode(self, data: bytes) -> None:
        figure = barcode_figure(data, self._state)
        if figure is None:
            self.unknown.append(Command(b"\x1dk", data))
        self._print_figure(figure)

    def _two_dimensional(self, data: bytes) -> None:
        figure, is_known = qr_figure(data, self._state.qr)
        if not is_known:
            self.unknown.append(Command(b"\x1d(k", data))
        self._print_figure(figure)


SETTINGS_WITHOUT_TRACE = (
    b"\x1c.",  # Kanji off: single bytes are the only characters here
    b"\x1cC",
    b"\x1cS",
    b"\x1c-",
    b"\x1c(A",
    b"\x1d(E",
    b"\x1bR",  # national characters: only ASCII is offered
    b"\x1bU",
    b"\x1b=",
    b"\x1bc",
    b"\x1bT",
    b"\x1db",
    b"\x1df",
    b"\x1d|",
    b"\x1dP",
)


def _ignore(_: bytes) -> None:
    """A setting that leaves no trace in text or picture."""


def _word(data: bytes) -> int:
    return data[0] + 256 * data[1]


def _signed_word(data: bytes) -> int:
    return int.from_bytes(data[:2], "little", signed=True)


def _shifted(item: Cell | Figure, dots: int) -> Cell | Figure:
    return replace(item, x=item.x + dots) if dots else item
