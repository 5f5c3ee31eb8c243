"""The label printer as the till sees it: it prints pictures, dot by dot as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from hardware.receipt_printer.document import Image
from hardware.receipt_printer.port import PrinterStatus, PrintOutcome


@dataclass(frozen=True, slots=True)
class LabelPaper:
    """What labels are printed on, in dots; `height` 0 is a roll that is cut where one ends."""

    width: int
    height: int = 0


class LabelPrinter(Protocol):
    """Prints labels. Every call blocks for seconds at worst: call it off the window's thread.

    A printer serves one call at a time; calls from several threads wait for each other.
    """

    @property
    def paper(self) -> LabelPaper:
        """How large a label is; draw it for that."""

    def print(self, picture: Image) -> PrintOutcome:
        """Print one label and wait until the printer says that it is done.

        Nothing is printed twice by one call, and nothing is tried again.

        Raises:
            DeviceUnreachable: Nothing printable was sent; try again as you like.
            DeviceBusy: Another program holds the printer; nothing was sent.
            DeviceRefused: The printer said beforehand why it cannot print; nothing was sent.
            OutcomeUnknown: Some of the label was sent and nobody knows whether it came out:
                another one needs a print number of its own.
        """

    def status(self) -> PrinterStatus:
        """Ask the printer how it is. A mute printer gives a status that knows nothing.

        Raises:
            DeviceUnreachable: No connection to the printer.
            DeviceBusy: Another program holds the printer.
        """
