"""What a shop decides about orders that are collected there: the hub's setting ``pickup``."""

from __future__ import annotations

from dataclasses import dataclass

DAY_MS = 86_400_000
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class PickupPolicy:
    """Amounts are minor units of the shop's currency; the defaults are those of EUR.

    Attributes:
        offline_limit: Worth up to which an isolated till hands over without an override.
        offline_age_ms: How old the mirrored copy may be for that.
        hold_days: How long a ready order is kept, counted from the message to the customer.
        reminder_day: The day of holding on which the customer is reminded.
        extension_days, extensions: By how much, and how often, holding can be prolonged.
        undo_minutes: How long a handover can be taken back at the counter.
        lease_minutes: How long a line is somebody's who goes to fetch it.
        soon_minutes: From how many minutes before its time an order counts as urgent.
    """

    offline_limit: int = 300_00
    offline_age_ms: int = DAY_MS
    hold_days: int = 7
    reminder_day: int = 5
    extension_days: int = 7
    extensions: int = 2
    undo_minutes: int = 15
    lease_minutes: int = 15
    soon_minutes: int = 10

    @property
    def longest_hold_ms(self) -> int:
        """How long an order can be kept at all, once it is ready."""
        return (self.hold_days + self.extensions * self.extension_days) * DAY_MS
