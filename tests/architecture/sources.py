"""The project's own Python files, read as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("pos", "sync", "hardware", "migrations")
ALL = (*SHIPPED, "tests")


def python_files(*packages: str) -> list[Path]:
    """Return every Python file of the packages, relative to the repository, sorted."""
    return sorted(
        path.relative_to(ROOT) for package in packages for path in (ROOT / package).rglob("*.py")
    )


@cache
def text_of(path: Path) -> str:
    """Return the text of a file named relative to the repository."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a file named relative to the repository."""
    return ast.parse(text_of(path), filename=str(path))


def imported_names(tree: ast.Module) -> Iterator[str]:
    """Yield the dotted name of everything a module imports, also inside functions.

    `from PySide6 import QtCore` yields `PySide6.QtCore`, so modules and names look alike.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
