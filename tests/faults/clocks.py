"""R9: the clock of a till, of its agent or of the hub is wrong, or jumps, and selling goes on.

What came first is what stands first in the journal, never what a clock said.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from pos.domain.journal import Fact
from pos.store.data_folder import DataFolder
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.system import SystemClock
from sync.hub import tables as hub_tables
from sync.hub.database import HubDatabase
from tests.architecture.sources import ROOT
from tests.builders import KEY
from tests.faults.oracle import Ear, hub_violations, till_violations
from tests.faults.shift import BUSINESS_DAY, Counter
from tests.faults.shop_floor import open_at
from tests.faults.syncing import RunningHub, drain, known_till
from tests.faults.tally import Tally

FAKETIME = "faketime"
DAY_MS, HOUR_MS = 86_400_000, 3_600_000
NOW_MS = 1_795_300_000_000  # November 2026
MOMENTS = {
    "1970": 0,
    "400 days back": NOW_MS - 400 * DAY_MS,
    "an hour back": NOW_MS - HOUR_MS,
    "400 days ahead": NOW_MS + 400 * DAY_MS,
    "2099": 4_076_000_000_000,
}
LONGEST_S = 60
SELL = """
import sys
from tests.faults.clocks import sell_here
sell_here(sys.argv[1])
"""
AGENT = """
import sys
from pathlib import Path
from sync.agent.main import run
run(Path(sys.argv[1]))
"""
UNIX = socket.AF_UNIX


@dataclass
class WildClock:
    """A clock that says something else each time it is asked."""

    dice: random.Random

    def now_ms(self) -> int:
        """Return any of the moments, or about now."""
        return self.dice.choice([*MOMENTS.values(), NOW_MS]) + self.dice.randrange(10_000)


@dataclass(frozen=True, slots=True)
class StoppedClock:
    """A clock that is wrong and stands still."""

    at_ms: int

    def now_ms(self) -> int:
        """Return where it stands."""
        return self.at_ms


def missing_tool() -> str:
    """Return the name of the program that is missing, empty when it is there."""
    return "" if shutil.which(FAKETIME) else FAKETIME


def sell_by(root: Path, hub: RunningHub, clock: WildClock | StoppedClock) -> list[str]:
    """Work a shift by a clock, sync it, and return what does not hold."""
    folder, ear = known_till(root / f"till-{hub.known}", hub), Ear()
    till, sign_on = open_at(folder, clock)
    try:
        Counter(till, sign_on, _telling(ear)).work()
    finally:
        till.close()
    drain(folder, hub.url)
    found = _violations(folder, hub.database, ear)
    shutil.rmtree(folder.root)
    return found


def every_clock(root: Path, hub: RunningHub, tally: Tally, seeds: range) -> None:
    """Sell by every wrong clock, and by clocks that jump with every look at them."""
    for name, at_ms in MOMENTS.items():
        tally.add(f"till in {name}", sell_by(root, hub, StoppedClock(at_ms)))
    for seed in seeds:
        found = sell_by(root, hub, WildClock(random.Random(seed)))
        tally.add("jumping clock", found, where=f"seed {seed}")


def real_processes(root: Path, hub: RunningHub, tally: Tally, names: list[str]) -> None:
    """Let the till's processes run in another time than the hub."""
    for name in names:
        folder, ear = known_till(root / f"till-{hub.known}", hub), Ear()
        at_ms = MOMENTS[name]
        ear.hear(_in_another_time(at_ms, SELL, str(folder.root)))
        found = _agent_tells(folder, at_ms)
        drain(folder, hub.url)
        found += _violations(folder, hub.database, ear)
        found += _not_then(folder, at_ms)
        tally.add(f"processes in {name}", found)
        shutil.rmtree(folder.root)


def sell_here(root: str) -> None:
    """Work a shift and tell it on standard output."""
    from tests.faults.shop_floor import data_folder

    def tell(what: str, **said: object) -> None:
        sys.stdout.write(json.dumps({"told": what, **said}) + "\n")

    till, sign_on = open_at(data_folder(Path(root)))
    try:
        Counter(till, sign_on, tell).work()
    finally:
        till.close()


def _agent_tells(folder: DataFolder, at_ms: int) -> list[str]:
    """The agent pushes from another time, and tells how far its clock is off."""
    command, environment = _faked(at_ms, AGENT, str(folder.root))
    agent = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        offset = _offset_told(folder.agent_socket)
    except TimeoutError as error:
        return [f"R9: {error}"]
    finally:
        os.killpg(agent.pid, signal.SIGTERM)  # faketime itself passes no signal on
        agent.communicate(timeout=LONGEST_S)  # until nobody writes there: the agent ends after it
    off_by = abs(offset - (SystemClock().now_ms() - at_ms))
    return [f"R9: the clock is said to be {offset} ms off"] if off_by > HOUR_MS else []


def _offset_told(path: Path) -> int:
    deadline = time.monotonic() + LONGEST_S
    while time.monotonic() < deadline:
        with suppress(FileNotFoundError, ConnectionRefusedError), socket.socket(UNIX) as line:
            line.settimeout(1)
            line.connect(str(path))
            offset = _first_offset(line, deadline)
            if offset is not None:
                return offset
        time.sleep(0.05)
    raise TimeoutError("the agent tells no offset of its clock")


def _first_offset(line: socket.socket, deadline: float) -> int | None:
    heard = b""
    while time.monotonic() < deadline:
        try:
            data = line.recv(65_536)
        except TimeoutError:
            continue
        if not data:
            return None
        *whole, heard = (heard + data).split(b"\n")
        for message in map(json.loads, whole):
            if message.get("clock_offset_ms") is not None:
                return int(message["clock_offset_ms"])
    return None


def _faked(at_ms: int, program: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    moment = datetime.datetime.fromtimestamp(at_ms / 1000, datetime.UTC)
    command = [FAKETIME, "-f", f"@{moment:%Y-%m-%d %H:%M:%S}", sys.executable, "-c", program]
    # A clock that never goes back stays as it is, or every wait in the process ends wrongly.
    environment = {**os.environ, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC"}
    return [*command, *arguments], environment


def _in_another_time(at_ms: int, program: str, *arguments: str) -> bytes:
    command, environment = _faked(at_ms, program, *arguments)
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, timeout=LONGEST_S, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def _violations(folder: DataFolder, database: HubDatabase, ear: Ear) -> list[str]:
    found = till_violations(folder, ear) + hub_violations(folder, database)
    facts = _facts(folder)
    if [fact.seq for fact in facts] != list(range(1, len(facts) + 1)):
        found.append("R9: the journal is not in its order")
    with database.reading() as connection:
        sale, till = hub_tables.sale.c, facts[0].till
        rows = connection.execute(
            select(sale.business_day, sale.number).where(sale.till == till).order_by(sale.number)
        ).all()
    told = [line["number"] for line in ear.of("sale")]
    if [row.number for row in rows] != told:
        found.append(f"R9: the hub has {[row.number for row in rows]}, sold were {told}")
    if days := {row.business_day for row in rows} - {BUSINESS_DAY}:
        found.append(f"R9: business days {days}, opened was {BUSINESS_DAY}")
    return found


def _not_then(folder: DataFolder, at_ms: int) -> list[str]:
    """The processes must really have been in the other time."""
    facts = _facts(folder)
    wrong = [fact for fact in facts if not 0 <= fact.occurred_at_ms - at_ms < HOUR_MS]
    return [f"R9: a fact of {wrong[0].occurred_at_ms}, not of {at_ms}"] if wrong else []


def _facts(folder: DataFolder) -> list[Fact]:
    with closing(AgentStore(folder.database, key=load_key(folder) or KEY)) as store:
        return store.facts_from(1, 1, 100_000, 1_000_000_000)


def _telling(ear: Ear) -> Callable[..., None]:
    def tell(what: str, **said: object) -> None:
        ear.lines.append({"told": what, **said})

    return tell
