"""Claims: which of several tills may go on with a thing, by a number that only rises."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import Field, JsonValue

from sync.wire.v1.base import Code, Count, Identifier, Message, Ms, Text


class ClaimKind(Enum):
    PARKED_TICKET = "parked_ticket"


class ClaimRequest(Message):
    """The same `op_id` again gets the same answer."""

    op_id: Identifier
    kind: Annotated[ClaimKind, Field(strict=False)]
    key: Identifier


class ClaimState(Enum):
    GRANTED = "granted"
    HELD = "held"  # another till has it
    GONE = "gone"  # it was finished, or the hub never heard of it


class ClaimAnswer(Message):
    """`fence` goes into the fact that uses the claim; `content` is the thing as last known."""

    state: Annotated[ClaimState, Field(strict=False)]
    fence: Count = 0
    holder: Code = ""
    since_ms: Ms = 0
    content: dict[str, JsonValue] | None = None
    detail: Text = ""


class ReleaseRequest(Message):
    """Gives a claim back that was not used; an older fence does nothing."""

    kind: Annotated[ClaimKind, Field(strict=False)]
    key: Identifier
    fence: Count
