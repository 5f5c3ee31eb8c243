"""Screens are tested dressed, on a till that is closed again after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QApplication

from tests.dressing import dress
from tests.screens.counter_kit import Kit, open_kit
from tests.screens.shop_floor import Floor, open_floor

OpenFloor = Callable[..., Floor]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    dress(qapp)
    QLocale.setDefault(QLocale("en_GB"))


@pytest.fixture
def kit(tmp_path: Path, qapp: QApplication) -> Iterator[Kit]:
    """Return a counter with an open shift and a cashier at work."""
    made = open_kit(tmp_path)
    yield made
    made.close()


@pytest.fixture
def open_till(tmp_path: Path, qapp: QApplication) -> Iterator[OpenFloor]:
    """Return a function that opens the till of the test, with the goods of the shop."""
    opened: list[Floor] = []

    def open_it(**wanted: object) -> Floor:
        opened.append(open_floor(tmp_path, **wanted))  # type: ignore[arg-type]
        return opened[-1]

    yield open_it
    for floor in opened:
        floor.window.close()
        floor.window.deleteLater()
        floor.kit.end()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def floor(open_till: OpenFloor) -> Floor:
    """Return the till on the sale screen with Lucía, a cashier, signed in."""
    return open_till()
