"""What every screen says of the till itself: readiness, notices, items on the desk."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.desk import DeskItem
from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.readiness import Check, Facts, check, clock_error_ms
from pos.domain.standing import ENDS_WORK, SetAside, StandingNotice
from pos.screens.ports import Link, LinkStatus, Vitals
from pos.services import desk, readiness
from pos.services.workstation import Workstation

LOOK_EVERY_MS = 30_000


class Watch(QObject):
    """Looks twice a minute, and whenever the agent or somebody here changed something."""

    changed = Signal()

    def __init__(
        self, station: Workstation, link: Link, vitals: Vitals, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._station, self._link, self._vitals = station, link, vitals
        self._seen = _marks(link.status)
        self.facts = Facts(station.clock.now_ms())
        self.notices: tuple[StandingNotice, ...] = ()
        self.items: tuple[DeskItem, ...] = ()
        self.aside: tuple[SetAside, ...] = ()
        link.changed.connect(self._follow)
        link.desk_changed.connect(self.look)
        timer = QTimer(self)
        timer.setInterval(LOOK_EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()
        self.look()

    @property
    def checks(self) -> tuple[Check, ...]:
        """The list of what an outage would need, as old as the last look."""
        return check(self.facts)

    @property
    def clock_error_ms(self) -> int:
        """By how much the till's clock is ahead of what is known; negative: behind."""
        return clock_error_ms(self.facts)

    @property
    def open_items(self) -> tuple[DeskItem, ...]:
        """What nobody decided yet."""
        return tuple(item for item in self.items if item.is_open)

    @property
    def has_ended(self) -> bool:
        """True when nothing this till sends is taken any more."""
        return any(notice.name in ENDS_WORK for notice in self.notices)

    def look(self) -> None:
        """Look again; on a disk that cannot be read what was seen before stays."""
        status = self._link.status
        try:
            self.facts = readiness.look(
                self._station,
                clock_offset_ms=status.clock_offset_ms,
                has_agent=status.has_agent,
                free_bytes=self._vitals.free_bytes(),
                paper=self._vitals.paper(),
                backup=self._vitals.backup(),
                backup_trouble=status.backup_trouble,
            )
            with self._station.store.reading() as records:
                self.notices = records.standing.notices()
                self.aside = records.standing.set_aside()
            self.items = desk.items(self._station, self.aside)
        except (StoreUnavailable, OutcomeOfCommitUnknown):
            return
        self._link.report({each.topic.value: each.light.value for each in self.checks})
        self.changed.emit()

    def _follow(self, status: LinkStatus) -> None:
        seen = _marks(status)
        if seen != self._seen:
            self._seen = seen
            self.look()


def _marks(status: LinkStatus) -> tuple[object, ...]:
    """Return what of a status is worth another look when it changes."""
    return (
        status.state,
        status.has_agent,
        status.clock_offset_ms,
        status.parked,
        status.notices,
        status.backup_trouble,
    )
