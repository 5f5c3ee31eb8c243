"""A panel that was closed hears no more of what outlives it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from pos.screens.link.view_model import LinkViewModel
from pos.screens.menu.view_model import MenuViewModel
from pos.screens.ports import LinkState, LinkStatus
from pos.screens.preferences import Preferences
from tests.screens.counter_kit import Kit


def close(kit: Kit, panel: QObject) -> None:
    kit.navigator.open(panel)
    kit.navigator.close(panel)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_menu_does_not_answer_a_change_of_language_after_it_was_closed(
    kit: Kit, capfd: pytest.CaptureFixture[str]
) -> None:
    preferences = Preferences()
    close(kit, MenuViewModel(kit.counter, kit.navigator, preferences))

    preferences.speak("en")
    preferences.dress("dark")
    preferences.sound_on(False)

    assert "deleted" not in capfd.readouterr().err


def test_the_link_panel_does_not_answer_the_agent_after_it_was_closed(
    kit: Kit, capfd: pytest.CaptureFixture[str]
) -> None:
    close(kit, LinkViewModel(kit.counter, kit.navigator))

    kit.devices.link.say(LinkStatus(LinkState.ONLINE))

    assert "deleted" not in capfd.readouterr().err
