"""The tickets that wait, as the list shows them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator


@dataclass(frozen=True, slots=True)
class ParkedWords:
    """One waiting ticket in words."""

    basket_id: str
    title: str
    second: str
    total: str
    age: str


class ParkedViewModel(QObject):
    """Asks which ticket is to be taken up; `chosen` carries its id."""

    changed = Signal()
    chosen = Signal(str)

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        waiting: tuple[Ticket, ...],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._waiting = waiting

    @property
    def rows(self) -> tuple[ParkedWords, ...]:
        """The waiting tickets, the oldest first."""
        now_ms = self._counter.station.clock.now_ms()
        return tuple(self._words(ticket, now_ms) for ticket in self._waiting)

    def choose(self, position: int) -> None:
        """Take a ticket up by its position."""
        if 0 <= position < len(self._waiting):
            self.chosen.emit(self._waiting[position].basket.basket_id)

    def close(self) -> None:
        """Leave them waiting."""
        self._navigator.close(self)

    def _words(self, ticket: Ticket, now_ms: int) -> ParkedWords:
        basket = ticket.basket
        begun = self.tr("Ticket of {time}").format(time=wording.clock(basket.opened_at_ms))
        names = ", ".join(line.product.name for line in basket.live_lines[:3])
        articles = self.tr("%n articles", "", basket.article_count)
        return ParkedWords(
            basket.basket_id,
            ticket.label or begun,
            f"{articles} · {names}",
            wording.money(basket.totals.total),
            wording.age(ticket.changed_at_ms, now_ms),
        )
