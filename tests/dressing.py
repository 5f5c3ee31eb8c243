"""The look of the shop for tests that show something."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from pos.theme import theme


def dress(app: QApplication) -> None:
    """Put the light theme on, unless it is worn already: to dress takes longer than most tests."""
    if theme.current().name != "light" or not app.styleSheet():
        theme.apply(app, "light")
