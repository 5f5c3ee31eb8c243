"""The cashier's hands: keys, scans and the pointer, as the window system delivers them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable

from pos.commands.demonstration.processes import StageError

TYPING_MS = 75  # between two keys of a person
SCANNER_MS = 0  # a busy machine makes pauses enough; a long one inside a code looks like a person
SCANS_PER_S = 10
LONGEST_S = 60.0


class Hand:
    """Works the window through xdotool alone."""

    def __init__(self, display: str) -> None:
        self._environment = {**os.environ, "DISPLAY": display}

    def key(self, *names: str) -> None:
        """Press keys one after the other, by their X names: `F10`, `Return`, `shift+Tab`."""
        for name in names:
            self._do("key", "--clearmodifiers", "--delay", str(TYPING_MS), name)

    def type(self, text: str) -> None:
        """Type as a person does."""
        self._do("type", "--clearmodifiers", "--delay", str(TYPING_MS), text)

    def scan(self, *codes: str) -> None:
        """Scan codes as a keyboard-wedge scanner does, ten a second when there are several."""
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
        self._do("search", "--sync", "--onlyvisible", "--name", title, "windowfocus", "--sync")

    def _do(self, *words: str) -> None:
        command = ["xdotool", *words]
        try:
            done = subprocess.run(
                command,
                env=self._environment,
                timeout=LONGEST_S,
                check=False,
                capture_output=True,
                text=True,
            )
        except FileNotFoundError:
            raise StageError("xdotool is not installed (see `make demo`)") from None
        except subprocess.TimeoutExpired:
            raise StageError(f"xdotool {' '.join(words[:3])}: no end") from None
        if done.returncode != 0:
            raise StageError(f"xdotool {' '.join(words[:3])}: {done.stderr.strip()}")


def _scans(codes: Iterable[str]) -> Iterable[str]:
    """Yield one script: each code typed at once, then a tenth of a second until the next."""
    for code in codes:
        yield from ("type", "--clearmodifiers", "--delay", str(SCANNER_MS), "--args", "1")
        yield f"{code}\n"
        yield from ("sleep", str(1 / SCANS_PER_S))
