"""How the till stands with the central system, in words and ages."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from pos.screens import standing_words
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import LinkState, LinkStatus
from pos.screens.readiness.view_model import ReadinessLine, ReadinessViewModel
from pos.screens.sync.wording import problem

ROOM = 5  # lines beside the list


class LinkViewModel(QObject):
    """What stays and what changes with the link as it is; texts follow every second."""

    changed = Signal()

    only_tells = True

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.readiness = ReadinessViewModel(counter, self)
        # A method, so that the connection ends with the panel; the link outlives it.
        counter.devices.link.changed.connect(self._follow)
        counter.watch.look()
        tick = QTimer(self)
        tick.setInterval(1000)
        tick.timeout.connect(self.changed)
        tick.start()

    @property
    def title(self) -> str:
        if self._is_offline:
            return self.tr("What changes while offline")
        return self.tr("Link with the central system")

    @property
    def effects(self) -> tuple[ReadinessLine, ...]:
        """What must be known first, then what stays as it is and what does not."""
        urgent = self._urgent()
        return (*urgent, *self._always())[: ROOM - (len(urgent) + 1) // 2]

    @property
    def facts(self) -> tuple[ReadinessLine, ...]:
        """What the till knows, each with its age; less of it beside what is urgent."""
        return self.readiness.short_lines if self._urgent() else self.readiness.lines

    @property
    def may_open_pages(self) -> bool:
        """True where the pages about the link can be gone to: not from the middle of paying."""
        return (
            self._counter.signed_on is not None and self._navigator.current is not Screen.PAYMENT
        )

    def open_sync(self) -> None:
        """Go to the page with the queue."""
        self._navigator.go(Screen.SYNC, back=self._navigator.current)

    def close(self) -> None:
        """Go back to the screen."""
        self._navigator.close(self)

    def _urgent(self) -> tuple[ReadinessLine, ...]:
        counter = self._counter
        now_ms = counter.station.clock.now_ms()
        lines = [
            ReadinessLine(each.icon, each.title, each.text, amber=each.is_grave)
            for each in standing_words.told(counter.watch, counter.station.till_number, now_ms)
        ]
        if not self._status.has_agent:
            stopped = self.tr("Sending has stopped; it is started again by itself")
            lines.append(ReadinessLine("alert", self.tr("Nothing is sent now"), stopped, True))
        if self._status.parked:
            parked = self.tr("A shift lead sees why at Synchronisation; nothing is lost")
            title = self.tr("%n acts were set aside", "", self._status.parked)
            lines.append(ReadinessLine("alert", title, parked, amber=True))
        said = problem(self._status.message)
        if said.what and not self._is_offline:
            lines.append(ReadinessLine("info", said.what, said.do.format(code=said.code), True))
        if self.readiness.sentence:
            old = self.tr("Very old prices")
            lines.append(ReadinessLine("tag", old, self.readiness.sentence, amber=True))
        return tuple(lines)

    def _always(self) -> tuple[ReadinessLine, ...]:
        off = self._is_offline
        queued = self._status.queued
        waiting = (
            self.tr("%n acts saved, they will be sent by themselves", "", queued)
            if queued
            else self.tr("everything has been sent")
        )
        card = self.tr("Key the amount in by hand if it has no line either")
        parked = self.tr("Parked tickets: those of this till")
        others = self.tr("Those of other tills when the link is back")
        here = self.tr("Authorisations: by PIN or badge, here")
        nobody = self.tr("Nobody can be asked from afar")
        receipts = self.tr("Receipts: those of this till")
        found = self.tr("Those of other tills and shops when the link is back")
        if not off:
            parked, others = self.tr("Parked tickets: of every till"), self._offline_only_here()
            here = self.tr("Authorisations: here or from afar")
            nobody = self.tr("Offline by PIN or badge, here")
            receipts, found = self.tr("Receipts: of every till and shop"), others
        return (
            ReadinessLine("check", self.tr("Selling, cash, receipts, shift: as ever"), waiting),
            ReadinessLine("card", self.tr("Card: the terminal decides"), card),
            ReadinessLine("park", parked, others, amber=off),
            ReadinessLine("phone", here, nobody, amber=off),
            ReadinessLine("printer", receipts, found, amber=off),
        )

    def _offline_only_here(self) -> str:
        return self.tr("Offline those of this till")

    def _follow(self, _status: LinkStatus) -> None:
        self.changed.emit()

    @property
    def _is_offline(self) -> bool:
        return self._status.state is LinkState.OFFLINE

    @property
    def _status(self) -> LinkStatus:
        return self._counter.devices.link.status
