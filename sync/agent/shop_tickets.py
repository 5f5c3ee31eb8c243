"""Brings down which tickets wait in the shop, and which of ours another till went on with."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.free_text import one_line
from pos.domain.ticket_content import MAX_LABEL_LENGTH
from pos.store.outbox import AgentStore
from pos.store.shop_tickets import CURSOR, MirroredTicket
from sync.agent.optional_stream import pull_stream
from sync.agent.ports import Tell
from sync.wire.v1.parking import ParkedItem, ParkedPage

ParkedPages = Iterable[tuple[ParkedPage, int, bool]]


def pull_tickets(store: AgentStore, pages: ParkedPages, tell: Tell) -> None:
    """Take in the tickets that changed; see `pull_stream`."""

    def take(page: ParkedPage, cursor: int) -> None:
        tickets = [_mirrored(item) for item in page.items]
        store.apply_shop_tickets(tickets, cursor, hub_time_ms=page.hub_time_ms)

    pull_stream(CURSOR, pages, take, tell)


def _mirrored(item: ParkedItem) -> MirroredTicket:
    return MirroredTicket(
        item.basket_id,
        item.till,
        one_line(item.label)[:MAX_LABEL_LENGTH],
        item.currency,
        item.total,
        item.lines,
        item.staff_id,
        item.parked_at_ms,
        item.state.value,
        item.resumed_by,
    )
