"""Spoils the source in each named way, in a copy of it, and shows which test caught it."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.mutations import MUTATIONS, Mutation
from tests.mutants.tree import Tree

MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutation; `by_simulator` is None where the simulator was not asked."""

    mutation: Mutation
    is_healthy_green: bool
    is_mutant_red: bool
    by_simulator: bool | None

    @property
    def is_caught(self) -> bool:
        return self.is_healthy_green and self.is_mutant_red and self.by_simulator is not False


def main() -> int:
    """Try every mutation; return 0 when all are caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="mutations with this in their name")
    parser.add_argument("--no-simulator", action="store_true", help="only the named tests")
    asked = parser.parse_args()
    chosen = [each for each in MUTATIONS if asked.only in each.name]
    started = time.monotonic()
    memory = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="mostrador-mutants-", dir=memory) as folder:
        trees = [Tree(Path(folder) / str(number)) for number in range(asked.jobs)]
        verdicts = try_all(chosen, trees, is_simulated=not asked.no_simulator)
    _print_table(verdicts)
    caught = sum(verdict.is_caught for verdict in verdicts)
    simulated = sum(verdict.by_simulator is True for verdict in verdicts)
    print(
        f"mutants: {len(verdicts)} mutations, {caught} caught, {simulated} by the simulator too, "
        f"{time.monotonic() - started:.0f} s"
    )
    return 0 if caught == len(verdicts) else 1


def try_all(
    mutations: Sequence[Mutation], trees: Sequence[Tree], *, is_simulated: bool
) -> list[Verdict]:
    """Try mutations, each tree taking its share; the healthy tests run once, together first."""
    tests = sorted({each.test for each in mutations})
    if is_simulated:
        tests = sorted({*tests, *(each.simulator for each in mutations if each.simulator)})
    healthy = set(tests) if trees[0].passes(*tests) else {t for t in tests if trees[0].passes(t)}
    shares = [mutations[start :: len(trees)] for start in range(len(trees))]
    with ThreadPoolExecutor(len(trees)) as pool:
        done = pool.map(
            lambda pair: [_tried(pair[0], each, healthy, is_simulated) for each in pair[1]],
            zip(trees, shares, strict=True),
        )
        verdicts = [verdict for part in done for verdict in part]
    return sorted(verdicts, key=lambda verdict: mutations.index(verdict.mutation))


def _tried(tree: Tree, mutation: Mutation, healthy: set[str], is_simulated: bool) -> Verdict:
    with tree.spoilt_by(mutation):
        is_red = not tree.passes(mutation.test)
        by_simulator = None
        if is_simulated and mutation.simulator:
            is_same = mutation.simulator == mutation.test
            by_simulator = is_red if is_same else not tree.passes(mutation.simulator)
    needed = {mutation.test, mutation.simulator} if by_simulator is not None else {mutation.test}
    return Verdict(mutation, needed <= healthy, is_red, by_simulator)


def _print_table(verdicts: Sequence[Verdict]) -> None:
    simulator = {True: "red", False: "GREEN", None: "-"}
    for verdict in verdicts:
        mutation = verdict.mutation
        print(f"{'caught  ' if verdict.is_caught else 'SURVIVES'}  {mutation.name}")
        healthy = "green" if verdict.is_healthy_green else "RED"
        mutant = "red" if verdict.is_mutant_red else "GREEN"
        by_simulator = simulator[verdict.by_simulator]
        print(
            f"          {mutation.path}; healthy {healthy}, mutant {mutant}, "
            f"simulator {by_simulator}"
        )
        print(f"          {mutation.test}")


if __name__ == "__main__":
    sys.exit(main())
