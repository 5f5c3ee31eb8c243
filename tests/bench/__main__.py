"""Measures speed and memory: ``python -m tests.bench [--only NAME…] [--quick] [--write]``.

Each measure runs in a process of its own, one after the other, and measures the raw limit of
the same machine in the same run beside it. Nothing here is a test: no figure fails anything.

    python -m tests.bench                      everything, as a table
    python -m tests.bench --only scan search   two of them
    python -m tests.bench --only soak --minutes 60   stalls of a long day; only when named
    python -m tests.bench --write              and write tests/bench/RESULTS.md
    python -m tests.bench --list               their names

The shop of a million products with half a million sales is made once, in the folder for
temporary files, and kept for the next run while the tables stay the same.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.machine import look_at_machine
from tests.bench.measures import MEASURES
from tests.bench.report import Results, Row, as_table, row_from_json, warnings_of, write_results

ROOT = Path(__file__).parents[2]
LONGEST_S = 1800
MARK = "MEASURED "


def main(arguments: list[str] | None = None) -> int:
    """Run what was asked for; 1 when a measure could not be taken."""
    chosen = _parser().parse_args(arguments)
    chosen.only = [name for names in chosen.only or () for name in names]
    if chosen.list:
        for name, measure in MEASURES.items():
            print(f"{name:10} {measure.about}")
        return 0
    results = Results(look_at_machine(), is_quick=chosen.quick)
    for warning in warnings_of(results):
        print(f"! {warning}", file=sys.stderr)
    for name in chosen.only or _without_a_name():
        _run(name, chosen, results)
    rows = [row for found in results.rows.values() for row in found]
    print(f"\n{as_table(rows)}")
    for name, why in results.failures.items():
        print(f"\n! {name} was not measured:\n{why}", file=sys.stderr)
    if chosen.write:
        write_results(results)
    return 1 if results.failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--only", nargs="+", action="extend", type=_names, metavar="NAME")
    parser.add_argument("--minutes", type=float, default=0.0, help="how long to soak")
    parser.add_argument("--quick", action="store_true", help="small shops, few repetitions")
    parser.add_argument("--data", type=Path, help="folder with products_gtin.csv.gz and photos")
    parser.add_argument("--write", action="store_true", help="write tests/bench/RESULTS.md")
    parser.add_argument("--list", action="store_true", help="name the measures")
    return parser


def _names(text: str) -> list[str]:
    """Return the measures of ``one,another``."""
    names = [name for name in text.split(",") if name]
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        raise argparse.ArgumentTypeError(f"no measure: {', '.join(unknown)}")
    return names


def _without_a_name() -> list[str]:
    return [name for name, measure in MEASURES.items() if not measure.only_when_named]


def _run(name: str, chosen: argparse.Namespace, results: Results) -> None:
    print(f"{name:10} …", end=" ", file=sys.stderr, flush=True)
    begun = time.monotonic()
    command = [sys.executable, "-m", "tests.bench.measures", name]
    if chosen.quick:
        command.append("--quick")
    if chosen.minutes:
        command += ["--minutes", str(chosen.minutes)]
    longest_s = LONGEST_S + max(60.0, chosen.minutes) * 60
    data = chosen.data or ROOT.parent / "shared" / "data"
    if data.is_dir():
        command += ["--data", str(data)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=longest_s, check=False
        )
    except subprocess.TimeoutExpired:
        results.failures[name] = f"not done after {longest_s:.0f} s"
    else:
        rows = _rows_in(done.stdout)
        if rows:
            results.rows[name] = rows
        if done.returncode != 0 or not rows:
            results.failures[name] = done.stderr[-2000:] or done.stdout[-2000:]
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)


def _rows_in(output: str) -> list[Row]:
    lines = [line.removeprefix(MARK) for line in output.splitlines() if line.startswith(MARK)]
    return [row_from_json(values) for line in lines for values in json.loads(line)]


if __name__ == "__main__":
    sys.exit(main())
