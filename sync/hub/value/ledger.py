"""The ledger of gift cards and store credit: every movement is entries that sum to zero.

Money on a card is money the shop owes. What comes onto a card or leaves it does so against a
contra account of the shop where it happened: issued, redeemed, receivable, expired. Cards keep
their balance beside their entries; contra accounts, which every sale of a shop would wait for,
are sums of entries and nothing else.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection, select

from pos.domain.stored_value import Movement
from sync.hub.bulk import upsert_rows
from sync.hub.intake.effects import NotApplicable
from sync.hub.publishing.feed_numbers import take_numbers
from sync.hub.tables_value import value_account, value_entry, value_movement

NUMBERS = "value"
CONTRA_MARK = ":"  # no card has it in its id


class Contra(Enum):
    """Where money comes from that is on cards, and where it goes."""

    ISSUED = "issued"
    REDEEMED = "redeemed"
    RECEIVABLE = "receivable"  # taken by sales that no card covered
    EXPIRED = "expired"


class OpIdUsed(NotApplicable):
    """The op id was used for something else; a fact that says so waits for a person."""


class NotEnough(NotApplicable):
    """A card would be worth less than nothing; roll back."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One movement; `told` is what was asked for, by which a repetition is known.

    `entries` are (account, minor units); `at_ms` is UTC as who asked says.
    """

    op_id: str
    movement: Movement
    entries: tuple[tuple[str, int], ...]
    currency: str
    told: str
    shop: str
    at_ms: int
    till: str = ""
    staff_id: str = ""
    document: str = ""


def contra(purpose: Contra, shop: str, currency: str) -> str:
    """Return the id of a contra account of a shop."""
    return CONTRA_MARK.join((purpose.value, shop, currency))


def is_card(account_id: str) -> bool:
    """True for the id of a card, false for a contra account."""
    return CONTRA_MARK not in account_id


def begin(connection: Connection) -> int:
    """Return the number of the next movement; others who book wait until the commit.

    Taken before any card is locked: two bookings then never wait for each other's cards.
    """
    (number,) = take_numbers(connection, NUMBERS, 1)
    return number


def digest_of(told: str) -> str:
    """Return what is kept of what was asked for."""
    return hashlib.sha256(told.encode()).hexdigest()


def is_booked(connection: Connection, op_id: str, told: str) -> bool:
    """True when the movement is in the ledger already.

    Raises:
        OpIdUsed: It is, and says something else.
    """
    kept = connection.scalar(
        select(value_movement.c.content_sha256).where(value_movement.c.op_id == op_id)
    )
    if kept is not None and kept != digest_of(told):
        raise OpIdUsed(op_id)
    return kept is not None


def book(connection: Connection, posting: Posting, number: int) -> None:
    """Write a movement and change the cards it touches; those are locked by whoever calls.

    Raises:
        OpIdUsed: The op id is in the ledger.
        NotEnough: It would overdraw a card, or touches one of another currency; roll back.
    """
    if sum(amount for _, amount in posting.entries) != 0:
        raise ValueError(f"{posting.op_id} does not sum to zero")
    row = (
        posting.op_id, number, posting.movement.value, digest_of(posting.told), posting.currency,
        posting.shop, posting.till, posting.staff_id, posting.document, posting.at_ms,
    )  # fmt: skip
    if upsert_rows(connection, value_movement, [row], "(op_id) DO NOTHING") != 1:
        raise OpIdUsed(posting.op_id)
    rows = [
        (posting.op_id, position, account_id, amount, number)
        for position, (account_id, amount) in enumerate(posting.entries, start=1)
    ]
    upsert_rows(connection, value_entry, rows, "(op_id, position) DO NOTHING")
    for account_id, amount in posting.entries:
        if is_card(account_id):
            _change(connection, account_id, amount, posting.currency)


def _change(connection: Connection, account_id: str, amount: int, currency: str) -> None:
    changed = connection.execute(
        value_account.update()
        .where(
            value_account.c.account_id == account_id,
            value_account.c.currency == currency,
            value_account.c.balance + amount >= 0,
        )
        .values(balance=value_account.c.balance + amount)
    )
    if changed.rowcount != 1:
        raise NotEnough(account_id)
