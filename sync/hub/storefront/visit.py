"""One request to the web shop: who, with what, in which words."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from sync.hub.pages.visit import Refused
from sync.hub.pages.wording import Words
from sync.hub.storefront.customers import Customer, StoreSession

SESSION_COOKIE = "mostrador_store"
LANGUAGE_COOKIE = "mostrador_store_language"


@dataclass(frozen=True, slots=True)
class StoreVisit:
    """A request as a page of the web shop sees it; `now_ms` is UTC."""

    path: str
    parameters: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    words: Words
    now_ms: int
    is_secure: bool
    signed_in: StoreSession | None
    in_cart: int = 0  # lines

    @property
    def customer(self) -> Customer:
        """The customer of a page that only people who are signed in see."""
        return self.session.customer

    @property
    def session(self) -> StoreSession:
        """The session of such a page."""
        if self.signed_in is None:
            raise Refused(403, "signed_out")
        return self.signed_in


def check_token(visit: StoreVisit) -> None:
    """Refuse a form that was not made for this session.

    Raises:
        Refused: Its token is missing or another's.
    """
    given = visit.form.get("csrf", "")
    if not hmac.compare_digest(given.encode(), visit.session.csrf.encode()):
        raise Refused(403, "foreign_form")
