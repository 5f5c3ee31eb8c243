"""What differs between printer models."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Confirmation(Enum):
    """How a model can say that a job is on paper."""

    PROCESS_ID = "process id"
    """GS ( H: answered when everything before it is printed."""
    PAPER_SENSOR = "paper sensor"
    """GS r 1: answered in turn, so everything before it was at least interpreted."""
    NONE = "none"
    """The model never answers; a job can only be sent."""


class CodePage(Enum):
    """Pages a receipt may use: number of ESC t and name in python-escpos and Python."""

    CP858 = 19
    CP1252 = 16
    CP850 = 2
    CP437 = 0

    @property
    def codec(self) -> str:
        """Name of the Python codec."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """One kind of printer.

    Attributes:
        name: For settings and logs.
        columns: Characters of font A across the paper.
        dots: Width of the print head.
        code_page: Set after every reset and never left during a job.
        confirmation: How the end of a job is known.
        has_status: Whether DLE EOT is answered.
        has_cutter: Otherwise a cut only feeds far enough to tear.
    """

    name: str
    columns: int
    dots: int
    code_page: CodePage = CodePage.CP858
    confirmation: Confirmation = Confirmation.PROCESS_ID
    has_status: bool = True
    has_cutter: bool = True


PROFILES = {
    profile.name: profile
    for profile in (
        PrinterProfile("epson-80mm", 48, 576),
        PrinterProfile("epson-80mm-42", 42, 512),
        PrinterProfile("epson-58mm", 32, 384),
        PrinterProfile("generic-80mm", 48, 576, confirmation=Confirmation.PAPER_SENSOR),
        PrinterProfile(
            "generic-58mm", 32, 384, confirmation=Confirmation.PAPER_SENSOR, has_cutter=False
        ),
        PrinterProfile(
            "write-only-80mm", 48, 576, confirmation=Confirmation.NONE, has_status=False
        ),
        PrinterProfile(
            "write-only-58mm", 32, 384, confirmation=Confirmation.NONE, has_status=False
        ),
    )
}
