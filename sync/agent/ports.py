"""What the agent needs from the outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Jitter = Callable[[], float]  # returns 0 ≤ x < 1
Tell = Callable[[dict[str, object]], None]  # says something to every till that listens


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds: for what is stored and shown."""

    def monotonic_ms(self) -> int:
        """Return milliseconds that never go back: for how long ago something was."""
