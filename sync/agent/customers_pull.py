"""Brings down the customers that this shop keeps, and word of who is gone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from pos.domain.customer import Customer
from pos.domain.customer_content import UnreadableCustomer, read_customer
from pos.store.customers import CURSOR, CustomersTold
from pos.store.outbox import AgentStore
from sync.agent.feeds import Listed
from sync.agent.optional_stream import pull_stream
from sync.agent.ports import Clock, Tell
from sync.wire.v1.customers import CustomerItem, CustomerPage

Anew = Callable[[], bool]
CustomerPages = Iterable[tuple[CustomerPage, int, bool]]

log = logging.getLogger("sync.agent")


def pull_customers(
    store: AgentStore,
    pages: Callable[[int, Anew], CustomerPages],
    clock: Clock,
    tell: Tell,
) -> None:
    """Take in the customers that changed; see `pull_stream`.

    Args:
        pages: Returns pages as they come after a cursor; it says when they begin again.
    """
    before = store.cursor(CURSOR)
    listed = Listed(before)

    def noted() -> CustomerPages:
        for page, cursor, is_changed in pages(before, listed.begin_anew):
            listed.take((item.customer_id, True) for item in page.items)
            yield page, cursor, is_changed

    def take(page: CustomerPage, cursor: int) -> None:
        read = [_read(item) for item in page.items if item.content is not None]
        told = CustomersTold(
            changed=tuple(customer for customer in read if customer is not None),
            gone=tuple(item.customer_id for item in page.items if item.content is None),
            all_there_are=listed.whole_list(page),
        )
        store.apply_customers(told, listed.cursor_after(page, cursor), at_ms=clock.now_ms())

    pull_stream(CURSOR, noted(), take, tell)


def _read(item: CustomerItem) -> Customer | None:
    """Return a customer; what is none is left out, named by its number alone."""
    try:
        customer = read_customer(item.content)
    except UnreadableCustomer:
        customer = None
    if customer is None or customer.customer_id != item.customer_id:
        log.error("not a customer", extra={"customer": item.customer_id})
        return None
    return customer
