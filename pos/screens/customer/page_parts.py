"""The columns beside the purchases on the customer's page; what there is nothing of is absent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.screens.customer.glimpse import OrderWords
from pos.screens.customer.page_words import ConsentWords
from pos.widgets.grid import GAP
from pos.widgets.key import Key
from pos.widgets.panel import Panel, Rule
from pos.widgets.text import IconView, Text

_KEY_HEIGHT = 56
_MOST_ELSEWHERE = 3


class PersonColumn(Panel):
    """Points and credit large, how to reach the customer, what is worth knowing, consents."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.tiles = [_Amount() for _ in range(2)]
        self._standing = Rule(standing=True)
        self._amounts = QWidget()
        row = QHBoxLayout(self._amounts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.tiles[0], 1)
        row.addWidget(self._standing)
        row.addWidget(self.tiles[1], 1)
        self._below = Rule()
        self.column.addWidget(self._amounts)
        self.column.addWidget(self._below)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(16, 12, 16, 16)
        self._rows.setSpacing(6)
        self.column.addLayout(self._rows)
        self.column.addStretch(1)

    def show_amounts(self, amounts: Sequence[tuple[str, str]]) -> None:
        """Show at most two amounts with their names."""
        filled = [*amounts, ("", ""), ("", "")]
        for tile, (name, value) in zip(self.tiles, filled, strict=False):
            tile.show_amount(name, value)
        self._amounts.setVisible(bool(amounts))
        self._below.setVisible(bool(amounts))
        self._standing.setVisible(len(amounts) > 1)

    def show_facts(
        self,
        ways: tuple[str, Sequence[tuple[str, str]]],
        knowing: tuple[str, str, Sequence[tuple[str, str]]],
        consents: tuple[str, Sequence[ConsentWords]],
    ) -> None:
        """Write the three groups anew, each with its heading; one without rows is left out."""
        _clear(self._rows)
        if ways[1]:
            self._head(ways[0])
        for label, value in ways[1]:
            self._rows.addLayout(_pair(label, value))
        if knowing[2]:
            self._head(knowing[0], knowing[1])
        for icon, text in knowing[2]:
            self._rows.addLayout(_said(icon, text))
        if consents[1]:
            self._head(consents[0])
        for said in consents[1]:
            tone = "text" if said.is_given else "text-muted"
            self._rows.addLayout(_said("check" if said.is_given else "close", said.text, tone))

    def _head(self, text: str, more: str = "") -> None:
        if self._rows.count():
            self._rows.addSpacing(8)
        row = QHBoxLayout()
        row.addWidget(Text(text, "strong"), 1)
        row.addWidget(Text(more, "meta", "text-muted", keeps=True))
        self._rows.addLayout(row)


class SideColumn(QWidget):
    """Cards under each other: orders that wait, and who may be the same person.

    Others put their cards in with `add_card`; a hidden card takes no room.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addStretch(100)
        self.waiting, self.twin = WaitingCard(), TwinCard()
        self.add_card(self.waiting)
        self.add_card(self.twin)

    @property
    def is_empty(self) -> bool:
        """True when no card has anything to show."""
        return all(card.isHidden() for card in self.cards)

    def add_card(self, card: QWidget, *, first: bool = False) -> None:
        """Put a card below the others, or above them."""
        place = 0 if first else len(self.cards)
        self.cards.insert(place, card)
        self._column.insertWidget(place, card)


class WaitingCard(Panel):
    """The order that waits here with its key, and those of other shops, which are only said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, spacing=6, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._title = Text("", "heading")
        self._first, self._second = Text("", "strong"), Text("", "meta", "text-muted")
        self._more = Text("", "meta", "text-muted")
        self.hand_over = Key(cap="F5")
        self.hand_over.setFixedHeight(_KEY_HEIGHT)
        self.column.addLayout(_titled("bag", self._title))
        self._here = QWidget()
        row = QHBoxLayout(self._here)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        for text in (self._first, self._second, self._more):
            texts.addWidget(text)
        row.addLayout(texts, 1)
        row.addWidget(self.hand_over)
        self.column.addWidget(self._here)
        self.elsewhere = [Text("", "body", "text-muted") for _ in range(_MOST_ELSEWHERE)]
        for text in self.elsewhere:
            self.column.addWidget(text)

    def show_waiting(
        self, title: str, order: OrderWords | None, first: str, elsewhere: Sequence[str]
    ) -> None:
        """Show what waits; `first` is the order of this shop with its state."""
        self.setVisible(order is not None or bool(elsewhere))
        self._title.set_text(title)
        self._here.setVisible(order is not None)
        if order is not None:
            self._first.set_text(first)
            self._second.set_text(order.second)
            self._more.set_text(order.more)
            self._more.setVisible(bool(order.more))
        said = [*elsewhere, *[""] * _MOST_ELSEWHERE]
        for text, words in zip(self.elsewhere, said, strict=False):
            text.set_text(words)
            text.setVisible(bool(words))


class TwinCard(Panel):
    """Who may be the same person, with a key to look; the records are joined elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, spacing=6, parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._title = Text("", "heading")
        self._name, self._ways = Text("", "strong"), Text("", "meta", "text-muted")
        self._office = Text("", "meta", "text-muted", wrap=True)
        self.look = Key(icon="search")
        self.look.setFixedHeight(_KEY_HEIGHT)
        self.column.addLayout(_titled("users", self._title))
        for text in (self._name, self._ways, self._office):
            self.column.addWidget(text)
        self.column.addSpacing(4)
        self.column.addWidget(self.look)

    def show_twin(self, title: str, name: str, ways: str, office: str) -> None:
        """Say who it may be; without a name the card is hidden."""
        self.setVisible(bool(name))
        self._title.set_text(title)
        self._name.set_text(name)
        self._ways.set_text(ways)
        self._office.set_text(office)


class _Amount(QWidget):
    """A name above a large amount."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.value = Text("", "body", "text-muted"), Text("", "amount", keeps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(0)
        column.addWidget(self.name)
        column.addWidget(self.value)

    def show_amount(self, name: str, value: str) -> None:
        self.name.set_text(name)
        self.value.set_text(value)
        self.setVisible(bool(value))


def _pair(label: str, value: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Text(label, "body", "text-muted", keeps=True))
    row.addWidget(Text(value, "body", align="right"), 1)
    return row


def _said(icon: str, text: str, tone: str = "text") -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(IconView(icon, 18, tone), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Text(text, "body", tone, wrap=True), 1)
    return row


def _titled(icon: str, title: Text) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(IconView(icon, 22))
    row.addWidget(title, 1)
    return row


def _clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout, with the layouts in it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, (QHBoxLayout, QVBoxLayout)):
            _clear(inner)
