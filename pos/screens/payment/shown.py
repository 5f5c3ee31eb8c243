"""What the payment screen shows: the ticket, what is due, and how it can be paid."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.cash import quick_notes
from pos.domain.exchange import Balance
from pos.domain.exchange_draft import ExchangeDraft
from pos.domain.money import Money
from pos.domain.tender import TenderKind
from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.amount_entry import AmountEntry
from pos.screens.counter import Counter
from pos.screens.payment.tender_lines import TenderLine, tender_line
from pos.services import exchange


class PaymentShown(QObject):
    """The ticket that is being paid, and what is typed of the next tender."""

    changed = Signal()

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counter = counter
        self._entry = AmountEntry(counter.station.currency)
        self.tender = TenderKind.CASH

    @property
    def ticket(self) -> Ticket | None:
        return self._counter.ticket

    @property
    def articles(self) -> int:
        return self.ticket.basket.article_count if self.ticket else 0

    @property
    def total(self) -> Money:
        return self.ticket.payment.total if self.ticket else self._money(0)

    @property
    def due(self) -> Money:
        return self.ticket.payment.due if self.ticket else self._money(0)

    @property
    def is_free(self) -> bool:
        """True when nothing is to be paid."""
        return not self.due

    @property
    def tendered(self) -> Money:
        """What is typed, else what is due."""
        return self.due if self._entry.is_empty else self._entry.amount

    @property
    def tendered_text(self) -> str:
        return self._entry.shown or wording.money(self.due)

    @property
    def change(self) -> Money:
        """What would be given back."""
        over = self.tendered.minor - self.due.minor
        return self._money(max(0, over) if self.tender is TenderKind.CASH else 0)

    @property
    def quick(self) -> tuple[Money, ...]:
        """Notes the customer is likely to hand over; none for a card."""
        if self.tender is not TenderKind.CASH or self.is_free:
            return ()
        return quick_notes(self.due, self._counter.station.denominations)

    @property
    def cash_refusal(self) -> str:
        """Why this ticket takes no cash; empty when it does."""
        limit = self._counter.station.cash_policy.limit
        if limit is None or self.total < limit:
            return ""
        return self.tr("only below {limit}").format(limit=wording.short_money(limit))

    @property
    def tenders(self) -> tuple[TenderLine, ...]:
        return tuple(
            tender_line(tender) for tender in (self.ticket.tenders if self.ticket else ())
        )

    @property
    def terminal_word(self) -> str:
        standalone = self._counter.devices.terminal.is_standalone
        return self.tr("keyed on the terminal") if standalone else self.tr("on the terminal")

    @property
    def why_no_way_back(self) -> str:
        """Why the ticket cannot be changed any more; empty when it can."""
        tenders = self.ticket.tenders if self.ticket else ()
        charged = not all(tender.lets_go_back for tender in tenders)
        return self.tr("a card was charged") if charged else ""

    @property
    def came_back(self) -> ExchangeDraft | None:
        """The goods that came back and pay for the ticket; None for an ordinary one."""
        ticket = self.ticket
        return None if ticket is None else exchange.draft_of(self._counter.station, ticket)

    @property
    def left(self) -> Balance | None:
        """What is left once goods that came back paid for everything; None otherwise."""
        ticket = self.ticket
        draft = self.came_back if self.is_free else None
        return None if ticket is None or draft is None else draft.balance_with(ticket.basket)

    def _money(self, minor: int) -> Money:
        return Money(minor, self._counter.station.currency)
