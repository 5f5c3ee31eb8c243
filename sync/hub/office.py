"""What the hub has for people: the desk's pages, approvals, and how the hub itself is."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Protocol

from fastapi import FastAPI

from sync.hub import desk_cards
from sync.hub.approvals_routes import serve_approvals
from sync.hub.database import HubDatabase
from sync.hub.pages.routes import desk_pages


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


def serve_office(
    app: FastAPI,
    database: HubDatabase,
    clock: Clock,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> None:
    """Add everything that is for people to the hub."""
    desk_cards.register()
    serve_approvals(app, database, clock)
    app.mount("/desk", desk_pages(database, clock, random_bytes))
