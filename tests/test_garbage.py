"""Garbage of the screens ends in the thread that made it, whatever workers do meanwhile."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from pos.background import Background
from pos.garbage import GarbageCollector


class Panel(QObject):
    """A panel in a circle with its timer's slot, as panels are."""

    def __init__(self) -> None:
        super().__init__()
        self.timer = QTimer(self)
        self.timer.start(10_000)
        self.itself = self


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    gc.enable()  # as it is before the till starts
    made = GarbageCollector()
    yield made
    made.stop()


def make_garbage() -> None:
    """Make more circles than Python lets stand before it looks for garbage by itself."""
    for _ in range(5_000):
        circle: list[object] = []
        circle.append(circle)


def test_a_panel_in_a_circle_ends_in_the_thread_of_the_window(
    collector: GarbageCollector, qtbot: QtBot
) -> None:
    ended_in: list[threading.Thread] = []
    gc.collect()
    panel = Panel()
    gone = weakref.ref(panel, lambda _: ended_in.append(threading.current_thread()))
    del panel

    background = Background()
    for _ in range(20):
        background.run(make_garbage, lambda _: None)
    assert background.finish()
    assert gone() is not None
    for _ in range(2_000):  # until the panel is looked at, whichever generation it is in
        make_garbage()
        collector.look()
        if gone() is None:
            break

    assert ended_in == [threading.main_thread()]


def test_python_looks_for_garbage_itself_once_the_till_has_ended(qtbot: QtBot) -> None:
    gc.enable()
    collector = GarbageCollector()
    assert not gc.isenabled()

    collector.stop()

    assert gc.isenabled()
