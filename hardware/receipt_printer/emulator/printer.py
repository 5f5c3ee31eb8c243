"""The emulated printer: bytes in, replies and paper out, no sockets and no clock."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from hardware.receipt_printer.emulator import status
from hardware.receipt_printer.emulator.commands import Command, Tokenizer
from hardware.receipt_printer.emulator.interpreter import Interpreter
from hardware.receipt_printer.emulator.paper import Receipt
from hardware.receipt_printer.emulator.status import Faults
from hardware.receipt_printer.port import DrawerPin, Paper

DOTS_OF_COLUMNS = {48: 576, 42: 512, 32: 384}
CUTS = frozenset({b"\x1dV", b"\x1bi", b"\x1bm"})
PROCESS_ID, ENABLE_AUTOMATIC_STATUS = b"\x1d(H", b"\x1da"
TRANSMIT_STATUS, TRANSMIT_IDENTITY, PULSE = b"\x1dr", b"\x1dI", b"\x1bp"
REAL_TIME_STATUS, REAL_TIME_REQUEST = b"\x10\x04", b"\x10\x14"
NOT_PRINTED = frozenset({PROCESS_ID, TRANSMIT_STATUS, TRANSMIT_IDENTITY, PULSE})


@dataclass(frozen=True, slots=True)
class Pulse:
    """A pulse on the drawer connector; times in milliseconds, as the bytes ask for."""

    pin: DrawerPin
    on_ms: int
    off_ms: int


class EmulatedPrinter:
    """An Epson-like printer of 576, 512 or 384 dots.

    While it is stopped (no paper, cover open, offline, cutter jammed) it takes
    bytes into its buffer and answers only real-time questions; call `resume`
    after putting things right and it goes on where it was, as real ones do, even
    if the host has hung up since. Calls from several threads take turns.

    Attributes:
        faults: Levers, to be changed from any thread.
        pulses: Every pulse on the drawer connector.
        is_drawer_open: A wired drawer springs open at a pulse on pin 2.
    """

    def __init__(self, columns: int = 48, *, has_drawer: bool = True) -> None:
        self.faults = Faults()
        self.pulses: list[Pulse] = []
        self.is_drawer_open = False
        self._has_drawer = has_drawer
        self._lock = threading.RLock()
        self._tokenizer = Tokenizer()
        self._waiting: deque[Command] = deque()
        self._replies = bytearray()
        self._paper = Interpreter(DOTS_OF_COLUMNS[columns])
        self._is_cutter_stuck = False
        self._is_status_automatic = False
        self._last_automatic = b""

    @property
    def receipts(self) -> list[Receipt]:
        """What was printed and cut off, oldest first."""
        with self._lock:
            return list(self._paper.receipts)

    @property
    def unfinished(self) -> Receipt:
        """What hangs out of the printer, not cut yet."""
        with self._lock:
            return self._paper.unfinished

    @property
    def unknown(self) -> list[Command]:
        """Commands that were not understood."""
        with self._lock:
            return list(self._paper.unknown)

    def receive(self, data: bytes) -> None:
        """Take bytes from the host."""
        with self._lock:
            for command in self._tokenizer.feed(data):
                if command.is_real_time:
                    self._work()  # an idle printer has done with what came before
                    self._answer_at_once(command)
                else:
                    self._waiting.append(command)
            self._work()

    def take_replies(self, size: int = 4096) -> bytes:
        """Return up to `size` bytes of what the printer wants to say."""
        with self._lock:
            self._tell_changes()
            replies = bytes(self._replies[:size])
            del self._replies[:size]
            return b"" if self.faults.is_mute else replies

    def resume(self) -> None:
        """Go on after the cause of a stop was removed; frees a jammed cutter."""
        with self._lock:
            if not self.faults.has_cutter_error:
                self._is_cutter_stuck = False
            self._work()

    def load_paper(self) -> None:
        """Put in a full roll and go on."""
        with self._lock:
            self.faults.paper = Paper.OK
            self.faults.lines_left = None
            self.resume()

    def host_hung_up(self) -> None:
        """The connection is gone: half a command is dropped, whole ones stay."""
        with self._lock:
            self._tokenizer.forget()
            self._replies.clear()
            self._is_status_automatic = False

    def _work(self) -> None:
        while self._waiting and not self.faults.is_stopped and not self._is_cutter_stuck:
            command = self._waiting[0]
            if command.code in CUTS and self.faults.has_cutter_error:
                self._is_cutter_stuck = True
                return
            self._waiting.popleft()
            self._execute(command)

    def _execute(self, command: Command) -> None:
        if command.code in NOT_PRINTED and command.is_known:
            self._answer_in_turn(command)
            return
        if command.code == ENABLE_AUTOMATIC_STATUS:
            self._is_status_automatic = command.data[0] != 0
            self._last_automatic = b""
        before = self._paper.lines_printed
        self._paper.execute(command)
        self._use_paper(max(0, self._paper.lines_printed - before))

    def _use_paper(self, lines: int) -> None:
        if self.faults.lines_left is None:
            return
        self.faults.lines_left = max(0, self.faults.lines_left - lines)
        if self.faults.lines_left == 0:
            self.faults.paper = Paper.OUT

    def _answer_in_turn(self, command: Command) -> None:
        if command.code == PULSE:
            pin = DrawerPin.PIN_5 if command.data[0] & 1 else DrawerPin.PIN_2
            self._pulse(Pulse(pin, command.data[1] * 2, command.data[2] * 2))
        elif command.code == TRANSMIT_IDENTITY:
            self._replies += status.identity(command.data[0])
        elif command.code == TRANSMIT_STATUS:
            is_drawer = command.data[0] in (2, 50)
            sensors = status.paper_sensors(self.faults)
            self._replies.append(int(self.is_drawer_open) if is_drawer else sensors)
        elif not self.faults.ignores_process_id:
            self._replies += b"\x37\x22" + command.data[4:8] + b"\0"

    def _answer_at_once(self, command: Command) -> None:
        if command.code == REAL_TIME_STATUS and command.data[0] in (1, 2, 3, 4):
            reply = status.real_time_status(
                command.data[0],
                self.faults,
                is_drawer_open=self.is_drawer_open,
                is_cutter_stuck=self._is_cutter_stuck,
            )
            self._replies.append(reply)
        elif command.code == REAL_TIME_REQUEST and command.data[0] == 1:
            pin = DrawerPin.PIN_5 if command.data[1] & 1 else DrawerPin.PIN_2
            self._pulse(Pulse(pin, command.data[2] * 100, command.data[2] * 100))

    def _pulse(self, pulse: Pulse) -> None:
        self.pulses.append(pulse)
        if self._has_drawer and pulse.pin is DrawerPin.PIN_2 and pulse.on_ms > 0:
            self.is_drawer_open = True

    def _tell_changes(self) -> None:
        if not self._is_status_automatic:
            return
        told = status.automatic_status(
            self.faults, is_drawer_open=self.is_drawer_open, is_cutter_stuck=self._is_cutter_stuck
        )
        if told != self._last_automatic:
            self._last_automatic = told
            self._replies += told
