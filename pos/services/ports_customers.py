"""The customers that a till knows, as the services need them."""

from __future__ import annotations

from typing import Protocol

from pos.domain.customer import Customer
from pos.domain.customer_glance import Glance, KnownCustomer
from pos.domain.customer_search import CustomerQuery
from pos.domain.sale import Sale
from pos.domain.web_cart import WebCart


class Customers(Protocol):
    """Records of customers: those the hub keeps here, those asked for, and those made here."""

    def get(self, customer_id: str) -> KnownCustomer | None:
        """Return a customer by id, one that was merged by the id it went on under."""

    def standing(self, customer_id: str) -> str:
        """Return under which id a customer goes on, empty for one that was erased."""

    def by_card(self, card: str) -> KnownCustomer | None: ...

    def find(self, query: CustomerQuery, *, limit: int) -> tuple[KnownCustomer, ...]:
        """Return whom a query may mean, the likeliest first."""

    def hear(self, customer: Customer, *, at_ms: int) -> KnownCustomer | None:
        """Keep what the hub told at `at_ms` (UTC ms); None for one that is no more."""

    def save(self, customer: Customer, *, op_id: str, beside: str, at_ms: int) -> None:
        """Keep what an act at this till made of a customer, and what goes beside its fact."""

    def note_used(self, customer_id: str, *, at_ms: int) -> None:
        """Note that somebody looked at a customer here (UTC ms)."""

    def glance(self, customer_id: str) -> Glance | None:
        """Return what the hub last said of purchases and credit."""

    def keep_glance(self, customer_id: str, glance: Glance) -> None: ...

    def cart(self, customer_id: str) -> WebCart | None:
        """Return the cart of the web shop as it was last seen here."""

    def keep_cart(self, cart: WebCart) -> None: ...

    def sales_of(self, customer_id: str, *, limit: int) -> tuple[Sale, ...]:
        """Return what the customer bought at this till, the latest first."""
