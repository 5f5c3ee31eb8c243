"""Bytes to a USB printer, played by a fake of the pyusb device (no USB can be plugged in here)."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import usb.core
import usb.util

from hardware.errors import DeviceBusy, DeviceUnreachable
from hardware.transport.usb import UsbTransport


@dataclass
class FakeEndpoint:
    bEndpointAddress: int  # noqa: N815 - the names of pyusb
    wMaxPacketSize: int = 64  # noqa: N815
    most_per_write: int = 64
    written: bytes = b""
    answers: list[bytes] = field(default_factory=list)

    def write(self, data: bytes, timeout: int) -> int:
        self.written += data[: self.most_per_write]
        return min(len(data), self.most_per_write)

    def read(self, size: int, timeout: int) -> bytes:
        if not self.answers:
            raise usb.core.USBTimeoutError("timed out")
        return self.answers.pop(0)


@dataclass
class FakeInterface:
    endpoints: list[FakeEndpoint]
    bInterfaceClass: int = 7  # noqa: N815
    bInterfaceNumber: int = 0  # noqa: N815

    def __iter__(self) -> Iterator[FakeEndpoint]:
        return iter(self.endpoints)


@dataclass
class FakeDevice:
    interfaces: list[FakeInterface]
    serial_number: str = "A1"
    is_detached: bool = False

    def __iter__(self) -> Iterator[list[FakeInterface]]:
        return iter([self.interfaces])

    def is_kernel_driver_active(self, number: int) -> bool:
        return not self.is_detached

    def detach_kernel_driver(self, number: int) -> None:
        self.is_detached = True


def plug_in(monkeypatch: pytest.MonkeyPatch, *devices: FakeDevice) -> None:
    monkeypatch.setattr(usb.core, "find", lambda **_: iter(devices))
    monkeypatch.setattr(usb.util, "claim_interface", lambda device, number: None)
    monkeypatch.setattr(usb.util, "dispose_resources", lambda device: None)


def test_a_job_goes_out_and_answers_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    out, back = FakeEndpoint(0x02), FakeEndpoint(0x81, answers=[b"\x12"])
    other = FakeInterface([FakeEndpoint(0x01)], bInterfaceClass=3)
    device = FakeDevice([other, FakeInterface([out, back])])
    plug_in(monkeypatch, device)

    line = UsbTransport(0x04B8, 0x0202)
    line.write(bytes(200))

    assert out.written == bytes(200)
    assert line.read(1, 0.1) == b"\x12"
    assert line.read(1, 0.1) == b""
    assert device.is_detached
    line.close()


def test_two_equal_printers_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = FakeEndpoint(0x02), FakeEndpoint(0x02)
    plug_in(
        monkeypatch,
        FakeDevice([FakeInterface([first])], "A1"),
        FakeDevice([FakeInterface([second])], "B2"),
    )

    line = UsbTransport(0x04B8, 0x0202, serial_number="B2")
    line.write(b"x")

    assert (first.written, second.written) == (b"", b"x")
    assert line.read(1, 0.1) == b""  # it has no way back


def test_a_printer_in_use_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(device: FakeDevice, number: int) -> None:
        raise usb.core.USBError("busy", errno=errno.EBUSY)

    plug_in(monkeypatch, FakeDevice([FakeInterface([FakeEndpoint(0x02)])]))
    monkeypatch.setattr(usb.util, "claim_interface", refuse)

    with pytest.raises(DeviceBusy):
        UsbTransport(0x04B8, 0x0202)


@pytest.mark.parametrize(
    "device", [FakeDevice([]), FakeDevice([FakeInterface([FakeEndpoint(0x81)])])]
)
def test_what_takes_no_data_is_no_printer(
    monkeypatch: pytest.MonkeyPatch, device: FakeDevice
) -> None:
    plug_in(monkeypatch, device)

    with pytest.raises(DeviceUnreachable):
        UsbTransport(0x04B8, 0x0202)
