"""A machine that burns and is set up again from a copy, by the product's own restore."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from pos.commands import restoring
from pos.commands.restoring import Wanted
from pos.store import restore as store_restore
from pos.store.backup import backups_in, take_backup
from pos.store.engine import make_engine, transaction
from sync.client import HubRefused
from sync.http import HubUnreachable
from tests.simulator.chance import Chance
from tests.simulator.till_machine import HUB_URL, TillMachine

TRIES = 4


@dataclass
class Ashes:
    """What was in the books that burned: ids of everything that may be at the hub and not here."""

    ids: set[str] = field(default_factory=set)


def copy_books(machine: TillMachine) -> None:
    """Take a copy of the till as its agent does at night."""
    take_backup(machine.folder, key=None, now_ms=machine.clock.now_ms())


def burn_and_restore(machine: TillMachine, ashes: Ashes, chance: Chance) -> bool:
    """Lose the database and set the till up from its latest copy; False when there is none.

    What the cashier was told and neither the copy nor the hub knew is lost with the disk, and
    nobody can promise otherwise: it is no longer held against the till.
    """
    backups = backups_in(machine.folder.backups)
    if not backups:
        return False
    machine.end()
    ashes.ids |= _ids_in(machine)
    kept = machine.folder.root.with_name(f"{machine.folder.root.name}-stick")
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(machine.folder.root, kept)
    wanted = Wanted(
        data=machine.folder.root,
        backup=kept / "backups" / backups[0].path.name,
        hub=HUB_URL,
        replaces=True,
    )
    for _ in range(TRIES):
        try:
            _restore(machine, wanted)
        except HubUnreachable:
            continue
        except HubRefused as error:  # a revoked till gets nothing back: its copy must do
            if error.code != "revoked":
                raise
        else:
            break
    else:
        offline = Wanted(wanted.data, wanted.backup, "", HUB_URL, offline=True, replaces=True)
        _restore(machine, offline)
    shutil.rmtree(kept)
    _forget_what_burned(machine)
    return True


def _restore(machine: TillMachine, wanted: Wanted) -> None:
    """Run `mostrador restore` in this process: unencrypted, by the world's clock and network."""
    credentials = machine.credentials()
    with (
        patch.multiple(
            restoring,
            _key=lambda _: None,
            _credentials=lambda *_: credentials,
            SystemClock=lambda: machine.clock,
            Uuid7=lambda: machine.ids,
        ),
        patch.object(store_restore, "store_key"),
    ):
        result = restoring.restore(wanted, lambda *_: None)
    assert result.violations == [], f"{machine.till} restored with {result.violations}"
    if result.set_aside is not None:
        shutil.rmtree(result.set_aside)


def _ids_in(machine: TillMachine) -> set[str]:
    return {
        row[0]
        for query in (
            "SELECT op_id FROM journal",
            "SELECT sale_id FROM sale",
            "SELECT movement_id FROM cash_movement",
            "SELECT attempt_id FROM card_attempt",
            "SELECT session_id FROM till_session",
        )
        for row in _rows(machine, query)
    }


def _forget_what_burned(machine: TillMachine) -> None:
    sales = {row[0] for row in _rows(machine, "SELECT sale_id FROM sale")}
    attempts = {row[0] for row in _rows(machine, "SELECT attempt_id FROM card_attempt")}
    machine.told = [told for told in machine.told if told.sale_id in sales]
    charged = machine.terminal.charged
    for attempt_id in charged.keys() - attempts:
        del charged[attempt_id]
    returns = {row[0] for row in _rows(machine, "SELECT return_id FROM return_document")}
    refunds = {row[0] for row in _rows(machine, "SELECT refund_id FROM return_refund")}
    machine.told_returned = [told for told in machine.told_returned if told.sale_id in returns]
    paid_back = machine.terminal.paid_back
    for refund_id in paid_back.keys() - refunds:
        del paid_back[refund_id]


def _rows(machine: TillMachine, query: str) -> list[Any]:
    engine = make_engine(machine.folder.database, key=None, read_only=True)
    try:
        with transaction(engine) as connection:
            return list(connection.exec_driver_sql(query))
    finally:
        engine.dispose()
