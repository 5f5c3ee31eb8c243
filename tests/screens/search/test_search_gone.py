"""A search whose panel was closed before its answer came."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from pos.screens.search.view_model import SearchViewModel
from tests.screens.counter_kit import Kit


def test_an_answer_for_a_closed_search_is_dropped(kit: Kit, qtbot: QtBot) -> None:
    panel = SearchViewModel(kit.counter, kit.navigator, lambda _product: None)
    kit.navigator.open(panel)
    panel.write("a")

    kit.navigator.close(panel)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    kit.counter.background.finish()
    with qtbot.captureExceptions() as raised:
        QCoreApplication.processEvents()
    assert raised == []
