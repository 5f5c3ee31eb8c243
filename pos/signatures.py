"""Ed25519: who said it. Tills sign facts and requests, the hub signs its answers.

Every signature covers a purpose as well as the message, so that one made for a fact can never
pass for one made for a request. Source: RFC 8032; the arithmetic is that of `cryptography`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

KEY_BYTES = 32
SIGNATURE_BYTES = 64


class Purpose(Enum):
    """What a signature is for; the values are part of what is signed."""

    FACT = "mostrador fact 1"
    REQUEST = "mostrador request 1"
    ANSWER = "mostrador answer 1"
    PICKUP = "mostrador pickup 1"  # by the hub: `pos.domain.pickup_code`


class SigningKey:
    """A private key."""

    def __init__(self, secret: bytes) -> None:
        """Take 32 bytes fit for a key.

        Raises:
            ValueError: There are more or fewer.
        """
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.public = self._key.public_key().public_bytes_raw().hex()

    def sign(self, purpose: Purpose, message: bytes) -> str:
        """Return the signature as 128 hexadecimal digits."""
        return self._key.sign(_covered(purpose, message)).hex()


def is_signed(public: str, purpose: Purpose, message: bytes, signature: str) -> bool:
    """True when the holder of the key signed just this message for this purpose.

    Args:
        public: 64 hexadecimal digits.
        signature: 128 hexadecimal digits; anything else is no signature.
    """
    return verifier(public, purpose)(message, signature)


def verifier(public: str, purpose: Purpose) -> Callable[[bytes, str], bool]:
    """Return `is_signed` of one key for many messages: it takes message and signature."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    except ValueError:
        return lambda message, signature: False

    def is_signed_by_it(message: bytes, signature: str) -> bool:
        try:
            key.verify(bytes.fromhex(signature), _covered(purpose, message))
        except (InvalidSignature, ValueError):
            return False
        return True

    return is_signed_by_it


def _covered(purpose: Purpose, message: bytes) -> bytes:
    return purpose.value.encode("ascii") + b"\n" + message
