"""The four sounds of the till; they never block and never fail."""

from __future__ import annotations

import array
import io
import shutil
import sys
import wave
from enum import Enum
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTemporaryDir, QTimer
from PySide6.QtWidgets import QApplication

from pos.theme.paths import RESOURCES

SOUNDS = RESOURCES / "sounds"
# Players, best first, with what stands before the file.
_PLAYERS: dict[str, list[str]] = {"paplay": [], "pw-play": [], "aplay": ["-q"]}


class Sound(Enum):
    """What happened; the value is the name of the file."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NEW_ORDER = "new-order"
    DONE = "done"


def find_player() -> str:
    """Return a program that can play, or nothing."""
    return next((found for name in _PLAYERS if (found := shutil.which(name))), "")


@lru_cache(maxsize=8)
def at_volume(sound: Sound, volume: int) -> bytes:
    """Return a sound as the bytes of a WAV file at a volume from 0 to 100."""
    with wave.open(str(SOUNDS / f"{sound.value}.wav"), "rb") as file:
        parameters, data = file.getparams(), array.array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        data.byteswap()
    scaled = array.array("h", (value * volume // 100 for value in data))
    if sys.byteorder == "big":
        scaled.byteswap()
    result = io.BytesIO()
    with wave.open(result, "wb") as file:
        file.setparams(parameters)
        file.writeframes(scaled.tobytes())
    return result.getvalue()


class Sounds(QObject):
    """Plays through a program of the system, else with the beep of the window system.

    `play` returns at once: the program is started after the event in hand was painted, and
    lives on its own.
    """

    def __init__(
        self, *, volume: int = 70, player: str | None = None, parent: QObject | None = None
    ) -> None:
        """Take a volume from 0 (silent) to 100, and a player; None looks for one."""
        super().__init__(parent)
        self._volume = volume
        self._player = find_player() if player is None else player
        self._folder = QTemporaryDir()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._start)
        self._next = Sound.ACCEPTED

    @property
    def pending(self) -> bool:
        """Whether a sound is about to be started."""
        return self._soon.isActive()

    def set_volume(self, volume: int) -> None:
        """Set the volume, 0 (silent) to 100."""
        self._volume = max(0, min(100, volume))

    def play(self, sound: Sound) -> None:
        """Play a sound soon; at volume 0 nothing happens. Of several at once the last is heard."""
        if self._volume:
            self._next = sound
            self._soon.start(0)

    def _start(self) -> None:
        options = _PLAYERS.get(Path(self._player).name)
        file = self._file(self._next)
        started = False
        if options is not None and file:
            started, _ = QProcess.startDetached(self._player, [*options, file])
        if not started:
            QApplication.beep()

    def _file(self, sound: Sound) -> str:
        """Return the file of a sound at the volume of the till; empty if it cannot be written."""
        path = Path(self._folder.filePath(f"{sound.value}-{self._volume}.wav"))
        try:
            if not path.exists():
                path.write_bytes(at_volume(sound, self._volume))
        except OSError:
            return ""
        return str(path)
