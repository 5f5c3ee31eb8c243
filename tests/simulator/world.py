"""A world: shops, a hub and a network; runs the events of a plan, then heals and drains."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.simulator.asgi import AsgiAnswer
from tests.simulator.chance import DAY_MS, MINUTE_MS, Chance, MachineClock
from tests.simulator.hub_machine import LARGE_BODY_BYTES, SMALL_BODY_BYTES, HubMachine
from tests.simulator.plan import EVERYWHERE, Event, Size
from tests.simulator.shops import Shops
from tests.simulator.till_machine import TillMachine

HEALING_ROUNDS = 60
RETRIES = 3
STEPS_A_ROUND = 4
ROUND_MS = 6 * MINUTE_MS  # longer than between two comparisons, and than a pause after failures


class World(Shops):
    """Everything there is; one thread, one clock, one folder."""

    def __init__(self, template: Path, folder: Path, size: Size) -> None:
        """Begin with a copy of a world in which nothing has happened yet."""
        shutil.copytree(template, folder, dirs_exist_ok=True)
        super().__init__(folder, size, self._serve)
        self.hub = HubMachine(folder / "hub", MachineClock(self.clock), self.crashes)
        self._generation = 1

    def run(self, events: Sequence[Event]) -> None:
        """Let everything of a plan happen."""
        with self.crashes.watching_databases():
            for event in events:
                if event.day != self.network.day:
                    self._morning(event.day)
                self.begin(event)
                if event.till == EVERYWHERE:
                    self._at_hub(event)
                else:
                    self.happen(event)
                self.crashes.disarm()

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
            self.hub.set_revoked(machine.till, is_revoked=False)
            self.clock.advance(DAY_MS // 24)  # longer than an agent waits that was refused
            machine.chance = Chance("healing", machine.folder.root.name, "admitted")
            if machine.agent_store.notices():  # revoked until now: no shift could be closed
                machine.sync(STEPS_A_ROUND)
            self.close_up(machine)
            machine.agent_store.release_parked()
        for machine in self.machines:
            self._drain(machine)
        for machine in self._copied:  # one may have been told of the other only now
            self._drain(machine)
        self.clock.advance(DAY_MS)
        self.hub.work_in_background()
        self.hub.clear_desk(chance)
        for _ in range(RETRIES):
            self.hub.work_in_background()
        for machine in self.machines:  # what the hub asks for once more since it was decided
            self._drain(machine)
        for machine in self.machines:  # what the others sold
            self.clock.advance(2 * MINUTE_MS)
            machine.sync(STEPS_A_ROUND)

    def end(self) -> None:
        """Switch everything off."""
        super().end()
        self.hub.stop()

    @property
    def _copied(self) -> list[TillMachine]:
        """Every machine that is not the only one with its till's books."""
        return [each for till in self.tills if till.copies for each in (till, *till.copies)]

    def _drain(self, machine: TillMachine) -> None:
        """Let a till send until it has found no epoch of which the hub lacks something.

        An empty queue is not enough: what a restored hub has lost is acknowledged at the till,
        and goes again when its epoch is compared. In a round in which nothing is sent at least
        one is compared; in the one more there would be sent what the last answer asked for.
        """
        quiet = 0
        for _ in range(HEALING_ROUNDS):
            pushes = self.network.pushes
            self.clock.advance(ROUND_MS)
            machine.sync(STEPS_A_ROUND)
            quiet = quiet + 1 if self.network.pushes == pushes else 0
            queue = machine.agent_store.queue_state()
            if not queue.queued and quiet > len(machine.agent_store.epochs()):
                return
        raise AssertionError(f"{machine.till} does not get rid of its facts: {queue}")

    def _serve(self, *request: object) -> AsgiAnswer:
        return self.hub.serve(*request)  # type: ignore[arg-type]

    def _morning(self, day: int) -> None:
        self.network.day = day
        self.network.deliver_late()
        self.hub.work_in_background()

    def _at_hub(self, event: Event) -> None:
        self.done[event.what] += 1
        hub, chance = self.hub, Chance(event.key, "acts")
        till = self.tills[chance.below(len(self.tills))]
        acts: dict[str, Callable[[], None]] = {
            "price": lambda: hub.change_prices(chance),
            "stock": lambda: hub.change_stock(till.shop, chance),
            "setting": lambda: hub.change_setting(till.shop, chance),
            "staff": lambda: hub.change_staff(till.shop, chance),
            "generation": self._import,
            "hub restart": hub.restart,
            "hub backup": hub.back_up,
            "hub restore": hub.restore,
            "hub down": self._hub_down,
            "hub up": lambda: self._hub_up(LARGE_BODY_BYTES),
            "revoke": lambda: hub.set_revoked(till.till, is_revoked=True),
            "admit": self._admit_all,
            "small bodies": lambda: self._hub_up(SMALL_BODY_BYTES),
        }
        acts[event.what]()

    def _admit_all(self) -> None:
        for till in self.tills:
            self.hub.set_revoked(till.till, is_revoked=False)

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
