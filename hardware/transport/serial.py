"""Bytes over a serial line, real or made by a USB adapter."""

from __future__ import annotations

import errno
import time

import serial

from hardware.errors import DeviceBusy, DeviceUnreachable


class SerialTransport:
    """One open serial port.

    Args:
        device: ``/dev/ttyUSB0``, ``/dev/serial/by-id/…``, ``COM3``.
        baud_rate: As set on the device.
        deadline_s: Longest time one `write` may take.
        is_hardware_paced: Whether the device holds bytes back with DTR/DSR, as
            Epson printers do by default.

    Raises:
        DeviceUnreachable: There is no such port.
        DeviceBusy: Another program holds it.
    """

    def __init__(
        self,
        device: str,
        *,
        baud_rate: int = 38_400,
        deadline_s: float = 20.0,
        is_hardware_paced: bool = False,
    ) -> None:
        try:
            self._port = serial.Serial(
                device,
                baud_rate,
                timeout=0,
                write_timeout=deadline_s,
                dsrdtr=is_hardware_paced,
                exclusive=True,
            )
        except serial.SerialException as error:
            if error.errno in (errno.EBUSY, errno.EAGAIN, errno.EACCES):
                raise DeviceBusy(f"{device} is in use or not permitted: {error}") from error
            raise DeviceUnreachable(f"{device} cannot be opened: {error}") from error

    def write(self, data: bytes) -> None:
        try:
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise TimeoutError(str(error)) from error

    def read(self, size: int, timeout_s: float) -> bytes:
        deadline = time.monotonic() + timeout_s
        self._port.timeout = timeout_s
        first = bytes(self._port.read(1))
        if first and size > 1 and time.monotonic() < deadline:
            first += bytes(self._port.read(min(size - 1, self._port.in_waiting)))
        return first

    def close(self) -> None:
        self._port.close()
