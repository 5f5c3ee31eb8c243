"""Brings down the orders to collect in this shop: soon, for a customer may wait for one."""

from __future__ import annotations

import json
import logging

from pydantic import ValidationError

from pos.domain.collection import Order
from pos.domain.order_texts import clean_order
from pos.store.orders import CURSOR, OrdersTold
from pos.store.outbox import AgentStore
from sync.agent.feeds import Listed, feed_pages
from sync.agent.hub import Hub
from sync.agent.optional_stream import NO_SUCH_STREAM
from sync.agent.ports import Clock, Tell
from sync.client import HubRefused
from sync.wire.v1.orders import ORDER, OrderItem, OrderPage

PULL_EVERY_MS = 1_000
WITHOUT_STREAM_EVERY_MS = 60_000  # a hub of an earlier version has no orders to tell
CONFIRMED_EVERY_MS = 60_000

log = logging.getLogger("sync.agent")


class OrdersPull:
    """The orders of one shop; each cursor moves in the transaction of what it brought."""

    def __init__(
        self,
        store: AgentStore,
        hub: Hub,
        clock: Clock,
        tell: Tell,
        *,
        shop: str,
        every_ms: int = PULL_EVERY_MS,
    ) -> None:
        self._store = store
        self._hub = hub
        self._clock = clock
        self._tell = tell
        self._shop = shop
        self._every_ms = every_ms
        self._due_at_ms = 0
        self._confirmed_at_ms: int | None = None

    def wait_ms(self) -> int:
        """Return how long until the hub is asked again; 0 when it is time."""
        return max(0, self._due_at_ms - self._clock.monotonic_ms())

    def pull_if_due(self) -> bool:
        """Take in the orders that changed; return whether the hub was asked.

        Raises:
            HubUnreachable, HubRefused: What came before that is stored.
            StoreUnavailable: The disk.
        """
        if self.wait_ms():
            return False
        self._due_at_ms = self._clock.monotonic_ms() + self._every_ms
        try:
            self._pull()
        except HubRefused as error:
            if error.status not in NO_SUCH_STREAM:
                raise
            log.info("no such stream", extra={"stream": CURSOR, "reason": error.code})
            self._due_at_ms = self._clock.monotonic_ms() + WITHOUT_STREAM_EVERY_MS
        return True

    def _pull(self) -> None:
        before, epoch = self._store.cursor(CURSOR), self._store.epoch()
        listed = Listed(before)
        for page, cursor, is_changed in feed_pages(
            CURSOR,
            lambda after: self._hub.orders(after, epoch),
            before,
            listed.begin_anew,
        ):
            listed.take((item.order_id, True) for item in page.items if item.content is not None)
            if is_changed:
                self._take(page, listed, cursor)
            elif self._is_to_confirm():
                now_ms = self._clock.now_ms()
                self._store.confirm_orders(at_ms=now_ms, hub_time_ms=page.hub_time_ms)
                self._confirmed_at_ms = self._clock.monotonic_ms()

    def _take(self, page: OrderPage, listed: Listed, cursor: int) -> None:
        read = [(item, self._read(item)) for item in page.items]
        told = OrdersTold(
            hub_time_ms=page.hub_time_ms,
            changed=tuple(order for _, order in read if order is not None),
            gone=tuple(item.order_id for item, _ in read if item.content is None),
            heard=(page.heard_epoch, page.heard_seq),
            all_there_are=listed.whole_list(page),
        )
        goes_to = listed.cursor_after(page, cursor)
        self._store.apply_orders(told, goes_to, at_ms=self._clock.now_ms())
        self._confirmed_at_ms = self._clock.monotonic_ms()
        self._tell({"type": CURSOR})

    def _read(self, item: OrderItem) -> Order | None:
        """Return an order of this shop; what is none is left out, and the rest goes on."""
        if item.content is None:
            return None
        try:
            order = ORDER.validate_json(json.dumps(item.content), strict=True)
        except ValidationError as error:
            log.error("not an order", extra={"order": item.order_id, "reason": str(error)})
            return None
        if (order.order_id, order.shop) != (item.order_id, self._shop):
            log.error("an order of another shop or name", extra={"order": item.order_id})
            return None
        return clean_order(order)

    def _is_to_confirm(self) -> bool:
        """True now and then: a write each second would wear the disk for nothing."""
        last_ms, now_ms = self._confirmed_at_ms, self._clock.monotonic_ms()
        return last_ms is None or now_ms - last_ms >= CONFIRMED_EVERY_MS
