"""Bytes over a serial line, here a pseudo terminal."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.errors import DeviceBusy, DeviceUnreachable
from hardware.transport.serial import SerialTransport


@pytest.fixture
def pseudo_terminal() -> Iterator[tuple[int, str]]:
    master, slave = os.openpty()
    tty.setraw(slave)
    yield master, os.ttyname(slave)
    os.close(master)
    os.close(slave)


def test_both_sides_hear_each_other(pseudo_terminal: tuple[int, str]) -> None:
    master, name = pseudo_terminal
    line = SerialTransport(name)

    line.write(b"\x10\x04\x01")
    os.write(master, b"\x12\x16\x1a")

    assert os.read(master, 16) == b"\x10\x04\x01"
    assert line.read(1, 1.0) == b"\x12"
    assert line.read(1, 1.0) + line.read(8, 1.0) == b"\x16\x1a"
    line.close()


def test_silence_reads_as_nothing(pseudo_terminal: tuple[int, str]) -> None:
    line = SerialTransport(pseudo_terminal[1])

    assert line.read(1, 0.01) == b""

    line.close()


def test_a_device_that_takes_no_more_bytes_is_given_up(pseudo_terminal: tuple[int, str]) -> None:
    line = SerialTransport(pseudo_terminal[1], deadline_s=0.1)

    with pytest.raises(TimeoutError):
        line.write(bytes(1_000_000))

    line.close()


def test_a_port_in_use_is_busy(pseudo_terminal: tuple[int, str]) -> None:
    line = SerialTransport(pseudo_terminal[1])

    with pytest.raises(DeviceBusy):
        SerialTransport(pseudo_terminal[1])

    line.close()


def test_a_port_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(DeviceUnreachable):
        SerialTransport(str(tmp_path / "ttyUSB9"))
