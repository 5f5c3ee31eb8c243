"""What the hub has for people: the desk's pages, approvals, and how the hub itself is."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Protocol

from alembic.runtime.migration import MigrationContext
from fastapi import FastAPI
from sqlalchemy import func, select

from sync.hub.conflicts import desk_cards
from sync.hub.counter.approvals_routes import serve_approvals
from sync.hub.database import HubDatabase
from sync.hub.orders import order_desk
from sync.hub.pages.routes import desk_pages
from sync.hub.running.metrics import serve_metrics
from sync.hub.tables import till
from sync.hub.value import redeeming
from sync.wire.v1.tills import Health


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
    order_desk.register()
    redeeming.register()
    serve_approvals(app, database, clock)
    app.mount("/desk", desk_pages(database, clock, random_bytes))
    serve_metrics(app, database, clock.now_ms)

    @app.get("/health")
    def health() -> Health:
        """Say how the hub is; 503 when its database is away."""
        with database.reading() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
            heard_at_ms = connection.scalar(select(func.max(till.c.last_seen_at_ms)))
        return Health(
            status="ok",
            version=app.version,
            database=database.name,
            hub_time_ms=clock.now_ms(),
            revision=revision or "",
            heard_at_ms=heard_at_ms or 0,
        )
