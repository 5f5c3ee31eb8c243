"""Who may import whom, and which parts of Qt may be used at all."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ALL, ROOT, imported_names, python_files, tree_of

GPL_ONLY_QT = {
    "QtCharts",
    "QtDataVisualization",
    "QtGraphs",
    "QtGraphsWidgets",
    "QtHttpServer",
    "QtNetworkAuth",
    "QtQuick3D",
    "QtVirtualKeyboard",
}
PLAIN_PYTHON = ("pos/domain", "sync/protocol")
# GS1 element strings and the world's telephone numbers are standards of their own, read by
# libraries without I/O.
BEYOND_THE_STANDARD_LIBRARY = {
    Path("pos/domain/phone.py"): {"phonenumbers"},
    Path("pos/domain/scan_gs1.py"): {"biip"},
}


def qt_modules(tree: ast.Module) -> set[str]:
    """Return the Qt modules a file imports, such as `QtCore`."""
    names = (name.split(".") for name in imported_names(tree))
    return {parts[1] for parts in names if parts[0] == "PySide6" and len(parts) > 1}


def test_every_import_contract_is_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr


def test_no_part_of_qt_is_used_that_only_the_gpl_allows() -> None:
    offenders = [
        str(path) for path in python_files(*ALL) if qt_modules(tree_of(path)) & GPL_ONLY_QT
    ]

    assert offenders == []


def test_an_import_of_a_gpl_only_part_of_qt_would_be_seen() -> None:
    spellings = (
        "import PySide6.QtCharts",
        "from PySide6 import QtCharts",
        "from PySide6.QtCharts import QChart",
    )

    assert all(qt_modules(ast.parse(spelling)) & GPL_ONLY_QT for spelling in spellings)


@pytest.mark.parametrize("path", python_files(*PLAIN_PYTHON), ids=str)
def test_the_core_needs_only_the_standard_library(path: Path) -> None:
    ours = path.parent.as_posix().split("/")[0]
    allowed = sys.stdlib_module_names | {ours} | BEYOND_THE_STANDARD_LIBRARY.get(path, set())

    imported = {name.split(".")[0] for name in imported_names(tree_of(path))}

    assert imported <= allowed


@pytest.mark.parametrize(
    "path", [p for p in python_files("pos/screens") if p.name.endswith("view_model.py")], ids=str
)
def test_a_view_model_knows_no_window(path: Path) -> None:
    assert qt_modules(tree_of(path)) <= {"QtCore"}


def test_only_one_sqlite_opens_the_shop_files() -> None:
    offenders = [
        str(path)
        for path in python_files("pos", "sync", "hardware", "migrations")
        if any(name.split(".")[0] == "sqlite3" for name in imported_names(tree_of(path)))
    ]

    assert offenders == []
