"""What the sale screen shows of the ticket at the counter, and which of its rows is chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.basket import Line
from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.sale.exchange import Exchanging
from pos.screens.sale.lines import LineWords, TicketWords


class TicketShown(QObject):
    """The rows of the ticket at the counter; `changed` follows it and the chosen row."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.exchange = Exchanging(counter, navigator, self)
        self._words = TicketWords()
        self.rows: tuple[LineWords, ...] = ()
        self._chosen: int | None = None
        counter.ticket_changed.connect(self._on_ticket)
        self._on_ticket()

    @property
    def ticket(self) -> Ticket | None:
        return self._counter.ticket

    @property
    def currency(self) -> str:
        return self._counter.station.currency

    @property
    def is_empty(self) -> bool:
        return self.ticket is None or not self.rows

    @property
    def can_charge(self) -> bool:
        return self.ticket is not None and not self.ticket.basket.is_empty

    @property
    def title_and_since(self) -> tuple[str, str]:
        """The head of the ticket."""
        if self.ticket is None:
            return self.tr("Ticket"), self.tr("not begun")
        since = wording.clock(self.ticket.basket.opened_at_ms)
        return self.tr("Ticket"), self.tr("since {time}").format(time=since)

    @property
    def chosen_row(self) -> int:
        """Position of the chosen row; −1 for none."""
        numbers = [row.number for row in self.rows]
        return numbers.index(self._chosen) if self._chosen in numbers else -1

    @property
    def chosen_line(self) -> Line | None:
        """The chosen line if it counts."""
        if self.ticket is None:
            return None
        live = self.ticket.basket.live_lines
        return next((line for line in live if line.number == self._chosen), None)

    @property
    def chosen_coupon(self) -> str:
        """The code of the coupon that the chosen row stands for; empty for other rows."""
        at = self.chosen_row
        return self.rows[at].coupon if at >= 0 else ""

    @property
    def is_back_chosen(self) -> bool:
        """True when the chosen row stands for goods that came back."""
        at = self.chosen_row
        return at >= 0 and self.rows[at].is_back

    @property
    def can_void(self) -> bool:
        is_line = self.chosen_line is not None
        return is_line or bool(self.chosen_coupon) or self.is_back_chosen

    def retranslate(self) -> None:
        """Write everything again in the language in force."""
        self._words.forget()
        self._on_ticket()

    def choose(self, row: int) -> None:
        """Choose a row by its position."""
        if 0 <= row < len(self.rows) and self._chosen != self.rows[row].number:
            self._chosen = self.rows[row].number
            self.changed.emit()

    def move(self, by: int) -> None:
        """Go up or down among the rows."""
        if self.rows:
            self.choose(min(max(self.chosen_row + by, 0), len(self.rows) - 1))

    def _on_ticket(self) -> None:
        basket = self.ticket.basket if self.ticket else None
        self.rows = (*self.exchange.rows, *self._words.rows(basket))
        if self.chosen_row < 0 or (basket is not None and self._is_gone(basket.lines)):
            live = basket.live_lines if basket else ()
            self._chosen = live[-1].number if live else None
        self.changed.emit()

    def _is_gone(self, lines: tuple[Line, ...]) -> bool:
        """True when the chosen line was voided, so that another is to be chosen."""
        return any(line.is_void and line.number == self._chosen for line in lines)
