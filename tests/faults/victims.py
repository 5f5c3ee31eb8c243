"""The processes that faults happen to: forked from one that has loaded everything."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.open_till import OpenTill
from pos.services.workstation import SignOn
from pos.store import till_store
from pos.store.backup import take_backup
from pos.store.data_folder import DataFolder
from pos.store.engine import make_engine
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from tests.builders import catalogue
from tests.faults.bad_disk import GIVES_UP_AFTER, Careful, GaveUp
from tests.faults.mutations import spoil
from tests.faults.printing import Desk
from tests.faults.shift import Counter, Tell, no_printer, tell_through
from tests.faults.shop_floor import PRODUCTS, data_folder, open_at

GAVE_UP, CRASHED = 3, 4
GENERATIONS, COPIES = 5, 3


@dataclass(frozen=True, slots=True)
class Setting:
    """What is special about a victim.

    Attributes:
        port: The printer's, 0 for none.
        checkpoint_pages: How full the WAL is when it is moved into the file, 0 for the
            till's own setting.
        mutation: See tests/faults/mutations.py.
        answers: Waits for an answer to everything it tells.
    """

    port: int = 0
    checkpoint_pages: int = 0
    mutation: str = ""
    answers: bool = False


AS_IT_IS = Setting()


def work(root: str, setting: Setting, told: Connection, go: Connection) -> None:
    """Work a shift once `go` says so."""
    go.recv_bytes()
    with _at_counter(root, setting, told, go) as counter:
        counter.work()


def pick_up(
    root: str, setting: Setting, bank: frozenset[str], told: Connection, go: Connection
) -> None:
    """Go on after a fault and close the shift."""
    go.recv_bytes()
    with _at_counter(root, setting, told, go) as counter:
        counter.pick_up(bank)


@contextmanager
def _at_counter(
    root: str, setting: Setting, told: Connection, go: Connection
) -> Iterator[Counter]:
    """Open a till and a printer, and close both."""
    if setting.checkpoint_pages:
        till_store.CHECKPOINT_PAGES = setting.checkpoint_pages
    spoil(setting.mutation)
    tell = tell_through(told.fileno(), go.fileno() if setting.answers else None)
    with _telling_of_a_crash(tell):
        till, sign_on = open_at(data_folder(Path(root)))
        desk = Desk(till, setting.port) if setting.port else None
        yield Counter(till, sign_on, tell, desk.print if desk else no_printer)
        if desk is not None:
            desk.finish()
        till.close()


def serve_agent(root: str, mutation: str, go: Connection) -> None:
    """Be the agent of a till, as `mostrador agent` is."""
    from sync.agent.main import run

    spoil(mutation)
    go.recv_bytes()
    run(Path(root))


def serve_hub(url: str, port: int, mutation: str, scratch: str, go: Connection) -> None:
    """Be the hub, as `mostrador hub` is; what it leaves when it is killed lies in `scratch`."""
    from sync.hub.main import run

    tempfile.tempdir = scratch
    spoil(mutation)
    go.recv_bytes()
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    os.dup2(silence, sys.stderr.fileno())
    run(url, port=port)


def work_on_bad_disk(root: str, mutation: str, told: Connection, go: Connection) -> None:
    """Work a shift while the disk fails; give up when it does not get well."""
    folder, tell = data_folder(Path(root)), tell_through(told.fileno())
    spoil(mutation)
    go.recv_bytes()
    with _telling_of_a_crash(tell):
        opened = _opened_at_last(folder, tell)
        if opened is None:
            sys.exit(GAVE_UP)
        careful = Careful(*opened, tell, lambda: open_at(folder)[0])
        try:
            careful.work()
        except GaveUp:
            sys.exit(GAVE_UP)
        finally:
            careful.till.close()


def _opened_at_last(folder: DataFolder, tell: Tell) -> tuple[OpenTill, SignOn] | None:
    for _ in range(GIVES_UP_AFTER):
        try:
            return open_at(folder)
        except StoreUnavailable:
            tell("refused")
        except OutcomeOfCommitUnknown:
            tell("unknown")
    return None


@contextmanager
def _telling_of_a_crash(tell: Tell) -> Iterator[None]:
    """Tell the error that nobody expected, which ends the process."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, SystemExit):
            tell("crashed", error=traceback.format_exc()[-1500:])
            sys.exit(CRASHED)
        raise


def sell_for(
    root: str, seconds: float, setting: Setting, told: Connection, go: Connection
) -> None:
    """Sell without a pause for a while."""
    go.recv_bytes()
    ends = time.monotonic() + seconds
    with _at_counter(root, setting, told, go) as counter:
        counter.open()
        while time.monotonic() < ends:
            counter.cash_sale(PRODUCTS[:3])


def acknowledge_for(root: str, seconds: float, go: Connection) -> None:
    """Acknowledge whatever waits and move the WAL into the file, without a pause."""
    go.recv_bytes()
    ends = time.monotonic() + seconds
    folder = data_folder(Path(root))
    key = load_key(folder)
    engine = make_engine(folder.database, key=key, checkpoint_pages=1)
    with closing(AgentStore(folder.database, key=key)) as store:
        while time.monotonic() < ends:
            facts = store.pending(20, 100_000)
            if facts:
                last = facts[-1]
                store.mark_acknowledged(last.epoch, last.seq, last.hash, 1)
            with engine.connect() as connection:
                connection.rollback()
                raw = connection.connection.dbapi_connection
                assert raw is not None
                raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
    engine.dispose()


def swap_catalogues(root: str, setting: Setting, told: Connection, go: Connection) -> None:
    """Give the till one catalogue after the other, and sell from each."""
    go.recv_bytes()
    with _at_counter(root, setting, told, go) as counter:
        counter.open()
        for generation in range(2, 2 + GENERATIONS):
            catalogue(counter.till.folder.catalogue, PRODUCTS, generation=generation)
            counter.tell("catalogue", generation=generation)
            counter.cash_sale(PRODUCTS[:2])


def back_up(root: str, setting: Setting, told: Connection, go: Connection) -> None:
    """Sell, and copy the books now and then."""
    go.recv_bytes()
    with _at_counter(root, setting, told, go) as counter:
        folder = counter.till.folder
        counter.open()
        for _ in range(COPIES):
            counter.cash_sale(PRODUCTS[:2])
            now_ms = counter.till.station.clock.now_ms()
            made = take_backup(folder, key=load_key(folder), now_ms=now_ms)
            counter.tell("copied", name=made.path.name)
            pause = threading.Event()  # copies have the second they were taken in their names
            pause.wait(1 - now_ms % 1000 / 1000)
