"""Takes requests to the web shop in: session, language, forms that are ours; answers in words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Protocol
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sync.hub.carts import cart
from sync.hub.database import HubDatabase
from sync.hub.orders.paying import Payments
from sync.hub.pages.rendering import HEADERS, NOT_KEPT, render, see
from sync.hub.pages.sign_in import shop_details
from sync.hub.pages.visit import Refused, check_origin, read_form
from sync.hub.pages.wording import LANGUAGES, Words, language_for
from sync.hub.storefront import customers
from sync.hub.storefront.bargains import Offers
from sync.hub.storefront.goods import Shelf
from sync.hub.storefront.visit import LANGUAGE_COOKIE, SESSION_COOKIE, StoreVisit, check_token

Page = Callable[[StoreVisit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]
REASONS = {404: "not_found", 405: "not_found", 503: "database_away"}
SIGN_IN = "/store/sign-in"
THREADS = 8
NO_ZONE = "UTC"


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


class Storefront:
    """What the web shop's pages share, and what every request goes through."""

    def __init__(
        self,
        database: HubDatabase,
        payments: Payments,
        clock: Clock,
        random_bytes: Callable[[int], bytes],
    ) -> None:
        self.database = database
        self.payments = payments
        self.clock = clock
        self.random_bytes = random_bytes
        self.shelf = Shelf()
        self.offers = Offers()
        self._threads = CapacityLimiter(THREADS)  # of their own: tills find a thread whoever looks

    def page(self, handler: Page, *, is_open: bool = False) -> Endpoint:
        """Return an endpoint; pages that are not open send strangers to sign in."""

        async def endpoint(request: Request) -> Response:
            form: Mapping[str, str] = {}
            if request.method == "POST":
                check_origin(request)
                form = await read_form(request)
            work = partial(self._answer, request, form, handler, is_open)
            return await to_thread.run_sync(work, limiter=self._threads)

        return endpoint

    async def refused(self, request: Request, error: Exception) -> Response:
        """Answer what was refused, in words."""
        status = error.status if isinstance(error, Refused) else 500
        reason = error.reason if isinstance(error, Refused) else "broken"
        if isinstance(error, HTTPException):
            status, reason = error.status_code, REASONS.get(error.status_code, "broken")
        return self._error_page(request, status, reason)

    async def database_away(self, request: Request, error: Exception) -> Response:
        """Answer when the hub cannot look anything up."""
        return self._error_page(request, 503, REASONS[503])

    def _answer(
        self, request: Request, form: Mapping[str, str], handler: Page, is_open: bool
    ) -> Response:
        visit = self._visit(request, form)
        if not is_open:
            if visit.signed_in is None:
                if request.method == "GET":
                    return see(f"{SIGN_IN}?to={quote(visit.path, safe='')}")
                raise Refused(403, "signed_out")
            if request.method == "POST":
                check_token(visit)
        answer = handler(visit)
        if (wanted := request.query_params.get("lang", "")) in LANGUAGES:
            keep_cookie(visit, answer, LANGUAGE_COOKIE, wanted)
        return answer

    def _visit(self, request: Request, form: Mapping[str, str]) -> StoreVisit:
        now_ms = self.clock.now_ms()
        with self.database.reading() as connection:
            token = request.cookies.get(SESSION_COOKIE, "")
            session = customers.current(connection, token, now_ms) if token else None
            lines = cart.read(connection, session.customer.customer_id).count if session else 0
            zones = [str(said["time_zone"]) for said in shop_details(connection).values()]
        return _visit_of(request, form, now_ms, session, lines, zones[0] if zones else NO_ZONE)

    def _error_page(self, request: Request, status: int, reason: str) -> Response:
        visit = _visit_of(request, {}, self.clock.now_ms(), None, 0, NO_ZONE)
        if request.method == "HEAD":
            return Response(status_code=status, headers=HEADERS | NOT_KEPT)
        reason = reason if visit.words.has(f"store.error.{reason}") else "broken"
        return store_page(visit, "error.html", status, reason=reason)


def store_page(
    visit: StoreVisit, template: str, status: int = 200, **context: Any
) -> HTMLResponse:
    """Return a page of the web shop in the customer's words."""
    return render(
        f"store/{template}",
        status,
        say=visit.words,
        session=visit.signed_in,
        in_cart=visit.in_cart,
        path=visit.path,
        query=visit.query,
        **context,
    )


def keep_cookie(visit: StoreVisit, answer: Response, name: str, value: str) -> None:
    """Give the browser something to keep that no script and no other site gets to see."""
    answer.set_cookie(
        name,
        value,
        max_age=customers.LONGEST_MS // 1000,
        path="/store",
        secure=visit.is_secure,
        httponly=True,
        samesite="lax",
    )


def _visit_of(
    request: Request,
    form: Mapping[str, str],
    now_ms: int,
    session: customers.StoreSession | None,
    lines: int,
    time_zone: str,
) -> StoreVisit:
    wanted = request.query_params.get("lang", "")
    chosen = wanted if wanted in LANGUAGES else request.cookies.get(LANGUAGE_COOKIE, "")
    language = language_for(chosen, request.headers.get("accept-language", ""))
    return StoreVisit(
        path=request.scope["path"],
        parameters=request.path_params,
        query=dict(request.query_params),
        form=form,
        words=Words(language, now_ms, time_zone=time_zone),
        now_ms=now_ms,
        is_secure=request.url.scheme == "https",
        signed_in=session,
        in_cart=lines,
    )
