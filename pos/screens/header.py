"""What the header says: shop, cashier, the link with its age, date and clock."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from pos.screens import standing_words, wording
from pos.screens.counter import Counter
from pos.screens.ports import LinkState, LinkStatus

_TICK_MS = 1000


class HeaderViewModel(QObject):
    """Texts of the header; `changed` follows people, the link and every second."""

    changed = Signal()

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counter = counter
        counter.sign_on_changed.connect(self.changed)
        counter.devices.link.changed.connect(lambda _status: self.changed.emit())
        counter.watch.changed.connect(self.changed)
        counter.pickups.changed.connect(self.changed)
        tick = QTimer(self)
        tick.setInterval(_TICK_MS)
        tick.timeout.connect(self.changed)
        tick.start()

    @property
    def place(self) -> tuple[str, str]:
        """Shop and till."""
        counter = self._counter
        till = self.tr("Till {number}").format(number=counter.station.till_number)
        return counter.shop_name, till

    @property
    def cashier(self) -> tuple[str, str]:
        """Who works here and as what; empty when nobody does."""
        signed_on = self._counter.signed_on
        if signed_on is None:
            return "", ""
        return signed_on.operator.name, wording.role(signed_on.operator.role)

    @property
    def clock(self) -> tuple[str, str]:
        """Day and time of day."""
        now_ms = self._counter.station.clock.now_ms()
        return wording.day(now_ms), wording.clock(now_ms)

    @property
    def link_state(self) -> LinkState:
        return self._counter.devices.link.status.state

    @property
    def link(self) -> tuple[str, str]:
        """How the link stands, and its age."""
        status = self._counter.devices.link.status
        now_ms = self._counter.station.clock.now_ms()
        contact_ms = status.last_contact_ms
        if status.state is LinkState.OFFLINE:
            return self._offline(status, now_ms)
        age = wording.age(contact_ms, now_ms) if contact_ms is not None else ""
        if status.state is LinkState.ONLINE:
            return self.tr("Online"), age
        return self.tr("Delayed"), self.tr("last data {age}").format(age=age) if age else ""

    @property
    def alert(self) -> tuple[str, str]:
        """The gravest thing to be known of the till itself; empty when there is nothing."""
        counter = self._counter
        now_ms = counter.station.clock.now_ms()
        told = [
            each
            for each in standing_words.told(counter.watch, counter.station.till_number, now_ms)
            if each.is_grave
        ]
        return (told[0].title, self.tr("Touch here for what to do")) if told else ("", "")

    @property
    def desk(self) -> str:
        """How many items nobody decided; empty for none, and while nobody works here."""
        count = len(self._counter.watch.open_items)
        if not count or self._counter.signed_on is None:
            return ""
        return self.tr("%n items to look at", "", count)

    @property
    def short_desk(self) -> str:
        """The same where there is less room."""
        return str(len(self._counter.watch.open_items)) if self.desk else ""

    @property
    def pickups(self) -> tuple[str, str]:
        """How many new orders there are to collect, and how many are late; empty for none."""
        new, late = self._counter.pickups.new_count, self._counter.pickups.late_count
        if self._counter.signed_on is None or not (new or late):
            return "", ""
        if self.link_state is LinkState.OFFLINE:
            return self._in_two_rows(new, late)
        if not new:
            return self.tr("%n pickups late", "", late), ""
        return self.tr("%n new pickups", "", new) + self._behind(late), ""

    @property
    def short_pickups(self) -> tuple[str, str]:
        """The same where there is less room."""
        new, late = self._counter.pickups.new_count, self._counter.pickups.late_count
        if self._counter.signed_on is None or not (new or late):
            return "", ""
        if self.link_state is LinkState.OFFLINE:
            return self._in_two_rows(new, late)
        first = self.tr("%n new", "", new) if new else ""
        return f"{first}{self._behind(late)}".removeprefix(" · "), ""

    def _in_two_rows(self, new: int, late: int) -> tuple[str, str]:
        """Leave room for what is said without connection."""
        rows = (self.tr("%n new", "", new) if new else "", self._late(late))
        first, second = [row for row in (*rows, self.tr("to collect")) if row][:2]
        return first, second

    def _behind(self, late: int) -> str:
        return f" · {self._late(late)}" if late else ""

    def _late(self, late: int) -> str:
        return self.tr("%n late", "", late) if late else ""

    @property
    def message(self) -> tuple[str, str]:
        """What is said to everybody while the link is down, or of the till itself."""
        if self.alert[0]:
            return self.alert
        if self.link_state is not LinkState.OFFLINE:
            return "", ""
        return (
            self.tr("Selling as usual. Everything is saved."),
            self.tr("It will be sent by itself when the link is back"),
        )

    @property
    def short_message(self) -> tuple[str, str]:
        """The same where there is less room."""
        if self.alert[0]:
            return self.alert
        if self.link_state is not LinkState.OFFLINE:
            return "", ""
        return self.tr("Selling as usual"), self.tr("Everything is saved")

    def _offline(self, status: LinkStatus, now_ms: int) -> tuple[str, str]:
        parts = []
        title = self.tr("Offline")
        if status.since_ms is not None:
            title = self.tr("Offline since {time}").format(time=wording.clock(status.since_ms))
            parts.append(wording.age(status.since_ms, now_ms))
        if status.queued:
            parts.append(self.tr("%n to send", "", status.queued))
        return title, " · ".join(parts)
