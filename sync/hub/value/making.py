"""Gift cards made by the office: printed, in the shop, and worth nothing until they are sold."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from pos.domain.scan_codes import stored_value_code
from pos.domain.stored_value import (
    CODE_CHARACTERS,
    CODE_LENGTH,
    CardState,
    StoredValueKind,
    card_id,
    last_four,
)
from sync.hub.value import accounts

RandomBytes = Callable[[int], bytes]


def new_code(kind: StoredValueKind, random_bytes: RandomBytes) -> str:
    """Return a code nobody has and nobody can guess."""
    count = len(CODE_CHARACTERS)  # 32: every byte falls on each with the same chance
    drawn = "".join(CODE_CHARACTERS[byte % count] for byte in random_bytes(CODE_LENGTH))
    return stored_value_code(kind, drawn)


def make_gift_cards(
    connection: Connection,
    shop: str,
    currency: str,
    *,
    count: int,
    face: int,
    now_ms: int,
    random_bytes: RandomBytes,
) -> tuple[str, ...]:
    """Return the codes of new cards; they cannot be shown again.

    Args:
        face: Minor units each is to be sold for, 0 for whatever the customer wants.
    """
    codes: list[str] = []
    while len(codes) < count:
        code = new_code(StoredValueKind.GIFT_CARD, random_bytes)
        if accounts.open_card(
            connection,
            card_id(code),
            kind=StoredValueKind.GIFT_CARD,
            state=CardState.MADE,
            currency=currency,
            last4=last_four(code),
            shop=shop,
            now_ms=now_ms,
            face=face,
        ):
            codes.append(code)
    return tuple(codes)
