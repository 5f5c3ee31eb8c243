"""What the jobs with parcels share: rows, what was said last, keys, the closing key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos.domain.collection import Order
from pos.domain.scan import ParcelScan, ScannedCode, ScanSource, ShelfScan, UnknownScan, parse
from pos.screens import pickup_words
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.services.order_acts import Changed, NotNow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StageRow:
    """A parcel, an order or a shelf; `is_done` has its tick, amber asks to look.

    `right` is large like the name of a shelf, unless it is a word (`is_word`).
    """

    key: str
    title: str
    second: str
    right: str = ""
    icon: str = "parcel"
    is_done: bool = False
    is_amber: bool = False
    is_word: bool = False

    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.second, self.right) if part)


@dataclass(frozen=True, slots=True)
class JobKey:
    """A key beside the list; `off` is why it cannot be used."""

    id: str
    icon: str
    word: str
    cap: str
    off: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    title: str
    second: str = ""
    is_right: bool = True


class Job(QObject):
    """One kind of work; each kind says what its rows, keys and scans are.

    `changed` follows all of it, `left` says that the work is done or given up.
    """

    changed = Signal()
    left = Signal()
    place_next = Signal(object)  # tuple of order ids that are to get their shelf

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.said: Said | None = None
        self.chosen = 0

    # -- what each kind says

    @property
    def title(self) -> str:
        raise NotImplementedError

    @property
    def about(self) -> str:
        return ""

    @property
    def columns(self) -> tuple[str, str]:
        """The head of the list: name of the rows, name of the right column."""
        raise NotImplementedError

    @property
    def rows(self) -> tuple[StageRow, ...]:
        raise NotImplementedError

    @property
    def invitation(self) -> Said:
        """What to do while nothing was scanned."""
        raise NotImplementedError

    @property
    def teaching(self) -> tuple[str, str]:
        """What an empty list says."""
        raise NotImplementedError

    @property
    def keys(self) -> tuple[JobKey, ...]:
        return ()

    @property
    def closing(self) -> tuple[str, str, str]:
        """Word of the closing key, its second row, and why it is off."""
        raise NotImplementedError

    def read_again(self) -> None:
        """Take what others changed meanwhile."""

    def parcel(self, label: ParcelScan) -> None:
        """A parcel's label was scanned."""
        self.refuse(self.tr("No parcel is asked for here"))

    def shelf(self, name: str) -> None:
        """A shelf was scanned or typed."""
        self.refuse(self.tr("No shelf is asked for here"))

    def press(self, key: str) -> None:
        """Do what a key says."""

    def go_on(self) -> None:
        """Do what the closing key says."""

    # -- what they share

    def choose(self, row: int) -> None:
        """Choose a row by its position."""
        if 0 <= row < len(self.rows):
            self.chosen = row
            self.changed.emit()

    def scanned(self, code: ScannedCode) -> None:
        """Sort a code: a parcel, a shelf, or nothing that belongs here."""
        rules = self._counter.station.scan_rules
        read = parse(code, rules, is_in_catalogue=lambda _gtin: False)
        match read:
            case ParcelScan():
                self.parcel(read)
            case ShelfScan(name):
                self.shelf(name)
            case UnknownScan(text) if code.source is ScanSource.KEYED:
                self.shelf(text)
            case _ if code.source is ScanSource.KEYED:
                self.shelf(code.text)
            case _:
                self.refuse(self.tr("That is neither a parcel nor a shelf"))

    def tell(self, title: str, second: str = "", *, sound: Sound = Sound.ACCEPTED) -> None:
        """Say that something is right."""
        self._counter.devices.sounds.play(sound)
        self.said = Said(title, second)
        self.read_again()
        self.changed.emit()

    def refuse(self, title: str, second: str = "") -> None:
        """Say that something is not."""
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.said = Said(title, second, is_right=False)
        self.changed.emit()

    def act(self, act: Callable[[], T | NotNow]) -> T | None:
        """Run an act and show what it made of orders; None when nothing was recorded."""
        done = attempt(self._counter, self._navigator, act)
        if isinstance(done, NotNow):
            self.refuse(self.why_not(done))
            return None
        if isinstance(done, Changed):
            self.show_changed(done.orders)
        return done

    def show_changed(self, orders: tuple[Order, ...]) -> None:
        """Let every screen know what an act made of orders."""
        self._counter.pickups.put(orders)
        self._counter.devices.link.nudge()

    def why_not(self, why: NotNow) -> str:
        """Say why an act was not recorded."""
        now_ms = self._counter.station.clock.now_ms()
        return pickup_words.why_not(why.code, why.order, now_ms)
