"""Customers at a hub of a test, and tills that tell of them."""

from __future__ import annotations

import hashlib
from typing import Any

from pos.domain.customer import Customer
from pos.domain.customer_content import beside_text, saved_body
from pos.domain.journal import FactKind
from sync.connectors.builtin import BuiltinConnector
from sync.hub.customers import finding, records
from sync.hub.customers.customer_feed import customer_page
from sync.hub.customers.glance import glance
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import receive
from sync.wire.v1.customers import CustomerGlance, CustomerPage
from sync.wire.v1.push import PushRequest
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, TillJournal, push_of


class CustomerTill:
    """A till whose facts about customers the test writes."""

    def __init__(self, database: HubDatabase, till: str = "FUEN-1") -> None:
        enrolled(database, till)
        self.database, self.till = database, till
        self.shop = till.rpartition("-")[0]
        self.journal = TillJournal(till)
        self.now_ms = T0
        self.beside: dict[str, str] = {}
        self._sent = 0

    def note(self, customer: Customer, *, beside: str | None = None) -> str:
        """Journal that a customer was created or changed; return the fact's op id."""
        salt = hashlib.sha256(f"{self.till}{len(self.journal.facts)}".encode()).hexdigest()[:32]
        body = saved_body(customer, salt, is_new=True, fields=("name",), staff_id="ana")
        fact = self.journal.append(FactKind.CUSTOMER_SAVED, body)
        self.beside[fact.op_id] = beside_text(customer, salt) if beside is None else beside
        return fact.op_id

    def says(self, customer: Customer, *, beside: str | None = None) -> tuple[str, str]:
        """Journal and push; return outcome and code."""
        self.note(customer, beside=beside)
        return self.push()[-1]

    def merges(self, kept: str, other: str) -> tuple[str, str]:
        body = {"customer_id": kept, "other_id": other, "staff_id": "ana"}
        self.journal.append(FactKind.CUSTOMER_MERGED, body)
        return self.push()[-1]

    def sells(self, customer_id: str, price: int = 2_50, **body: Any) -> str:
        """Sell something to somebody; return the id of the sale."""
        told = {"shop": self.shop, "customer_id": customer_id, **body}
        sold = self.journal.sell([("8410000000016", price)], **told)
        assert self.push()[-1][0] == "applied"
        return str(sold.body["sale_id"])

    def push(self, *, again: bool = False) -> list[tuple[str, str]]:
        """Bring the hub what it has not heard, or everything; return outcome and code of each."""
        said = push_of(self.journal.facts if again else self.journal.facts[self._sent :])
        for op in said["ops"]:
            op["beside_json"] = self.beside.get(op["op_id"], "")
        request = PushRequest.model_validate(said)
        answer = receive(self.database, BuiltinConnector(), self.till, request, now_ms=self.now_ms)
        self._sent = len(self.journal.facts)
        return [(result.outcome.value, result.code) for result in answer.results]

    def pull(self, cursor: int = 0, limit: int = 500) -> CustomerPage:
        with self.database.reading() as connection:
            return customer_page(connection, self.shop, cursor, limit, self.now_ms)

    def told(self, cursor: int = 0) -> dict[str, str]:
        """Return whom the till is told of: names, what became of them, or that it keeps them no
        more.
        """
        return {item.customer_id: _said(item.content) for item in self.pull(cursor).items}

    def glance(self, customer_id: str) -> CustomerGlance:
        with self.database.reading() as connection:
            return glance(connection, customer_id, shop=self.shop, now_ms=self.now_ms)

    def find(self, text: str, country: str = "ES") -> list[str]:
        """Return the names of who is found."""
        with self.database.reading() as connection:
            found = finding.find(connection, text, shop=self.shop, country=country)
        return [str(one.content["name"]) for one in found]


def kept(database: HubDatabase, *customers: Customer, shop: str = "") -> None:
    """Have the hub know customers."""
    with database.transaction() as connection:
        for customer in customers:
            records.take_in(connection, customer, shop, T0)


def at_hub(database: HubDatabase, customer_id: str) -> Customer | None:
    with database.reading() as connection:
        return records.get(connection, customer_id)


def _said(content: dict[str, Any] | None) -> str:
    if content is None:
        return "-"
    if content["is_erased"]:
        return "erased"
    return f"-> {content['merged_into']}" if content["merged_into"] else str(content["name"])
