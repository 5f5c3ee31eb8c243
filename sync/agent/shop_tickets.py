"""Brings down which tickets wait in the shop, and which of ours another till went on with."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from pos.domain.free_text import one_line
from pos.domain.ticket_content import MAX_LABEL_LENGTH
from pos.store.outbox import AgentStore
from pos.store.shop_tickets import CURSOR, MirroredTicket
from sync.agent.ports import Tell
from sync.client import HubRefused
from sync.wire.v1.parking import ParkedItem, ParkedPage

NO_SUCH_STREAM = frozenset({404, 422})  # a hub of an earlier version

log = logging.getLogger("sync.agent")

ParkedPages = Iterable[tuple[ParkedPage, int, bool]]


def pull_tickets(store: AgentStore, pages: ParkedPages, tell: Tell) -> None:
    """Take in the tickets that changed; the cursor moves in the transaction of each page.

    Args:
        pages: Pages as they come, where the cursor goes with each, whether it says anything.

    Raises:
        HubUnreachable, HubRefused: What came before that is stored.
        StoreUnavailable: The disk.
    """
    try:
        for page, cursor, is_changed in pages:
            if is_changed:
                tickets = [_mirrored(item) for item in page.items]
                store.apply_shop_tickets(tickets, cursor, hub_time_ms=page.hub_time_ms)
                tell({"type": CURSOR})
    except HubRefused as error:
        if error.status not in NO_SUCH_STREAM:
            raise
        log.info("this hub does not tell of parked tickets", extra={"reason": error.code})


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
