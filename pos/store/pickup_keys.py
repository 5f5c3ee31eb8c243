"""Whom a pickup code is believed: the hub whose key was pinned when the till was enrolled."""

from __future__ import annotations

from pos.domain.pickup_code import PickupCode
from pos.signatures import Purpose, verifier


class HubPickupKeys:
    """`ports.PickupKeys` with one public key; without one nothing is believed."""

    def __init__(self, public: str) -> None:
        """Take 64 hexadecimal digits, or nothing for a till that has no hub yet."""
        self._is_signed = verifier(public, Purpose.PICKUP)

    def is_signed(self, code: PickupCode) -> bool:
        """True when the hub this till trusts signed the code."""
        try:
            signed = code.signed_part
        except ValueError:  # a number or a shop that no code can hold
            return False
        return self._is_signed(signed, code.signature)
