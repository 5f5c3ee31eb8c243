"""Looks at the certificate the hub shows, and says in time that it will end."""

from __future__ import annotations

import logging
from typing import Protocol

from sync.agent.ports import Clock

WARNED_MS = 30 * 24 * 3_600_000
SAID_EVERY_MS = 24 * 3_600_000

log = logging.getLogger("sync.agent")


class Shown(Protocol):
    """What knows the certificate of the last connection."""

    @property
    def certificate_ends_ms(self) -> int | None:
        """Until when it counts, in UTC ms; None when there was none."""


class CertificateWatch:
    """Nobody renews a certificate who is not told: when it ends, every till is cut off."""

    def __init__(self, shown: Shown, clock: Clock) -> None:
        self._shown = shown
        self._clock = clock
        self._say_at_ms = 0

    def ends_soon_ms(self) -> int | None:
        """Return when the certificate ends (UTC ms) if that is within 30 days, else None."""
        ends_ms = self._shown.certificate_ends_ms
        now_ms = self._clock.now_ms()
        if ends_ms is None or ends_ms - now_ms >= WARNED_MS:
            return None
        if self._clock.monotonic_ms() >= self._say_at_ms:
            self._say_at_ms = self._clock.monotonic_ms() + SAID_EVERY_MS
            log.warning("the hub's certificate ends soon", extra={"ends_ms": ends_ms})
        return ends_ms
