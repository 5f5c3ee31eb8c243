"""Time and chance of a simulated world: both come from the seed and from nowhere else."""

from __future__ import annotations

import random
from dataclasses import dataclass

DAY_MS = 86_400_000
MINUTE_MS = 60_000
FIRST_DAY_MS = 1_790_035_200_000  # 2026-09-22, midnight UTC


@dataclass
class WorldClock:
    """The true time, UTC Unix ms; only ever moved forward."""

    ms: int = FIRST_DAY_MS

    def advance_to(self, ms: int) -> None:
        self.ms = max(self.ms, ms)

    def advance(self, ms: int) -> None:
        self.ms += ms

    def now_ms(self) -> int:
        return self.ms

    def monotonic_ms(self) -> int:
        return self.ms


@dataclass
class MachineClock:
    """The clock of one machine, off by as much as somebody set it wrong."""

    world: WorldClock
    offset_ms: int = 0

    def now_ms(self) -> int:
        return self.world.ms + self.offset_ms

    def monotonic_ms(self) -> int:
        return self.world.ms


class Chance:
    """What is decided during one event; each event has its own, so that leaving one out
    changes nothing in the others."""

    def __init__(self, *names: object) -> None:
        self._random = random.Random("/".join(map(str, names)))

    def happens(self, rate: float) -> bool:
        return self._random.random() < rate

    def below(self, limit: int) -> int:
        return self._random.randrange(limit)

    def between(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def pick(self, *choices: object) -> object:
        return choices[self._random.randrange(len(choices))]

    def weighted(self, weights: dict[str, float]) -> str:
        return self._random.choices(list(weights), list(weights.values()))[0]

    def fraction(self) -> float:
        return self._random.random()

    def hex(self, digits: int) -> str:
        return f"{self._random.getrandbits(digits * 4):0{digits}x}"

    def bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)


class SeededIds:
    """`ports.Ids`: UUID-shaped, from the chance of the event under way."""

    def __init__(self) -> None:
        self.chance = Chance("no event")

    def new(self) -> str:
        text = self.chance.hex(32)
        return f"{text[:8]}-{text[8:12]}-7{text[13:16]}-8{text[17:20]}-{text[20:]}"
