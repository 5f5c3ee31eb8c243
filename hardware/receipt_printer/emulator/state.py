"""The settings a printer keeps between commands; ESC @ puts them back."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

from hardware.receipt_printer.emulator.glyphs import FONT_A, Face

DEFAULT_LINE_SPACING = 30  # dots: 1/6 inch at 180 dots per inch, ESC 2
TAB_COLUMNS = 8


@dataclass(slots=True)
class TextMode:
    """How the next character is printed."""

    face: Face = FONT_A
    columns: int = 1
    rows: int = 1
    is_bold: bool = False
    is_struck_twice: bool = False
    is_reversed: bool = False
    underline: int = 0
    spacing: int = 0
    page: int = 0


@dataclass(slots=True)
class BarcodeMode:
    """GS w, GS h, GS H, GS f."""

    module: int = 3
    height: int = 162
    text_position: int = 0  # bit 0 above, bit 1 below


@dataclass(slots=True)
class QrMode:
    """GS ( k, functions 165, 167, 169, 180."""

    model: int = 2
    module: int = 3
    error_correction: str = "L"
    data: bytes = b""


@dataclass(slots=True)
class PrintState:
    """Everything that ESC @ resets."""

    dots: int
    text: TextMode = field(default_factory=TextMode)
    barcode: BarcodeMode = field(default_factory=BarcodeMode)
    qr: QrMode = field(default_factory=QrMode)
    align: int = 0  # 0 left, 1 centre, 2 right
    line_spacing: int = DEFAULT_LINE_SPACING
    left_margin: int = 0
    area_width: int | None = None
    is_upside_down: bool = False
    tabs: tuple[int, ...] = tuple(range(TAB_COLUMNS, 256, TAB_COLUMNS))
    stored_picture: Image.Image | None = None

    @property
    def width(self) -> int:
        """Dots between the left margin and the end of the print area."""
        room = self.dots - self.left_margin
        return room if self.area_width is None else min(self.area_width, room)
