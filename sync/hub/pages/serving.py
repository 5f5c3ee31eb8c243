"""Takes requests to the pages in: session, language, forms that are ours; answers in words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Protocol

from anyio import CapacityLimiter, to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sync.hub.database import HubDatabase
from sync.hub.pages import sessions
from sync.hub.pages.rendering import HEADERS, NOT_KEPT, page, see
from sync.hub.pages.sign_in import shop_details
from sync.hub.pages.visit import (
    LANGUAGE_COOKIE,
    SESSION_COOKIE,
    Refused,
    Visit,
    check_origin,
    check_token,
    read_form,
)
from sync.hub.pages.wording import Words, language_for

Page = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]
REASONS = {404: "not_found", 405: "not_found", 503: "database_away"}
SIGN_IN = "/desk/sign-in"
THREADS = 8


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


class Desk:
    """The pages' database and clock, and what every request goes through."""

    def __init__(
        self, database: HubDatabase, clock: Clock, random_bytes: Callable[[int], bytes]
    ) -> None:
        self.database = database
        self.clock = clock
        self.random_bytes = random_bytes
        # Of their own: however many try PINs, the tills' requests find a thread.
        self._threads = CapacityLimiter(THREADS)

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
                    return see(SIGN_IN)
                raise Refused(403, "signed_out")
            if request.method == "POST":
                check_token(form, visit.signed_in)
            self._prolong(visit, visit.signed_in)
        return handler(visit)

    def _visit(self, request: Request, form: Mapping[str, str]) -> Visit:
        now_ms = self.clock.now_ms()
        with self.database.reading() as connection:
            token = request.cookies.get(SESSION_COOKIE, "")
            session = sessions.current(connection, token, now_ms) if token else None
            shop = shop_details(connection).get(session.shop, {}) if session else {}
        return Visit(
            path=request.scope["path"],
            parameters=request.path_params,
            query=dict(request.query_params),
            form=form,
            words=_words(request, now_ms, shop),
            now_ms=now_ms,
            is_secure=request.url.scheme == "https",
            signed_in=session,
            shop_name=str(shop.get("name", "")),
        )

    def _prolong(self, visit: Visit, session: sessions.Session) -> None:
        """Keep somebody signed in who does something; a page that refreshes itself does not."""
        if "auto" in visit.query or not sessions.wants_prolonging(session, visit.now_ms):
            return
        with self.database.transaction() as connection:
            sessions.prolong(connection, session, visit.now_ms)

    def _error_page(self, request: Request, status: int, reason: str) -> Response:
        visit = Visit(
            path=request.scope["path"],
            parameters={},
            query={},
            form={},
            words=_words(request, self.clock.now_ms()),
            now_ms=self.clock.now_ms(),
            is_secure=request.url.scheme == "https",
            signed_in=None,
        )
        if request.method == "HEAD":
            return Response(status_code=status, headers=HEADERS | NOT_KEPT)
        return page(visit, "error.html", status, reason=reason)


def keep_cookie(visit: Visit, answer: Response, name: str, value: str, seconds: int) -> None:
    """Give the browser something to keep that no script and no other site gets to see."""
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/desk",
        secure=visit.is_secure,
        httponly=True,
        samesite="strict",
    )


def _words(request: Request, now_ms: int, shop: Mapping[str, object] | None = None) -> Words:
    language = language_for(
        request.cookies.get(LANGUAGE_COOKIE, ""), request.headers.get("accept-language", "")
    )
    details = shop or {}
    return Words(
        language,
        now_ms,
        country=str(details.get("country", "ES")),
        time_zone=str(details.get("time_zone", "UTC")),
    )
