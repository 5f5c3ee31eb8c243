"""The machine the hub runs on: its database, its process, its office, and what befalls it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from pos.domain.staff import Role
from sync.connectors.builtin import BuiltinConnector
from sync.http import HubUnreachable
from sync.hub import admin
from sync.hub.app import create_app
from sync.hub.conflicts import desk, desk_items
from sync.hub.conflicts.watch import watch_once
from sync.hub.database import HubDatabase, open_database
from sync.hub.intake.retrying import retry_waiting
from sync.hub.publishing.catalogue_import import import_catalogue
from sync.hub.trust.enrolment import revoke
from sync.wire.v1.desk import ItemKind, ItemState, Resolution
from tests.simulator.asgi import AsgiAnswer, call
from tests.simulator.chance import Chance, MachineClock
from tests.simulator.crashes import HUB, Crashes, Killed
from tests.simulator.goods import GTINS, price_list
from tests.simulator.people import MANAGER

DATABASE = "hub.db"
SMALL_BODY_BYTES = 3_000
LARGE_BODY_BYTES = 8 * 1024 * 1024


class HubMachine:
    """One hub on an SQLite file; `serve` is its only way in."""

    def __init__(self, folder: Path, clock: MachineClock, crashes: Crashes) -> None:
        self.folder = folder
        self.clock = clock
        self.max_body_bytes = LARGE_BODY_BYTES
        self.is_down = False
        self.deaths = 0
        self.restores = 0
        self._crashes = crashes
        self._cache = folder / "cache"
        self._cache.mkdir(exist_ok=True)
        self._start()

    @property
    def database(self) -> HubDatabase:
        return self._database

    def serve(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> AsgiAnswer:
        """Answer a request, or die over it and be started again.

        Raises:
            HubUnreachable: The hub is down, or died before it had answered.
        """
        if self.is_down:
            raise HubUnreachable("connection refused")
        try:
            with self._crashes.running(HUB, HUB):
                return call(self._app, method, path, headers, body)
        except Killed as death:
            if death.program != HUB:
                raise
            self.deaths += 1
            self.restart()
            raise HubUnreachable("the hub died") from death

    def restart(self) -> None:
        """End the process and start it again on what the disk holds."""
        self.stop()
        self._start()

    def stop(self) -> None:
        """End the process."""
        self._database.close()
        self._crashes.close_files(HUB)

    def back_up(self) -> None:
        """Put a copy of the database aside."""
        self.stop()
        shutil.copyfile(self.folder / DATABASE, self.folder / "backup.db")
        self._start()

    def restore(self) -> None:
        """Go back to the copy, when there is one: what came after it is lost here."""
        if not (self.folder / "backup.db").exists():
            return
        self.stop()
        for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.copyfile(self.folder / "backup.db", self.folder / DATABASE)
        self.restores += 1
        self._start()

    def work_in_background(self) -> None:
        """Do what the hub's threads do every few seconds."""
        with self._crashes.running("", HUB):
            now_ms = self.clock.now_ms()
            retry_waiting(self._database, BuiltinConnector(), now_ms)
            watch_once(self._database, now_ms)

    # -- what the office does

    def change_prices(self, chance: Chance) -> None:
        """Set some prices anew."""
        chosen = sorted({chance.below(len(GTINS)) for _ in range(chance.between(1, 5))})
        prices = [(str(GTINS[place]), chance.between(1, 99_99)) for place in chosen]
        admin.set_prices(self._database.engine, prices)

    def change_stock(self, shop: str, chance: Chance) -> None:
        """Book a delivery."""
        admin.adjust_stock(
            self._database.engine,
            shop,
            str(GTINS[chance.below(len(GTINS))]),
            chance.between(1, 50) * 1000,
            reason="delivery",
            movement_id=chance.hex(32),
            now_ms=self.clock.now_ms(),
        )

    def change_setting(self, shop: str, chance: Chance) -> None:
        """Change something that tills are told."""
        text = f"Campaña {chance.below(1000)}"
        admin.set_setting(self._database.engine, shop, "receipt_note", text)

    def change_staff(self, shop: str, chance: Chance) -> None:
        """Hire somebody, or let somebody go."""
        admin.add_staff(
            self._database.engine,
            shop,
            staff_id=f"extra-{chance.below(4)}",
            name=f"Refuerzo {chance.below(100)}",
            role=Role.CASHIER,
            pin="4321",
            is_active=chance.happens(0.7),
        )

    def set_revoked(self, till: str, *, is_revoked: bool) -> None:
        """Let a till sync no more, or again."""
        revoke(self._database.engine, till, self.clock.now_ms() if is_revoked else 0)

    def clear_desk(self, chance: Chance) -> None:
        """Decide everything that a person has to decide."""
        clear_desk(self._database, self.clock.now_ms(), chance)

    def import_catalogue(self, version: int) -> None:
        """Read a price list in, so that there is another generation."""
        path = self.folder / f"catalogue-{version}.csv"
        path.write_text(price_list(version), encoding="utf-8")
        import_catalogue(self._database.engine, path, currency="EUR", now_ms=self.clock.now_ms())

    def _start(self) -> None:
        with self._crashes.running("", HUB):
            self._database = open_database(f"sqlite:///{self.folder / DATABASE}")
        self._app = create_app(
            self._database,
            clock=self.clock,
            cache_folder=self._cache,
            max_body_bytes=self.max_body_bytes,
        )


def clear_desk(database: HubDatabase, now_ms: int, chance: Chance) -> None:
    """Resolve every item of the desk in one of the ways that can be chosen."""
    with database.reading() as connection:
        items = desk_items.items(connection, admin.shops(connection), ItemState.OPEN)
    for item in items:
        chosen = item.resolutions[chance.below(len(item.resolutions))]
        if item.kind is ItemKind.FACT_PARKED:
            chosen = Resolution.APPLY_AGAIN
        act = desk.DeskAct(
            op_id=chance.hex(32),
            item_id=item.item_id,
            staff_id=MANAGER,
            shop=item.shop,
            place=desk.AT_THE_HUB,
            at_ms=now_ms,
            resolution=chosen,
        )
        with database.transaction() as connection:
            desk.resolve(connection, act)
