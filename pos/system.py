"""The clock and the identifiers of the real world, handed to the core by the composition roots."""

from __future__ import annotations

import os
import time
import uuid


class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""
        return time.time_ns() // 1_000_000


class Uuid7:
    """Time-ordered identifiers.

    Source:
        RFC 9562 section 5.7: 48 bits of Unix milliseconds, version, 74 random bits.
    """

    def new(self) -> str:
        """Return a UUIDv7 as text."""
        stamp = (time.time_ns() // 1_000_000).to_bytes(6, "big")
        value = bytearray(stamp + os.urandom(10))
        value[6] = value[6] & 0x0F | 0x70
        value[8] = value[8] & 0x3F | 0x80
        return str(uuid.UUID(bytes=bytes(value)))
