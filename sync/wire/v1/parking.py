"""Tickets that wait: the bodies of their facts, and what a shop's tills are told of them."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import Field, JsonValue

from sync.wire.v1.base import Code, Count, Identifier, Message, Minor, Ms, Text, TillId
from sync.wire.v1.facts import Amount, Currency
from sync.wire.v1.feeds import Page

MAX_TICKETS = 500  # on one page of the feed


class BasketParked(Message):
    """`content` is the whole ticket as pos/domain/parked_ticket.py writes it.

    It is missing in facts of earlier versions, and where the ticket is too long to be sent.
    """

    basket_id: Identifier
    total: Amount
    lines: Count
    staff_id: Identifier
    label: Text = ""
    currency: Currency = "EUR"
    content: dict[str, JsonValue] | None = None


class BasketResumed(Message):
    """`from_basket` is what was parked; `fence` is the claim's, 0 where the hub was away.

    `parked_at_ms` is when the till that parked it did so last, by that till's clock: a ticket
    can be parked several times. Facts of earlier versions do not say.
    """

    basket_id: Identifier
    total: Amount
    lines: Count
    staff_id: Identifier
    from_basket: Code = ""
    fence: Count = 0
    parked_at_ms: Ms = 0


class BasketCancelled(Message):
    basket_id: Identifier


class TicketState(Enum):
    PARKED = "parked"
    RESUMED = "resumed"
    CANCELLED = "cancelled"


class ParkedItem(Message):
    """A ticket parked in this shop; `resumed_by` is the till that went on with it."""

    basket_id: Identifier
    till: TillId
    label: Text
    currency: Currency
    total: Minor
    lines: Count
    staff_id: Identifier
    parked_at_ms: Ms
    state: Annotated[TicketState, Field(strict=False)]
    resumed_by: Code = ""


class ParkedPage(Page):
    items: Annotated[tuple[ParkedItem, ...], Field(max_length=MAX_TICKETS, strict=False)]
