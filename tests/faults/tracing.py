"""Faults at system calls: a process forked from a warm one, with strace at its heels.

strace's `--seccomp-bpf` is never used: with it, an injection silently does nothing.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.faults.oracle import Ear

STRACE = "strace"
LONGEST_S = 60.0
KILLED = -signal.SIGKILL
CALL = re.compile(rb"^(\d+) +(\w+)\(")
WARM = ["tests.faults.warm"]


class NotAttached(RuntimeError):
    """strace could not get at the process: nothing would be injected."""


def missing_tool() -> str:
    """Return the name of the program that is missing, empty when all are there."""
    return "" if shutil.which(STRACE) else STRACE


class Victim:
    """A process running `target` with `arguments` and the pipes it was promised.

    Args:
        target: A function of `tests.faults.victims`; its last argument waits for `start`,
            the one before, when `is_telling`, takes what is told.
    """

    def __init__(self, target: Callable[..., None], *arguments: Any, is_telling: bool) -> None:
        context = get_context("forkserver")
        context.set_forkserver_preload(WARM)
        go_reader, self._go = context.Pipe(duplex=False)
        self.told, told_writer = context.Pipe(duplex=False)
        pipes = (told_writer, go_reader) if is_telling else (go_reader,)
        self.process = context.Process(target=target, args=(*arguments, *pipes), daemon=True)
        self.process.start()
        go_reader.close()
        told_writer.close()
        self._strace: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def trace(self, *options: str, log: Path | None = None) -> None:
        """Put strace on the process and every thread it will have.

        Raises:
            NotAttached: It is gone, or may not be traced.
        """
        command = [STRACE, "-f", "-p", str(self.pid), "-o", str(log or os.devnull), *options]
        self._strace = subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        assert self._strace.stderr is not None
        line = self._strace.stderr.readline()
        if b"attached" not in line:
            raise NotAttached(line.decode(errors="replace"))

    def start(self) -> None:
        """Let the process begin."""
        self._go.send_bytes(b"go")

    def answer(self) -> None:
        """Let the process go on after what it told."""
        os.write(self._go.fileno(), b".")

    def hear(self, ear: Ear, *, longest_s: float = LONGEST_S) -> None:
        """Listen until the process has ended."""
        deadline = time.monotonic() + longest_s
        while time.monotonic() < deadline:
            if select.select([self.told], [], [], 1)[0]:
                data = os.read(self.told.fileno(), 65_536)
                if not data:
                    return
                ear.hear(data)
        raise TimeoutError(f"process {self.pid} did not end in {longest_s} s")

    def wait(self, longest_s: float = LONGEST_S) -> int | None:
        """Return how the process ended, None when it did not in that time."""
        self.process.join(longest_s)
        return self.process.exitcode

    def close(self) -> None:
        """End the process, however it is, and everything around it."""
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        if self._strace is not None:
            self._strace.wait(LONGEST_S)
            assert self._strace.stderr is not None
            self._strace.stderr.close()
        for pipe in (self._go, self.told):
            pipe.close()
        self.process.close()

    def __enter__(self) -> Victim:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.close()


def inject(call: str, what: str, when: str | int) -> tuple[str, ...]:
    """Return the options by which a system call goes wrong, for example at its 7th time."""
    return ("-e", f"trace={call}", "-e", f"inject={call}:{what}:when={when}")


def counted(log: Path) -> dict[str, int]:
    """Return how often each call was made, by the thread that made it most often."""
    per_thread: Counter[tuple[str, bytes]] = Counter()
    for line in log.read_bytes().splitlines():
        if match := CALL.match(line):
            per_thread[match[2].decode(), match[1]] += 1
    most: dict[str, int] = {}
    for (call, _), times in per_thread.items():
        most[call] = max(most.get(call, 0), times)
    return most
