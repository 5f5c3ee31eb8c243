"""Brings the shop's conflict desk down into the till's own copy."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from pos.store.outbox import AgentStore
from sync.agent.ports import Tell
from sync.client import HubRefused
from sync.wire.v1.feeds import DeskPage

STREAM = "desk"
NO_SUCH_STREAM = frozenset({404, 422})  # a hub of before there was a desk

log = logging.getLogger("sync.agent")

DeskPages = Iterable[tuple[DeskPage, int, bool]]


def pull_desk(store: AgentStore, pages: DeskPages, tell: Tell) -> None:
    """Take in the items that changed; the cursor moves in the transaction of each page.

    Args:
        pages: Pages as they come, where the cursor goes with each, whether it says anything.

    Raises:
        HubUnreachable, HubRefused: What came before that is stored.
        StoreUnavailable: The disk.
    """
    try:
        for page, cursor, is_changed in pages:
            if is_changed:
                store.apply_desk([item.model_dump(mode="json") for item in page.items], cursor)
                tell({"type": STREAM})
    except HubRefused as error:
        if error.status not in NO_SUCH_STREAM:
            raise
        log.info("no conflict desk at this hub", extra={"reason": error.code})
