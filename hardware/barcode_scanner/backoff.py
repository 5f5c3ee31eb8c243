"""How long to wait before looking for an unplugged device again."""

from __future__ import annotations


class Backoff:
    """Waits that double from `first_s` up to `longest_s`, until something worked."""

    def __init__(self, *, first_s: float = 0.25, longest_s: float = 5.0) -> None:
        self._first_s = first_s
        self._longest_s = longest_s
        self._next_s = first_s

    def next_s(self) -> float:
        """Return the seconds to wait now, and double the next wait."""
        wait_s = self._next_s
        self._next_s = min(2 * wait_s, self._longest_s)
        return wait_s

    def reset(self) -> None:
        """Start again with the shortest wait."""
        self._next_s = self._first_s
