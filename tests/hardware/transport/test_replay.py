"""A recorded conversation can be played back, and must be had to its end."""

from __future__ import annotations

import pytest

from hardware.transport.record import RecordTransport
from hardware.transport.replay import Exchange, ReplayTransport, UnexpectedExchange

SCRIPT = (Exchange(b"\x10\x04\x01", b"\x12"), Exchange(b"job"), Exchange(b"\x1dr\x01", b"\0"))


def test_answers_come_in_turn_however_the_writes_are_cut() -> None:
    line = ReplayTransport(SCRIPT)

    line.write(b"\x10")
    line.write(b"\x04\x01j")
    assert line.read(8, 0.0) == b"\x12"
    line.write(b"ob\x1dr\x01")
    assert line.read(8, 0.0) == b"\0"

    line.close()


def test_a_wrong_byte_is_told_at_once() -> None:
    line = ReplayTransport(SCRIPT)

    with pytest.raises(UnexpectedExchange, match="10 04 01"):
        line.write(b"\x10\x04\x02")


def test_what_was_never_said_fails_the_test() -> None:
    line = ReplayTransport(SCRIPT)
    line.write(SCRIPT[0].sent)
    line.read(8, 0.0)

    with pytest.raises(UnexpectedExchange, match="left over"):
        line.close()


def test_an_answer_that_was_never_read_fails_the_test() -> None:
    line = ReplayTransport(SCRIPT[:1])
    line.write(SCRIPT[0].sent)

    with pytest.raises(UnexpectedExchange, match="never read"):
        line.close()


def test_a_recording_plays_back() -> None:
    recorder = RecordTransport(ReplayTransport(SCRIPT))
    recorder.write(b"\x10\x04\x01")
    recorder.read(8, 0.0)
    recorder.write(b"job\x1dr\x01")
    recorder.read(8, 0.0)
    recorder.close()

    assert recorder.exchanges == (
        Exchange(b"\x10\x04\x01", b"\x12"),
        Exchange(b"job\x1dr\x01", b"\0"),
    )
    assert RecordTransport(ReplayTransport(())).exchanges == ()
