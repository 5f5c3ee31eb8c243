"""The programs of a demonstration: each started, waited for until it is ready, and ended."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

START_S = 30.0
PAYMENTS_READY = "payments ready "
GRACE_S = 10.0
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)  # opened here: between fork and exec nothing may be looked for
# What plays a scanner must not stutter on a busy machine: a pause inside a code looks like a
# person. Where that is not allowed, `nice` says so and runs the program all the same.
BEFORE_OTHERS = ("nice", "-n", "-15")
MOSTRADOR = (sys.executable, "-m", "pos.commands.main")


class StageError(RuntimeError):
    """A program of the demonstration is missing, or did not start; the text says which."""


class Program:
    """A child process whose end is awaited; what it says goes to a log file."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        has_output: bool = False,
        pass_fds: Sequence[int] = (),
    ) -> None:
        with log.open("ab") as file:
            try:
                self.process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE if has_output else file,
                    stderr=file,
                    env={**os.environ, **(environment or {})},
                    pass_fds=tuple(pass_fds),
                    preexec_fn=_end_with_parent,  # noqa: PLW1509 - one thread at this point
                )
            except FileNotFoundError:
                raise StageError(f"{command[0]} is not installed (see `make demo`)") from None

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> int:
        """Ask it to end, wait, and see to it that it does; return its exit code."""
        if self.is_running:
            self.process.terminate()
            try:
                self.process.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                self.kill()
        if self.process.stdout is not None:
            self.process.stdout.close()
        return self.process.wait()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.wait()


def _end_with_parent() -> None:
    """Ask Linux to end this process when its parent is gone, also by kill -9.

    Source:
        prctl(2), PR_SET_PDEATHSIG.
    """
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Hub:
    """A hub on a SQLite file that can be taken away and brought back at the same address."""

    def __init__(
        self, db_url: str, log: Path, *, port: int = 0, options: tuple[str, ...] = ()
    ) -> None:
        self._db_url, self._log, self._port, self._options = db_url, log, port, options
        self._program: Program | None = None
        self.url = ""

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            StageError: It did not.
        """
        command = [*MOSTRADOR, "hub", "--db", self._db_url, "--port", str(self._port)]
        command += self._options
        self._program = Program(command, log=self._log, has_output=True)
        output = self._program.process.stdout
        line = first_line(self._program, output, starts_with="hub ready ")
        if not line:
            raise StageError(f"the hub did not start; see {self._log}")
        self.url = line.split()[-1]
        self._port = int(self.url.rsplit(":", 1)[1])

    @property
    def is_running(self) -> bool:
        return self._program is not None and self._program.is_running

    def stop(self) -> None:
        """End it; harmless when it is not there."""
        if self._program is not None:
            self._program.stop()
            self._program = None

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._program is not None:
            self._program.kill()
            self.stop()


class PaymentProvider:
    """The simulated payment provider, a process of its own."""

    def __init__(self, folder: Path, log: Path) -> None:
        """Start it.

        Raises:
            StageError: It does not answer.
        """
        data = str(folder / "payments.db")
        command = [*MOSTRADOR, "hub", "payments-simulator", "--data", data, "--port", "0"]
        self._program = Program(command, log=log, has_output=True)
        line = first_line(self._program, self._program.process.stdout, starts_with=PAYMENTS_READY)
        if not line:
            raise StageError("the payment provider did not start")
        self.url = line.removeprefix(PAYMENTS_READY)

    def stop(self) -> None:
        """End it."""
        self._program.stop()


def first_line(program: Program, output: IO[bytes] | None, *, starts_with: str) -> str:
    """Return the first line of that kind, empty when the program ends or takes too long."""
    if output is None:
        return ""
    watchdog = threading.Timer(START_S, program.kill)
    watchdog.start()
    try:
        for data in output:
            line = data.decode(errors="replace").strip()
            if line.startswith(starts_with):
                return line
    finally:
        watchdog.cancel()
    return ""
