"""The cashier's hands: keys, scans and the pointer, as the window system delivers them."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterable

from pos.commands.demonstration.processes import BEFORE_OTHERS, StageError

TYPING_MS = 25  # between two keys of a person in a hurry; the scanner's prefix tells them apart
SCANNER_MS = 3  # between two keys of a scanner
SCANS_PER_S = 10
PREFIX = "`"  # with it no pace is too slow for a scan, however busy the machine is
SCANNER = {"kind": "wedge", "prefix": PREFIX, "longest_gap_ms": 1_000}
LONGEST_S = 60.0
POLL_S = 0.1


class Hand:
    """Works the window through xdotool alone."""

    def __init__(self, display: str) -> None:
        if shutil.which("xdotool") is None:
            raise StageError("xdotool is not installed (see `make demo`)")
        self._environment = {**os.environ, "DISPLAY": display}

    def key(self, *names: str) -> None:
        """Press keys one after the other, by their X names: `F10`, `Return`, `shift+Tab`."""
        for name in names:
            self._do("key", "--clearmodifiers", name, *_pause(TYPING_MS))

    def type(self, text: str) -> None:
        """Type as a person does."""
        words = ("type", "--clearmodifiers", "--delay", str(TYPING_MS), "--args", "1", text)
        self._do(*words, *_pause(TYPING_MS))

    def scan(self, *codes: str) -> None:
        """Scan codes as a wedge set up as `SCANNER` does, ten a second when there are several."""
        self._do(*_scans(codes))

    def click(self, x: int, y: int) -> None:
        """Touch a place of the window."""
        self._do("mousemove", str(x), str(y), "click", "1")

    def rest(self) -> None:
        """Take the pointer away, so that no key looks touched."""
        self._do("mousemove", "4", "764")

    def wait_for_window(self, title: str) -> None:
        """Wait until a window of that title is shown and give it the keyboard.

        Raises:
            StageError: There is none within a minute.
        """
        deadline = time.monotonic() + LONGEST_S
        while True:
            try:
                self._do("search", "--onlyvisible", "--name", title, "windowfocus", "--sync")
            except StageError:  # no such window yet, or one that went while it was looked at
                if time.monotonic() > deadline:
                    raise
                time.sleep(POLL_S)
            else:
                return

    def _do(self, *words: str) -> None:
        command = [*BEFORE_OTHERS, "xdotool", *words]
        try:
            subprocess.run(
                command,
                env=self._environment,
                timeout=LONGEST_S,
                check=True,
                capture_output=True,
                text=True,
            )
        except subprocess.TimeoutExpired:
            raise StageError(f"xdotool {' '.join(words[:3])}: no end") from None
        except subprocess.CalledProcessError as error:
            said = error.stderr.strip().rpartition("\n")[2]
            raise StageError(f"xdotool {' '.join(words[:3])}: {said}") from None


def _pause(milliseconds: int) -> tuple[str, str]:
    return "sleep", str(milliseconds / 1000)


def _scans(codes: Iterable[str]) -> Iterable[str]:
    """Yield one script: each code typed at once, then a tenth of a second until the next."""
    for code in codes:
        yield from ("type", "--clearmodifiers", "--delay", str(SCANNER_MS), "--args", "1")
        yield f"{PREFIX}{code}\n"
        yield from _pause(1000 // SCANS_PER_S)
