"""Signing in and out of the web shop."""

from __future__ import annotations

from starlette.responses import Response

from sync.hub.pages.rendering import see
from sync.hub.pages.visit import Refused
from sync.hub.storefront import customers
from sync.hub.storefront.serving import SIGN_IN, Storefront, keep_cookie, store_page
from sync.hub.storefront.visit import SESSION_COOKIE, StoreVisit

HOME = "/store/"


class DoorPages:
    """Who is it."""

    def __init__(self, store: Storefront) -> None:
        self._store = store

    def ask(self, visit: StoreVisit) -> Response:
        """Show who there is."""
        if visit.signed_in is not None:
            return see(HOME)
        to = _inside(visit.query.get("to", ""))
        with self._store.database.reading() as connection:
            people = customers.customers(connection)
        return store_page(visit, "sign_in.html", customers=people, to=to)

    def sign_in(self, visit: StoreVisit) -> Response:
        """Sign one of them in on this device."""
        with self._store.database.transaction() as connection:
            customer = customers.customer_of(connection, visit.form.get("customer", ""))
            if customer is None:
                raise Refused(422, "not_a_form")
            if visit.signed_in is not None:
                customers.end(connection, visit.signed_in)
            token = customers.begin(connection, customer, visit.now_ms, self._store.random_bytes)
        answer = see(_inside(visit.form.get("to", "")))
        keep_cookie(visit, answer, SESSION_COOKIE, token)
        return answer

    def sign_out(self, visit: StoreVisit) -> Response:
        """End the session of this device; the cart stays."""
        with self._store.database.transaction() as connection:
            customers.end(connection, visit.session)
        answer = see(SIGN_IN)
        answer.delete_cookie(SESSION_COOKIE, path="/store")
        return answer


def _inside(address: str) -> str:
    """Return an address of our own pages; an address elsewhere leads nowhere."""
    is_ours = address.startswith("/store/") and "\\" not in address and "//" not in address
    return address if is_ours and address.isprintable() else HOME
