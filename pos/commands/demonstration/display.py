"""A virtual display: an X server without a screen and a window manager without decorations."""

from __future__ import annotations

import os
import select
import shutil
import time
from pathlib import Path

from PIL import Image, ImageGrab

from pos.commands.demonstration.processes import BEFORE_OTHERS, START_S, Program, StageError

WIDTH, HEIGHT = 1366, 768
POLL_S = 0.02

# Every window fills the display and gets the keyboard, as on a till.
WINDOW_MANAGER = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <applications><application class="*">
    <decor>no</decor><maximized>yes</maximized><focus>yes</focus>
  </application></applications>
</openbox_config>
"""


class Display:
    """Xvfb and openbox, until `stop`."""

    def __init__(self, folder: Path, *, width: int = WIDTH, height: int = HEIGHT) -> None:
        """Start both; `folder` takes their configuration and logs.

        Raises:
            StageError: One is not installed or did not start.
        """
        self._programs: list[Program] = []
        folder = folder.absolute()  # openbox starts things in the home folder
        try:
            self.name = self._start_server(folder, f"{width}x{height}x24")
            self._start_manager(folder)
        except BaseException:
            self.stop()
            raise

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to show itself here."""
        return {"DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def picture(self) -> Image.Image:
        """Return what the display shows."""
        return ImageGrab.grab(xdisplay=self.name).convert("RGB")

    def stop(self) -> None:
        """End what was started, the last first."""
        while self._programs:
            self._programs.pop().stop()

    def _start_server(self, folder: Path, size: str) -> str:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
        if shutil.which("Xvfb") is None:
            raise StageError("Xvfb is not installed (see `make demo`)")
        try:
            server = Program(
                [*BEFORE_OTHERS, *command], log=folder / "xvfb.log", pass_fds=[writing]
            )
        finally:
            os.close(writing)
        self._programs.append(server)
        with os.fdopen(reading, "rb") as numbers:
            ready, _, _ = select.select([numbers], [], [], START_S)
            number = numbers.readline().decode().strip() if ready else ""
        if not number:
            raise StageError("Xvfb did not start")
        return f":{number}"

    def _start_manager(self, folder: Path) -> None:
        configuration, started = folder / "openbox.xml", folder / "openbox.started"
        configuration.write_text(WINDOW_MANAGER, encoding="utf-8")
        started.unlink(missing_ok=True)
        manager = Program(
            ["openbox", "--sm-disable", "--config-file", str(configuration),
             "--startup", f"touch {started}"],
            log=folder / "openbox.log",
            environment=self.environment,
        )  # fmt: skip
        self._programs.append(manager)
        deadline = time.monotonic() + START_S
        while not started.exists():
            if time.monotonic() > deadline or not manager.is_running:
                raise StageError("openbox did not start")
            time.sleep(POLL_S)
