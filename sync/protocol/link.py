"""The light on the till: what is known of the link to the hub, from events and time alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

ONLINE_WITHIN_MS = 15_000
OFFLINE_AFTER_MS = 10_000
DELAYED_UNTIL_MS = 60_000
QUEUE_MAY_AGE_MS = 60_000


class LinkState(Enum):
    """The values are what the till is told."""

    ONLINE = "online"
    DELAYED = "delayed"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Link:
    """What happened on the link; times are of a clock that never goes back.

    `failed_since_contact` is true from the first failed attempt to the next contact.
    """

    started_at_ms: int
    contact_at_ms: int | None = None
    failed_since_contact: bool = False

    def after_contact(self, now_ms: int) -> Link:
        """Take in a verified answer of the hub, whatever it said."""
        return replace(self, contact_at_ms=now_ms, failed_since_contact=False)

    def after_failure(self) -> Link:
        """Take in an attempt that brought no answer of the hub."""
        return replace(self, failed_since_contact=True)

    def state(self, now_ms: int, *, oldest_queued_age_ms: int | None) -> LinkState:
        """Return the state.

        Offline: an attempt failed and there has been no contact for more than 10 s, or none
        for a minute. Delayed: the last contact is 15 to 60 s old, or a fact has waited for
        more than 60 s.
        """
        seen = self.started_at_ms if self.contact_at_ms is None else self.contact_at_ms
        silence = now_ms - seen
        if silence > DELAYED_UNTIL_MS or (
            self.failed_since_contact and silence > OFFLINE_AFTER_MS
        ):
            return LinkState.OFFLINE
        if self.contact_at_ms is None or silence >= ONLINE_WITHIN_MS:
            return LinkState.DELAYED
        if oldest_queued_age_ms is not None and oldest_queued_age_ms > QUEUE_MAY_AGE_MS:
            return LinkState.DELAYED
        return LinkState.ONLINE
