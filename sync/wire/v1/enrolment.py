"""A till and its hub exchange keys, each proving that it holds the same single-use code.

The code itself never travels. Both sides derive `proof_key = HMAC-SHA256(code, "mostrador
enrolment")` and authenticate what they say with it, so that nobody between them can put a key
of their own in place, also before TLS is set up.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Annotated

from pydantic import Field, JsonValue

from sync.wire.v1.base import STORABLE, Code, Identifier, Message, Ms, Text, TillId

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
CODE_LENGTH = 16  # 80 bits, the first four of the sixteen name the code
CODE_NAME_LENGTH = 4

PublicKey = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Proof = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class EnrolmentRequest(Message):
    """`nonce` is 32 hexadecimal digits by chance; `proof` is `request_proof`.

    `till` is the one whose data folder asks, empty when any will do: a code for another one is
    then refused before it is used up.
    """

    code_id: Annotated[str, Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{4}$")]
    public_key: PublicKey
    nonce: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    name: Text = ""
    app_version: Code = ""
    till: Annotated[str, Field(max_length=64, pattern=STORABLE)] = ""
    proof: Proof


class Enrolled(Message):
    """The till's id, the hub's key and certificate authority (PEM, or empty), the shop's setting.

    `proof` is `answer_proof` over the other fields except the time.
    """

    till: TillId
    hub_id: Identifier
    hub_key: PublicKey
    ca: Annotated[str, Field(max_length=20_000)]
    epoch: Annotated[int, Field(ge=1, le=1_000_000)]
    shop: dict[str, JsonValue]
    hub_time_ms: Ms
    proof: Proof


def read_code(typed: str) -> str:
    """Return a code as it was given out, from what a person typed.

    Raises:
        ValueError: It is none: 16 letters and digits, dashes and case do not matter.
    """
    plain = re.sub(r"[\s-]", "", typed).upper().translate(str.maketrans("OIL", "011"))
    if len(plain) != CODE_LENGTH or set(plain) - set(CODE_ALPHABET):
        raise ValueError("an enrolment code has 16 letters and digits")
    return plain


def code_id_of(code: str) -> str:
    """Return the part of a code that names it."""
    return code[:CODE_NAME_LENGTH]


def proof_key_of(code: str) -> bytes:
    """Return what both sides authenticate with."""
    return hmac.digest(code.encode("ascii"), b"mostrador enrolment", hashlib.sha256)


def request_proof(proof_key: bytes, *, code_id: str, public_key: str, nonce: str) -> str:
    """Return what shows the hub that the key comes from who holds the code."""
    return _proof(proof_key, "request", code_id, public_key, nonce)


def answer_proof(proof_key: bytes, *, public_key: str, nonce: str, said: Enrolled) -> str:
    """Return what shows the till that the answer comes from who gave the code out."""
    shop = json.dumps(said.shop, sort_keys=True, separators=(",", ":"))
    return _proof(
        proof_key, "answer", public_key, nonce, said.till, said.hub_id, said.hub_key, said.ca,
        str(said.epoch), shop,
    )  # fmt: skip


def _proof(key: bytes, *parts: str) -> str:
    lengths_first = "".join(f"{len(part.encode())}:{part}" for part in parts)
    return hmac.digest(key, lengths_first.encode(), hashlib.sha256).hex()
