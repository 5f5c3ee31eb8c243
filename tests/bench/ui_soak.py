"""A long day at the counter with everything running: does the interface ever stand still?

A real window under Xvfb, keys typed through the X server, agent and hub on PostgreSQL. Sales
wait in the outbox at the start, so that the day begins with a drain; meanwhile the office
changes prices, stock, people and the whole price list, and the agent takes its copies. The log
holds every beat that came late and the percentiles of each minute.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil

from pos.screens.navigator import Screen
from tests.bench import shop
from tests.bench.catalogue import SEED
from tests.bench.heartbeat import (
    STALL_MS,
    TOLD_MS,
    Bare,
    Heartbeat,
    Stall,
    percentiles,
    read_bare,
)
from tests.bench.history import add_history
from tests.bench.measures import Context
from tests.bench.processes import running_agent, running_hub
from tests.bench.report import Row
from tests.bench.ui_display import Hands, display
from tests.bench.ui_scan import SLOWEST_SCANNER_MS, pay_in_cash
from tests.bench.ui_till import (
    BenchTill,
    TookTooLong,
    memory_mb,
    served_till,
    settle,
    wait_until,
)
from tests.postgres import create_database, running_cluster

LOGS = Path(__file__).with_name("soak")
PRODUCTS = 20_000
WAITING = 5_000
MOST_LINES = 8
PAGES = (Screen.RECEIPTS, Screen.SYNC, Screen.DESK, Screen.CASH_OFFICE)
PAGE_EVERY = 10  # tickets
WARM_AFTER_S = 60.0


@dataclass(slots=True)
class Day:
    """What happened at the counter; memory in MB, of the till and of its agent."""

    scans: int = 0
    lost: int = 0
    typed_slowly: int = 0  # by the hands, slower than any scanner: not the till's doing
    sales: int = 0
    helped: int = 0  # times in which keys had left the screen elsewhere
    warm: tuple[float, float] = (0.0, 0.0)
    end: tuple[float, float] = (0.0, 0.0)
    loads: list[float] = field(default_factory=list)


def measure(context: Context) -> list[Row]:
    """Serve customers for as long as was asked for."""
    minutes = context.minutes or context.of(60, 1)
    LOGS.mkdir(exist_ok=True)
    name = f"{datetime.now(UTC):%Y-%m-%d-%H%M}-{minutes:g}min"
    day = Day()
    with display(), _shop(context) as (database, data):
        bare_file = data / "bare.json"
        with (
            (LOGS / f"{name}.tsv").open("w", encoding="utf-8", buffering=1 << 16) as log,
            _beside("tests.bench.heartbeat", out=bare_file),
            _beside("tests.bench.office", database, str(PRODUCTS)),
            served_till(data) as (bench, hands),
        ):
            log.write(f"# {_about(context)}\n")
            heart = Heartbeat(log, lambda: _machine(day))
            heart.start()
            _serve(bench, hands, heart, day, minutes * 60)
            heart.stop()
        bare = read_bare(bare_file)
    return _rows(minutes, name, heart, bare, day)


def _about(context: Context) -> str:
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, {_urgency()},"
        f" load {os.getloadavg()[0]:.1f}; times in ms; 'no_core': ready, and no core was free;"
        f" 'else': neither; quick: {context.is_quick}"
    )


def _urgency() -> str:
    """Say when the interface is let go before other programs, as on a machine of its own."""
    if os.sched_getscheduler(0) & ~os.SCHED_RESET_ON_FORK in {os.SCHED_RR, os.SCHED_FIFO}:
        return "interface ahead of all other programs (real-time)"
    return f"niceness {os.nice(0)}"


@contextmanager
def _shop(context: Context) -> Iterator[tuple[str, Path]]:
    """Yield the database of a running hub, and the data folder of a till with a queue."""
    with (
        running_cluster() as cluster,
        tempfile.TemporaryDirectory(dir=shop.cache(), prefix="copy-soak-") as name,
    ):
        database = cluster.url(create_database(cluster))
        listed = Path(name) / "products.csv.gz"
        listed.write_bytes(shop.price_list(PRODUCTS).read_bytes())
        shop.seed_hub(database, listed)
        with running_hub(database) as hub:
            data = Path(name) / "till"
            shop.enrol_till(data, hub, database)
            with running_agent(data):
                shop.wait_for_catalogue(data)
            add_history(data, context.of(WAITING, 200), is_sent=False)
            printer = {"kind": "file", "path": os.devnull}
            shop.point_to(data, hub, printer=printer, drawer={"kind": "none"})
            yield database, data


@contextmanager
def _beside(module: str, *arguments: str, out: Path | None = None) -> Iterator[None]:
    """Run a module of the bench in a process of its own, as its input lasts."""
    with (out or Path(os.devnull)).open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments], stdin=subprocess.PIPE, stdout=said
        )
        assert process.stdin is not None
        try:
            yield
        finally:
            process.stdin.close()
            process.wait(60)


def _serve(bench: BenchTill, hands: Hands, heart: Heartbeat, day: Day, seconds: float) -> None:
    dice = random.Random(SEED)
    begun = time.perf_counter()
    tickets = 0
    while (elapsed := time.perf_counter() - begun) < seconds:
        if not day.warm[0] and elapsed > min(WARM_AFTER_S, seconds / 2):
            day.warm = (memory_mb(), agent_mb())
        tickets += 1
        try:
            _serve_customer(bench, hands, heart, day, dice)
            if tickets % PAGE_EVERY == 0:
                _look_at(bench, heart, PAGES[tickets // PAGE_EVERY % len(PAGES)])
        except TookTooLong:
            heart.during = "help"
            day.helped += 1
            hands.press("Escape")
            settle(500)
            bench.till.navigator.go(Screen.SALE)
            settle(500)
    day.end = (memory_mb(), agent_mb())


def _serve_customer(
    bench: BenchTill, hands: Hands, heart: Heartbeat, day: Day, dice: random.Random
) -> None:
    """Scan one to three products a second and take the exact amount."""
    codes = [shop.gtin_of(n) for n in dice.sample(range(PRODUCTS), dice.randint(1, MOST_LINES))]
    heart.during = "scan"
    before = bench.lines
    bench.keys.forget()
    hands.scan_at_pace([str(code) for code in codes], dice.randint(300, 900))
    wait_until(lambda: len(bench.keys.returns) >= len(codes))
    settle(300)
    day.scans += len(codes)
    missing = max(0, before + len(codes) - bench.lines)
    slow = sum(gap > SLOWEST_SCANNER_MS for gap in bench.keys.slowest_gaps_ms)
    day.typed_slowly += slow
    day.lost += max(0, missing - slow)
    heart.during = "pay"
    pay_in_cash(bench, hands)
    day.sales += 1
    heart.during = "between customers"
    settle(dice.randint(200, 1_500))


def _look_at(bench: BenchTill, heart: Heartbeat, page: Screen) -> None:
    heart.during = f"page {page.value}"
    bench.till.navigator.go(page)
    settle(2_000)
    heart.during = "back to the sale"
    bench.till.navigator.go(Screen.SALE)
    settle(300)


def agent_mb() -> float:
    """Return what the agent of the till in this process holds in memory."""
    found = [each for each in psutil.Process().children() if "agent" in each.cmdline()]
    return sum(float(each.memory_info().rss) for each in found) / 2**20


def _machine(day: Day) -> str:
    load = os.getloadavg()[0]
    day.loads.append(load)
    return (
        f"load {load:.1f}, till {memory_mb():.0f} MB, agent {agent_mb():.0f} MB,"
        f" {day.sales} sales, {day.scans} scans, {day.lost} lost,"
        f" {day.typed_slowly} typed slower than a scanner, {day.helped} helped"
    )


def _rows(minutes: float, name: str, heart: Heartbeat, bare: Bare, day: Day) -> list[Row]:
    told = percentiles(heart.all)
    stalls = [stall for stall in heart.stalls if stall.ms > STALL_MS]
    loads = day.loads or [os.getloadavg()[0]]
    how = (
        f"{day.sales} sales, {day.scans} scans at 1-3 a second, {day.lost} lost,"
        f" {day.typed_slowly} typed by xdotool slower than a scanner; {WAITING:,} sales"
        f" in the outbox at the start, 20 prices and 5 stocks a second, a person every 20 s and"
        f" the whole list of {PRODUCTS:,} products every 10 min changing at the hub (PostgreSQL),"
        f" agent with its copies; {_urgency()}. Load {min(loads):.1f}-{max(loads):.1f},"
        f" {sum(loads) / len(loads):.1f} on average. Log: tests/bench/soak/{name}.tsv"
    )
    return [
        Row(
            f"interface standing still, {minutes:g} minutes of selling with sync running",
            f"none > {STALL_MS} ms",
            f"{len(stalls)} > {STALL_MS} ms, {len(heart.stalls)} > {TOLD_MS} ms;"
            f" p50 {told['p50']:g}, p99 {told['p99']:g}, max {told['max']:.0f} ms late",
            f"bare process beside it: {bare.over_stall} > {STALL_MS} ms,"
            f" {bare.over_told} > {TOLD_MS} ms; p99 {bare.p99:g}, max {bare.max:.0f} ms late",
            reached=not stalls,
            notes=(how, *_why(stalls)),
        ),
        Row(
            f"memory after {minutes:g} minutes of selling",
            "",
            f"till {day.end[0] - day.warm[0]:+.0f} MB to {day.end[0]:.0f} MB,"
            f" agent {day.end[1] - day.warm[1]:+.0f} MB to {day.end[1]:.0f} MB",
            notes=(
                "Counted from the second minute on; the till's holds the beats, 3 MB an hour.",
            ),
        ),
    ]


def _why(stalls: list[Stall]) -> tuple[str, ...]:
    if not stalls:
        return ()
    hungry = sum(stall.ms - stall.no_core <= STALL_MS for stall in stalls)
    worked = sum(stall.worked > STALL_MS for stall in stalls)
    note = (
        f"Of the stalls > {STALL_MS} ms, {hungry} would have been shorter than that with a core"
        f" free for the till, in {worked} the interface itself worked as long."
    )
    return (note,)
