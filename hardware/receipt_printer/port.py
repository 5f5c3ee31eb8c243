"""The receipt printer as the till sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from hardware.receipt_printer.document import Document


class PrintOutcome(Enum):
    """How a job ended that was handed over completely."""

    CONFIRMED = "confirmed"
    """The printer said that it has printed the job to its end."""
    SENT = "sent"
    """All bytes were taken; this printer cannot say more. Perhaps printed."""


class Paper(Enum):
    """What the paper sensors say."""

    OK = "ok"
    NEAR_END = "near end"
    OUT = "out"
    UNKNOWN = "unknown"


class DrawerPin(Enum):
    """Pin of the drawer connector: 2 drives the first drawer, 5 the second."""

    PIN_2 = 2
    PIN_5 = 5


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What the printer answered; None and UNKNOWN mean that it did not say, never "fine"."""

    is_online: bool | None = None
    paper: Paper = Paper.UNKNOWN
    is_cover_open: bool | None = None
    has_cutter_error: bool | None = None
    has_unrecoverable_error: bool | None = None
    is_drawer_pin_high: bool | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the printer itself said everything that is needed to print."""
        return (
            self.is_online is True
            and self.paper in (Paper.OK, Paper.NEAR_END)
            and self.is_cover_open is False
            and self.has_cutter_error is False
            and self.has_unrecoverable_error is False
        )

    @property
    def hindrance(self) -> str | None:
        """What the printer said stands in the way of printing, in words for the log."""
        if self.paper is Paper.OUT:
            return "out of paper"
        if self.is_cover_open:
            return "cover open"
        if self.has_cutter_error:
            return "cutter jammed"
        if self.has_unrecoverable_error:
            return "printer error"
        if self.is_online is False:
            return "offline"
        return None


class ReceiptPrinter(Protocol):
    """Prints documents. Every call blocks for seconds at worst: call it off the window's thread.

    A printer serves one call at a time; calls from several threads wait for each other.
    """

    @property
    def columns(self) -> int:
        """Characters of normal text across the paper; lay documents out for it."""

    def print(self, document: Document) -> PrintOutcome:
        """Print `document` and wait until the printer says that it is done.

        Nothing is printed twice by one call, and nothing is tried again.

        Raises:
            DeviceUnreachable: Nothing printable was sent; try again as you like.
            DeviceBusy: Another program holds the printer; nothing was sent.
            DeviceRefused: The printer said beforehand why it cannot print (see
                `PrinterStatus.hindrance`); nothing printable was sent.
            OutcomeUnknown: Some of the job was sent and no confirmation came.
                Perhaps printed, wholly or partly: a further copy must be marked.
        """

    def status(self) -> PrinterStatus:
        """Ask the printer how it is. A mute printer gives a status that knows nothing.

        Raises:
            DeviceUnreachable: No connection to the printer.
            DeviceBusy: Another program holds the printer.
        """

    def kick_drawer(self, pin: DrawerPin = DrawerPin.PIN_2) -> None:
        """Pulse the drawer connector. That a drawer opened cannot be known from this.

        Raises:
            DeviceUnreachable: Nothing was sent.
            DeviceBusy: Another program holds the printer; nothing was sent.
            OutcomeUnknown: The pulse was sent, perhaps in part.
        """
