"""The list of what an outage would need, in words and ages."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from pos.domain.readiness import GIGABYTE, BackupTrouble, Check, Light, Paper, Topic, missing
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.ports import LinkState

ROOM = 8  # lines where there is little room
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class ReadinessLine:
    """One line: icon, what, and how old or how much; `amber` asks for attention."""

    icon: str
    word: str
    second: str = ""
    amber: bool = False


class ReadinessViewModel(QObject):
    """Follows the watch; ages follow every second."""

    changed = Signal()

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counter = counter
        counter.watch.changed.connect(self._follow)
        tick = QTimer(self)
        tick.setInterval(1000)
        tick.timeout.connect(self.changed)
        tick.start()

    @property
    def is_ready(self) -> bool:
        return not missing(self._counter.watch.checks)

    @property
    def headline(self) -> str:
        """Whether the till could sell through an outage, else what it lacks."""
        lacking = missing(self._counter.watch.checks)
        if lacking:
            words = ", ".join(self._word(each.topic).lower() for each in lacking)
            return self.tr("Not ready to sell offline. Missing: {what}").format(what=words)
        return self.tr("Ready to sell offline")

    @property
    def looked(self) -> str:
        """How long ago it was looked at."""
        age = wording.age(self._counter.watch.facts.now_ms, self._now_ms)
        return self.tr("checked {age}").format(age=age)

    @property
    def lines(self) -> tuple[ReadinessLine, ...]:
        """Every line."""
        return tuple(self._line(each) for each in self._counter.watch.checks)

    @property
    def short_lines(self) -> tuple[ReadinessLine, ...]:
        """At most eight lines: those that ask for attention, and the first of the others."""
        checks = self._counter.watch.checks
        urgent = [each for each in checks if each.light is not Light.FINE]
        fine = [each for each in checks if each.light is Light.FINE]
        kept = (urgent + fine)[:ROOM]
        return tuple(self._line(each) for each in checks if each in kept)

    @property
    def sentence(self) -> str:
        """What is so old that it is said in full; empty when nothing is."""
        for each in self._counter.watch.checks:
            if each.topic is Topic.PRICES and each.light is Light.TOO_OLD:
                age = self._age(each.at_ms)
                return self.tr(
                    "The prices were last confirmed {age}. Selling goes on with them."
                ).format(age=age)
        return ""

    def _follow(self) -> None:
        self.changed.emit()

    @property
    def _now_ms(self) -> int:
        return self._counter.station.clock.now_ms()

    def _line(self, each: Check) -> ReadinessLine:
        amber = each.light is not Light.FINE
        icon = "alert" if amber else "check"
        return ReadinessLine(icon, self._word(each.topic), self._second(each), amber)

    def _word(self, topic: Topic) -> str:
        return {
            Topic.CATALOGUE: self.tr("Catalogue"),
            Topic.PRICES: self.tr("Prices"),
            Topic.PROMOTIONS: self.tr("Promotions"),
            Topic.PEOPLE: self.tr("People"),
            Topic.SETTINGS: self.tr("Settings"),
            Topic.CLOCK: self.tr("Clock"),
            Topic.DISK: self.tr("Disk"),
            Topic.PAPER: self.tr("Paper"),
            Topic.STOCK: self.tr("Stock"),
            Topic.TICKETS: self.tr("Parked tickets"),
            Topic.BACKUP: self.tr("Backup"),
            Topic.AGENT: self.tr("Sending"),
        }[topic]

    def _second(self, each: Check) -> str:
        match each.topic:
            case Topic.CATALOGUE:
                return self._catalogue(each)
            case Topic.CLOCK:
                return self._clock(each)
            case Topic.DISK:
                return self._disk(each)
            case Topic.PAPER:
                return self._paper(each.paper)
            case Topic.AGENT:
                fine = each.light is Light.FINE
                return self.tr("running") if fine else self.tr("stopped")
            case Topic.BACKUP:
                return self._backup(each)
            case _:
                return self._age(each.at_ms)

    def _age(self, at_ms: int | None) -> str:
        return self.tr("not yet") if at_ms is None else wording.age(at_ms, self._now_ms)

    def _catalogue(self, each: Check) -> str:
        if not each.number or each.at_ms is None:
            return self.tr("not yet")
        articles = self.tr("{count} articles").format(count=wording.number(each.number * 1000))
        built, now = wording.moment(each.at_ms), wording.moment(self._now_ms)
        is_today = built.date() == now.date()
        when = wording.clock(each.at_ms) if is_today else self._age(each.at_ms)
        return f"{articles} · {when}"

    def _backup(self, each: Check) -> str:
        age = self.tr("none yet") if each.at_ms is None else self._age(each.at_ms)
        failed = each.trouble is not BackupTrouble.NONE
        return self.tr("{age}; the next one failed").format(age=age) if failed else age

    def _clock(self, each: Check) -> str:
        if each.number is None:
            is_away = self._counter.devices.link.status.state is LinkState.OFFLINE
            return self.tr("not compared: no link") if is_away else self.tr("not compared yet")
        if not each.number:
            return self.tr("on time")
        return off_by(each.number)

    def _disk(self, each: Check) -> str:
        if each.number is None:
            return self.tr("room enough") if each.light is Light.FINE else self.tr("full")
        free = wording.number(round(each.number / GIGABYTE) * 1000)
        if each.number < GIGABYTE:
            free = wording.number(each.number // (GIGABYTE // 10) * 100)
        return self.tr("{size} GB free").format(size=free)

    def _paper(self, paper: Paper) -> str:
        return {
            Paper.FINE: self.tr("enough"),
            Paper.NEAR_END: self.tr("little left"),
            Paper.OUT: self.tr("none left"),
            Paper.UNREACHABLE: self.tr("no printer answers"),
            Paper.UNKNOWN: self.tr("the printer does not say"),
        }[paper]


def off_by(error_ms: int) -> str:
    """Write by how much the clock is wrong: `12 min ahead`, `400 d behind`."""
    size = wording.span(abs(error_ms))
    if error_ms > 0:
        return QCoreApplication.translate("ReadinessViewModel", "{size} ahead").format(size=size)
    return QCoreApplication.translate("ReadinessViewModel", "{size} behind").format(size=size)
