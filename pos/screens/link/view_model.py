"""How the till stands with the central system, in words and ages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import LinkState, LinkStatus

_STALE_MS = 60 * 60_000
_NO_ANSWER = re.compile(r"^\w+\(host=")  # how the HTTP library begins when nobody is there


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One line: icon, what, and more about it; `amber` asks for attention."""

    icon: str
    word: str
    second: str = ""
    amber: bool = False


class LinkViewModel(QObject):
    """What stays and what changes with the link as it is; texts follow every second."""

    changed = Signal()

    only_tells = True

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        # A method, so that the connection ends with the panel; the link outlives it.
        counter.devices.link.changed.connect(self._follow)
        tick = QTimer(self)
        tick.setInterval(1000)
        tick.timeout.connect(self.changed)
        tick.start()

    @property
    def title(self) -> str:
        if self._status.state is LinkState.OFFLINE:
            return self.tr("What changes while offline")
        return self.tr("Link with the central system")

    @property
    def effects(self) -> tuple[LinkLine, ...]:
        """What stays as it is and what does not."""
        queued = self._status.queued
        waiting = (
            self.tr("%n acts saved, they will be sent by themselves", "", queued)
            if queued
            else self.tr("everything has been sent")
        )
        card = self.tr("Key the amount in by hand if it has no line either")
        stock = self.tr("Counted at the last contact; it never stops a sale")
        lines = [
            LinkLine("check", self.tr("Selling, cash, receipts, shift: as ever"), waiting),
            LinkLine("card", self.tr("Card: the terminal decides"), card),
            LinkLine("shelf", self.tr("Stock and prices: with their age"), stock),
        ]
        if self._status.parked:
            parked = self.tr("The shop's manager sees them at the centre; nothing is lost")
            title = self.tr("%n acts were set aside", "", self._status.parked)
            lines.append(LinkLine("alert", title, parked, amber=True))
        if self._status.message:
            said = self.tr("What the link says")
            lines.append(LinkLine("info", said, self._cause, amber=True))
        return tuple(lines)

    @property
    def facts(self) -> tuple[LinkLine, ...]:
        """What the till knows, each with its age."""
        info = self._counter.station.catalogues.current().info()
        now_ms = self._counter.station.clock.now_ms()
        lines = []
        if info is not None:
            size = wording.number(info.products * 1000)
            built = wording.clock(info.built_at_ms)
            articles = self.tr("{count} articles").format(count=size)
            lines.append(LinkLine("check", self.tr("Catalogue"), f"{articles} · {built}"))
            stale = now_ms - info.prices_as_of_ms > _STALE_MS
            lines.append(self._aged(self.tr("Prices"), info.prices_as_of_ms, stale=stale))
        status = self._status
        if status.last_contact_ms is not None:
            offline = status.state is LinkState.OFFLINE
            lines.append(self._aged(self.tr("Contact"), status.last_contact_ms, stale=offline))
        if status.oldest_ms is not None:
            lines.append(self._aged(self.tr("Oldest unsent"), status.oldest_ms, stale=False))
        to_send = LinkLine("check", self.tr("To send"), wording.number(status.queued * 1000))
        return (*lines, to_send)

    def close(self) -> None:
        """Go back to the screen."""
        self._navigator.close(self)

    def _follow(self, _status: LinkStatus) -> None:
        self.changed.emit()

    @property
    def _status(self) -> LinkStatus:
        return self._counter.devices.link.status

    @property
    def _cause(self) -> str:
        if _NO_ANSWER.match(self._status.message):
            return self.tr("The central system does not answer")
        return self._status.message

    def _aged(self, word: str, at_ms: int, *, stale: bool) -> LinkLine:
        age = wording.age(at_ms, self._counter.station.clock.now_ms())
        return LinkLine("alert" if stale else "check", word, age, amber=stale)
