"""The four sounds of the till; they never block and never fail."""

from __future__ import annotations

import array
import io
import shutil
import sys
import wave
from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication

from pos.theme.paths import RESOURCES

SOUNDS = RESOURCES / "sounds"
# Players that read a WAV file from standard input.
_PLAYERS: dict[str, list[str]] = {
    "aplay": ["-q", "-"],
    "pw-cat": ["--playback", "-"],
    "sox": ["-q", "-t", "wav", "-", "-d"],
}


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

    `play` returns at once: the program is started after the event in hand was painted.
    """

    def __init__(
        self, *, volume: int = 70, player: str | None = None, parent: QObject | None = None
    ) -> None:
        """Take a volume from 0 (silent) to 100, and a player; None looks for one."""
        super().__init__(parent)
        self._volume = volume
        self._player = find_player() if player is None else player
        self._waiting = 0
        self._running: set[QProcess] = set()

    @property
    def playing(self) -> bool:
        """Whether a sound is being played or about to be."""
        return bool(self._waiting or self._running)

    def set_volume(self, volume: int) -> None:
        """Set the volume, 0 (silent) to 100."""
        self._volume = max(0, min(100, volume))

    def play(self, sound: Sound) -> None:
        """Play a sound soon; at volume 0 nothing happens."""
        if self._volume:
            self._waiting += 1
            QTimer.singleShot(0, self, lambda: self._start(sound))

    def _start(self, sound: Sound) -> None:
        self._waiting -= 1
        arguments = _PLAYERS.get(self._player.rpartition("/")[2])
        if not self._player or arguments is None:
            QApplication.beep()
            return
        process = QProcess(self)
        self._running.add(process)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(lambda: self._end(process))
        process.errorOccurred.connect(lambda: self._failed(process))
        process.start(self._player, arguments)
        process.write(QByteArray(at_volume(sound, self._volume)))
        process.closeWriteChannel()

    def _failed(self, process: QProcess) -> None:
        if process in self._running and process.state() == QProcess.ProcessState.NotRunning:
            QApplication.beep()
            self._end(process)

    def _end(self, process: QProcess) -> None:
        if process in self._running:
            self._running.discard(process)
            process.deleteLater()
