"""Numbers about the hub for Prometheus: how much waits, since when, and how fast it answers.

They name tills, shops and kinds of things, and never a person.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from fastapi import FastAPI
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.hub.database import HubDatabase
from sync.hub.running import status
from sync.hub.running.order_status import OrderStatus, order_status

NO_ROUTE = "none"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT"})
# Seconds: what a till waits for, up to where it gives up.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)


class Measured:
    """ASGI middleware that times each request by the pattern of its address."""

    def __init__(self, app: ASGIApp, durations: Histogram, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._durations = durations
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        answered = 500

        async def noting(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            labels = self._durations.labels(_method(scope), self._pattern(scope), str(answered))
            labels.observe(time.perf_counter() - begun)

    def _pattern(self, scope: Scope) -> str:
        """Return the pattern of an address: the address itself holds ids, and has no end."""
        path: str = scope["path"]
        if path == "/desk" or path.startswith("/desk/"):
            return "/desk"
        for route in self._routes:
            if isinstance(route, Route) and route.path_regex.match(path):
                return route.path
        return NO_ROUTE


class HubNumbers(Collector):
    """Reads the numbers from the database whenever they are asked for."""

    def __init__(self, database: HubDatabase, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._now_ms = now_ms

    def collect(self) -> Iterator[Metric]:
        """Yield every number."""
        with self._database.reading() as connection:
            tills = status.tills(connection)
            items = status.open_items(connection)
            orders = order_status(connection)
        yield from self._of_tills(tills)
        on_desk = GaugeMetricFamily(
            "mostrador_desk_items_open",
            "Items on the conflict desk that nobody resolved yet.",
            labels=["shop", "kind"],
        )
        for (shop, kind), count in sorted(items.items()):
            on_desk.add_metric([shop, kind], count)
        yield on_desk
        yield from _of_orders(orders)

    def _of_tills(self, tills: tuple[status.TillStatus, ...]) -> Iterator[Metric]:
        now_ms = self._now_ms()
        received = CounterMetricFamily(
            "mostrador_ops_received", "Facts received without a hole.", labels=["till"]
        )
        seen = GaugeMetricFamily(
            "mostrador_till_last_seen_age_seconds",
            "How long ago the till was heard of.",
            labels=["till"],
        )
        queued = GaugeMetricFamily(
            "mostrador_till_queue", "Facts the till has yet to send, as it said.", labels=["till"]
        )
        oldest = GaugeMetricFamily(
            "mostrador_till_queue_age_seconds",
            "Age of the oldest fact the till has yet to send.",
            labels=["till"],
        )
        parked = GaugeMetricFamily(
            "mostrador_till_parked", "Facts the till set aside, as it said.", labels=["till"]
        )
        for till in tills:
            received.add_metric([till.till], till.received)
            if till.last_seen_at_ms:
                seen.add_metric([till.till], _age_s(till.last_seen_at_ms, now_ms))
            if till.report is not None:
                queued.add_metric([till.till], till.report.queued)
                parked.add_metric([till.till], till.report.parked)
                since = till.report.oldest_ms
                oldest.add_metric([till.till], _age_s(since, now_ms) if since else 0)
        yield from (received, seen, queued, oldest, parked)


def serve_metrics(app: FastAPI, database: HubDatabase, now_ms: Callable[[], int]) -> None:
    """Time every request, and answer at ``/metrics``."""
    registry = CollectorRegistry()
    durations = Histogram(
        "mostrador_request_seconds",
        "How long requests took.",
        ["method", "route", "status"],
        registry=registry,
        buckets=BUCKETS,
    )
    registry.register(HubNumbers(database, now_ms))
    app.add_middleware(Measured, durations=durations, routes=app.router.routes)

    def metrics(request: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    app.add_route("/metrics", metrics, include_in_schema=False)


def _of_orders(found: OrderStatus) -> Iterator[Metric]:
    orders = GaugeMetricFamily(
        "mostrador_orders_open", "Orders to be collected, by state.", labels=["shop", "state"]
    )
    for (shop, state), count in sorted(found.orders.items()):
        orders.add_metric([shop, state], count)
    notices = GaugeMetricFamily(
        "mostrador_order_notices", "Notices customers did not get.", labels=["state"]
    )
    for state, count in found.notices.items():
        notices.add_metric([state], count)
    refunds = GaugeMetricFamily(
        "mostrador_order_refunds", "Refunds customers did not get.", labels=["state"]
    )
    for state, count in found.refunds.items():
        refunds.add_metric([state], count)
    returns = GaugeMetricFamily(
        "mostrador_return_refunds",
        "Refunds of web payments that customers did not get for what came back.",
        labels=["state"],
    )
    for state, count in found.return_refunds.items():
        returns.add_metric([state], count)
    yield from (orders, notices, refunds, returns)


def _method(scope: Scope) -> str:
    """Return the method, of those we answer: anything may be sent as one."""
    method: str = scope["method"]
    return method if method in METHODS else NO_ROUTE


def _age_s(at_ms: int, now_ms: int) -> float:
    return max(0, now_ms - at_ms) / 1000
