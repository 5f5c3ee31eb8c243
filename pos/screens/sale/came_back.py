"""The strip above the lines of a ticket that goods pay for which came back."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.screens.sale.exchange import Exchanging
from pos.widgets.grid import NARROW, grid_for
from pos.widgets.key import Key, Kind
from pos.widgets.panel import Bottomed
from pos.widgets.text import IconView, Text

_HEIGHT = 72


class CameBack(Bottomed):
    """What came back of which purchase, the key to take the same again, and the one to stop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ground="danger-soft", rule_below=True, parent=parent)
        self.setFixedHeight(_HEIGHT)
        self._icon = IconView("return", 24, "danger-text")
        self.title, self.second = Text("", "strong", "danger-text"), Text("", "meta", "text-muted")
        self.swap = Key(icon="swap")
        self.off = Key(icon="undo", kind=Kind.FLAT)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.second)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self.swap)
        row.addWidget(self.off)
        self.hide()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Leave the icon and a word away where there is no room for them."""
        narrow = grid_for(self.window().width()) is NARROW
        self._icon.setVisible(not narrow)
        self.off.set_word("" if narrow else self._off_word)

    @property
    def _off_word(self) -> str:
        return self.tr("Take off")

    def show_exchange(self, exchange: Exchanging) -> None:
        """Show what came back; without anything the strip goes away."""
        self.setVisible(exchange.draft is not None)
        if exchange.draft is None:
            return
        self.title.set_text(self.tr("Came back"))
        self.second.set_text(exchange.title)
        self.swap.set_word(self.tr("The same again"), "")
        self.swap.set_cap("" if exchange.why_no_swap else self.tr("Ins"))
        self.off.set_name(self._off_word)
        self.off.set_word(self._off_word if self._icon.isVisibleTo(self) else "")
        if exchange.why_no_swap:
            self.swap.set_off(exchange.why_no_swap)
        else:
            self.swap.set_on()
