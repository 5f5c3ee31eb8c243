"""A copy of the source in which one file at a time is spoilt, and the tests run in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.architecture.sources import ROOT
from tests.mutants.mutations import Mutation

PARTS = ("pos", "sync", "hardware", "migrations", "resources", "tests", "pyproject.toml")
LONGEST_S = 1_200  # all healthy tests together, on a busy machine
PASSED, FAILED = 0, 1  # exit codes of pytest; anything else is no verdict


class DoesNotApply(AssertionError):
    """The source is no longer what the mutation was written for."""


class NoVerdict(RuntimeError):
    """The tests neither passed nor failed: they could not be run."""


def mutated(text: str, mutation: Mutation) -> str:
    """Return the text of a file with the mutation in it.

    Raises:
        DoesNotApply: What is to be replaced does not stand there exactly once.
    """
    found = text.count(mutation.old)
    if found != 1:
        raise DoesNotApply(f"{mutation.name}: {found} places in {mutation.path}")
    return text.replace(mutation.old, mutation.new)


class Tree:
    """A copy of the source in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ignored = shutil.ignore_patterns("__pycache__", "screenshots", ".pytest_cache")
        for part in PARTS:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, folder / part, ignore=ignored)
            else:
                shutil.copyfile(source, folder / part)

    @contextmanager
    def spoilt_by(self, mutation: Mutation) -> Iterator[None]:
        """Keep the mutation in the tree for the length of the block."""
        path = self.folder / mutation.path
        healthy = path.read_text(encoding="utf-8")
        spoilt = mutated(healthy, mutation)
        path.write_text(spoilt, encoding="utf-8")
        self._forget_bytecode(path)
        try:
            yield
        finally:
            path.write_text(healthy, encoding="utf-8")
            self._forget_bytecode(path)

    def passes(self, *tests: str) -> bool:
        """Run tests in the tree and say whether all of them pass.

        Raises:
            NoVerdict: They could not be run.
        """
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
        if done.returncode not in {PASSED, FAILED}:
            raise NoVerdict(done.stdout[-2000:] + done.stderr[-2000:])
        return done.returncode == PASSED

    def _forget_bytecode(self, path: Path) -> None:
        """Two texts of one length within a second look the same to Python's cache."""
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
            compiled.unlink()
