"""Write the four sounds of the till: `python resources/sounds/generate.py`.

16-bit mono WAV at 22,050 Hz, at most 200 ms, told apart by their shape: one tick, two low
beats, three rising notes, two rising notes.
"""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
HERE = Path(__file__).resolve().parent

# name -> (start ms, length ms, Hz, sharpness of the decay)
SOUNDS: dict[str, tuple[tuple[int, int, float, float], ...]] = {
    "accepted": ((0, 50, 2093.0, 9.0),),
    "refused": ((0, 80, 196.0, 2.0), (110, 80, 196.0, 2.0)),
    "new-order": ((0, 66, 784.0, 3.0), (66, 66, 988.0, 3.0), (132, 68, 1318.5, 3.0)),
    "done": ((0, 70, 659.3, 3.0), (70, 90, 987.8, 3.0)),
}


def samples(notes: tuple[tuple[int, int, float, float], ...]) -> list[int]:
    """Return the samples of some notes; each starts and ends in silence."""
    length = max(start + ms for start, ms, _, _ in notes) * RATE // 1000
    mixed = [0.0] * length
    for start, ms, hertz, decay in notes:
        first, count = start * RATE // 1000, ms * RATE // 1000
        for i in range(min(count, length - first)):
            rise = min(1.0, i / (RATE * 0.003))
            fall = min(1.0, (count - i) / (RATE * 0.005))
            wave_at = math.sin(2 * math.pi * hertz * i / RATE)
            mixed[first + i] += 0.7 * rise * fall * math.exp(-decay * i / count) * wave_at
    return [round(32_000 * max(-1.0, min(1.0, value))) for value in mixed]


def write(name: str) -> None:
    """Write one sound beside this file."""
    data = samples(SOUNDS[name])
    with wave.open(str(HERE / f"{name}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(data)}h", *data))


if __name__ == "__main__":
    for sound in SOUNDS:
        write(sound)
