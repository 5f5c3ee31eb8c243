"""Whose an order is: the record that a web shop means by an id, card, phone or address."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from pos.domain.customer import ImpossibleCustomer, normal_card, normal_email
from pos.domain.mail_address import NotAMailAddress
from pos.domain.phone import NoPhone, normal_phone
from sync.hub.customers import records
from sync.hub.customers.words import CARD, EMAIL, PHONE, Key
from sync.hub.tables_customers import customer, customer_key


def linked(
    connection: Connection,
    customer_id: str,
    *,
    card: str = "",
    email: str = "",
    phone: str = "",
    country: str = "",
) -> str:
    """Return the id of the record that is meant; what was said when none is.

    A key that several people share (a phone at home) names nobody, unless another key does.
    """
    if customer_id and (known := records.current(connection, customer_id)) is not None:
        return known.customer_id if known.is_live else ""
    named: set[str] = set()
    for key in _keys(card, email, phone, country):
        found = _with_key(connection, key)
        named = named & found or found
        if len(named) == 1:
            return named.pop()
    return customer_id


def meant(connection: Connection, said: str) -> tuple[str, ...]:
    """Return the ids of the customers with that id, card, whole phone number or mail address."""
    known = records.current(connection, said)
    if known is not None and known.is_live:
        return (known.customer_id,)
    found: set[str] = set()
    for key in _keys(said, said, said, ""):
        found |= _with_key(connection, key)
    return tuple(sorted(found))


def _keys(card: str, email: str, phone: str, country: str) -> Iterator[Key]:
    """Yield what was said as it is kept; what cannot be is nobody's."""
    try:
        if card:
            yield CARD, normal_card(card)
    except ImpossibleCustomer:
        pass
    try:
        if email:
            yield EMAIL, normal_email(email)
    except NotAMailAddress:
        pass
    try:
        if phone:
            yield PHONE, normal_phone(phone, country)
    except NoPhone:
        pass


def _with_key(connection: Connection, key: Key) -> set[str]:
    kind, value = key
    found = connection.scalars(
        select(customer_key.c.customer_id)
        .join(customer, customer.c.customer_id == customer_key.c.customer_id)
        .where(
            customer_key.c.kind == kind,
            customer_key.c.value == value,
            customer.c.state == records.LIVE,
        )
    )
    return set(found)
