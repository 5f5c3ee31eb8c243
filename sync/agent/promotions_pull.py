"""Brings the promotions of all shops down into the till's own copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pos.store.outbox import AgentStore
from pos.store.promotions import CURSOR, PromotionsTold
from sync.agent.feeds import Listed
from sync.agent.optional_stream import pull_stream
from sync.agent.ports import Clock, Tell
from sync.wire.v1.feeds import PromotionPage

Anew = Callable[[], bool]
PromotionPages = Iterable[tuple[PromotionPage, int, bool]]


def pull_promotions(
    store: AgentStore,
    pages: Callable[[int, Anew], PromotionPages],
    clock: Clock,
    tell: Tell,
) -> None:
    """Take in the promotions that changed; see `pull_stream`.

    Args:
        pages: Returns pages as they come after a cursor; it says when they begin again.
    """
    before = store.cursor(CURSOR)
    listed = Listed(before)

    def noted() -> PromotionPages:
        for page, cursor, is_changed in pages(before, listed.begin_anew):
            listed.take((item.promotion_id, True) for item in page.items)
            yield page, cursor, is_changed

    def take(page: PromotionPage, cursor: int) -> None:
        told = PromotionsTold(
            {item.promotion_id: item.content for item in page.items},
            listed.whole_list(page),
            at_ms=clock.now_ms(),
            hub_time_ms=page.hub_time_ms,
        )
        store.apply_promotions(told, listed.cursor_after(page, cursor))

    pull_stream(CURSOR, noted(), take, tell)
