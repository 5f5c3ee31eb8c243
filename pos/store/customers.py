"""The customers this till knows: what the hub told, with what was done here upon it.

Facts name nobody. What a record holds lies in these tables alone, goes to the hub beside its fact,
and is gone from here with its customer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from pos.domain.customer import Customer
from pos.domain.customer_content import (
    UnreadableCustomer,
    customer_body,
    read_customer,
)
from pos.domain.customer_glance import (
    Glance,
    KnownCustomer,
    UnreadableGlance,
    glance_content,
    read_glance,
)
from pos.domain.customer_merging import united
from pos.domain.customer_search import CustomerQuery, name_words, near_forms
from pos.domain.sale import Sale
from pos.domain.web_cart import UnreadableCart, WebCart, cart_content, read_cart
from pos.store.customer_lookup import CustomerLookup
from pos.store.sales import StoredSales
from pos.store.statements import Row, Statements, to_json

CURSOR = "customers"
DAY_MS = 24 * 3_600_000
ASKED_FOR_KEPT_MS = 30 * DAY_MS  # somebody of another shop who came by once

_READ = (
    "SELECT c.content_json, c.heard_at_ms,"
    " EXISTS (SELECT 1 FROM customer_change x WHERE x.customer_id = c.customer_id)"
    " FROM customer c WHERE"
)
_PUT = (
    "INSERT INTO customer (customer_id, name, content_json, heard_at_ms, used_at_ms, is_mirrored)"
    " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (customer_id) DO UPDATE SET name = excluded.name,"
    " content_json = excluded.content_json,"
    " heard_at_ms = max(heard_at_ms, excluded.heard_at_ms),"
    " used_at_ms = max(used_at_ms, excluded.used_at_ms),"
    " is_mirrored = max(is_mirrored, excluded.is_mirrored) RETURNING customer_key"
)
_KEY = "INSERT OR IGNORE INTO customer_key (kind, value, customer_key) VALUES (?, ?, ?)"
_WORD = "INSERT OR IGNORE INTO customer_word (word, customer_key) VALUES (?, ?)"
_FORM = "INSERT OR IGNORE INTO customer_form (form, word) VALUES (?, ?)"
_HAS_WORD = "SELECT 1 FROM customer_word WHERE word = ?"
_IS_BUSY = (
    " EXISTS (SELECT 1 FROM customer_change x WHERE x.customer_id = customer.customer_id)"
    " OR EXISTS (SELECT 1 FROM ticket t WHERE t.customer_id = customer.customer_id)"
)
_ASKED_FOR = (
    "SELECT customer_id FROM customer WHERE is_mirrored = 0 AND used_at_ms < ?"  # noqa: S608
    f" AND NOT ({_IS_BUSY})"
)
# A change that the hub acknowledged has done its work.
_SENT = (
    "DELETE FROM customer_change WHERE op_id IN (SELECT j.op_id FROM customer_change x"
    " CROSS JOIN journal j ON j.op_id = x.op_id CROSS JOIN outbox o ON o.entry = j.entry"
    " WHERE o.state = 'acknowledged')"
)
_FOLLOWED_AT_MOST = 10  # a record merged into one that was merged


@dataclass(frozen=True, slots=True)
class CustomersTold:
    """Customers as the hub tells them; `gone` are kept here no more, merged and erased ones too.

    `all_there_are` are the ids of everything the hub keeps here, None when it told of what
    changed.
    """

    changed: tuple[Customer, ...] = ()
    gone: tuple[str, ...] = ()
    all_there_are: frozenset[str] | None = None


class StoredCustomers:
    """`ports_customers.Customers` on the tables of `tables_customers`."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements
        self._lookup = CustomerLookup(statements)

    def get(self, customer_id: str) -> KnownCustomer | None:
        """Return a customer by id, one that was merged by the id it went on under."""
        return self._one(f"{_READ} c.customer_id = ?", self.standing(customer_id))

    def standing(self, customer_id: str) -> str:
        """Return under which id a customer goes on, empty for one that was erased."""
        for _ in range(_FOLLOWED_AT_MOST):
            row = self._sql.one(
                "SELECT merged_into FROM customer_gone WHERE customer_id = ?", (customer_id,)
            )
            if row is None:
                break
            customer_id = str(row[0])
        return customer_id

    def by_card(self, card: str) -> KnownCustomer | None:
        """Return whose card it is; of two that have it, who was here last."""
        keys = self._lookup.by_key("card", card, limit=1)
        return self._one(f"{_READ} c.customer_key = ?", keys[0]) if keys else None

    def find(self, query: CustomerQuery, *, limit: int) -> tuple[KnownCustomer, ...]:
        """Return whom a query may mean, the likeliest first."""
        found = (
            self._one(f"{_READ} c.customer_key = ?", key)
            for key in self._lookup.keys(query, limit=limit)
        )
        return tuple(known for known in found if known is not None)

    def hear(self, customer: Customer, *, at_ms: int) -> KnownCustomer | None:
        """Keep what the hub told at `at_ms` (UTC ms); None for one that is no more.

        Who is gone by what came since it was asked is not brought back by a late answer.
        """
        if not self._is_gone(customer.customer_id):
            hear(self._sql, customer, at_ms=at_ms, is_mirrored=False)
        return self.get(customer.customer_id)

    def save(self, customer: Customer, *, op_id: str, beside: str, at_ms: int) -> None:
        """Keep what an act at this till made of a customer, and what goes beside its fact."""
        self._sql.run(
            "INSERT INTO customer_change (op_id, customer_id, content_json) VALUES (?, ?, ?)",
            (op_id, customer.customer_id, beside),
        )
        put(self._sql, customer, heard_at_ms=0, used_at_ms=at_ms, is_mirrored=False)

    def note_used(self, customer_id: str, *, at_ms: int) -> None:
        """Note that somebody looked at a customer here (UTC ms)."""
        self._sql.run(
            "UPDATE customer SET used_at_ms = max(used_at_ms, ?) WHERE customer_id = ?",
            (at_ms, customer_id),
        )

    def glance(self, customer_id: str) -> Glance | None:
        """Return what the hub last said of purchases and credit; None for nothing readable."""
        row = self._sql.one(
            "SELECT glance_json FROM customer WHERE customer_id = ? AND glance_json <> ''",
            (customer_id,),
        )
        try:
            return None if row is None else read_glance(json.loads(row[0]))
        except UnreadableGlance:
            return None

    def keep_glance(self, customer_id: str, glance: Glance) -> None:
        """Keep what the hub said of purchases and credit, to be shown without it."""
        self._sql.run(
            "UPDATE customer SET glance_json = ?, glance_at_ms = ? WHERE customer_id = ?",
            (to_json(glance_content(glance)), glance.as_of_ms, customer_id),
        )

    def cart(self, customer_id: str) -> WebCart | None:
        """Return the cart of the web shop as it was last seen here; None for none readable."""
        row = self._sql.one(
            "SELECT cart_json FROM customer WHERE customer_id = ? AND cart_json <> ''",
            (customer_id,),
        )
        try:
            return None if row is None else read_cart(json.loads(row[0]))
        except UnreadableCart:
            return None

    def keep_cart(self, cart: WebCart) -> None:
        """Keep a cart as the hub told it, to be shown without it."""
        self._sql.run(
            "UPDATE customer SET cart_json = ? WHERE customer_id = ?",
            (to_json(cart_content(cart)), cart.customer_id),
        )

    def sales_of(self, customer_id: str, *, limit: int) -> tuple[Sale, ...]:
        """Return what the customer bought at this till, the latest first."""
        return StoredSales(self._sql).of_customer(customer_id, limit)

    def _is_gone(self, customer_id: str) -> bool:
        gone = "SELECT 1 FROM customer_gone WHERE customer_id = ?"
        return self._sql.one(gone, (customer_id,)) is not None

    def _one(self, query: str, key: object) -> KnownCustomer | None:
        row = self._sql.one(query, (key,))
        return None if row is None else _known(row)


def mirror(sql: Statements, told: CustomersTold, *, at_ms: int) -> None:
    """Take over what the hub keeps here (at `at_ms`, UTC ms, by this till's clock).

    What a whole list does not name is kept here no more; what was changed here and not sent yet
    stays, and so does whose ticket is open.
    """
    sql.run(_SENT)
    for customer in told.changed:
        hear(sql, customer, at_ms=at_ms, is_mirrored=True)
    for customer_id in (*told.gone, *_unnamed(sql, told)):
        sql.run("UPDATE customer SET is_mirrored = 0 WHERE customer_id = ?", (customer_id,))
        sql.run(
            f"UPDATE customer SET used_at_ms = 0 WHERE customer_id = ? AND NOT ({_IS_BUSY})",  # noqa: S608
            (customer_id,),
        )
    forget_old(sql, at_ms=at_ms)


def hear(sql: Statements, customer: Customer, *, at_ms: int, is_mirrored: bool) -> None:
    """Take over one record as the hub told it; a change it has not heard stays upon it."""
    if not customer.is_live:
        forget(sql, customer.customer_id, keeps_unsent=bool(customer.merged_into))
        sql.run(
            "INSERT INTO customer_gone (customer_id, merged_into) VALUES (?, ?)"
            " ON CONFLICT (customer_id) DO UPDATE SET merged_into = excluded.merged_into",
            (customer.customer_id, customer.merged_into),
        )
        return
    sql.run(_SENT)
    for unsent in _unsent(sql, customer.customer_id):
        customer = united(customer, unsent)
    sql.run("DELETE FROM customer_gone WHERE customer_id = ?", (customer.customer_id,))
    put(sql, customer, heard_at_ms=at_ms, used_at_ms=0 if is_mirrored else at_ms,
        is_mirrored=is_mirrored)  # fmt: skip


def put(
    sql: Statements, customer: Customer, *, heard_at_ms: int, used_at_ms: int, is_mirrored: bool
) -> None:
    """Keep a record and what it is found by."""
    content = to_json(customer_body(customer))
    row = (
        customer.customer_id, customer.name, content, heard_at_ms, used_at_ms, int(is_mirrored),
    )  # fmt: skip
    found = sql.one(_PUT, row)
    key = int(found[0]) if found else 0
    words = name_words(customer.name)
    _drop_index(sql, key, kept=set(words))
    for word in words:
        if sql.one(_HAS_WORD, (word,)) is None:
            sql.run_many(_FORM, ((form, word) for form in near_forms(word)))
        sql.run(_WORD, (word, key))
    sql.run_many(_KEY, ((kind, value, key) for kind, value in _keys(customer)))


def forget(sql: Statements, customer_id: str, *, keeps_unsent: bool = False) -> None:
    """Leave nothing of a customer but the id that sales and tickets name.

    Args:
        keeps_unsent: What was changed here of a record that was merged goes to the hub yet, which
            adds it to the record that stays.
    """
    if not keeps_unsent:
        sql.run("DELETE FROM customer_change WHERE customer_id = ?", (customer_id,))
    row = sql.one("SELECT customer_key FROM customer WHERE customer_id = ?", (customer_id,))
    if row is not None:
        _drop_index(sql, int(row[0]), kept=set())
        sql.run("DELETE FROM customer WHERE customer_key = ?", (row[0],))


def forget_old(sql: Statements, *, at_ms: int) -> None:
    """Forget who was only asked for, long ago (`at_ms` is now, UTC ms)."""
    for row in sql.rows(_ASKED_FOR, (at_ms - ASKED_FOR_KEPT_MS,)):
        forget(sql, str(row[0]))


def drop_sent(sql: Statements) -> None:
    """Forget what went beside facts that the hub has."""
    sql.run(_SENT)


def sent_beside(sql: Statements, op_ids: Iterable[str]) -> dict[str, str]:
    """Return what goes beside facts, by their op id; most have nothing."""
    wanted = to_json(list(op_ids))
    rows = sql.rows(
        "SELECT op_id, content_json FROM customer_change"
        " WHERE op_id IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    return {str(op_id): str(content) for op_id, content in rows}


def _drop_index(sql: Statements, key: int, *, kept: set[str]) -> None:
    """Drop what a customer is found by; the forms of a word that nobody has any more too."""
    sql.run("DELETE FROM customer_key WHERE customer_key = ?", (key,))
    rows = sql.rows("SELECT word FROM customer_word WHERE customer_key = ?", (key,))
    for word in {str(row[0]) for row in rows} - kept:
        sql.run("DELETE FROM customer_word WHERE word = ? AND customer_key = ?", (word, key))
        if sql.one(_HAS_WORD, (word,)) is None:
            pairs = ((form, word) for form in near_forms(word))
            sql.run_many("DELETE FROM customer_form WHERE form = ? AND word = ?", pairs)


def _keys(customer: Customer) -> list[tuple[str, str]]:
    keys = [("phone", phone) for phone in customer.phones]
    keys += [("email", email) for email in customer.emails]
    return [*keys, ("card", customer.member_card)] if customer.member_card else keys


def _unsent(sql: Statements, customer_id: str) -> list[Customer]:
    """Return the record as acts here left it that the hub has not heard of, in their order."""
    rows = sql.rows(
        "SELECT content_json FROM customer_change WHERE customer_id = ? ORDER BY rowid",
        (customer_id,),
    )
    return [read_customer(json.loads(row[0])["content"]) for row in rows]


def _unnamed(sql: Statements, told: CustomersTold) -> list[str]:
    if told.all_there_are is None:
        return []
    known = sql.rows("SELECT customer_id FROM customer WHERE is_mirrored = 1")
    return sorted({str(row[0]) for row in known}.difference(told.all_there_are))


def _known(row: Row) -> KnownCustomer | None:
    content, heard_at_ms, is_unsent = row
    try:
        return KnownCustomer(read_customer(json.loads(content)), heard_at_ms, bool(is_unsent))
    except UnreadableCustomer:
        return None
