"""Reading a feed of the hub page by page, from a cursor or from its beginning."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator

from sync.agent.hub import FeedPage
from sync.http import HubUnreachable
from sync.protocol.cursors import Resync, read_page
from sync.wire.v1.feeds import Page

log = logging.getLogger("sync.agent")


def feed_pages(
    name: str,
    ask: Callable[[int], FeedPage],
    cursor: int,
    anew: Callable[[], bool] = lambda: True,
) -> Iterator[tuple[FeedPage, int, bool]]:
    """Yield pages, where the cursor goes with each, and whether there is anything to store.

    The next page is asked for only when the one before has been dealt with.

    Args:
        name: What the feed is called in the log.
        ask: Returns the page after a cursor.
        cursor: Up to where the feed was taken.
        anew: Called when what follows is everything the hub has; False ends it there.

    Raises:
        HubUnreachable, HubRefused: What came before that may be stored.
    """
    more, is_resync = True, False
    while more:
        page = ask(cursor)
        items = len(page.items)
        step = read_page(
            cursor,
            cursor=page.cursor,
            more=page.more,
            items=items,
            complete_after=page.complete_after,
        )
        if isinstance(step, Resync):
            if is_resync:
                raise HubUnreachable(f"{name} begins again without end")
            log.warning("feed begins again", extra={"stream": name})
            if not anew():
                return
            cursor, is_resync = 0, True
            continue
        yield page, step.cursor, bool(items) or step.cursor != cursor or is_resync
        cursor, more = step.cursor, step.more


class Listed:
    """What the hub told of, and whether that is everything it has.

    A hub that was restored from a copy may have lost what came since, and cannot say so: what
    is not in a whole list is no more.
    """

    def __init__(self, before: int) -> None:
        self._before = before
        self._is_whole = not before
        self._ids: set[str] = set()
        self._suffices = False

    def begin_anew(self) -> bool:
        """Forget what was told: from here on the hub tells of everything it has."""
        self._is_whole, self._suffices = True, False
        self._ids.clear()
        return True

    def take(self, told: Iterable[tuple[str, bool]]) -> None:
        """Note ids, each with whether a till can be used with it alone."""
        for each, suffices in told:
            self._ids.add(each)
            self._suffices = self._suffices or suffices

    def cursor_after(self, page: Page, cursor: int) -> int:
        """Return where the cursor goes: it waits for the end of a whole list."""
        return self._before if self._is_whole and page.more else cursor

    def all_there_are(self, page: Page) -> set[str]:
        """Return the ids once all are told; none when no till could be used with them."""
        return self._ids if self._suffices and self.is_told_by(page) else set()

    def whole_list(self, page: Page) -> frozenset[str] | None:
        """Return the ids once all are told, also when there are none; None before."""
        return frozenset(self._ids) if self.is_told_by(page) else None

    def is_told_by(self, page: Page) -> bool:
        """True for the last page of a whole list."""
        return self._is_whole and not page.more
