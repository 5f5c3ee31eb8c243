"""A receipt printer that speaks ESC/POS, over any transport.

Source: Epson ESC/POS Command Reference for TM printers: DLE EOT n (real-time
status), GS ( H fn 48 (process id response), GS r (transmit status), ESC p (pulse).
Tried on: nothing yet (see the device table in hardware/README.md).
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from hardware.errors import DeviceRefused, DeviceUnreachable, OutcomeUnknown
from hardware.receipt_printer.document import Document
from hardware.receipt_printer.encoder import encode
from hardware.receipt_printer.port import (
    DrawerPin,
    Paper,
    PrinterStatus,
    PrintOutcome,
)
from hardware.receipt_printer.profile import Confirmation, PrinterProfile
from hardware.transport.base import Connect, Transport

STATUS_TIMEOUT_S = 1.5
PULSE_ON_MS = 50
PULSE_OFF_MS = 500
FIXED_BITS_MASK, FIXED_BITS = 0x93, 0x12  # of every DLE EOT reply
SENSOR_MASK = 0x90  # bits 4 and 7 of a GS r reply are 0


def random_process_id() -> bytes:
    """Return the four bytes by which a job is recognised: printable ASCII, as GS ( H wants."""
    return secrets.token_hex(2).encode("ascii")


class EscposPrinter:
    """Prints by opening the line for each job and closing it again.

    A printer that was unplugged, or is shared with another till, is so found
    again without any state kept here.

    Args:
        connect: Opens the line.
        profile: Kind of printer.
        finish_timeout_s: Longest wait for "done" after the last byte; printing
            itself takes about a second per 15 cm of paper.
        process_id: Makes the mark of a job.
    """

    def __init__(
        self,
        connect: Connect,
        profile: PrinterProfile,
        *,
        finish_timeout_s: float = 15.0,
        status_timeout_s: float = STATUS_TIMEOUT_S,
        process_id: Callable[[], bytes] = random_process_id,
    ) -> None:
        self._connect = connect
        self._profile = profile
        self._finish_timeout_s = finish_timeout_s
        self._status_timeout_s = status_timeout_s
        self._process_id = process_id
        self._lock = threading.Lock()

    @property
    def columns(self) -> int:
        return self._profile.columns

    def print(self, document: Document) -> PrintOutcome:
        job = encode(document, self._profile)
        with self._line() as line:
            if self._profile.has_status:
                self._refuse_if_hindered(line)
            try:
                return self._send_and_wait(line, job)
            except OSError as error:
                raise OutcomeUnknown(f"The line to the printer failed: {error}") from error

    def status(self) -> PrinterStatus:
        if not self._profile.has_status:
            return PrinterStatus()
        with self._line() as line:
            try:
                return self._read_status(line)
            except OSError as error:
                raise DeviceUnreachable(f"The printer hung up: {error}") from error

    def kick_drawer(self, pin: DrawerPin = DrawerPin.PIN_2) -> None:
        """Send ESC p m t1 t2: m 0 is pin 2, m 1 is pin 5; times in steps of 2 ms."""
        m = 0 if pin is DrawerPin.PIN_2 else 1
        pulse = bytes([0x1B, 0x70, m, PULSE_ON_MS // 2, PULSE_OFF_MS // 2])
        with self._line() as line:
            try:
                line.write(pulse)
            except OSError as error:
                raise OutcomeUnknown(f"The line to the printer failed: {error}") from error

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
            status = self._read_status(line)
        except OSError as error:
            raise DeviceUnreachable(f"The printer hung up: {error}") from error
        if status.hindrance:
            raise DeviceRefused(f"The printer cannot print: {status.hindrance}.")
        if status.is_online is None:
            raise DeviceUnreachable("The printer does not answer.")

    def _send_and_wait(self, line: Transport, job: bytes) -> PrintOutcome:
        match self._profile.confirmation:
            case Confirmation.PROCESS_ID:
                mark = self._process_id()
                line.write(job + b"\x1d(H\x06\x00\x30\x30" + mark)
                done = b"\x37\x22" + mark + b"\0"
                is_done = partial(_contains, done)
            case Confirmation.PAPER_SENSOR:
                line.write(job + b"\x1dr\x01")
                is_done = partial(_has_sensor_reply)
            case Confirmation.NONE:
                line.write(job)
                return PrintOutcome.SENT
        if self._hear(line, is_done):
            return PrintOutcome.CONFIRMED
        why = self._read_status(line).hindrance or "no answer"
        raise OutcomeUnknown(f"The printer did not confirm the job: {why}.")

    def _hear(self, line: Transport, is_done: Callable[[bytes], bool]) -> bool:
        deadline = time.monotonic() + self._finish_timeout_s
        heard = b""
        while (left_s := deadline - time.monotonic()) > 0:
            heard += line.read(64, left_s)
            if is_done(heard):
                return True
        return False

    def _read_status(self, line: Transport) -> PrinterStatus:
        """Ask DLE EOT 1 to 4; after a first silence nothing more is asked."""
        replies: list[int | None] = []
        for n in (1, 2, 3, 4):
            is_silent = bool(replies) and replies[-1] is None
            replies.append(None if is_silent else self._ask(line, n))
        return _status_of(*replies)

    def _ask(self, line: Transport, n: int) -> int | None:
        line.write(bytes([0x10, 0x04, n]))
        deadline = time.monotonic() + self._status_timeout_s
        while (left_s := deadline - time.monotonic()) > 0:
            for byte in line.read(1, left_s):
                if byte & FIXED_BITS_MASK == FIXED_BITS:
                    return byte
        return None


def _contains(mark: bytes, heard: bytes) -> bool:
    return mark in heard


def _has_sensor_reply(heard: bytes) -> bool:
    return any(byte & SENSOR_MASK == 0 for byte in heard)


def _status_of(
    printer: int | None, offline: int | None, error: int | None, sensors: int | None
) -> PrinterStatus:
    """Read the bits of the four DLE EOT replies; None is no reply."""
    return PrinterStatus(
        is_online=None if printer is None else not printer & 0x08,
        paper=_paper_of(offline, sensors),
        is_cover_open=None if offline is None else bool(offline & 0x04),
        has_cutter_error=None if error is None else bool(error & 0x08),
        has_unrecoverable_error=None if error is None else bool(error & 0x20),
        is_drawer_pin_high=None if printer is None else bool(printer & 0x04),
    )


def _paper_of(offline: int | None, sensors: int | None) -> Paper:
    if offline is not None and offline & 0x20:
        return Paper.OUT
    if sensors is None:
        return Paper.UNKNOWN
    if sensors & 0x60:
        return Paper.OUT
    return Paper.NEAR_END if sensors & 0x0C else Paper.OK
