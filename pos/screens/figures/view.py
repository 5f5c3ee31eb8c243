"""Pickups in figures: five figures above, two plots below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.screens import wording
from pos.screens.figures.plots import MINUTE_MS, TIME_STEPS, Bars
from pos.screens.figures.view_model import PERIODS, FiguresViewModel, Tile
from pos.widgets.bar_plot import BarPlot, Plot, Series, ticks_up_to
from pos.widgets.grid import GAP, page_places
from pos.widgets.key import Key
from pos.widgets.notice import Notice, Teach, let_grow
from pos.widgets.page_bar import PageBar
from pos.widgets.panel import Panel
from pos.widgets.text import IconView, Text

_TILES = 5
_ROOM_FOR_TICK = 20


class FigurePanel(Panel):
    """One figure: icon and name, the figure large, what it is made of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._icon, self._name = IconView("clock", 20, "text-muted"), Text("", "strong")
        self.value = Text("", "amount")
        self._second = Text("", "meta", "text-muted", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._name, 1)
        self.column.setContentsMargins(16, 14, 12, 14)
        self.column.setSpacing(4)
        self.column.addLayout(head)
        self.column.addWidget(self.value)
        self.column.addWidget(self._second, 1, Qt.AlignmentFlag.AlignTop)

    def show_tile(self, tile: Tile) -> None:
        """Show a figure."""
        self._icon.set_icon(tile.icon, "text-muted")
        self._name.set_text(tile.name)
        self.value.set_text(tile.value)
        self._second.set_text(tile.second)
        self.setAccessibleName(f"{tile.name}: {tile.value}, {tile.second}")


class FiguresPage(QWidget):
    """Draws a `FiguresViewModel`."""

    def __init__(self, view_model: FiguresViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._bind()
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc, change the period with the numbers on its keys or the arrows."""
        model = self.view_model
        acts: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Escape: model.back,
            Qt.Key.Key_Left: lambda: model.turn(-1),
            Qt.Key.Key_Right: lambda: model.turn(1),
            Qt.Key.Key_1: lambda: model.choose(PERIODS[0]),
            Qt.Key.Key_2: lambda: model.choose(PERIODS[1]),
            Qt.Key.Key_3: lambda: model.choose(PERIODS[2]),
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            event.ignore()
        else:
            act()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        boxes = page_places(self.width(), self.height(), right_width=0)
        self.bar.setGeometry(boxes.bar)
        self.body.setGeometry(boxes.main)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    # -- building

    def _build(self) -> None:
        self.bar = PageBar(parent=self)
        self.periods = {
            days: self.bar.add_act(Key(cap=str(place)))
            for place, days in enumerate(PERIODS, start=1)
        }
        self.body = QStackedWidget(self)
        self.body.addWidget(self._build_figures())
        empty = Panel()
        self.teach = Teach("bag")
        empty.column.addWidget(self.teach)
        self.body.addWidget(empty)

    def _build_figures(self) -> QWidget:
        self.tiles = [FigurePanel() for _ in range(_TILES)]
        self.orders, self.times = BarPlot(), BarPlot()
        self.notice = Notice(tone="amber", icon="offline")
        let_grow(self.notice)
        self.noted = Notice(icon="heart")
        let_grow(self.noted)
        figures, plots = QHBoxLayout(), QHBoxLayout()
        for row in (figures, plots):
            row.setSpacing(GAP)
        for tile in self.tiles:
            figures.addWidget(tile, 1)
        for plot in (self.orders, self.times):
            panel = Panel(padding=16)
            panel.column.addWidget(plot)
            plots.addWidget(panel, 1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.notice)
        column.addLayout(figures)
        column.addWidget(self.noted)
        column.addLayout(plots, 1)
        return page

    def _bind(self) -> None:
        model = self.view_model
        self.bar.back_pressed.connect(model.back)
        for days, key in self.periods.items():
            key.clicked.connect(lambda _=False, days=days: model.choose(days))
        model.changed.connect(self._redraw)

    # -- drawing

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(self.tr("Pickups in figures"), model.source, back=self.tr("Back"))
        self._redraw_periods()
        self.body.setCurrentIndex(1 if model.is_empty else 0)
        self.teach.set_words(
            self.tr("No orders in this time"),
            self.tr("How fast orders are ready and handed over\nis counted from the first one."),
        )
        self.notice.setVisible(bool(model.notice))
        self.notice.set_text(model.notice)
        self.noted.setVisible(bool(model.noted))
        self.noted.set_text(model.noted)
        for tile, panel in zip(model.tiles, self.tiles, strict=False):
            panel.show_tile(tile)
        for panel in self.tiles:
            panel.setVisible(bool(model.tiles))
        self.orders.set_plot(_plot(model.plots.orders))
        self.times.set_plot(_plot(model.plots.times))

    def _redraw_periods(self) -> None:
        names = {1: self.tr("Today"), 7: self.tr("7 days"), 30: self.tr("30 days")}
        for days, key in self.periods.items():
            key.set_word(names[days])
            key.setMinimumWidth(key.sizeHint().width() + _ROOM_FOR_TICK)
            key.set_chosen(days == self.view_model.days)


def _plot(bars: Bars) -> Plot:
    ticks = ticks_up_to(max(1, bars.highest), TIME_STEPS if bars.is_time else ())
    return Plot(
        bars.title,
        bars.places,
        tuple(
            Series(name, values, tuple(_word(value, bars) for value in values))
            for name, values in zip(bars.names, bars.values, strict=True)
        ),
        tuple((tick, _word(tick, bars) if tick else "0") for tick in ticks),
        bars.spoken,
    )


def _word(value: int, bars: Bars) -> str:
    if not value:
        return ""
    return wording.span(value * MINUTE_MS) if bars.is_time else str(value)
