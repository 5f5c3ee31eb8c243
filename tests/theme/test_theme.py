"""Dressing the application, and changing clothes while it runs."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.theme import fonts, icons, theme
from pos.theme.tokens import tokens
from pos.widgets.key import Key


def test_the_bundled_family_is_the_one_that_is_painted(qapp: QApplication) -> None:
    theme.apply(qapp, "light")

    assert QFontInfo(fonts.font("line")).family() == tokens().font
    assert qapp.font().pixelSize() == tokens().type["body"].px


def test_figures_are_tabular_so_that_columns_of_amounts_line_up(qapp: QApplication) -> None:
    from pos.widgets.paint import width_of

    theme.apply(qapp, "light")

    assert width_of("111", "line") == pytest.approx(width_of("888", "line"))


def test_switching_the_theme_repaints_what_is_on_the_screen(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, "light")
    key = Key("Cobrar")
    qtbot.addWidget(key)
    key.resize(200, 80)
    light = key.grab().toImage().pixelColor(20, 40)

    with qtbot.waitSignal(theme.current().changed):
        theme.apply(qapp, "dark")
    dark = key.grab().toImage().pixelColor(20, 40)

    assert light.name().upper() == tokens().color["surface-key"].light
    assert dark.name().upper() == tokens().color["surface-key"].dark
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == (
        tokens().color["surface-app"].dark
    )


def test_an_icon_takes_the_colour_and_the_pixels_it_is_asked_for(qapp: QApplication) -> None:
    image = icons.image("check", 20, "#FF0000", 2.0)

    colours = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert (image.width(), image.devicePixelRatio()) == (40, 2.0)
    assert colours == {"#ff0000"}


def test_an_icon_that_does_not_exist_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.image("unicorn", 20, "#000000")
