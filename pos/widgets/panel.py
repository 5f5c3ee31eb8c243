"""The grounds things lie on: panel, rule between parts, table head."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from pos.theme.theme import current
from pos.theme.tokens import tokens
from pos.widgets.paint import corner_path, draw_text, fill_rect, width_of


class Panel(QFrame):
    """A rounded panel with a column inside its 1-px edge.

    `column` is its layout; margins are zero unless `padding` (pixels inside the edge) is given.
    """

    def __init__(
        self, *, padding: int = 0, spacing: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(spacing)


class Rule(QFrame):
    """A 1-px line between parts, lying or standing."""

    def __init__(self, *, standing: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rule")
        if standing:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Bottomed(QWidget):
    """A strip with its own ground and a rule below, above or both.

    Grounds are colour tokens; `rounded` gives the strip the upper or lower corners of the
    panel it lies in.
    """

    def __init__(
        self,
        *,
        ground: str = "",
        rule_above: bool = False,
        rule_below: bool = False,
        rounded: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ground, self._above, self._below = ground, rule_above, rule_below
        self._rounded = rounded

    def set_ground(self, ground: str) -> None:
        """Lie on another colour token; empty is the panel's own."""
        if ground != self._ground:
            self._ground = ground
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        painter.end()

    def paint_ground(self, painter: QPainter) -> None:
        """Paint ground and rules; what inherits paints its own things on top."""
        width, height = self.width(), self.height()
        if self._ground:
            paint_corners(painter, QRectF(self.rect()), self._ground, self._rounded)
        if self._above:
            fill_rect(painter, 0, 0, width, 1, "border")
        if self._below:
            fill_rect(painter, 0, height - 1, width, 1, "border")


def paint_corners(painter: QPainter, box: QRectF, colour: str, rounded: str) -> None:
    """Fill a box whose `top` or `bottom` corners follow the inside of a panel's edge."""
    radius = tokens().radius["m"] - tokens().border["hair"]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(current().color(colour))
    if not rounded:
        painter.drawRect(box)
        return
    top, bottom = rounded in ("top", "both"), rounded in ("bottom", "both")
    painter.drawPath(corner_path(box, radius, top=top, bottom=bottom))


class TableHead(Bottomed):
    """The 40-px head of a table: names of columns, the last ones at the right.

    `columns` are (name, width in pixels); width 0 takes the rest, negative is right-aligned.
    """

    def __init__(
        self,
        columns: Sequence[tuple[str, int]] = (),
        *,
        rounded: str = "top",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground="surface-sunken", rule_below=True, rounded=rounded, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._columns = tuple(columns)

    def set_columns(self, columns: Sequence[tuple[str, int]]) -> None:
        """Name the columns again, such as in another language."""
        self._columns = tuple(columns)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        inner = self.width() - 32 - 12 * max(0, len(self._columns) - 1)
        rest = inner - sum(abs(width) for _, width in self._columns)
        x = 16.0
        for name, width in self._columns:
            room = abs(width) or rest
            slack = room - width_of(name, "meta+") if width < 0 else 0
            draw_text(painter, x + slack, 10, name, "meta+", "text-muted")
            x += room + 12
        painter.end()
