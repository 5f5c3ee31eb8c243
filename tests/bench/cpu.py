"""How much processor time processes took: what a busy machine hardly changes, unlike the clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import psutil

from tests.postgres import Cluster

HUB, CLIENT, POSTGRES, AGENT = "hub", "client", "PostgreSQL", "agent"


def seconds_of(process: psutil.Process) -> float:
    """Return the seconds of a core that a process and its ended children took, in all threads."""
    took = process.cpu_times()
    return float(took.user + took.system + took.children_user + took.children_system)


class Meter:
    """Processor time of several parts from its making on, each part some processes."""

    def __init__(self, parts: Mapping[str, Iterable[psutil.Process]]) -> None:
        self._parts = {name: list(processes) for name, processes in parts.items()}
        self._before = self._sums()

    def per(self, count: int) -> dict[str, float]:
        """Return the microseconds each part took for each of `count` things."""
        after = self._sums()
        return {name: (after[name] - self._before[name]) / count * 1e6 for name in self._parts}

    def _sums(self) -> dict[str, float]:
        return {
            name: sum(seconds_of(process) for process in processes)
            for name, processes in self._parts.items()
        }


def server_of(cluster: Cluster) -> list[psutil.Process]:
    """Return the processes of a PostgreSQL server that run now; connect before asking."""
    place = str(cluster.folder)
    for process in psutil.process_iter(["name", "cmdline"]):
        said = process.info["cmdline"] or []
        if process.info["name"] == "postgres" and any(word.startswith(place) for word in said):
            return [process, *process.children(recursive=True)]
    return []


def told(micros: dict[str, float]) -> str:
    """Write parts: ``hub 410, PostgreSQL 300 µs``."""
    return ", ".join(f"{name} {value:.0f}" for name, value in micros.items()) + " µs"
