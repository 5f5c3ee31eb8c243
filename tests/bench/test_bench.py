"""The bench can be run; what it measures is no test."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.bench.machine import Machine
from tests.bench.measures import MEASURES
from tests.bench.report import BEGIN, END, Results, Row, write_results

MACHINE = Machine("cpu", 2, 24.0, "6.1", "3.11", "ext4", 0.4, 1.2, 0.1, "2026-11-22", "abc1234")


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_there(name: str) -> None:
    assert callable(MEASURES[name].load())


def test_a_measure_is_taken_from_end_to_end_and_judged() -> None:
    command = [sys.executable, "-m", "tests.bench", "--only", "sale", "--quick"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "10-line sale recorded durably" in done.stdout
    assert "reached" in done.stdout


def test_figures_are_written_between_their_marks_and_notes_stay(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    path.write_text(f"# Results\n\n{BEGIN}\nold\n{END}\n\nWhat stands in the way.\n")
    row = Row("scan", "≤ 8 ms", "9 ms", "3 ms", "3.0 ×", reached=False, notes=("by keys",))

    write_results(Results(MACHINE, rows={"scan": [row]}, failures={"drain": "no\nhub"}), path)

    text = path.read_text()
    assert "| scan | ≤ 8 ms | 9 ms | 3 ms | 3.0 × | **not reached** |" in text
    assert "- scan: by keys" in text
    assert "- drain: no hub" in text
    assert "old" not in text
    assert text.startswith("# Results\n")
    assert text.endswith("What stands in the way.\n")


def test_a_run_of_few_measures_leaves_the_figures_of_the_others(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    scan = Row("scan", "≤ 8 ms", "9 ms", notes=("by keys",))
    drain = Row("drain", "≤ 5 s", "6 s", notes=("slow",))
    write_results(Results(MACHINE, rows={"scan": [scan], "drain": [drain]}), path)

    later = replace(MACHINE, taken_at="2026-11-23")
    write_results(Results(later, rows={"drain": [Row("drain", "≤ 5 s", "4 s")]}), path)

    text = path.read_text()
    assert text.index("2026-11-23") < text.index("4 s") < text.index("2026-11-22")
    assert text.index("2026-11-22") < text.index("| scan | ≤ 8 ms | 9 ms |")
    assert "- scan: by keys" in text
    assert "6 s" not in text
    assert "slow" not in text


def test_figures_of_a_busy_machine_say_so(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    busy = Machine("cpu", 2, 24.0, "6.1", "3.11", "ext4", 0.4, 1.2, 3.5, "2026-11-22", "abc1234")

    write_results(Results(busy), path)

    assert "The machine was busy" in path.read_text()
