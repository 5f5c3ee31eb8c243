"""The orders to collect as every screen knows them: the queue, what is new, the sound for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from pos.background import Background
from pos.domain.collection import Order
from pos.domain.errors import StoreUnavailable
from pos.domain.pickup_queue import Filter, Light
from pos.screens.ports import Link, Sound, Sounds
from pos.services import pickups
from pos.services.pickups import Board
from pos.services.workstation import Workstation

AGAIN_AFTER_MS = 60_000
MOST_TIMES = 3
MINUTE_PASSES_MS = 15_000  # how late the minutes on the screen may be


class PickupWatch(QObject):
    """Reads the queue off the interface thread whenever the agent says that orders changed.

    `changed` also follows acts at this till (`put`) and the minutes that pass. New orders are
    heard: at once, and again each minute until somebody looked at them, three times at most.
    """

    changed = Signal()

    def __init__(
        self,
        station: Workstation,
        link: Link,
        sounds: Sounds,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._station, self._sounds, self._background = station, sounds, background
        self.board = Board()
        self._is_reading = self._is_outdated = False
        self._seen: set[str] = set()
        self._heard: set[str] = set()
        self._times = 0
        self.again = QTimer(self)
        self.again.setSingleShot(True)
        self.again.setInterval(AGAIN_AFTER_MS)
        self.again.timeout.connect(self._sound)
        self.minutes = QTimer(self)
        self.minutes.setInterval(MINUTE_PASSES_MS)
        self.minutes.timeout.connect(self._follow_the_clock)
        self.minutes.start()
        link.orders_changed.connect(self.look)

    @property
    def new_count(self) -> int:
        """How many orders nobody began with."""
        return self.board.counts[Filter.NEW]

    @property
    def late_count(self) -> int:
        """How many orders are past the time that was promised."""
        return sum(entry.due.light is Light.LATE for entry in self.board.entries)

    def look(self) -> None:
        """Read the queue again; when it is being read already, once more afterwards."""
        if self._is_reading:
            self._is_outdated = True
            return
        self._is_reading, self._is_outdated = True, False
        station = self._station
        self._background.run(lambda: pickups.board(station), self._take, self._failed)

    def put(self, orders: tuple[Order, ...]) -> None:
        """Show at once what an act here made of orders."""
        if orders:
            self._is_outdated = self._is_reading  # what is being read may be older
            self.board = pickups.with_orders(self._station, self.board, orders)
            self.changed.emit()

    def looked_at(self) -> None:
        """Remember that somebody saw what is new: it is not sounded any more."""
        self._seen = self._new_ids()
        self.again.stop()

    def _follow_the_clock(self) -> None:
        """Count the minutes again, of what is known: nothing is read for it."""
        if self._is_reading or not self.board.entries:
            return
        self._is_reading = True
        station, known = self._station, self.board
        self._background.run(lambda: pickups.with_orders(station, known), self._take, self._failed)

    def _take(self, board: Board) -> None:
        self._is_reading = False
        if self._is_outdated:
            self.look()
            return
        self.board = board
        self._announce()
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        """Go on with what was known: the disk says elsewhere that it cannot be read."""
        self._is_reading = False
        if not isinstance(error, StoreUnavailable):
            raise error

    def _announce(self) -> None:
        new = self._new_ids()
        self._seen &= new
        if new - self._heard - self._seen:
            self._times = 0
            self._sound()
        self._heard = new

    def _sound(self) -> None:
        self.again.stop()
        if not self._new_ids() - self._seen or self._times >= MOST_TIMES:
            return
        self._times += 1
        self._sounds.play(Sound.NEW_ORDER)
        if self._times < MOST_TIMES:
            self.again.start()

    def _new_ids(self) -> set[str]:
        return {entry.order.order_id for entry in self.board.only(Filter.NEW)}
