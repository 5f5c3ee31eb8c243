"""Bars over hours or days, painted with the tokens: title, legend, a scale that can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.theme.fonts import line_height
from pos.widgets.paint import draw_box, draw_text, elided, fill_rect, width_of

HEAD = 40  # title and legend
TITLE = 26  # the title alone
FOOT = 28  # what stands below the bars
GAP = 8
SWATCH = 14
NARROWEST_BAR = 2
ROUND = 3  # upper corners


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of bar; `values` has one for each place, `words` what is written above it."""

    name: str
    values: tuple[int, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """What a plot shows. `ticks` are (value, word) from 0 upwards, the last one the highest.

    The first series is filled, a second one is an outline, so that they differ in both themes
    and without colour.
    """

    title: str = ""
    places: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    ticks: tuple[tuple[int, str], ...] = field(default=((0, ""), (1, "")))
    spoken: str = ""  # the same in a sentence, for who cannot see it

    @property
    def highest(self) -> int:
        return max(1, self.ticks[-1][0])


class BarPlot(QWidget):
    """Draws a `Plot`; words that would touch each other are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot = Plot()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def plot(self) -> Plot:
        return self._plot

    def set_plot(self, plot: Plot) -> None:
        """Show another plot."""
        if plot != self._plot:
            self._plot = plot
            self.setAccessibleName(f"{plot.title}. {plot.spoken}".strip())
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_head(painter)
        scale = max((width_of(word, "meta") for _, word in self._plot.ticks), default=0)
        left = round(scale + GAP)
        room = QRectF(left, HEAD, self.width() - left, self.height() - HEAD - FOOT)
        self._paint_ticks(painter, room)
        self._paint_bars(painter, room)
        self._paint_places(painter, room)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        plot = self._plot
        right = float(self.width())
        if len(plot.series) > 1:
            for index, series in reversed(list(enumerate(plot.series))):
                right -= width_of(series.name, "meta")
                draw_text(painter, right, 4, series.name, "meta", "text-muted")
                right -= SWATCH + 6
                _paint_bar(painter, QRectF(right, 7, SWATCH, SWATCH), index)
                right -= 16
        title = elided(plot.title, "strong", max(0, int(right - GAP)))
        draw_text(painter, 0, 2, title, "strong", "text")

    def _paint_ticks(self, painter: QPainter, room: QRectF) -> None:
        half = line_height("meta") / 2
        for value, word in self._plot.ticks:
            y = round(room.bottom() - room.height() * value / self._plot.highest)
            fill_rect(painter, room.x(), y, room.width(), 1, "border" if value else "text-muted")
            x = room.x() - GAP - width_of(word, "meta")
            draw_text(painter, x, y - half, word, "meta", "text-muted")

    def _paint_bars(self, painter: QPainter, room: QRectF) -> None:
        plot = self._plot
        for place, box in enumerate(self._slots(room)):
            width = max(NARROWEST_BAR, box.width() / max(1, len(plot.series)))
            for index, series in enumerate(plot.series):
                value = series.values[place]
                if not value:
                    continue
                height = max(2.0, room.height() * min(value, plot.highest) / plot.highest)
                x = box.x() + index * width
                bar = QRectF(round(x), room.bottom() - height, max(1, round(width) - 1), height)
                _paint_bar(painter, bar, index)
                self._write_value(painter, bar, series, place, box.width())

    def _write_value(
        self, painter: QPainter, bar: QRectF, series: Series, place: int, room: float
    ) -> None:
        """Write a value above its bar where there is one kind of bar and all values fit.

        Under the title there is no room: the value of a bar as high as that stands inside.
        """
        if len(self._plot.series) > 1 or not series.words:
            return
        if max(width_of(word, "meta") for word in series.words) > room:
            return
        word = series.words[place]
        x, y = bar.center().x() - width_of(word, "meta") / 2, bar.y() - line_height("meta")
        if y < TITLE:
            draw_text(painter, x, bar.y() + 4, word, "meta", "on-accent")
        else:
            draw_text(painter, x, y, word, "meta", "text")

    def _paint_places(self, painter: QPainter, room: QRectF) -> None:
        """Write hours or days below, every second or third of them when they are many."""
        places = self._plot.places
        if not places:
            return
        slot = room.width() / len(places)
        widest = max(width_of(word, "meta") for word in places) + 10
        step = next((n for n in (1, 2, 3, 5, 7, 10) if slot * n >= widest), len(places))
        for index in range(0, len(places), step):
            word = places[index]
            width = width_of(word, "meta")
            centre = room.x() + slot * (index + 0.5)
            x = max(0.0, min(centre - width / 2, self.width() - width))
            draw_text(painter, x, room.bottom() + 6, word, "meta", "text-muted")

    def _slots(self, room: QRectF) -> Sequence[QRectF]:
        """Return where the bars of each place stand, a fifth of the room white between them."""
        count = len(self._plot.places)
        slot = room.width() / max(1, count)
        inner = min(slot * 0.8, 96.0)
        return [
            QRectF(room.x() + slot * index + (slot - inner) / 2, room.y(), inner, room.height())
            for index in range(count)
        ]


def _paint_bar(painter: QPainter, box: QRectF, index: int) -> None:
    radius = ROUND if min(box.width(), box.height()) > 2 * ROUND else 0
    if index == 0:
        draw_box(painter, box, fill="accent", radius=radius)
    else:
        draw_box(painter, box, fill="surface-panel", edge="accent-text", px=2, radius=radius)


def ticks_up_to(value: int, steps: Sequence[int] = (), *, most: int = 5) -> tuple[int, ...]:
    """Return round values from 0 up to at least `value`, so that at most `most` lie above 0.

    Args:
        steps: Which distances are round, in rising order; 1, 2, 5, 10, 20… by default.
    """
    chosen = next((step for step in steps if step * most >= value), 0)
    size = steps[-1] if steps and not chosen else 1
    while not chosen:
        chosen = next((size * n for n in (1, 2, 5) if size * n * most >= value), 0)
        size *= 10
    count = max(1, -(-value // chosen))
    return tuple(chosen * index for index in range(count + 1))
