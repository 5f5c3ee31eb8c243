"""What customers say about products."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pos.domain.free_text import MAX_REASON_LENGTH
from pos.domain.product_note import MAX_NAME_LENGTH, NoteKind
from sync.wire.v1.base import STORABLE, Code, Message


class ProductNoted(Message):
    """The fact ``product.noted``; without `sku` a wish for what the shop does not have."""

    kind: Annotated[NoteKind, Field(strict=False)]
    sku: Code
    name: Annotated[str, Field(max_length=MAX_NAME_LENGTH, pattern=STORABLE)]
    text: Annotated[str, Field(max_length=MAX_REASON_LENGTH, pattern=STORABLE)]
