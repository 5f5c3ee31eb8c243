"""The table of a run: goal, figure, the raw limit beside it, reached or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.machine import Machine

RESULTS = Path(__file__).with_name("RESULTS.md")
BEGIN, END = "<!-- figures: written by `make bench` -->", "<!-- end of figures -->"
RUN = "<!-- taken in an earlier run -->"
COLUMNS = ("measure", "goal", "figure", "raw limit beside it", "ratio", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; every text is ready to be read.

    `reached` is None where nothing is promised and the figure informs. `notes` say what was
    measured when that is not plain from the name, or what the run lacked.
    """

    measure: str
    goal: str
    figure: str
    limit: str = ""
    ratio: str = ""
    reached: bool | None = None
    notes: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        if self.reached is None:
            return ""
        return "reached" if self.reached else "**not reached**"

    def cells(self) -> tuple[str, ...]:
        return (self.measure, self.goal, self.figure, self.limit, self.ratio, self.verdict)


@dataclass(slots=True)
class Results:
    """What a run gave: rows by measure, and the measures that failed with why."""

    machine: Machine
    is_quick: bool = False
    rows: dict[str, list[Row]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


def row_from_json(values: Mapping[str, Any]) -> Row:
    """Return the row a measure's process printed."""
    return Row(**{**values, "notes": tuple(values.get("notes", ()))})


def spread(figures: Mapping[str, float], *names: str, unit: str = "ms") -> str:
    """Write percentiles: ``p50 1.2, p99 3.4 ms``."""
    wanted = names or tuple(figures)
    return f"{', '.join(f'{name} {figures[name]:g}' for name in wanted)} {unit}"


def times(figure: float, limit: float) -> str:
    """Write how many times the limit a figure is."""
    return f"{figure / limit:.1f} ×" if limit else ""


def as_table(rows: Iterable[Row]) -> str:
    """Return the rows as a table for the terminal."""
    plain = [[cell.replace("**", "") for cell in row.cells()] for row in rows]
    grid = [list(COLUMNS), *plain]
    widths = [max(len(line[place]) for line in grid) for place in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in grid
    )


def as_markdown(results: Results) -> str:
    """Return machine, table and notes of a run."""
    rows = [row for found in results.rows.values() for row in found]
    lines = [*_about(results), "", _markdown_line(COLUMNS), "|" + "---|" * len(COLUMNS)]
    lines += [_markdown_line(row.cells()) for row in rows]
    notes = [f"- {row.measure}: {note}" for row in rows for note in row.notes]
    if notes:
        lines += ["", "What was measured:", "", *notes]
    if results.failures:
        lines += ["", "Not measured in this run:", ""]
        lines += [f"- {name}: {_one_line(why)}" for name, why in results.failures.items()]
    return "\n".join(lines)


def write_results(results: Results, path: Path = RESULTS) -> None:
    """Put a run between the marks of RESULTS.md; what people wrote around them stays.

    So do figures of earlier runs that this one did not take, under what they were taken on.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else f"# Results\n\n{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    earlier, _, after = rest.partition(END)
    taken = {row.measure for found in results.rows.values() for row in found}
    kept = [without(part, taken) for part in earlier.split(RUN) if _figures_in(part)]
    parts = [as_markdown(results), *(part for part in kept if _figures_in(part))]
    block = f"\n\n{RUN}\n\n".join(parts)
    path.write_text(f"{before}{BEGIN}\n\n{block}\n\n{END}{after}", encoding="utf-8")


def without(section: str, measures: set[str]) -> str:
    """Return what an earlier run wrote, without the lines about some measures."""
    lines = section.strip().splitlines()
    dropped = tuple(
        start for name in measures for start in (f"| {name.replace('|', '/')} |", f"- {name}:")
    )
    return "\n".join(line for line in lines if not (dropped and line.startswith(dropped)))


def _figures_in(section: str) -> list[str]:
    """Return the lines of the table of a section, without its head."""
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return lines[2:]


def warnings_of(results: Results) -> list[str]:
    """Return what makes the figures of a run doubtful."""
    found = []
    if results.machine.is_busy:
        found.append(
            f"The machine was busy when this began (load {results.machine.load} on"
            f" {results.machine.cores} cores): take these figures for problems, not for proof."
        )
    if results.is_quick:
        found.append("A quick run: smaller shops and fewer repetitions than the goals speak of.")
    return found


def _about(results: Results) -> list[str]:
    it = results.machine
    fsync = f"fdatasync of 4 KiB: p50 {it.fsync_p50_ms:g}, p99 {it.fsync_p99_ms:g} ms"
    parts = (
        f"{it.cpu}, {it.cores} cores, {it.memory_gb:g} GB",
        f"Linux {it.kernel}",
        f"Python {it.python}",
        it.disk,
        fsync,
        it.taken_at,
        f"commit {it.commit}",
        f"load {it.load:g} at the start",
    )
    lines = [" · ".join(parts)]
    for warning in warnings_of(results):
        lines += ["", f"> **{warning}**"]
    return lines


def _markdown_line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[-300:]
