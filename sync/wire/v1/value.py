"""Gift cards and store credit: what is on them, setting an amount aside, and their facts.

A code goes to the hub in the body of a request only, never in an address, which is logged; the
hub keeps its hash. Amounts are minor units, times UTC in Unix ms.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pos.domain.stored_value import CardRefusal, CardState, StoredValueKind
from sync.wire.v1.base import Code, Count, Hash, Identifier, Message, Ms, Text

# A till that was killed after it asked is up again long before; a customer who left is not
# kept from the money for longer.
HOLD_LASTS_MS = 30 * 60_000
MOST_ON_CARD = 10**12

CardCode = Annotated[
    str, Field(min_length=21, max_length=21, pattern=r"^M[GV]:[0-9A-HJKMNP-TV-Z]{18}$")
]
Positive = Annotated[int, Field(ge=1, le=MOST_ON_CARD)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Last4 = Annotated[str, Field(pattern=r"^[0-9A-Z]{0,4}$")]


class BalanceRequest(Message):
    code: CardCode


class BalanceAnswer(Message):
    """`state` is empty for a card the hub never heard of; `available` is set aside for nobody."""

    state: Annotated[CardState | None, Field(strict=False)] = None
    kind: Annotated[StoredValueKind | None, Field(strict=False)] = None
    last4: Last4 = ""
    currency: Code = ""
    balance: Count = 0
    available: Count = 0
    expires_at_ms: Ms = 0
    hub_time_ms: Ms


class ReserveRequest(Message):
    """Sets `amount` aside for the ticket `basket_id`; with `up_to`, less when less is there.

    The same `op_id` again gets the same answer for as long as it is set aside.
    """

    op_id: Identifier
    code: CardCode
    amount: Positive
    currency: Currency
    basket_id: Identifier
    up_to: bool = False


class ReserveAnswer(Message):
    """`refusal` says why nothing was set aside; `amount` is what was, until `until_ms`."""

    op_id: Identifier
    refusal: Annotated[CardRefusal | None, Field(strict=False)] = None
    amount: Count = 0
    available: Count = 0
    currency: Code = ""
    until_ms: Ms = 0
    hub_time_ms: Ms


class ReleaseValueRequest(Message):
    """Gives back what was set aside and not used."""

    op_id: Identifier


class ValueLoaded(Message):
    """The facts ``value.…``: money that came onto a card at a counter.

    `card` is the hash of its code (`pos.domain.stored_value.card_id`).
    """

    card: Hash
    last4: Last4
    kind: Annotated[StoredValueKind, Field(strict=False)]
    amount: Positive
    currency: Currency
    document: Text = ""
    staff_id: Identifier
    customer_id: Code = ""
    expires_at_ms: Ms = 0
