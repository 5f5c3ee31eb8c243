"""When what a camera sees counts as a scan: bars after two agreeing frames, others at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hardware.camera.port import FoundCode


@dataclass(slots=True)
class _Sightings:
    last_ms: int
    frames: int
    is_scanned: bool


class FrameAgreement:
    """Counts sightings over frames, and announces a code once while it stays in view.

    Args:
        frames_needed: Frames that must show the same bars.
        within_ms: Longest time between two agreeing frames.
        gone_ms: A code not seen for so long may be scanned again.
    """

    def __init__(
        self, *, frames_needed: int = 2, within_ms: int = 600, gone_ms: int = 1200
    ) -> None:
        self._frames_needed = frames_needed
        self._within_ms = within_ms
        self._gone_ms = gone_ms
        self._seen: dict[tuple[str, str], _Sightings] = {}

    def see(self, codes: Iterable[FoundCode], now_ms: int) -> list[FoundCode]:
        """Return the codes of this frame that count as scanned with it.

        Args:
            codes: Everything the frame shows.
            now_ms: Monotonic milliseconds of the frame.
        """
        self._forget(now_ms)
        once = {(code.text, code.format): code for code in codes}
        return [code for key, code in once.items() if self._counts(key, code, now_ms)]

    def _counts(self, key: tuple[str, str], code: FoundCode, now_ms: int) -> bool:
        sightings = self._seen.setdefault(key, _Sightings(now_ms, 0, False))
        sightings.frames += 1
        sightings.last_ms = now_ms
        needed = self._frames_needed if code.is_linear else 1
        if sightings.is_scanned or sightings.frames < needed:
            return False
        sightings.is_scanned = True
        return True

    def _forget(self, now_ms: int) -> None:
        self._seen = {
            key: sightings
            for key, sightings in self._seen.items()
            if now_ms - sightings.last_ms
            <= (self._gone_ms if sightings.is_scanned else self._within_ms)
        }
