"""`make faults`: break everything, at length, and print what was broken and what did not hold."""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from tests.faults.rigs import RIGS, Plan, run
from tests.faults.tally import Tally

SHARES = 2  # each keeps a core busy


def main() -> int:
    """Run the rigs and return 1 when anything did not hold, or a rig did nothing."""
    options = _options()
    print(f"seed {options.seed}, {os.cpu_count()} cores", flush=True)
    tallies = [_whole(name, options) for name in options.only or RIGS]
    checked = sum(tally.total for tally in tallies)
    violations = sum(len(tally.violations) for tally in tallies)
    idle = [tally.rig for tally in tallies if not tally.total and not tally.skipped]
    print(f"\n{checked} points, {violations} violations")
    for rig in idle:
        print(f"{rig} did nothing")
    return 1 if violations or idle else 0


def _whole(name: str, options: argparse.Namespace) -> Tally:
    """Run the shares of a rig beside each other and print its part of the table."""
    begun = time.monotonic()
    plans = [Plan(options.points, options.seed, share, SHARES) for share in range(SHARES)]
    with ProcessPoolExecutor(SHARES, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(run, name, plan) for plan in plans]
        for future in futures:
            future.add_done_callback(_say_what_broke)
        shares = [future.result() for future in futures]
    tally = shares[0]
    for other in shares[1:]:
        tally.merge(other)
    tally.seconds = time.monotonic() - begun
    print("\n".join(tally.rows()), flush=True)
    return tally


def _say_what_broke(share: Future[Tally]) -> None:
    """Tell of a rig that broke as soon as it does: the other share may take long yet."""
    error = share.exception()
    if error is not None:
        print(f"the rig itself broke: {error!r}", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", choices=list(RIGS), metavar="RIG", help=f"some of {', '.join(RIGS)}"
    )
    parser.add_argument("--seed", type=int, default=1, help="of everything left to chance")
    parser.add_argument(
        "--points", type=int, default=0, help="how many faults; 0: all, or the rig's own measure"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
