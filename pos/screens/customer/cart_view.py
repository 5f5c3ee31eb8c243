"""The key that opens the customer's cart, and the panel with its lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.cart import Resolved, Verdict
from pos.domain.quantity import THOUSAND
from pos.screens import wording
from pos.screens.customer.cart_panel import CartPanelViewModel
from pos.screens.customer.cart_words import CartCounts, difference
from pos.screens.customer.online_cart import OnlineCart
from pos.screens.question import QuestionPanel
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.row_list import ListRow, RowList
from pos.widgets.text import Text

_KEY_HEIGHT = 56
_TONES = {
    Verdict.WEB_ONLY: "amber",
    Verdict.NOT_HERE: "amber",
    Verdict.PART_HERE: "amber",
    Verdict.UNKNOWN: "amber",
    Verdict.ODD_PRICE: "amber",
    Verdict.ODD_QUANTITY: "amber",
}


class CartKey(Key):
    """Says that there is a cart, and how many lines it has; without one it takes no room."""

    def __init__(self, view_model: OnlineCart, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._model = view_model
        self.setFixedHeight(_KEY_HEIGHT)
        view_model.changed.connect(self._redraw)
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        cart = self._model.cart
        count = len(cart.lines) if cart else 0
        self.set_word(self.tr("Web cart"), CartCounts().lines(count))
        self.setVisible(count > 0)


class CartPanel(QuestionPanel):
    """A row per line; touch picks it or leaves it in the cart, the closing key takes them."""

    def __init__(self, view_model: CartPanelViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="cart", parent=parent)
        self.view_model = view_model
        self._shown: list[ListRow] = []
        self._build()
        self.closed.connect(view_model.close)
        self.accepted.connect(view_model.take)
        self.closing.clicked.connect(view_model.take)
        self.list.activated_row.connect(view_model.toggle)
        view_model.changed.connect(self._redraw)
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down the list; the space bar picks."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            last = len(self._shown) - 1
            self.list.choose(min(max(self.list.chosen_row + step, 0), last))
        elif event.key() == Qt.Key.Key_Space:
            self.view_model.toggle(self.list.chosen_row)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        self.list = RowList(row_height=66, right_width=110)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.age = Text("", "meta", "text-muted", wrap=True)
        self.closing = Key(face=Face.BIG, style="title", kind=Kind.ACCENT)
        self.closing.setFixedHeight(88)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 15)
        foot.setSpacing(12)
        foot.addWidget(self.age)
        foot.addWidget(self.closing)
        self.body.addLayout(foot)

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(self.tr("Web cart"), self.tr("Close"))
        self.say(model.told)
        self.age.set_text(model.age)
        self.closing.set_word(self.tr("Bring to the ticket"), model.total)
        self.closing.set_cap(self.tr("Enter"))
        self.closing.set_busy(self.tr("Asking for the cart…") if model.is_asking else "")
        why = model.why_not or ("" if model.total else self.tr("nothing of it can come"))
        if why:
            self.closing.set_off(why)
        else:
            self.closing.set_on()
        picked = {one.line.sku for one in model.picked}
        rows = [_row(one, is_picked=one.line.sku in picked) for one in model.lines]
        if rows != self._shown:
            chosen = max(0, self.list.chosen_row)
            self._shown = rows
            self.list.set_rows(rows)
            if rows:
                self.list.choose(min(chosen, len(rows) - 1))


def _row(one: Resolved, *, is_picked: bool) -> ListRow:
    """Return a line of the cart as the panel shows it."""
    amount = one.amount
    if amount is None:
        price = one.web or one.shop
        amount = price.scaled(one.line.quantity, THOUSAND) if price else None
    count = "" if one.line.quantity == THOUSAND else f"{wording.number(one.line.quantity)} × "
    return ListRow(
        one.line.sku,
        f"{count}{one.line.name}",
        "" if one.is_reduced else difference(one),
        accent=difference(one) if one.is_reduced else "",
        right=wording.money(amount) if amount else "",
        icon="check-circle" if is_picked else "cart",
        tone=_TONES.get(one.verdict, ""),
        strong=True,
    )
