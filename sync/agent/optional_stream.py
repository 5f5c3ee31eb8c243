"""Brings down a stream that a hub of an earlier version does not have."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from sync.agent.ports import Tell
from sync.client import HubRefused

NO_SUCH_STREAM = frozenset({404, 422})

log = logging.getLogger("sync.agent")

Page = TypeVar("Page")


def pull_stream(
    stream: str,
    pages: Iterable[tuple[Page, int, bool]],
    take: Callable[[Page, int], None],
    tell: Tell,
) -> None:
    """Take in what changed and tell the till of it.

    Args:
        stream: What the till is told has changed.
        pages: Pages as they come, where the cursor goes with each, whether it says anything.
        take: Stores a page and moves the cursor in one transaction.
        tell: Tells the till.

    Raises:
        HubUnreachable, HubRefused: What came before that is stored.
        StoreUnavailable: The disk.
    """
    try:
        for page, cursor, is_changed in pages:
            if is_changed:
                take(page, cursor)
                tell({"type": stream})
    except HubRefused as error:
        if error.status not in NO_SUCH_STREAM:
            raise
        log.info("no such stream", extra={"stream": stream, "reason": error.code})
