"""Money that comes onto cards: given as credit, paid for at a counter, given back, moved over.

It was paid or promised on paper, so it counts, also when the card is not as it should be: that
is noted as an exception of the fact.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from pos.domain.stored_value import CardState, Movement
from sync.hub.intake.effects import NotApplicable
from sync.hub.value import accounts
from sync.hub.value.ledger import Contra, NotEnough, Posting, begin, book, contra, is_booked
from sync.wire.v1.value import ValueLoaded

CARD_UNKNOWN = "card_unknown"
CARD_KNOWN = "card_known"
AMOUNT_DIFFERS = "amount_differs"
FROM = {Movement.REVERSE: Contra.REDEEMED}


@dataclass(frozen=True, slots=True)
class Told:
    """Which fact of which till says so; `at_ms` by the till's clock, `now_ms` by the hub's."""

    op_id: str
    shop: str
    till: str
    at_ms: int
    now_ms: int


def load(connection: Connection, movement: Movement, loaded: ValueLoaded, told: Told) -> str:
    """Put money onto a card; return the code of an exception or an empty text.

    Raises:
        NotApplicable: The card is of another currency: a person has to look.
        OpIdUsed: The op id belongs to another movement.
    """
    number = begin(connection)
    content = json.dumps([movement.value, told.till, loaded.model_dump(mode="json")])
    if is_booked(connection, told.op_id, content):
        return ""
    card = accounts.lock(connection, loaded.card)
    if card is not None and card.currency != loaded.currency:
        raise NotApplicable
    code = _exception(card, movement, loaded)
    _make_ready(connection, card, loaded, told)
    source = contra(FROM.get(movement, Contra.ISSUED), told.shop, loaded.currency)
    posting = Posting(
        op_id=told.op_id,
        movement=movement,
        entries=((source, -loaded.amount), (loaded.card, loaded.amount)),
        currency=loaded.currency,
        told=content,
        shop=told.shop,
        at_ms=told.at_ms,
        till=told.till,
        staff_id=loaded.staff_id,
        document=loaded.document,
    )
    book(connection, posting, number)
    return code


def transfer(
    connection: Connection, op_id: str, source: str, target: str, *, shop: str, now_ms: int
) -> int:
    """Move all that is free on a card to another; return how much, in minor units.

    For a card that was lost, block it first: what was set aside on it is still paid from it.

    Raises:
        NoSuchCard: One of them is not there.
        NotEnough: They are of two currencies, or the same.
        OpIdUsed: The op id belongs to another movement.
    """
    number = begin(connection)
    content = json.dumps([Movement.TRANSFER.value, source, target])
    if is_booked(connection, op_id, content):
        return 0
    cards = {name: accounts.lock(connection, name) for name in sorted({source, target})}
    of, to = cards[source], cards[target]
    if of is None or to is None:
        raise accounts.NoSuchCard(source if of is None else target)
    if of.currency != to.currency or source == target:
        raise NotEnough(source)
    amount = accounts.free(connection, of, now_ms)
    if not amount:
        return 0
    if to.state == CardState.MADE.value:
        accounts.change(connection, target, state=CardState.ACTIVE.value)
    entries = ((source, -amount), (target, amount))
    posting = Posting(op_id, Movement.TRANSFER, entries, of.currency, content, shop, now_ms)
    book(connection, posting, number)
    return amount


def _exception(card: Row[Any] | None, movement: Movement, loaded: ValueLoaded) -> str:
    is_new = movement is Movement.ISSUE
    if card is None:
        return "" if is_new else CARD_UNKNOWN
    is_sold_twice = movement is Movement.ACTIVATE and card.state != CardState.MADE.value
    if is_new or is_sold_twice:
        return CARD_KNOWN
    if movement is Movement.ACTIVATE and card.face not in (0, loaded.amount):
        return AMOUNT_DIFFERS
    return ""


def _make_ready(
    connection: Connection, card: Row[Any] | None, loaded: ValueLoaded, told: Told
) -> None:
    """Let the card be one that can be used, but for one that was blocked."""
    if card is None:
        accounts.open_card(
            connection,
            loaded.card,
            kind=loaded.kind,
            state=CardState.ACTIVE,
            currency=loaded.currency,
            last4=loaded.last4,
            shop=told.shop,
            now_ms=told.now_ms,
            customer_id=loaded.customer_id,
            expires_at_ms=loaded.expires_at_ms,
        )
        return
    state = accounts.state_of(card, told.now_ms)
    values: dict[str, object] = {}
    if state in {CardState.MADE, CardState.EXPIRED}:
        values = {"state": CardState.ACTIVE.value}
    if state is CardState.EXPIRED or (state is CardState.MADE and loaded.expires_at_ms):
        values["expires_at_ms"] = loaded.expires_at_ms
    if loaded.customer_id and not card.customer_id:
        values["customer_id"] = loaded.customer_id
    if values:
        accounts.change(connection, card.account_id, **values)
