"""The header: shop, till, cashier, connection and its age, date and clock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from pos.theme.theme import current
from pos.theme.tokens import tokens
from pos.widgets.grid import HEADER, grid_for
from pos.widgets.grid import NARROW as NARROW_GRID
from pos.widgets.paint import draw_box, draw_ring, fill_rect
from pos.widgets.pieces import Column, Icon, Piece, Row, Word


class State(Enum):
    """How the till stands with the central system."""

    ONLINE = "online"
    DELAYED = "delayed"
    OFFLINE = "offline"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class _Dress:
    ground: str
    text: str
    small: str
    rule_strength: float  # of the text's colour


_DRESS = {
    State.ONLINE: _Dress("surface-header", "text-header", "text-header-muted", 0.125),
    State.DELAYED: _Dress("surface-header", "text-header", "text-header-muted", 0.125),
    State.OFFLINE: _Dress("amber", "on-amber", "on-amber", 0.31),
    State.TRAINING: _Dress("training", "on-training", "on-training", 0.35),
}
_LINK_ICON = {State.OFFLINE: "offline"}
_MESSAGE_ICON = {State.OFFLINE: ("shield", 24), State.TRAINING: ("training", 28)}
# Pixels a cell keeps where room is scarce: a cashier knows the name of the shop.
_LEAST = {"shop": 64, "cashier": 160, "message": 186}


class _Cell(QAbstractButton):
    """One cell of the header; the header says how it is dressed."""

    def __init__(self, header: Header, name: str) -> None:
        super().__init__(header)
        self._header, self._name = header, name
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        piece = self._header.face(self._name)
        is_badge = (self._name == "pickups" and not self._header.loud) or self._name == "desk"
        badge = 24 if is_badge else 0
        return QSize(round(piece.width + 0.5) + 2 * self._header.padding + badge, HEADER)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint().width()
        return QSize(min(hint, _LEAST.get(self._name, hint)), HEADER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._header.paint_cell(painter, self._name, QRectF(self.rect()))
        if self.hasFocus():
            draw_ring(painter, QRectF(self.rect()), on_solid=True)
        painter.end()


class Header(QWidget):
    """The strip above every screen; `cell_clicked` carries the name of the cell.

    Cells: `shop`, `cashier`, `message` (offline, in training, or an alert), `pickups` and `desk`
    (only if there are any), `link`, `clock`. All texts are given already translated.
    """

    cell_clicked = Signal(str)

    CELLS = ("shop", "cashier", "message", "pickups", "desk", "link", "clock")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = State.ONLINE
        self._is_alert = False
        self._texts: dict[str, tuple[str, str]] = dict.fromkeys(self.CELLS, ("", ""))
        self.setFixedHeight(HEADER)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(4, 0, 4, 0)
        self._row.setSpacing(0)
        self._cells = {name: self._build_cell(name) for name in self.CELLS}
        for name in self.CELLS:
            self._row.addWidget(self._cells[name])
            if name == "message":
                self._row.addStretch(1)

    @property
    def state(self) -> State:
        return self._state

    @property
    def loud(self) -> bool:
        """Whether the whole header is in the colour of its state."""
        return self._state in (State.OFFLINE, State.TRAINING)

    @property
    def padding(self) -> int:
        """Pixels at both sides of a cell."""
        return 12 if grid_for(self.width()) is NARROW_GRID else 16

    def set_place(self, shop: str, till: str) -> None:
        """Name the shop and the till."""
        self._write("shop", shop, till)

    def set_cashier(self, name: str, role: str = "") -> None:
        """Name the cashier; empty when nobody is signed in."""
        self._write("cashier", name, role)

    def set_state(
        self, state: State, link: str, age: str, message: str = "", more: str = ""
    ) -> None:
        """Show the state of the connection, its age and, offline or in training, a sentence."""
        if state is not self._state:
            self._state = state
            self.setProperty("state", state.value)
            self.update()
            for cell in self._cells.values():
                cell.updateGeometry()
                cell.update()
        self._write("link", link, age)
        self._write("message", message, more)

    def set_alert(self, is_alert: bool) -> None:
        """Say that the message is a warning, whatever the state: it is amber then."""
        if is_alert != self._is_alert:
            self._is_alert = is_alert
            self._cells["message"].update()

    def set_desk(self, text: str) -> None:
        """Show that something waits at the conflict desk; empty hides it."""
        self._write("desk", text, "")

    def set_clock(self, day: str, time: str) -> None:
        """Show date and time."""
        self._write("clock", time, day)

    def set_pickups(self, text: str, second: str = "") -> None:
        """Show pickups that wait; empty hides them and keeps nothing but the gap."""
        self._write("pickups", text, second)

    def cell(self, name: str) -> QAbstractButton:
        """Return a cell by its name."""
        return self._cells[name]

    def resizeEvent(self, _event: QResizeEvent) -> None:
        for cell in self._cells.values():
            cell.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_rect(painter, 0, 0, self.width(), self.height(), _DRESS[self._state].ground)
        painter.end()

    def face(self, name: str) -> Piece:
        """Return what a cell shows."""
        dress = self._dress_of(name)
        first, second = self._texts[name]
        if name == "clock":
            return Row(
                [Word(second, "meta", dress.small, 18), Word(first, "title", dress.text)], 10
            )
        rows: list[Piece] = [Word(first, self._style_of(name), dress.text, self._line_of(name))]
        if second and not (name == "pickups" and not self.loud):
            rows.append(Word(second, "meta", dress.small, 18))
        icon, px = self._icon_of(name)
        return Row(
            [Icon(icon, px, dress.text), Column(rows)],
            8 if name == "pickups" and not self.loud else 10,
        )

    def paint_cell(self, painter: QPainter, name: str, box: QRectF) -> None:
        """Paint a cell: ground if it has its own, rule at its left, face."""
        if self._is_amber(name):
            fill_rect(painter, box.x(), 0, box.width(), box.height(), "amber")
        if self._has_rule(name):
            self._paint_rule(painter)
        inner = box.adjusted(self.padding, 0, -self.padding, 0)
        if name == "pickups" and not self.loud:
            badge = QRectF(inner.x(), 8, inner.width(), 40)
            draw_box(painter, badge, fill="accent", radius=tokens().radius["m"])
            inner = badge.adjusted(12, 0, -12, 0)
        if name == "desk":
            edge = _DRESS[self._state].small
            badge = QRectF(inner.x(), 8, inner.width(), 40)
            draw_box(painter, badge, edge=edge, radius=tokens().radius["m"])
            inner = badge.adjusted(12, 0, -12, 0)
        self.face(name).paint(painter, inner)

    def _has_rule(self, name: str) -> bool:
        """Return whether a rule parts the cell from a cell directly at its left."""
        badges = self._texts["pickups"][0] or self._texts["desk"][0]
        after_gap = name in ("pickups", "desk") or (name == "link" and not badges)
        return name != "shop" and not after_gap

    def _paint_rule(self, painter: QPainter) -> None:
        dress = _DRESS[self._state]
        colour = QColor(current().color(dress.text))
        colour.setAlphaF(dress.rule_strength)
        painter.fillRect(QRectF(0, 14, 1, 28), colour)

    def _dress_of(self, name: str) -> _Dress:
        if self._is_amber(name):
            return _DRESS[State.OFFLINE]
        if name == "pickups" and not self.loud:
            return _Dress("accent", "on-accent", "on-accent", 0)
        return _DRESS[self._state]

    def _is_amber(self, name: str) -> bool:
        """Return whether a cell is amber on a header that is not."""
        if self.loud:
            return False
        is_delayed = name == "link" and self._state is State.DELAYED
        return is_delayed or (name == "message" and self._is_alert)

    def _style_of(self, name: str) -> str:
        return "line" if name == "message" and self._state is State.TRAINING else "strong"

    def _line_of(self, name: str) -> int:
        return 24 if self._style_of(name) == "line" else 20

    def _icon_of(self, name: str) -> tuple[str, int]:
        if name == "message" and self._is_alert:
            return "alert", 24
        if name == "desk":
            return "alert", 20
        if name == "message":
            return _MESSAGE_ICON.get(self._state, ("info", 24))
        if name == "link":
            return _LINK_ICON.get(self._state, "online"), 22
        if name == "pickups":
            return "bag", 20 if not self.loud else 22
        return {"shop": "store", "cashier": "user"}[name], 22

    def _build_cell(self, name: str) -> _Cell:
        cell = _Cell(self, name)
        cell.setVisible(name in ("shop", "link", "clock"))
        cell.clicked.connect(lambda: self.cell_clicked.emit(name))
        return cell

    def _write(self, name: str, first: str, second: str) -> None:
        if self._texts[name] == (first, second):
            return
        self._texts[name] = (first, second)
        cell = self._cells[name]
        cell.setAccessibleName(f"{first} {second}".strip())
        cell.setVisible(bool(first))
        cell.updateGeometry()
        cell.update()
