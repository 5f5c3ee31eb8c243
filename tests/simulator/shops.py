"""Shops without their hub: tills on disks of their own, one clock, and what people do there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.simulator.cashier import Cashier
from tests.simulator.chance import (
    DAY_MS,
    FIRST_DAY_MS,
    MINUTE_MS,
    Chance,
    MachineClock,
    SeededIds,
    WorldClock,
)
from tests.simulator.crashes import TILL, Crashes, Killed
from tests.simulator.network import Network, Serve
from tests.simulator.new_machine import Ashes, burn_and_restore, copy_books
from tests.simulator.plan import ACTS, Event, Size
from tests.simulator.till_machine import Surroundings, TillMachine

LONGEST_JUMP_DAYS = 400
MOST_STEPS = 6


class Shops:
    """Tills, and what happens to them."""

    def __init__(self, folder: Path, size: Size, serve: Serve) -> None:
        """Open the tills whose data folders lie in `folder`, which reach their hub by `serve`."""
        self.folder = folder
        self.clock = WorldClock()
        self.crashes = Crashes()
        self.ids = SeededIds()
        self.network = Network(serve, self.crashes)
        self.done: Counter[str] = Counter()
        self.ashes = Ashes()
        shared = Surroundings(self.network, self.crashes, self.ids)
        self.tills = [
            TillMachine(folder / till, till, shared, MachineClock(self.clock))
            for till in till_names(size)
        ]

    @property
    def machines(self) -> list[TillMachine]:
        """Every machine that passes for a till of the shops, copies included."""
        return [each for till in self.tills for each in (till, *till.copies)]

    def begin(self, event: Event) -> None:
        """Let time pass until an event, whose own chance decides from now on."""
        self.clock.advance_to(FIRST_DAY_MS + event.day * DAY_MS + event.minute * MINUTE_MS)
        self.ids.chance = self.network.chance = Chance(event.key)
        self.network.weather = event.weather
        if event.kill:
            self.crashes.arm(*event.kill)

    def happen(self, event: Event) -> None:
        """Let something happen at a till, which may be the end of one of its programs."""
        self.done[event.what] += 1
        till = self.tills[event.till]
        machine = [till, *till.copies][Chance(event.key, "where").below(1 + len(till.copies))]
        machine.chance = chance = Chance(event.key, "acts")
        try:
            self._at_till(machine, event.what, chance)
        except Killed as death:
            self.done[f"{death.program} killed"] += 1
            if death.program == TILL:
                machine.end_till()
            else:
                machine.end_agent()

    def close_up(self, machine: TillMachine) -> None:
        """Put a machine's clock right, finish what is at its counter, and close its shift."""
        machine.chance = self.ids.chance = Chance("healing", machine.folder.root.name)
        machine.clock.offset_ms = 0
        Cashier(machine, machine.chance).finish()

    def end(self) -> None:
        """Switch everything off."""
        for machine in self.machines:
            machine.end()

    def _at_till(self, machine: TillMachine, what: str, chance: Chance) -> None:
        if what in ACTS:
            with self.crashes.running(TILL, machine.process(TILL)):
                self.done["shut"] += not Cashier(machine, chance).work(what)
        elif what == "sync":
            machine.sync(chance.between(1, MOST_STEPS))
        elif what == "clock":
            days = chance.between(-LONGEST_JUMP_DAYS, LONGEST_JUMP_DAYS)
            machine.clock.offset_ms = 0 if machine.clock.offset_ms else days * DAY_MS
        elif what == "power":
            machine.end()
        else:
            self._with_its_disk(machine, what, chance)

    def _with_its_disk(self, machine: TillMachine, what: str, chance: Chance) -> None:
        """Copy a disk, lose it, or boot a second machine from a copy."""
        if what == "back up":
            copy_books(machine)
        elif what == "burn":
            self.done["restored"] += burn_and_restore(machine, self.ashes, chance)
        elif not machine.copies and machine in self.tills:
            with self.crashes.running(TILL, machine.process(TILL)):
                Cashier(machine, chance).finish()
            machine.cloned(self.folder / f"{machine.till}-copy")


def till_names(size: Size) -> list[str]:
    """Return the ids of the tills, shop by shop."""
    return [
        f"{shop}-{number}"
        for shop in ("FUEN", "SOLM", "GRAN")[: size.shops]
        for number in range(1, size.tills + 1)
    ]
