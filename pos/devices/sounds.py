"""The four sounds under the names that screens use."""

from __future__ import annotations

from pos.screens import ports
from pos.widgets.sounds import Sound, Sounds


class TillSounds:
    """Plays what a screen asks for, unless the sound is switched off."""

    def __init__(self, sounds: Sounds, *, is_on: bool) -> None:
        self._sounds = sounds
        self.is_on = is_on

    def play(self, sound: ports.Sound) -> None:
        """Play a short sound; never blocks, never fails."""
        if self.is_on:
            self._sounds.play(Sound(sound.value))

    def switch(self, on: bool) -> None:
        """Switch the sounds on or off."""
        self.is_on = on
