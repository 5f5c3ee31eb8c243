"""A label printer that speaks ZPL II, over TCP port 9100 (or any other transport).

It has no word for "this label is on paper". What comes nearest: after the label it says that
nothing waits any more and that nothing is wrong; that is asked until it is so.

Source: Zebra, Programming Guide for ZPL II, ``~HS``. Some models answer nothing at all while
they are out of labels or open.
Tried on: nothing yet (see the device table in hardware/README.md).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hardware.errors import DeviceRefused, DeviceUnreachable, OutcomeUnknown
from hardware.label_printer.port import LabelPaper
from hardware.label_printer.zpl import (
    ASK_STATUS,
    HostStatus,
    is_whole,
    label_format,
    read_status,
)
from hardware.receipt_printer.document import Image
from hardware.receipt_printer.port import PrinterStatus, PrintOutcome
from hardware.transport.base import Connect, Transport

STATUS_TIMEOUT_S = 1.5
ASK_EVERY_S = 0.1


class ZplPrinter:
    """Prints by opening the line for each label and closing it again.

    Args:
        connect: Opens the line.
        paper: How large its labels are.
        has_status: False for a model that never answers ``~HS``; a label is then only sent.
        finish_timeout_s: Longest wait for "nothing waits" after the last byte.
        pause: Waits so many seconds between two questions.
    """

    def __init__(
        self,
        connect: Connect,
        paper: LabelPaper,
        *,
        has_status: bool = True,
        finish_timeout_s: float = 10.0,
        status_timeout_s: float = STATUS_TIMEOUT_S,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._connect = connect
        self._paper = paper
        self._has_status = has_status
        self._finish_timeout_s = finish_timeout_s
        self._status_timeout_s = status_timeout_s
        self._pause = pause
        self._lock = threading.Lock()

    @property
    def paper(self) -> LabelPaper:
        return self._paper

    def print(self, picture: Image) -> PrintOutcome:
        job = label_format(picture)
        with self._line() as line:
            if self._has_status:
                self._refuse_if_hindered(line)
            try:
                line.write(job)
                return self._wait(line) if self._has_status else PrintOutcome.SENT
            except OSError as error:
                raise OutcomeUnknown(f"The line to the label printer failed: {error}") from error

    def status(self) -> PrinterStatus:
        if not self._has_status:
            return PrinterStatus()
        with self._line() as line:
            try:
                status = self._ask(line)
            except OSError as error:
                raise DeviceUnreachable(f"The label printer hung up: {error}") from error
        return PrinterStatus() if status is None else status.as_printer_status()

    @contextmanager
    def _line(self) -> Iterator[Transport]:
        with self._lock:
            line = self._connect()
            try:
                yield line
            finally:
                line.close()

    def _refuse_if_hindered(self, line: Transport) -> None:
        try:
            status = self._ask(line)
        except OSError as error:
            raise DeviceUnreachable(f"The label printer hung up: {error}") from error
        if status is None:
            raise DeviceUnreachable("The label printer does not answer; it may be out of labels.")
        hindrance = status.as_printer_status().hindrance
        if hindrance or not status.is_idle:
            why = hindrance or "another label waits in it"
            raise DeviceRefused(f"The label printer cannot print: {why}.")

    def _wait(self, line: Transport) -> PrintOutcome:
        """Ask until nothing waits any more."""
        deadline = time.monotonic() + self._finish_timeout_s
        while time.monotonic() < deadline:
            status = self._ask(line)
            if status is None:
                break
            hindrance = status.as_printer_status().hindrance
            if hindrance:
                raise OutcomeUnknown(f"The label printer stopped: {hindrance}.")
            if status.is_idle:
                return PrintOutcome.CONFIRMED
            self._pause(ASK_EVERY_S)
        raise OutcomeUnknown("The label printer did not say that it is done.")

    def _ask(self, line: Transport) -> HostStatus | None:
        """Return what the printer says of itself; None when it says nothing in time."""
        line.write(ASK_STATUS)
        deadline = time.monotonic() + self._status_timeout_s
        answer = b""
        while not is_whole(answer) and (left_s := deadline - time.monotonic()) > 0:
            answer += line.read(256, left_s)
        return read_status(answer)
