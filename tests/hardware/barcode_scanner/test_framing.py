"""Codes arrive over a serial line in pieces, and sometimes broken."""

from __future__ import annotations

import logging
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.barcode_scanner.aim import split_aim_id
from hardware.barcode_scanner.backoff import Backoff
from hardware.barcode_scanner.framing import FrameSplitter

codes = st.lists(st.binary(min_size=1, max_size=20).filter(lambda code: not set(code) & {10, 13}))


@given(
    codes=codes,
    terminator=st.sampled_from([b"\r", b"\n", b"\r\n"]),
    cuts=st.lists(st.integers(0, 400)),
)
def test_codes_survive_any_cut(codes: list[bytes], terminator: bytes, cuts: list[int]) -> None:
    stream = b"".join(code + terminator for code in codes)
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    splitter = FrameSplitter()

    frames = [
        frame for start, end in pairwise(edges) for frame in splitter.feed(stream[start:end], 1)
    ]

    assert frames == codes


def test_a_code_that_never_ends_is_dropped_and_said_so(caplog: pytest.LogCaptureFixture) -> None:
    splitter = FrameSplitter(max_frame=10)

    with caplog.at_level(logging.WARNING):
        frames = splitter.feed(b"A" * 50 + b"\r96385074\r", 1)

    assert frames == [b"96385074"]
    assert "longer than 10 bytes" in caplog.text


def test_half_a_code_is_not_glued_to_the_next(caplog: pytest.LogCaptureFixture) -> None:
    splitter = FrameSplitter(stale_ms=1000)
    splitter.feed(b"5449", 1)

    with caplog.at_level(logging.WARNING):
        frames = splitter.feed(b"96385074\r", 1500)

    assert frames == [b"96385074"]
    assert "4 bytes dropped" in caplog.text


def test_only_the_configured_bytes_end_a_code() -> None:
    assert FrameSplitter(terminators=b"\x03").feed(b"A\rB\x03", 1) == [b"A\rB"]


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("]C10109501101530003", ("]C1", "0109501101530003")),
        ("]E05449000039231", ("]E0", "5449000039231")),
        ("5449000039231", (None, "5449000039231")),
        ("]", (None, "]")),
        ("]ñ1x", (None, "]ñ1x")),
    ],
)
def test_the_aim_identifier_is_split_off(text: str, split: tuple[str | None, str]) -> None:
    assert split_aim_id(text) == split


def test_waits_double_up_to_the_longest_and_start_again() -> None:
    backoff = Backoff(first_s=1, longest_s=5)

    assert [backoff.next_s() for _ in range(5)] == [1, 2, 4, 5, 5]
    backoff.reset()
    assert backoff.next_s() == 1
