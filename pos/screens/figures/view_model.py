"""Pickups in figures: from the hub when it answers, else what this till can count itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pos.domain.errors import StoreUnavailable
from pos.domain.pickup_figures import PickupFigures, Spread
from pos.domain.scan import ScannedCode
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.figures.plots import Plots, plots_of
from pos.screens.navigator import Navigator, Screen
from pos.screens.scan_refusal import refuse_scan
from pos.services.hub_calls import HubAway
from pos.services.pickup_figures import LocalFigures, look_up

PERIODS = (1, 7, 30)
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure: what it is, how much, and what it is made of."""

    icon: str
    name: str
    value: str
    second: str


class FiguresViewModel(QObject):
    """Shows the figures of one period; the hub's take the place of the till's own."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.days = PERIODS[0]
        self.figures: PickupFigures | None = None
        self.is_from_hub = False
        self._mirrored_at_ms = 0
        self._is_away = False

    # -- what is shown

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to show yet, so that the page teaches."""
        figures = self.figures
        if figures is None or not figures.is_empty:
            return False
        return figures.noted is None or figures.noted.is_empty

    @property
    def noted(self) -> str:
        """What customers said about products in the shop; empty when only this till counted."""
        noted = self.figures.noted if self.figures else None
        if noted is None:
            return ""
        said = (
            self.tr("%n wishes", "", noted.wishes),
            self.tr("%n complaints", "", noted.complaints),
            self.tr("%n times praise", "", noted.praises),
        )
        return self.tr("Customers in 30 days: {said}").format(said=" · ".join(said))

    @property
    def source(self) -> str:
        """Whose figures these are, and how old."""
        figures, now_ms = self.figures, self._counter.station.clock.now_ms()
        if figures is None:
            return self.tr("Counting…")
        if self.is_from_hub:
            age = wording.age(figures.until_ms, now_ms)
            return self.tr("whole shop, {age}").format(age=age)
        return self.tr("as far as this till knows")

    @property
    def notice(self) -> str:
        """Why the figures are this till's only; empty when they are the shop's."""
        if self.is_from_hub or not self._is_away or self.figures is None:
            return ""
        if not self._mirrored_at_ms:
            return self.tr("The centre does not answer, and told nothing of orders yet.")
        age = wording.age(self._mirrored_at_ms, self._counter.station.clock.now_ms())
        old = self.tr("The centre does not answer: what other tills did is of {age}.")
        own = self.tr("Times to hand over are of this till only.")
        return f"{old.format(age=age)} {own}"

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The five figures in reading order."""
        figures = self.figures
        if figures is None:
            return ()
        waiting = self.tr("%n to prepare", "", figures.to_prepare)
        shelf = self.tr("%n on the shelf", "", figures.on_shelf)
        none = self.tr("{count} of {all} orders").format(
            count=figures.no_shows, all=figures.finished
        )
        pieces = self.tr("{count} of {all} pieces").format(count=figures.short, all=figures.wanted)
        return (
            self._time("clock", self.tr("Until ready"), figures.ready),
            self._time("bag", self.tr("At the counter"), figures.handover),
            Tile("user", self.tr("Waiting now"), str(figures.waiting), f"{waiting}\n{shelf}"),
            Tile(
                "calendar",
                self.tr("Nobody came"),
                _rate(figures.no_show_basis_points, figures.finished),
                none if figures.finished else self.tr("none yet"),
            ),
            Tile(
                "alert",
                self.tr("Not to be had"),
                _rate(figures.short_basis_points, figures.wanted),
                pieces if figures.wanted else self.tr("none yet"),
            ),
        )

    @property
    def plots(self) -> Plots:
        """Orders and times over the period."""
        return plots_of(self.figures.bars if self.figures else (), self.days)

    # -- what is done

    def entered(self) -> None:
        """Count anew; called whenever the page is shown."""
        if self._counter.signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
            return
        self._look()

    def choose(self, days: int) -> None:
        """Show another period."""
        if days != self.days:
            self.days = days
            self.figures = None
            self._look()

    def turn(self, step: int) -> None:
        """Choose the next period, or the one before."""
        place = PERIODS.index(self.days) + step
        self.choose(PERIODS[max(0, min(place, len(PERIODS) - 1))])

    def back(self) -> None:
        """Go back to where the cashier came from."""
        came_from = self._navigator.arguments.get("back")
        self._navigator.go(came_from if isinstance(came_from, Screen) else Screen.SALE)

    def scanned(self, _code: ScannedCode) -> None:
        """Take no scan here."""
        refuse_scan(self._counter)

    # -- how

    def _look(self) -> None:
        self.is_from_hub = self._is_away = False
        self.changed.emit()
        station, days = self._counter.station, self.days
        self._counter.background.run(
            lambda: look_up(station, days), self._counted_here, self._not_counted
        )
        self._counter.devices.hub.pickup_figures(
            station.shop, days, station.time_zone, self._answered
        )

    def _counted_here(self, found: LocalFigures) -> None:
        if found.figures.days != self.days or self.is_from_hub:
            return
        self.figures, self._mirrored_at_ms = found.figures, found.mirrored_at_ms
        self.changed.emit()

    def _not_counted(self, error: Exception) -> None:
        if not isinstance(error, StoreUnavailable):
            raise error
        self.changed.emit()  # the hub may still answer

    def _answered(self, answer: PickupFigures | HubAway) -> None:
        if isinstance(answer, HubAway):
            self._is_away = True
        elif answer.days == self.days:
            self.figures, self.is_from_hub = answer, True
        self.changed.emit()

    def _time(self, icon: str, name: str, spread: Spread) -> Tile:
        if not spread.count:
            return Tile(icon, name, NOTHING, self.tr("none yet"))
        ninth = self.tr("9 of 10 within {time}").format(time=wording.span(spread.ninth_ms))
        orders = self.tr("%n orders", "", spread.count)
        return Tile(icon, name, wording.span(spread.median_ms), f"{ninth}\n{orders}")


def _rate(basis_points: int, of: int) -> str:
    return wording.percent(round(basis_points, -1)) if of else NOTHING
