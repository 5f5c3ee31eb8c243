"""The steps of a played day: each timed, photographed, and its fault noted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pos.commands.demonstration.display import Display
from pos.commands.demonstration.eyes import NotSeen, still_picture
from pos.commands.demonstration.processes import StageError
from pos.commands.demonstration.report import DemoReport, Step

Say = Callable[[str], object]


class Steps:
    """Times each step, takes its picture, and notes what went wrong."""

    def __init__(self, folder: Path, report: DemoReport, say: Say) -> None:
        self._folder, self._report, self._say = folder, report, say

    @contextmanager
    def step(self, name: str, display: Display, *, shot: str = "") -> Iterator[None]:
        """Do a step; a picture of `display` is taken when it went wrong, or as `shot`."""
        done = Step(name, 0.0)
        self._report.steps.append(done)
        started = time.monotonic()
        try:
            yield
        except (NotSeen, StageError) as error:
            done.fault, shot = str(error), "failed"
            raise
        finally:
            done.seconds = round(time.monotonic() - started, 2)
            if shot:
                done.screen = f"{len(self._report.steps):02d}-{shot}.png"
                still_picture(display.picture).save(self._folder / done.screen)
            self._say(f"{done.seconds:6.1f} s  {name}{': ' + done.fault if done.fault else ''}")
