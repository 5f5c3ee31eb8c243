"""Staff PINs: argon2id with the least parameters OWASP recommends."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB = 19 * 1024
TIME_COST = 2
PARALLELISM = 1


class ArgonPins:
    """Hashes and checks PINs.

    Source:
        OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane. A PIN of
        four digits falls to a patient thief of the file whatever the hash; the lock-out and
        the encrypted store are what protects it.
    """

    def __init__(self) -> None:
        self._hasher = PasswordHasher(
            time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=PARALLELISM
        )

    def hash(self, pin: str) -> str:
        return self._hasher.hash(pin)

    def matches(self, pin: str, stored_hash: str) -> bool:
        """True when `pin` is the one that was hashed; false also for a hash that is none."""
        try:
            return self._hasher.verify(stored_hash, pin)
        except (VerificationError, InvalidHashError):
            return False
