"""The line to the emulated printer and what can happen to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Emulated(Protocol):
    """A printer at the other end of a line, whatever it prints."""

    def receive(self, data: bytes) -> None:
        """Take bytes from the host."""

    def take_replies(self, size: int = 4096) -> bytes:
        """Return what the printer has to say, at most `size` bytes of it."""

    def host_hung_up(self) -> None:
        """Forget what only this connection knew."""


@dataclass(slots=True)
class LinkFaults:
    """Levers of the line; change them while it runs.

    Attributes:
        drop_after_bytes: The line breaks once so many more bytes came through.
        bytes_per_s: The printer takes no more than this; None is at once.
            A served printer heeds it, an in-process one has no time.
    """

    drop_after_bytes: int | None = None
    bytes_per_s: float | None = None


class LineBroke(ConnectionResetError):
    """The line to the printer broke, as a lever asked."""


class Link:
    """Hands bytes to the printer and breaks when its levers say so."""

    def __init__(self, printer: Emulated, faults: LinkFaults) -> None:
        self.printer = printer
        self.faults = faults

    def carry(self, data: bytes) -> None:
        """Bring `data` to the printer.

        Raises:
            LineBroke: It arrived in part or not at all.
        """
        limit = self.faults.drop_after_bytes
        if limit is None or len(data) < limit:
            self.printer.receive(data)
            if limit is not None:
                self.faults.drop_after_bytes = limit - len(data)
            return
        self.faults.drop_after_bytes = None
        self.printer.receive(data[:limit])
        self.printer.host_hung_up()
        raise LineBroke(f"dropped after {limit} bytes")
