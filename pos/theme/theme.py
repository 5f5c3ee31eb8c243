"""The look in force: which theme, its colours, and the switch between themes."""

from __future__ import annotations

from functools import cache
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from pos.theme import fonts
from pos.theme.palette import palette
from pos.theme.stylesheet import stylesheet
from pos.theme.tokens import ThemeName, tokens


@cache
def _colour(theme: ThemeName, name: str) -> QColor:
    return QColor(tokens().color[name].of(theme))


class Theme(QObject):
    """What a widget asks while it paints; `changed` follows every switch."""

    changed = Signal()

    def __init__(self, name: ThemeName = "light", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name: ThemeName = name

    @property
    def name(self) -> ThemeName:
        return self._name

    def color(self, token: str) -> QColor:
        """Return a colour token in this theme; raises KeyError if there is none."""
        return _colour(self._name, token)

    def hex(self, token: str) -> str:
        """Return a colour token as `#RRGGBB`; raises KeyError if there is none."""
        return tokens().color[token].of(self._name)

    def switch(self, app: QApplication, name: ThemeName) -> None:
        """Put a theme on the whole application and have every widget repainted."""
        self._name = name
        app.setPalette(palette(tokens(), name))
        app.setStyleSheet(stylesheet(tokens(), name))
        for widget in app.allWidgets():
            widget.update()
        self.changed.emit()


_current = Theme()


def current() -> Theme:
    """Return the theme in force in this process."""
    return _current


def apply(app: QApplication, name: ThemeName) -> Theme:
    """Dress the application: Fusion, the bundled fonts, palette and style sheet.

    May be called again at any time with the other theme.

    Raises:
        fonts.FontMissingError: the bundled fonts cannot be loaded.
    """
    if not app.property("mostrador-fonts"):
        fonts.install()
        app.setStyle("Fusion")
        app.setFont(fonts.font("body"))
        app.setProperty("mostrador-fonts", True)
    _current.switch(app, name)
    return _current


def application() -> QApplication:
    """Return the running application object."""
    return cast(QApplication, QApplication.instance())
