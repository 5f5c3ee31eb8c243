"""The words by which customers are found, taken in and out with their records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from pos.domain.customer import Customer
from pos.domain.customer_search import near_forms
from sync.hub.bulk import upsert_rows
from sync.hub.tables_customers import customer_key, customer_near, customer_word

PHONE, EMAIL, CARD = "phone", "email", "card"
NOTHING = "DO NOTHING"

Key = tuple[str, str]


def keys_of(customer: Customer) -> frozenset[Key]:
    """Return by what nobody else should be known."""
    card = ((CARD, customer.member_card),) if customer.member_card else ()
    phones = ((PHONE, phone) for phone in customer.phones)
    return frozenset((*phones, *((EMAIL, email) for email in customer.emails), *card))


def put_keys(
    connection: Connection, customer_id: str, before: frozenset[Key], after: frozenset[Key]
) -> None:
    """Have a customer found by other keys than before."""
    key = customer_key.c
    for kind, value in sorted(before - after):
        connection.execute(
            customer_key.delete().where(
                key.kind == kind, key.value == value, key.customer_id == customer_id
            )
        )
    rows = [(kind, value, customer_id) for kind, value in sorted(after - before)]
    upsert_rows(connection, customer_key, rows, f"(kind, value, customer_id) {NOTHING}")


def put_words(connection: Connection, customer_id: str, before: str, after: str) -> None:
    """Have a customer found by other words than before; both are `search_text` of a name."""
    if before == after:
        return
    word = customer_word.c
    gone = sorted(before.split())
    connection.execute(
        customer_word.delete().where(word.word.in_(gone), word.customer_id == customer_id)
    )
    rows = [(one, customer_id, after) for one in sorted(after.split())]
    upsert_rows(connection, customer_word, rows, f"(word, customer_id) {NOTHING}")
    learn(connection, after.split())


def learn(connection: Connection, words: Iterable[str]) -> None:
    """Have words found that are near to what somebody types."""
    wanted = sorted(set(words))
    near = customer_near.c
    known = set(
        connection.scalars(select(near.word).where(near.form.in_(wanted), near.form == near.word))
    )
    rows = [(form, word) for word in wanted if word not in known for form in near_forms(word)]
    upsert_rows(connection, customer_near, sorted(rows), f"(form, word) {NOTHING}")


def forget(connection: Connection, words: Sequence[str]) -> None:
    """Forget words that nobody is called by any more: a rare name is a person's."""
    used = set(
        connection.scalars(
            select(customer_word.c.word).where(customer_word.c.word.in_(words)).distinct()
        )
    )
    gone = [word for word in words if word not in used]
    connection.execute(customer_near.delete().where(customer_near.c.word.in_(gone)))
