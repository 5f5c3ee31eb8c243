"""Slow work off the interface thread: told in it, once, and never to what is gone."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.background import Background


class Panel(QObject):
    """Asks for something and remembers what it was told, and where."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []
        self.thread_told_in: threading.Thread | None = None

    def take(self, result: object) -> None:
        self.told.append(result)
        self.thread_told_in = threading.current_thread()


@pytest.fixture
def background(qapp: QApplication) -> Background:
    return Background()


def test_the_answer_comes_in_the_thread_that_asked(background: Background, qtbot: QtBot) -> None:
    panel = Panel()
    background.run(threading.current_thread, panel.take)

    qtbot.waitUntil(lambda: len(panel.told) == 1)
    assert panel.told[0] is not threading.main_thread()
    assert panel.thread_told_in is threading.main_thread()


def test_what_goes_wrong_is_told_to_who_asked(background: Background, qtbot: QtBot) -> None:
    failed: list[Exception] = []
    panel = Panel()
    background.run(lambda: 1 // 0, panel.take, failed.append)

    qtbot.waitUntil(lambda: len(failed) == 1)
    assert isinstance(failed[0], ZeroDivisionError)
    assert panel.told == []


def test_a_panel_that_is_gone_is_told_nothing_and_ends_in_its_own_thread(
    background: Background, qtbot: QtBot
) -> None:
    may_end = threading.Event()
    ended_in: list[threading.Thread] = []
    panel = Panel()
    gone = weakref.ref(panel, lambda _: ended_in.append(threading.current_thread()))
    background.run(may_end.wait, panel.take)
    panel.deleteLater()
    qtbot.wait(0)
    del panel
    may_end.set()

    qtbot.waitUntil(lambda: gone() is None)
    gc.collect()
    assert ended_in == [threading.main_thread()]


def test_thousands_of_answers_are_each_told_once(background: Background, qtbot: QtBot) -> None:
    panel = Panel()
    for number in range(3_000):
        background.run(lambda number=number: number, panel.take)  # type: ignore[misc]

    qtbot.waitUntil(lambda: len(panel.told) == 3_000)
    assert sorted(panel.told) == list(range(3_000))  # type: ignore[type-var]


def test_what_is_done_can_be_told_without_waiting_for_the_event_loop(
    background: Background,
) -> None:
    panel = Panel()
    background.run(lambda: "done", panel.take)

    assert background.finish()
    assert panel.told == []
    background.deliver_now()

    assert panel.told == ["done"]
