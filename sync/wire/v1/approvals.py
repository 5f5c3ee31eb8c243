"""An override asked for at a till and granted on the hub's page by somebody who is not there."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import Field

from sync.wire.v1.base import Code, Count, Identifier, Message, Minor, Ms, Text


class ApprovalState(Enum):
    WAITING = "waiting"
    GRANTED = "granted"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ApprovalRequest(Message):
    """What is asked; `discount` in basis points, `amount` in minor units (what it is about).

    `detail` is what a manager must see to decide: the line or the ticket.
    """

    request_id: Identifier
    capability: Code
    discount: Count = 0
    amount: Minor = 0
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    requested_by: Identifier
    reason: Text = ""
    detail: Text = ""


class ApprovalAnswer(Message):
    """`decided_by` is who granted or denied; what is granted is good for two minutes."""

    request_id: Identifier
    state: Annotated[ApprovalState, Field(strict=False)]
    decided_by: Code = ""
    decided_by_name: Text = ""
    decided_at_ms: Ms = 0
    expires_at_ms: Ms = 0
