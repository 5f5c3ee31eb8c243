"""Brings down what goes with a product, when the hub tells anything of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pos.domain.suggestion import Neighbour
from pos.store.outbox import AgentStore
from pos.store.suggestions import CURSOR, SuggestionsTold, mirror
from sync.agent.feeds import Listed
from sync.agent.optional_stream import pull_stream
from sync.agent.ports import Tell
from sync.wire.v1.feeds import SuggestionItem, SuggestionPage

Anew = Callable[[], bool]
SuggestionPages = Iterable[tuple[SuggestionPage, int, bool]]


def pull_suggestions(
    store: AgentStore, pages: Callable[[int, Anew], SuggestionPages], tell: Tell
) -> None:
    """Take in what changed; see `pull_stream`.

    Args:
        pages: Returns pages as they come after a cursor; it says when they begin again.
    """
    before = store.cursor(CURSOR)
    listed = Listed(before)

    def noted() -> SuggestionPages:
        for page, cursor, is_changed in pages(before, listed.begin_anew):
            listed.take((item.sku, True) for item in page.items)
            yield page, cursor, is_changed

    def take(page: SuggestionPage, cursor: int) -> None:
        changed = {item.sku: _beside(item) for item in page.items}
        told = SuggestionsTold(changed, listed.whole_list(page))
        goes_to = listed.cursor_after(page, cursor)
        store.apply(CURSOR, goes_to, lambda sql: mirror(sql, told))

    pull_stream(CURSOR, noted(), take, tell)


def _beside(item: SuggestionItem) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(other.sku, other.score) for other in item.others)
