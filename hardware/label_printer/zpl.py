"""What is said to and by a label printer in ZPL II: a picture, a question, its answer.

Source: Zebra, Programming Guide for ZPL II: ``^XA``/``^XZ`` (format), ``^PW``, ``^LL``, ``^LH``,
``^FO``, ``^GF`` (graphic field, ASCII hexadecimal), ``^PQ`` (quantity), ``~HS`` (host status).
"""

from __future__ import annotations

from dataclasses import dataclass

from hardware.receipt_printer.document import Image
from hardware.receipt_printer.port import Paper, PrinterStatus

ASK_STATUS = b"~HS"
STX, ETX = b"\x02", b"\x03"
STATUS_STRINGS = 3
_FIRST, _SECOND = 12, 11  # fields of the first two strings


@dataclass(frozen=True, slots=True)
class HostStatus:
    """What ``~HS`` says that matters here; `formats` and `labels` wait to be printed."""

    is_out_of_labels: bool = False
    is_paused: bool = False
    has_part_of_a_format: bool = False
    is_too_cold: bool = False
    is_too_hot: bool = False
    is_head_open: bool = False
    is_ribbon_out: bool = False
    formats: int = 0
    labels: int = 0

    @property
    def is_idle(self) -> bool:
        """True when nothing that was sent is still to be printed."""
        return not (self.formats or self.labels or self.has_part_of_a_format)

    def as_printer_status(self) -> PrinterStatus:
        """Return it as of any printer; a pause is offline, a missing ribbon an error."""
        return PrinterStatus(
            is_online=not self.is_paused,
            paper=Paper.OUT if self.is_out_of_labels else Paper.OK,
            is_cover_open=self.is_head_open,
            has_cutter_error=False,
            has_unrecoverable_error=self.is_ribbon_out or self.is_too_cold or self.is_too_hot,
        )


def label_format(picture: Image) -> bytes:
    """Return the format that prints a picture once, its top left dot in the label's corner."""
    row, size = picture.width // 8, len(picture.bits)
    head = f"^XA^PW{picture.width}^LL{picture.height}^LH0,0^FO0,0^GFA,{size},{size},{row},"
    return head.encode("ascii") + picture.bits.hex().upper().encode("ascii") + b"^FS^PQ1^XZ"


def is_whole(answer: bytes) -> bool:
    """True when all three strings of a ``~HS`` answer are there."""
    return answer.count(ETX) >= STATUS_STRINGS


def read_status(answer: bytes) -> HostStatus | None:
    """Return what the printer answered to ``~HS``; None when it is no such answer."""
    strings = [part.partition(STX)[2] for part in answer.split(ETX)[:STATUS_STRINGS]]
    fields = [string.decode("ascii", "replace").split(",") for string in strings]
    if len(fields) < 2 or len(fields[0]) < _FIRST or len(fields[1]) < _SECOND:
        return None
    first, second = fields[0], fields[1]
    try:
        return HostStatus(
            is_out_of_labels=_flag(first[1]),
            is_paused=_flag(first[2]),
            formats=int(first[4]),
            has_part_of_a_format=_flag(first[7]),
            is_too_cold=_flag(first[10]),
            is_too_hot=_flag(first[11]),
            is_head_open=_flag(second[2]),
            is_ribbon_out=_flag(second[3]),
            labels=int(second[8]),
        )
    except ValueError:
        return None


def status_answer(status: HostStatus, *, label_length: int = 0) -> bytes:
    """Return the answer to ``~HS`` of a printer that is so; `label_length` is dots."""

    def bit(value: bool) -> str:
        return "1" if value else "0"

    first = (
        "030", bit(status.is_out_of_labels), bit(status.is_paused), f"{label_length:04d}",
        f"{status.formats:03d}", "0", "0", bit(status.has_part_of_a_format), "000", "0",
        bit(status.is_too_cold), bit(status.is_too_hot),
    )  # fmt: skip
    second = (
        "000", "0", bit(status.is_head_open), bit(status.is_ribbon_out), "0", "2", "6", "0",
        f"{status.labels:08d}", "1", "000",
    )  # fmt: skip
    strings = (",".join(first), ",".join(second), "0000,0")
    return b"".join(STX + string.encode("ascii") + ETX + b"\r\n" for string in strings)


def _flag(field: str) -> bool:
    return int(field) != 0
