"""A world: shops, tills, a hub and a network; runs the events of a plan, then heals and drains."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
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
from tests.simulator.hub_machine import LARGE_BODY_BYTES, SMALL_BODY_BYTES, HubMachine
from tests.simulator.network import Network
from tests.simulator.new_machine import Ashes, burn_and_restore, copy_books
from tests.simulator.plan import ACTS, EVERYWHERE, Event, Size
from tests.simulator.till_machine import Surroundings, TillMachine

LONGEST_JUMP_DAYS = 400
HEALING_ROUNDS = 60
RETRIES = 3
STEPS_A_ROUND = 4
MOST_STEPS = 8


class World:
    """Everything there is; one thread, one clock, one folder."""

    def __init__(self, template: Path, folder: Path, size: Size) -> None:
        """Begin with a copy of a world in which nothing has happened yet."""
        shutil.copytree(template, folder, dirs_exist_ok=True)
        self.clock = WorldClock()
        self.crashes = Crashes()
        self.ids = SeededIds()
        self.hub = HubMachine(folder / "hub", MachineClock(self.clock), self.crashes)
        self.network = Network(self.hub.serve, self.crashes)
        shared = Surroundings(self.network, self.crashes, self.ids)
        self.tills = [
            TillMachine(folder / till, till, shared, MachineClock(self.clock))
            for till in till_names(size)
        ]
        self.done: Counter[str] = Counter()
        self.ashes = Ashes()
        self.folder = folder
        self._generation = 1

    def run(self, events: Sequence[Event]) -> None:
        """Let everything of a plan happen."""
        with self.crashes.watching_databases():
            for event in events:
                self._begin(event)
                self._happen(event)
                self.crashes.disarm()

    @property
    def machines(self) -> list[TillMachine]:
        """Every machine that passes for a till of the shops, copies included."""
        return [each for till in self.tills for each in (till, *till.copies)]

    def heal(self) -> None:
        """End the bad luck, let every till tell the hub everything, and decide what waits."""
        chance = Chance("healing")
        self.clock.advance(DAY_MS)
        self.crashes.disarm()
        self.network.weather, self.network.chance = "fair", chance
        self.network.day += 1_000
        self._hub_up(LARGE_BODY_BYTES)
        self.network.deliver_late()
        for machine in self.machines:
            machine.chance = self.ids.chance = Chance("healing", machine.folder.root.name)
            machine.clock.offset_ms = 0
            self.hub.set_revoked(machine.till, is_revoked=False)
            Cashier(machine, machine.chance).finish()
            machine.agent_store.release_parked()
        for _ in range(2 if any(till.copies for till in self.tills) else 1):
            for machine in self.machines:
                self._drain(machine)
        self.clock.advance(DAY_MS)
        self.hub.work_in_background()
        self.hub.clear_desk(chance)
        for _ in range(RETRIES):
            self.hub.work_in_background()
        for machine in self.machines:  # what the others sold, and what was decided
            self.clock.advance(2 * MINUTE_MS)
            machine.sync(STEPS_A_ROUND)

    def end(self) -> None:
        """Switch everything off."""
        for machine in self.machines:
            machine.end()
        self.hub.stop()

    def _drain(self, machine: TillMachine) -> None:
        for _ in range(HEALING_ROUNDS):
            self.clock.advance(2 * MINUTE_MS)  # longer than between two comparisons with the hub
            machine.sync(STEPS_A_ROUND)
            queue = machine.agent_store.queue_state()
            if not queue.queued:
                return
        raise AssertionError(f"{machine.till} does not get rid of its facts: {queue}")

    def _begin(self, event: Event) -> None:
        self.clock.advance_to(FIRST_DAY_MS + event.day * DAY_MS + event.minute * MINUTE_MS)
        self.ids.chance = self.network.chance = Chance(event.key)
        self.network.weather = event.weather
        if event.day != self.network.day:
            self.network.day = event.day
            self.network.deliver_late()
            self.hub.work_in_background()
        if event.kill:
            self.crashes.arm(*event.kill)

    def _happen(self, event: Event) -> None:
        self.done[event.what] += 1
        chance = Chance(event.key, "acts")
        if event.till == EVERYWHERE:
            self._at_hub(event.what, chance)
            return
        till = self.tills[event.till]
        machine = [till, *till.copies][Chance(event.key, "where").below(1 + len(till.copies))]
        machine.chance = chance
        try:
            self._at_till(machine, event.what, chance)
        except Killed as death:
            self.done[f"{death.program} killed"] += 1
            if death.program == TILL:
                machine.end_till()
            else:
                machine.end_agent()

    def _at_till(self, machine: TillMachine, what: str, chance: Chance) -> None:
        if what in ACTS:
            with self.crashes.running(TILL, machine.process(TILL)):
                Cashier(machine, chance).work(what)
        elif what == "sync":
            machine.sync(chance.between(1, MOST_STEPS))
        elif what == "clock":
            days = chance.between(-LONGEST_JUMP_DAYS, LONGEST_JUMP_DAYS)
            machine.clock.offset_ms = 0 if machine.clock.offset_ms else days * DAY_MS
        elif what == "power":
            machine.end()
        elif what in {"revoke", "admit"}:
            self.hub.set_revoked(machine.till, is_revoked=what == "revoke")
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
                Cashier(machine, chance).look_around()
            machine.cloned(self.folder / f"{machine.till}-copy")

    def _at_hub(self, what: str, chance: Chance) -> None:
        hub = self.hub
        shop = self.tills[chance.below(len(self.tills))].shop
        acts: dict[str, Callable[[], None]] = {
            "price": lambda: hub.change_prices(chance),
            "stock": lambda: hub.change_stock(shop, chance),
            "setting": lambda: hub.change_setting(shop, chance),
            "staff": lambda: hub.change_staff(shop, chance),
            "generation": self._import,
            "hub restart": hub.restart,
            "hub backup": hub.back_up,
            "hub restore": hub.restore,
            "hub down": self._hub_down,
            "hub up": lambda: self._hub_up(LARGE_BODY_BYTES),
            "small bodies": lambda: self._hub_up(SMALL_BODY_BYTES),
        }
        acts[what]()

    def _import(self) -> None:
        self._generation += 1
        self.hub.import_catalogue(self._generation)

    def _hub_down(self) -> None:
        self.hub.is_down = True

    def _hub_up(self, max_body_bytes: int) -> None:
        self.hub.is_down = False
        if self.hub.max_body_bytes != max_body_bytes:
            self.hub.max_body_bytes = max_body_bytes
            self.hub.restart()


def till_names(size: Size) -> list[str]:
    """Return the ids of the tills, shop by shop."""
    return [
        f"{shop}-{number}"
        for shop in ("FUEN", "SOLM", "GRAN")[: size.shops]
        for number in range(1, size.tills + 1)
    ]
