"""The one road along which drivers exchange bytes with devices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Transport(Protocol):
    """An open connection to a device; one thread at a time.

    Failures are those of the connection and come as `OSError`. What they mean for
    the act under way only the driver knows.
    """

    def write(self, data: bytes) -> None:
        """Hand over all of `data`.

        Raises:
            OSError: Not everything was handed over; a part may have been.
            TimeoutError: The same, because the device stopped taking bytes.
        """

    def read(self, size: int, timeout_s: float) -> bytes:
        """Return up to `size` bytes as soon as some are there.

        Returns:
            At least one byte, or none if nothing arrived within `timeout_s`.

        Raises:
            OSError: The connection is gone.
        """

    def close(self) -> None:
        """Let go of the device; harmless when already done."""


Connect = Callable[[], Transport]
"""Opens a connection.

Raises `hardware.errors.DeviceUnreachable` or `DeviceBusy`; nothing was sent then.
"""
