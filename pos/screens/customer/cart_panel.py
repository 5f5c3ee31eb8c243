"""The panel of the customer's cart: what of it comes onto the ticket, line by line."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.cart import Resolved
from pos.domain.scan import ScannedCode
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.customer import cart_words
from pos.screens.customer.online_cart import OnlineCart
from pos.screens.navigator import Navigator
from pos.screens.scan_refusal import refuse_scan


class CartPanelViewModel(QObject):
    """Which lines of an `OnlineCart` are picked: all that can come, until somebody says else."""

    changed = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        cart: OnlineCart,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator, self._cart = counter, navigator, cart
        self._left_out: set[str] = set()
        self.told = ""
        cart.changed.connect(self.changed)
        cart.refused.connect(self._tell)
        cart.taken.connect(self.close)
        cart.look()

    @property
    def lines(self) -> tuple[Resolved, ...]:
        return self._cart.lines

    @property
    def picked(self) -> tuple[Resolved, ...]:
        """The lines that would come."""
        return tuple(one for one in self.lines if one.comes and one.line.sku not in self._left_out)

    @property
    def age(self) -> str:
        """How old what is shown is, and what was taken out of the cart meanwhile."""
        cart, counts = self._cart.cart, cart_words.CartCounts()
        if cart is None:
            return ""
        is_live = not self._cart.is_hub_away
        said = [cart_words.age(cart, self._cart.now_ms, is_live=is_live)]
        if gone := len(self._cart.changed_on_phone):
            said.append(counts.taken_out(gone))
        return " · ".join(said)

    @property
    def total(self) -> str:
        """What the picked lines cost together; empty when none is picked."""
        return wording.money(self._cart.worth(self.picked)) if self.picked else ""

    @property
    def why_not(self) -> str:
        """Why nothing can be taken over; empty when it can."""
        return self._cart.why_not

    @property
    def is_asking(self) -> bool:
        return self._cart.is_asking

    def toggle(self, position: int) -> None:
        """Pick a line, or leave it in the cart."""
        lines = self.lines
        if 0 <= position < len(lines) and lines[position].comes:
            self.told = ""
            self._left_out ^= {lines[position].line.sku}
            self.changed.emit()

    def take(self) -> None:
        """Put what is picked onto the ticket."""
        self.told = ""
        self._cart.take(frozenset(one.line.sku for one in self.picked))

    def scanned(self, _code: ScannedCode) -> None:
        """Nothing is scanned here."""
        refuse_scan(self._counter)

    def close(self) -> None:
        """Go back to the ticket."""
        self._navigator.close(self)

    def _tell(self, reason: str) -> None:
        self.told = reason
        self.changed.emit()
