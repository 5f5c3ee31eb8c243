"""A screen without a monitor, and hands that type on it as a scanner or a person does."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Self

SCREEN = "1366x768x24"
BETWEEN_KEYS_MS = 2  # of a scanner that is set to be fast
_NAMES = {":": "colon", "-": "minus", ".": "period"}  # as X calls them
# Both stand for hardware: what else runs here keeps no scanner and no monitor waiting. Where
# that is not allowed, `nice` says so and runs the program all the same.
BEFORE_OTHERS = ("nice", "-n", "-15")


@contextmanager
def display() -> Iterator[str]:
    """Run an X server on a free display and make it this process's.

    Raises:
        RuntimeError: There is no Xvfb; `make bench` installs it.
    """
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    if shutil.which("Xvfb") is None:
        os.close(reading)
        os.close(writing)
        raise RuntimeError("Xvfb is missing: apt-get install xvfb xdotool")
    server = subprocess.Popen(
        [*BEFORE_OTHERS, *command], pass_fds=[writing], stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        if not number:
            raise RuntimeError("the X server did not start")
        os.environ["DISPLAY"] = f":{number}"
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


class Hands:
    """Types through the X server, so that keys come as the window system delivers them."""

    def __init__(self) -> None:
        self._xdotool = subprocess.Popen(
            [*BEFORE_OTHERS, "xdotool", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._commands.close()
        self._xdotool.wait()

    def focus(self, window: int) -> None:
        """Give a window the keyboard; there is no window manager that would."""
        self._say(f"windowfocus --sync {window}")

    def scan(self, code: str) -> None:
        """Type a code and Intro at the pace of a scanner."""
        keys = [_NAMES.get(sign, sign) for sign in code]
        self._say(f"key --delay {BETWEEN_KEYS_MS} {' '.join([*keys, 'Return'])}")

    def scan_at_pace(self, codes: list[str], every_ms: int) -> None:
        """Scan codes one after the other; each begins `every_ms` after the one before ended."""
        for code in codes:
            self.scan(code)
            self._say(f"sleep {every_ms / 1000}")

    def press(self, key: str) -> None:
        """Press a key by its X name, such as ``F10``, ``Return``, ``a``."""
        self._say(f"key {key}")

    @property
    def _commands(self) -> IO[str]:
        assert self._xdotool.stdin is not None
        return self._xdotool.stdin

    def _say(self, command: str) -> None:
        self._commands.write(f"{command}\n")
        self._commands.flush()
