"""Tells the keys of a keyboard-wedge scanner from those of a person, by their pace.

A scanner types a key every 3 to 35 ms; people hardly go below 60 ms, and never for six keys
in a row. Characters are held until that is decided, 45 ms at the longest for a key or two, so
nothing typed is lost and no scan depends on where the focus is. Works on the characters
produced: any keyboard layout, with or without Shift. No clock and no window in here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hardware.barcode_scanner.aim import split_aim_id
from hardware.barcode_scanner.port import RawScan

GROUP_SEPARATOR = "\x1d"
MAX_KEPT = 4096  # a code beyond this is refused anyway: it is swallowed, but not remembered
AT_PACE = 4  # keys in a row as quick as a scanner's, after which it may pause
MOST_PAUSES = 3  # in one scan
GTIN_LENGTHS = frozenset({8, 12, 13, 14})


@dataclass(frozen=True, slots=True)
class WedgeSettings:
    """How the scanner is set up.

    Attributes:
        prefix: One character in front of each scan, or empty. With a prefix nothing else is
            ever taken for a scan, and typing is not held at all.
        suffixes: Characters that end a scan. Without one, silence does.
        longest_gap_ms: Longest time between two keys of one scan.
        longest_pause_ms: Longest time a scanner, known as one by its pace, may falter for: a
            radio link or a busy machine. Not twice in a row, as that is how people type.
        shortest_scan: Fewer characters in a row are typing, when there is no prefix.
    """

    prefix: str = ""
    suffixes: frozenset[str] = frozenset("\r\n\t")
    longest_gap_ms: int = 45
    longest_pause_ms: int = 150
    shortest_scan: int = 6


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done after a key or a silence, in this order.

    Attributes:
        replayed: How many of the held keys, oldest first, were typing: give them back now.
        scan: The scan that the other held keys made up; they are to be dropped.
        is_held: Whether the key just fed is held (else it is the window's at once).
    """

    replayed: int = 0
    scan: RawScan | None = None
    is_held: bool = False


class WedgeDecoder:
    """Feed it every key with its time; it says what each one was.

    The caller keeps the events of held keys and follows the `Decision`s. After a held key it
    calls `tick` once `silence_ms` have passed without another.
    """

    def __init__(self, settings: WedgeSettings | None = None) -> None:
        self.settings = settings or WedgeSettings()
        self._chars: list[str] = []
        self._times: list[int] = []
        self._count = 0
        self._pauses = 0
        self._given_back = ""
        self._given_back_ms = 0

    @property
    def silence_ms(self) -> int:
        """How long after the last held key `tick` is due."""
        settings = self.settings
        if self._may_pause():
            return max(settings.longest_gap_ms, settings.longest_pause_ms)
        return settings.longest_gap_ms

    @property
    def held(self) -> int:
        """How many keys are held."""
        return self._count

    def goes_on(self, timestamp_ms: int) -> bool:
        """Return whether a key at that time still belongs to the keys held, if any are."""
        if not self._times:
            return False
        return timestamp_ms - self._times[-1] < self.silence_ms

    def would_hold(self, text: str, timestamp_ms: int) -> bool:
        """Return whether `feed` would keep this key from the window, without feeding it."""
        if self.goes_on(timestamp_ms):
            return bool(text)
        return self._starts(text)

    def feed(self, text: str, timestamp_ms: int) -> Decision:
        """Take one key press.

        Args:
            text: The character produced; empty for keys without one (arrows, F-keys).
            timestamp_ms: When the key was pressed; any clock, the same for all calls.
        """
        if self.goes_on(timestamp_ms):
            return self._next(text, timestamp_ms)
        before = self._settle(timestamp_ms)
        if timestamp_ms - self._given_back_ms >= self.settings.longest_gap_ms:
            self._given_back = ""
        if not self._starts(text):
            return before
        self._hold(text, timestamp_ms)
        return Decision(before.replayed, before.scan, is_held=True)

    def tick(self, timestamp_ms: int) -> Decision:
        """Decide about held keys when the silence after them has lasted long enough.

        A window system without a core delivers keys later than they were pressed: those given
        back here are remembered, in case the next was pressed in time and they were a scan's.
        """
        if self.goes_on(timestamp_ms):
            return Decision()
        text, last_ms = "".join(self._chars), self._times[-1] if self._times else 0
        decision = self._settle(timestamp_ms)
        if decision.replayed:
            self._given_back, self._given_back_ms = self._given_back + text, last_ms
        return decision

    def _next(self, text: str, timestamp_ms: int) -> Decision:
        if text in self.settings.suffixes and self._is_scan():
            return self._finish(timestamp_ms, is_held=True)
        if not text:
            return self._settle(timestamp_ms)
        if text == self.settings.prefix and not self.settings.prefix.isspace():
            return self._restart(text, timestamp_ms)
        self._hold(text, timestamp_ms)
        return Decision(is_held=True)

    def _restart(self, text: str, timestamp_ms: int) -> Decision:
        """Begin again at a prefix: what was held before it ends here."""
        before = self._settle(timestamp_ms)
        self._hold(text, timestamp_ms)
        return Decision(before.replayed, before.scan, is_held=True)

    def _may_pause(self) -> bool:
        """Return whether a silence now would still be within a scan."""
        if self.settings.prefix:
            return self._count > 0
        if self._count < AT_PACE or self._pauses == MOST_PAUSES:
            return False
        return self._times[-1] - self._times[-2] < self.settings.longest_gap_ms

    def _starts(self, text: str) -> bool:
        if self.settings.prefix:
            return text == self.settings.prefix
        return text == GROUP_SEPARATOR or (bool(text) and text.isprintable())

    def _hold(self, text: str, timestamp_ms: int) -> None:
        if self._times and timestamp_ms - self._times[-1] >= self.settings.longest_gap_ms:
            self._pauses += 1
        self._count += 1
        if len(self._chars) < MAX_KEPT:
            self._chars.append(text)
            self._times.append(timestamp_ms)
        else:
            self._times[-1] = timestamp_ms

    def _is_scan(self) -> bool:
        if self.settings.prefix:
            return self._count > len(self.settings.prefix)
        return self._count >= self.settings.shortest_scan

    def _settle(self, timestamp_ms: int) -> Decision:
        """Decide about everything held."""
        if self._is_scan():
            return self._finish(timestamp_ms, is_held=False)
        replayed = self._count
        self._clear()
        return Decision(replayed=replayed)

    def _finish(self, timestamp_ms: int, *, is_held: bool) -> Decision:
        typed = self._typed_just_before()
        text = "".join(self._chars[typed + len(self.settings.prefix) :])
        if _is_whole(self._given_back + text):
            text = self._given_back + text
        aim_id, text = split_aim_id(text)
        self._given_back = ""
        self._clear()
        return Decision(typed, RawScan(text, aim_id, timestamp_ms), is_held=is_held)

    def _typed_just_before(self) -> int:
        """Return 1 when the first key was a person's, pressed just before a fast scanner's.

        A scanner keeps its pace: a first gap several times as long as any other is not its.
        On a busy machine it may be all the same, so that the code must say so too: nothing is
        cut from one that is whole, and nothing that leaves none.
        """
        text = "".join(self._chars)
        if _is_whole(text) or not _is_whole(text[1:]):
            return 0
        gaps = [later - earlier for earlier, later in pairwise(self._times)]
        if self.settings.prefix or self._count <= self.settings.shortest_scan:
            return 0
        return int(gaps[0] >= 15 and gaps[0] > 3 * max(gaps[1:]))

    def _clear(self) -> None:
        self._chars.clear()
        self._times.clear()
        self._count = self._pauses = 0


def _is_whole(text: str) -> bool:
    """Return whether a code proves that nothing is missing or too much at its beginning.

    Source:
        Check digit: GS1 General Specifications 7.9. Identifier: ISO/IEC 15424.
    """
    aim_id, code = split_aim_id(text)
    if aim_id is not None:
        return True
    if len(code) not in GTIN_LENGTHS or not (code.isascii() and code.isdigit()):
        return False
    digits = [int(each) for each in reversed(code)]
    return (3 * sum(digits[1::2]) + sum(digits[::2])) % 10 == 0
