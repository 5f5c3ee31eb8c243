"""A scanner that types is told from a person who types, by pace alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.barcode_scanner.port import RawScan
from hardware.barcode_scanner.wedge import Decision, WedgeDecoder, WedgeSettings

PRODUCT = "5449000039231"


@dataclass
class Counter:
    """Types keys at given times, follows the decisions as a window would."""

    decoder: WedgeDecoder = field(default_factory=WedgeDecoder)
    scans: list[RawScan] = field(default_factory=list)
    window: str = ""
    longest_wait_ms: int = 0
    _held: list[tuple[str, int]] = field(default_factory=list)
    now_ms: int = 0

    def type(self, text: str, *, every_ms: int) -> None:
        for char in text:
            self.key(char, after_ms=every_ms)

    def key(self, char: str, *, after_ms: int) -> None:
        silence_ms = self.decoder.silence_ms
        if self._held and after_ms >= silence_ms:
            self._follow(self.decoder.tick(self.now_ms + silence_ms), self.now_ms + silence_ms)
        self.now_ms += after_ms
        would_hold = self.decoder.would_hold(char, self.now_ms)
        decision = self.decoder.feed(char, self.now_ms)
        assert would_hold or not decision.is_held
        if decision.is_held:
            self._held.append((char, self.now_ms))
        self._follow(decision, self.now_ms)
        if not decision.is_held:
            self.window += char

    def wait(self) -> None:
        self.now_ms += self.decoder.silence_ms
        self._follow(self.decoder.tick(self.now_ms), self.now_ms)

    def _follow(self, decision: Decision, now_ms: int) -> None:
        for char, pressed_ms in self._held[: decision.replayed]:
            self.window += char
            self.longest_wait_ms = max(self.longest_wait_ms, now_ms - pressed_ms)
        del self._held[: decision.replayed]
        del self._held[: len(self._held) - self.decoder.held]
        if decision.scan is not None:
            self.scans.append(decision.scan)

    @property
    def scanned(self) -> list[str]:
        return [scan.text for scan in self.scans]


@pytest.mark.parametrize("every_ms", [0, 1, 3, 5, 12, 35])
@pytest.mark.parametrize("suffix", ["\r", "\n", "\t", ""])
def test_a_scan_at_any_pace_is_one_scan_and_no_typing(every_ms: int, suffix: str) -> None:
    counter = Counter()

    counter.type(PRODUCT + suffix, every_ms=every_ms)
    counter.wait()

    assert counter.scanned == [PRODUCT]
    assert counter.window == ""


def test_ten_scans_in_a_second_are_ten_scans() -> None:
    counter = Counter()
    codes = [f"84{number:011d}" for number in range(10)]

    for code in codes:
        counter.key(code[0], after_ms=100 - 14 * 4)
        counter.type(code[1:] + "\r", every_ms=4)

    assert counter.scanned == codes
    assert counter.window == ""


@given(
    text=st.text("abcñ123 .-\r\t\x08", max_size=30),
    gaps=st.lists(st.integers(60, 400), min_size=30, max_size=30),
)
def test_typing_reaches_the_window_unchanged_and_soon(text: str, gaps: list[int]) -> None:
    counter = Counter()

    for char, gap in zip(text, gaps, strict=False):
        counter.key(char, after_ms=gap)
    counter.wait()

    assert counter.window == text
    assert counter.scans == []
    assert counter.longest_wait_ms <= 50


@given(text=st.text("abc123\r", max_size=5), every_ms=st.integers(5, 44))
def test_a_few_keys_at_once_are_typing(text: str, every_ms: int) -> None:
    counter = Counter()

    counter.type(text, every_ms=every_ms)
    counter.wait()

    assert counter.window == text
    assert counter.scans == []


@given(keys=st.lists(st.tuples(st.text("0a\r", min_size=1, max_size=1), st.integers(0, 90))))
def test_no_key_is_ever_lost_or_doubled(keys: list[tuple[str, int]]) -> None:
    counter = Counter()

    for char, gap in keys:
        counter.key(char, after_ms=gap)
    counter.wait()

    typed = "".join(char for char, _ in keys)
    assert len(counter.window) + sum(map(len, counter.scanned)) <= len(typed)
    assert len(counter.window) + sum(len(text) + 1 for text in counter.scanned) >= len(typed)


def test_a_person_who_types_before_a_scan_loses_nothing() -> None:
    counter = Counter()

    counter.key("3", after_ms=200)
    counter.key("*", after_ms=150)
    counter.key(PRODUCT[0], after_ms=30)
    counter.type(PRODUCT[1:] + "\r", every_ms=4)

    assert counter.window == "3*"
    assert counter.scanned == [PRODUCT]


@given(gaps=st.lists(st.integers(0, 44), min_size=13, max_size=13))
def test_a_scan_is_whole_however_unevenly_its_keys_come(gaps: list[int]) -> None:
    counter = Counter()

    for char, gap in zip(PRODUCT, gaps, strict=True):
        counter.key(char, after_ms=gap)
    counter.key("\r", after_ms=4)

    assert counter.scanned == [PRODUCT]
    assert counter.window == ""


@pytest.mark.parametrize("pause_ms", [45, 60, 100, 149])
@pytest.mark.parametrize("before", range(4, len(PRODUCT) + 1))
def test_a_pause_within_a_scan_does_not_cut_it(before: int, pause_ms: int) -> None:
    counter = Counter()

    counter.type(PRODUCT[:before], every_ms=4)
    counter.key((PRODUCT + "\r")[before], after_ms=pause_ms)
    counter.type((PRODUCT + "\r")[before + 1 :], every_ms=4)

    assert counter.scanned == [PRODUCT]
    assert counter.window == ""


@pytest.mark.parametrize("early", [1, 2, 3])
def test_a_scan_is_whole_though_the_window_system_brings_its_keys_late(early: int) -> None:
    counter = Counter()

    counter.type(PRODUCT[:early], every_ms=5)
    counter.wait()
    counter.now_ms -= counter.decoder.silence_ms - 5
    counter.type(PRODUCT[early:] + "\r", every_ms=5)

    assert counter.scanned == [PRODUCT]
    assert counter.window == PRODUCT[:early]


def test_what_a_person_typed_before_a_scan_is_not_made_part_of_it() -> None:
    counter = Counter()

    counter.type("54", every_ms=10)
    counter.wait()
    counter.type("49000039231\r", every_ms=5)

    assert counter.scanned == ["49000039231"]


@given(
    text=st.text("abc123\r", min_size=5, max_size=20),
    gaps=st.lists(st.integers(45, 400), min_size=20, max_size=20),
)
def test_typing_on_after_a_few_quick_keys_stays_typing(text: str, gaps: list[int]) -> None:
    counter = Counter()

    counter.type(text[:4], every_ms=30)
    for char, gap in zip(text[4:], gaps, strict=False):
        counter.key(char, after_ms=gap)
    counter.wait()

    assert counter.window == text
    assert counter.scans == []


def test_a_code_of_the_house_keeps_its_first_character() -> None:
    counter = Counter()

    counter.key("M", after_ms=200)
    counter.key("R", after_ms=40)
    counter.type(":FUEN:2-004318\r", every_ms=4)

    assert counter.scanned == ["MR:FUEN:2-004318"]


def test_an_aim_identifier_is_split_off() -> None:
    counter = Counter()

    counter.type("]C10109501101530003\x1d10AB\r", every_ms=4)

    assert counter.scans[0].aim_id == "]C1"
    assert counter.scanned == ["0109501101530003\x1d10AB"]


def test_keys_without_a_character_are_the_windows() -> None:
    counter = Counter()

    assert counter.decoder.feed("", 100) == Decision()
    counter.type("ab", every_ms=20)
    assert counter.decoder.feed("", counter.now_ms + 5) == Decision(replayed=2)


def test_a_scan_ends_at_a_key_without_a_character() -> None:
    counter = Counter()
    counter.type(PRODUCT, every_ms=4)

    decision = counter.decoder.feed("", counter.now_ms + 4)

    assert decision.scan is not None
    assert decision.scan.text == PRODUCT
    assert not decision.is_held


def test_control_characters_of_a_label_stay_in_the_scan() -> None:
    counter = Counter()

    counter.type("54490\x0800039231\x1b\r", every_ms=4)

    assert counter.scanned == ["54490\x0800039231\x1b"]


def test_a_code_of_any_length_is_swallowed_whole() -> None:
    counter = Counter()

    counter.type("7" * 10_000 + "\r", every_ms=1)

    assert counter.window == ""
    assert counter.scanned == ["7" * 4096]


def test_with_a_prefix_typing_is_never_held() -> None:
    counter = Counter(WedgeDecoder(WedgeSettings(prefix="\x02")))

    counter.type("abcdefgh\r", every_ms=10)

    assert counter.window == "abcdefgh\r"
    assert counter.longest_wait_ms == 0
    assert counter.scans == []


def test_with_a_prefix_the_shortest_code_is_a_scan() -> None:
    counter = Counter(WedgeDecoder(WedgeSettings(prefix="~")))

    counter.type("12~4\r", every_ms=5)
    counter.type("~5449", every_ms=5)
    counter.type("~96385074\t", every_ms=5)

    assert counter.window == "12"
    assert counter.scanned == ["4", "5449", "96385074"]


def test_a_prefix_alone_is_typing() -> None:
    counter = Counter(WedgeDecoder(WedgeSettings(prefix="~")))

    counter.key("~", after_ms=5)
    counter.wait()

    assert counter.window == "~"


def test_a_tick_too_early_decides_nothing() -> None:
    counter = Counter()
    counter.type("ab", every_ms=5)

    assert counter.decoder.tick(counter.now_ms + 10) == Decision()
    assert counter.decoder.held == 2
