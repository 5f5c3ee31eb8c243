"""Bytes over TCP arrive, or it is said that they did not."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from hardware.errors import DeviceBusy, DeviceUnreachable
from hardware.transport.tcp import TcpTransport


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def connected(listener: socket.socket, deadline_s: float = 20.0) -> TcpTransport:
    return TcpTransport(
        "127.0.0.1", listener.getsockname()[1], timeout_s=0.2, deadline_s=deadline_s
    )


def test_both_sides_hear_each_other(listener: socket.socket) -> None:
    line = connected(listener)
    device, _ = listener.accept()

    with device:
        line.write(b"hello")
        device.sendall(b"\x12\x16")

        assert device.recv(16) == b"hello"
        assert line.read(1, 1.0) == b"\x12"
        assert line.read(16, 1.0) == b"\x16"
        line.close()
        assert device.recv(16) == b""


def test_silence_reads_as_nothing(listener: socket.socket) -> None:
    line = connected(listener)

    assert line.read(1, 0.01) == b""

    line.close()


def test_a_device_that_hangs_up_is_noticed(listener: socket.socket) -> None:
    line = connected(listener)
    listener.accept()[0].close()

    with pytest.raises(ConnectionResetError):
        line.read(1, 1.0)

    line.close()


def test_a_device_that_takes_no_more_bytes_is_given_up(listener: socket.socket) -> None:
    line = connected(listener)

    with pytest.raises(TimeoutError):
        line.write(bytes(50_000_000))

    line.close()


def test_a_write_has_a_deadline_however_steadily_bytes_trickle(listener: socket.socket) -> None:
    line = connected(listener, deadline_s=0.0)

    with pytest.raises(TimeoutError, match="took 0 of 3 bytes"):
        line.write(b"abc")

    line.close()


def test_a_port_where_nobody_listens_is_busy(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    listener.close()

    with pytest.raises(DeviceBusy):
        TcpTransport("127.0.0.1", port)


def test_a_name_that_does_not_exist_is_unreachable() -> None:
    with pytest.raises(DeviceUnreachable):
        TcpTransport("printer.invalid", timeout_s=0.2)
