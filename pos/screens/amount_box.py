"""Shows an amount that is being typed: icon, label, amount at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.theme.tokens import tokens
from pos.widgets.paint import draw_box, draw_ring, draw_text, elided, width_of
from pos.widgets.pieces import Icon


class AmountBox(QWidget):
    """A 56-px box; whoever holds the keys of the screen writes what is typed into it."""

    def __init__(self, icon: str = "cash", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._label, self._amount, self._wrong = icon, "", "", False
        self._is_active, self._is_proposal = True, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(tokens().height["target"])

    @property
    def amount(self) -> str:
        return self._amount

    def set_words(
        self, icon: str, label: str, amount: str, *, wrong: bool = False, proposal: bool = False
    ) -> None:
        """Write icon, label and amount; `proposal` marks what the next digit replaces."""
        self._icon, self._label, self._amount = icon, label, amount
        self._wrong, self._is_proposal = wrong, proposal
        self.setAccessibleName(f"{label} {amount}")
        self.update()

    def set_active(self, active: bool) -> None:
        """Draw the ring of what takes the keys, or not."""
        if active != self._is_active:
            self._is_active = active
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(190, tokens().height["target"])

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_box(painter, box, fill="surface-panel", edge="border-control")
        if self._wrong:
            draw_box(painter, box, edge="amber-edge", px=tokens().border["focus"])
        elif self._is_active:
            draw_ring(painter, box, on_solid=False)
        Icon(self._icon, 24, "text").paint(painter, QRectF(17, 0, 24, box.height()))
        right = box.width() - 17
        x = right - width_of(self._amount, "amount")
        if self._is_proposal and self._amount:
            draw_box(painter, QRectF(x - 6, 8, right - x + 10, 40), fill="accent-soft", radius=4)
        draw_text(painter, x, 8, self._amount, "amount", "text")
        label = elided(self._label, "line", int(x - 12 - 53))
        draw_text(painter, 53, 16, label, "line", "text-muted")
        painter.end()
