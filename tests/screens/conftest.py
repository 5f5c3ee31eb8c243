"""Screens are tested dressed, on a till that is closed again after each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from pos.theme import theme
from tests.screens.counter_kit import Kit, open_kit


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    QLocale.setDefault(QLocale("en_GB"))


@pytest.fixture
def kit(tmp_path: Path, qapp: QApplication) -> Iterator[Kit]:
    """Return a counter with an open shift and a cashier at work."""
    made = open_kit(tmp_path)
    yield made
    made.close()
