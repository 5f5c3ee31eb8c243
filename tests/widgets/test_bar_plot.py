"""Bars over time: round scales, and nothing painted outside of where it belongs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from pos.theme import theme
from pos.widgets.bar_plot import FOOT, HEAD, BarPlot, Plot, Series, ticks_up_to


@given(st.integers(1, 10**9))
def test_a_scale_is_round_and_reaches_what_it_measures(value: int) -> None:
    ticks = ticks_up_to(value)

    step = ticks[1]
    assert ticks[0] == 0
    assert ticks[-1] >= value > ticks[-2]
    assert len(ticks) <= 6
    assert str(step).rstrip("0") in {"1", "2", "5"}


@given(st.integers(1, 10**7))
def test_a_scale_of_given_steps_keeps_to_them_until_they_are_too_short(value: int) -> None:
    ticks = ticks_up_to(value, (5, 10, 30))

    assert ticks[-1] >= value
    assert ticks[1] in {5, 10, 30} or ticks[1] % 30 == 0
    assert len(ticks) <= 6


def drawn(plot: Plot, width: int = 420, height: int = 240) -> QImage:
    widget = BarPlot()
    widget.resize(width, height)
    widget.set_plot(plot)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    widget.render(image)
    return image


def column(image: QImage, colour: int) -> list[int]:
    """Return the rows that hold a colour, as (y) from the top."""
    return [
        y
        for y in range(image.height())
        if any(image.pixel(x, y) & 0xFFFFFF == colour for x in range(image.width()))
    ]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_bar_twice_as_high_is_twice_as_much(qapp: QApplication, name: str) -> None:
    theme.apply(qapp, name)  # type: ignore[arg-type]
    accent = theme.current().color("accent").rgb() & 0xFFFFFF

    def height(value: int) -> int:
        plot = Plot("Orders", ("9",), (Series("a", (value,)),), ((0, "0"), (10, "10")))
        return len(column(drawn(plot), accent))

    assert height(10) == 240 - HEAD - FOOT
    assert abs(height(10) - 2 * height(5)) <= 2
    assert height(0) == 0


@pytest.mark.parametrize("count", [0, 1, 24, 31])
def test_any_number_of_places_fits_any_width(qapp: QApplication, count: int) -> None:
    theme.apply(qapp, "light")
    accent = theme.current().color("accent").rgb() & 0xFFFFFF
    places = tuple(f"{day} nov" for day in range(count))
    series = (Series("placed", (3,) * count), Series("handed over", (10**6,) * count))
    plot = Plot("Orders by the day", places, series, ((0, "0"), (5, "5")))

    for width in (240, 420, 900):
        rows = column(drawn(plot, width), accent)
        assert all(y <= 240 - FOOT for y in rows if y >= HEAD)
        assert bool(count) is any(y >= HEAD for y in rows)
