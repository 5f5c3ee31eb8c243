"""Brings the shop's conflict desk down into the till's own copy."""

from __future__ import annotations

from collections.abc import Iterable

from pos.store.outbox import AgentStore
from sync.agent.optional_stream import pull_stream
from sync.agent.ports import Tell
from sync.wire.v1.feeds import DeskPage

STREAM = "desk"

DeskPages = Iterable[tuple[DeskPage, int, bool]]


def pull_desk(store: AgentStore, pages: DeskPages, tell: Tell) -> None:
    """Take in the items that changed; see `pull_stream`."""

    def take(page: DeskPage, cursor: int) -> None:
        store.apply_desk([item.model_dump(mode="json") for item in page.items], cursor)

    pull_stream(STREAM, pages, take, tell)
