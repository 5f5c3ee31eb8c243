"""An emulated label printer: ZPL in, answers and labels out, no sockets and no clock."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass

from hardware.label_printer.zpl import ASK_STATUS, HostStatus, status_answer
from hardware.receipt_printer.document import Image

_FORMAT = re.compile(rb"\^XA(.*?)\^XZ", re.DOTALL)
_GRAPHIC = re.compile(rb"\^FO0,0\^GFA,(\d+),(\d+),(\d+),([0-9A-F]*)\^FS")
_MOST_WAITING = 999


@dataclass(slots=True)
class LabelFaults:
    """Levers of the printer; change them while it runs.

    Attributes:
        labels_left: So many more labels come out before it is out of them; None: no end.
        is_head_open, is_paused, is_ribbon_out: It takes bytes, but prints nothing.
        answers_left: So many more questions are answered, then none; None: all.
    """

    labels_left: int | None = None
    is_head_open: bool = False
    is_paused: bool = False
    is_ribbon_out: bool = False
    answers_left: int | None = None


class EmulatedLabelPrinter:
    """Prints formats of one picture, which is all that our driver sends.

    A format that cannot be printed yet waits, and is printed by `resume` after things were put
    right, also when the host hung up since. Calls from several threads take turns.

    Attributes:
        faults: Levers, to be changed from any thread.
    """

    def __init__(self) -> None:
        self.faults = LabelFaults()
        self._lock = threading.RLock()
        self._received = b""
        self._waiting: list[Image] = []
        self._labels: list[Image] = []
        self._replies = bytearray()

    @property
    def labels(self) -> list[Image]:
        """What came out, oldest first."""
        with self._lock:
            return list(self._labels)

    def receive(self, data: bytes) -> None:
        """Take bytes from the host."""
        with self._lock:
            self._received += data
            while self._take_one():
                pass

    def take_replies(self, size: int = 4096) -> bytes:
        """Return what the printer has to say, at most `size` bytes of it."""
        with self._lock:
            taken = bytes(self._replies[:size])
            del self._replies[: len(taken)]
            return taken

    def host_hung_up(self) -> None:
        """Forget what nobody reads any more, and a format that was cut short."""
        with self._lock:
            self._received = b""
            self._replies.clear()

    def resume(self) -> None:
        """Go on after labels were put in or the head was closed."""
        with self._lock:
            self._print_what_waits()

    def load_labels(self) -> None:
        """Put a roll in and go on."""
        self.faults.labels_left = None
        self.resume()

    @property
    def _status(self) -> HostStatus:
        faults = self.faults
        return HostStatus(
            is_out_of_labels=faults.labels_left == 0,
            is_paused=faults.is_paused,
            has_part_of_a_format=b"^XA" in self._received,
            is_head_open=faults.is_head_open,
            is_ribbon_out=faults.is_ribbon_out,
            formats=min(_MOST_WAITING, len(self._waiting)),
        )

    def _take_one(self) -> bool:
        """Carry out a question or a format; False when neither is there as a whole."""
        question = self._received.find(ASK_STATUS)
        found = _FORMAT.search(self._received)
        if question >= 0 and (found is None or question < found.start()):
            self._received = (
                self._received[:question] + self._received[question + len(ASK_STATUS) :]
            )
            self._answer()
            return True
        if found is None:
            return False
        self._received = self._received[found.end() :]
        picture = _picture(found[1])
        if picture is not None:
            self._waiting.append(picture)
        self._print_what_waits()
        return True

    def _answer(self) -> None:
        left = self.faults.answers_left
        if left == 0:
            return
        if left is not None:
            self.faults.answers_left = left - 1
        self._replies += status_answer(self._status)

    def _print_what_waits(self) -> None:
        faults = self.faults
        while self._waiting and not self._is_stopped:
            self._labels.append(self._waiting.pop(0))
            if faults.labels_left is not None:
                faults.labels_left -= 1

    @property
    def _is_stopped(self) -> bool:
        faults = self.faults
        is_held = faults.is_paused or faults.is_head_open or faults.is_ribbon_out
        return is_held or faults.labels_left == 0


def _picture(commands: bytes) -> Image | None:
    """Return the picture of a format; None when it holds another one than ours."""
    found = _GRAPHIC.search(commands)
    if found is None:
        return None
    sent, whole, row = (int(found[group]) for group in (1, 2, 3))
    bits = bytes.fromhex(found[4].decode("ascii"))
    if not row or not sent == whole == len(bits) or whole % row:
        return None
    return Image(row * 8, whole // row, bits)
