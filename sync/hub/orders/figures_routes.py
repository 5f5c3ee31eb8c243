"""What a till asks about how its shop does with orders that are collected."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfoNotFoundError

from fastapi import FastAPI, Query
from fastapi import Path as InPath
from fastapi.exceptions import RequestValidationError

from pos.domain.pickup_figures import MAX_DAYS
from sync.hub.care.product_notes import tally
from sync.hub.database import HubDatabase
from sync.hub.orders.figures import figures_answer, pickup_figures
from sync.hub.orders.order_routes import Clock
from sync.wire.v1.figures import PickupFiguresAnswer

ShopInPath = Annotated[str, InPath(pattern=r"^[A-Z0-9]{2,12}$")]
Days = Annotated[int, Query(ge=1, le=MAX_DAYS)]
Zone = Annotated[str, Query(pattern=r"^[A-Za-z0-9_+-]{1,20}(/[A-Za-z0-9_+-]{1,30}){0,2}$")]


def serve_figures(app: FastAPI, database: HubDatabase, clock: Clock) -> None:
    """Answer tills about the figures of their shop; authentication says which shop asks."""

    @app.get("/v1/shops/{shop}/pickup-figures")
    def figures(shop: ShopInPath, days: Days = 1, zone: Zone = "UTC") -> PickupFiguresAnswer:
        """Return the figures of the orders collected in the shop, and what was said in it."""
        now_ms = clock.now_ms()
        try:
            with database.reading() as connection:
                counted = pickup_figures(connection, shop, days=days, zone=zone, now_ms=now_ms)
                found = replace(counted, noted=tally(connection, shop, now_ms))
        except ZoneInfoNotFoundError:
            unknown = {"loc": ("query", "zone"), "msg": "no such time zone", "type": "value_error"}
            raise RequestValidationError([unknown]) from None
        return figures_answer(found, now_ms)
