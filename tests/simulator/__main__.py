"""Runs the simulator from the command line: ``python -m tests.simulator --seeds 1000``."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.postgres import create_database, running_cluster
from tests.simulator.plan import Size
from tests.simulator.real import compare
from tests.simulator.runner import Outcome, never_happened, replay, run

SHOWN_FAULTS = 8
PROGRESS_EVERY = 50


def main() -> int:
    """Run what was asked for; return 0 when every promise was kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulator", description=__doc__)
    parser.add_argument("--seeds", type=int, default=100, help="how many worlds")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seed", type=int, help="only this one, shrunken when it fails")
    parser.add_argument("--days", type=int, default=Size().days)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--real", type=int, help="compare so many seeds with real processes")
    asked = parser.parse_args()
    size = Size(days=asked.days)
    if asked.real:
        return show_real(range(asked.first, asked.first + asked.real))
    if asked.seed is not None:
        return show_one(asked.seed, size)
    return show_many(range(asked.first, asked.first + asked.seeds), asked.jobs, size)


def show_one(seed: int, size: Size) -> int:
    """Run one seed and print why it fails, and with which events."""
    outcome, events = replay(seed, size)
    _print_faults(outcome, size)
    for event in events:
        print(f"    {event}")
    print(f"seed {seed}: {'fails' if outcome.faults else 'keeps every promise'}")
    return 1 if outcome.faults else 0


def show_many(seeds: range, jobs: int, size: Size) -> int:
    """Run seeds and print the failing ones, what happened in all of them, and the speed."""
    started = time.monotonic()
    failed, done = 0, Counter[str]()
    for number, outcome in enumerate(run(seeds, jobs=jobs, size=size), 1):
        done += outcome.done
        if outcome.faults:
            failed += 1
            _print_faults(outcome, size)
        if not number % PROGRESS_EVERY:
            print(f"R5: {number} of {len(seeds)} seeds, {failed} failed", flush=True)
    seconds = time.monotonic() - started
    print("R5: " + ", ".join(f"{what} {count}" for what, count in sorted(done.items())))
    if never := never_happened(done):
        print(f"R5: never happened: {', '.join(never)}")
    print(
        f"R5: {len(seeds)} seeds of {size.days} days and {size.all_tills} tills, {failed} failed, "
        f"{seconds:.0f} s, {len(seeds) / seconds:.2f} seeds/s"
    )
    return 1 if failed else 0


def show_real(seeds: range) -> int:
    """Do the acts of seeds with real processes too, and print where that differs."""
    started, failed = time.monotonic(), 0
    with running_cluster() as cluster:
        for seed in seeds:
            differing = compare(seed, cluster.url(create_database(cluster)))
            failed += bool(differing)
            for line in differing:
                print(f"seed {seed}: {line}", flush=True)
    seconds = time.monotonic() - started
    print(f"R5 and real processes: {len(seeds)} seeds, {failed} differ, {seconds:.0f} s")
    return 1 if failed else 0


def _print_faults(outcome: Outcome, size: Size) -> None:
    if outcome.faults:
        print(
            f"seed {outcome.seed} fails; again, with fewer events: "
            f"python -m tests.simulator --seed {outcome.seed} --days {size.days}"
        )
    for fault in outcome.faults[:SHOWN_FAULTS]:
        print(f"  {fault}")
    if len(outcome.faults) > SHOWN_FAULTS:
        print(f"  … and {len(outcome.faults) - SHOWN_FAULTS} more", flush=True)


if __name__ == "__main__":
    sys.exit(main())
