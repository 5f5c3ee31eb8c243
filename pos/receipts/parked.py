"""The slip of a parked ticket: what it holds, and the code that brings it back."""

from __future__ import annotations

from hardware.receipt_printer.document import BOLD, Align, Cut, Document, Feed, Rule, Text, row
from pos.domain.scan_codes import parked_ticket_code
from pos.domain.ticket import Ticket
from pos.receipts.codes import find_me
from pos.receipts.stationery import Stationery, headline


def parked_document(ticket: Ticket, on: Stationery) -> Document:
    """Return the slip of a parked ticket; it says that it is no invoice and not paid."""
    label = [Text(ticket.label, Align.CENTER, BOLD)] if ticket.label else []
    return Document(
        (
            Text(on.shop.name, Align.CENTER, BOLD),
            headline(on.words["parked_title"], on.columns),
            Text(on.words["not_an_invoice"], Align.CENTER, BOLD),
            Rule(),
            row(on.when(ticket.changed_at_ms), on.till(on.till_number)),
            *label,
            row(on.words["articles"], str(ticket.basket.article_count)),
            row(on.words["total"], on.money(ticket.basket.totals.total), BOLD),
            Rule(),
            Text(on.words["parked_hint"], Align.CENTER),
            Feed(),
            *find_me(parked_ticket_code(ticket.basket.basket_id), on.columns),
            Cut(),
        ),
        on.columns,
    )
