"""The code of credit that a till gives, store credit or a gift card: made from its key, so that
it is kept nowhere.

Whoever copies the database holds no money; the till itself can print the paper again when the
first one tore.
"""

from __future__ import annotations

import hashlib
import hmac

from pos.domain.scan_codes import stored_value_code
from pos.domain.stored_value import CODE_CHARACTERS, CODE_LENGTH, StoredValueKind

_PURPOSES = {
    StoredValueKind.STORE_CREDIT: b"mostrador.store_credit.1:",
    StoredValueKind.GIFT_CARD: b"mostrador.gift_card.1:",
}


def credit_code(
    key: bytes, refund_id: str, kind: StoredValueKind = StoredValueKind.STORE_CREDIT
) -> str:
    """Return the code of the credit that a refund is paid with; the same one each time.

    Args:
        key: A secret of the till; without it nobody can tell the code.
    """
    digest = hmac.digest(key, _PURPOSES[kind] + refund_id.encode(), hashlib.sha256)
    count = len(CODE_CHARACTERS)  # 32: every byte falls on each with the same chance
    secret = "".join(CODE_CHARACTERS[byte % count] for byte in digest[:CODE_LENGTH])
    return stored_value_code(kind, secret)
