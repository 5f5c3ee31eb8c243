"""What the till finds when it starts: the ticket as it was, the last sale, what has no outcome."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.card_payment import CardAttempt
from pos.domain.card_refund import CardRefund
from pos.domain.printing import PrintEvent, PrintJob, PrintState
from pos.domain.sale import Sale
from pos.domain.ticket import Ticket
from pos.services.desk_refunds import open_refunds
from pos.services.print_jobs import advance, waiting
from pos.services.workstation import Workstation


@dataclass(frozen=True, slots=True)
class Found:
    """The state the till was left in.

    `ticket` is back as it was; a sale whose ticket is gone is recorded (`last_sale`), never
    half. `open_cards` have no outcome: the terminal must be asked before anything else.
    `open_refunds` to cards neither: it is asked as soon as somebody works here. `prints` wait,
    failed, or may lie in the tray.
    """

    ticket: Ticket | None
    last_sale: Sale | None
    open_cards: tuple[CardAttempt, ...]
    prints: tuple[PrintJob, ...]
    open_refunds: tuple[CardRefund, ...] = ()


def look_around(station: Workstation) -> Found:
    """Read the state the till was left in; a job that was being sent is unknown, not lost."""
    with station.store.reading() as records:
        ticket = records.tickets.current()
        recent = records.sales.recent(1)
        open_cards, refunds = records.cards.open(), open_refunds(records)
        unfinished = waiting(records)
    prints = tuple(
        advance(station, job, PrintEvent.ANSWER_LOST) if job.state is PrintState.SENT else job
        for job in unfinished
    )
    return Found(ticket, recent[0] if recent else None, open_cards, prints, refunds)
