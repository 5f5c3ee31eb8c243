"""When to try again: longer and longer, at once when the hub is seen again."""

from __future__ import annotations

from dataclasses import dataclass, replace

FIRST_MS = 1_000
LONGEST_MS = 5 * 60_000
PROBE_EVERY_MS = 10_000
LONGEST_RETRY_AFTER_MS = 60 * 60_000  # a hub that says more than an hour is not believed


def delay_ms(failures: int, jitter: float) -> int:
    """Return the pause after so many failures in a row: 1 s doubling to 5 min, less jitter.

    Args:
        failures: At least 1.
        jitter: Chance from outside, 0 ≤ jitter < 1; takes away up to half of the pause, so
            that the tills of a shop do not all come back in the same instant.
    """
    longest = min(FIRST_MS << min(failures - 1, 30), LONGEST_MS)
    return longest - int(longest / 2 * jitter)


@dataclass(frozen=True, slots=True)
class Backoff:
    """Failures in a row and when to try next; times are of a clock that never goes back.

    `is_silent` says that the hub itself did not answer, or could not: only then does a probe
    that gets through end the pause, since a hub that refuses means it.
    """

    failures: int = 0
    due_at_ms: int = 0
    is_silent: bool = False
    probe_at_ms: int = 0

    def after_failure(
        self, now_ms: int, jitter: float, *, is_silent: bool, retry_after_ms: int | None = None
    ) -> Backoff:
        """Count a failure; a pause the hub asked for is kept, and never shortened."""
        failures = self.failures + 1
        asked = min(retry_after_ms or 0, LONGEST_RETRY_AFTER_MS)
        pause = max(delay_ms(failures, jitter), asked)
        return Backoff(failures, now_ms + pause, is_silent, now_ms + max(PROBE_EVERY_MS, asked))

    def after_success(self) -> Backoff:
        return Backoff()

    def after_probe(self, now_ms: int, *, reached: bool) -> Backoff:
        """Take in a probe: a hub that was silent and answers is tried at once."""
        if reached and self.is_silent:
            return Backoff(due_at_ms=now_ms)
        return replace(self, probe_at_ms=now_ms + PROBE_EVERY_MS)

    def is_due(self, now_ms: int) -> bool:
        return now_ms >= self.due_at_ms

    def wants_probe(self, now_ms: int) -> bool:
        return self.is_silent and not self.is_due(now_ms) and now_ms >= self.probe_at_ms

    def wait_ms(self, now_ms: int) -> int:
        """Return how long nothing is to be done."""
        until = min(self.due_at_ms, self.probe_at_ms) if self.is_silent else self.due_at_ms
        return max(0, until - now_ms)
