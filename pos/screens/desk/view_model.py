"""The items of the conflict desk, the chosen one, and what can be done about it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.desk import CannotResolve, DeskItem, Resolution, Side
from pos.domain.scan import ScannedCode
from pos.domain.staff import StaffMember
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.desk import wording as words
from pos.screens.desk.people import PeopleViewModel
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import LinkState
from pos.screens.scan_refusal import refuse_scan
from pos.screens.standing_words import short_number
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import desk

LATE_MS = 4 * 60 * 60_000  # open for so long it is said in amber


class Filter(Enum):
    OPEN = "open"
    MINE = "mine"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One row of the list, ready to be painted."""

    key: str
    icon: str
    title: str
    second: str
    third: str
    amount: str
    is_late: bool = False

    def spoken(self) -> str:
        return f"{self.title}, {self.second}, {self.third}, {self.amount}"


@dataclass(frozen=True, slots=True)
class SideCard:
    """One party's facts: who, and label and value of each row."""

    place: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WayOut:
    """A key of the desk: what it does and what follows."""

    resolution: Resolution
    word: str
    consequence: str


class DeskViewModel(QObject):
    """What is on the desk; decisions are recorded here at once and sent when there is a link."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.filter = Filter.OPEN
        self.said = ""
        self._chosen = ""
        self._people: tuple[StaffMember, ...] = ()
        self._names = words.Names({}, counter.station.shop, counter.shop_name)
        counter.watch.changed.connect(self._follow)
        tick = QTimer(self)
        tick.setInterval(1000)
        tick.timeout.connect(self._tick)
        tick.start()

    # what is shown

    @property
    def items(self) -> tuple[DeskItem, ...]:
        """The items the filter lets through, in the order of the list."""
        return self._of(self.filter)

    @property
    def counts(self) -> dict[Filter, int]:
        return {which: len(self._of(which)) for which in Filter}

    @property
    def lines(self) -> tuple[DeskLine, ...]:
        return tuple(self._line(item) for item in self.items)

    @property
    def chosen(self) -> DeskItem | None:
        """The item shown at the right: the chosen one while it is in the list, else the first."""
        items = self.items
        found = next((item for item in items if item.item_id == self._chosen), None)
        return found or (items[0] if items else None)

    @property
    def chosen_index(self) -> int:
        item = self.chosen
        return self.items.index(item) if item is not None else -1

    @property
    def number(self) -> str:
        item = self.chosen
        return short_number(item) if item else ""

    @property
    def title(self) -> str:
        item = self.chosen
        return words.title(item.kind) if item else ""

    @property
    def about(self) -> str:
        item = self.chosen
        return words.about(item, self._names) if item else ""

    @property
    def money(self) -> str:
        item = self.chosen
        return wording.money(item.money) if item and item.money else ""

    @property
    def story(self) -> str:
        item = self.chosen
        return words.story(item, self._names) if item else ""

    @property
    def safe(self) -> str:
        item = self.chosen
        return words.safe(item) if item else ""

    @property
    def sides(self) -> tuple[SideCard, ...]:
        item = self.chosen
        if item is None:
            return ()
        now_ms = self._now_ms
        places = [self._place(side, item) for side in item.sides]
        if len(set(places)) < len(places):  # two copies of one till
            places = [f"{place} ({number})" for number, place in enumerate(places, 1)]
        return tuple(
            SideCard(
                place,
                tuple(
                    (words.row_label(row.kind), words.row_value(row, item, self._names, now_ms))
                    for row in side.rows
                ),
            )
            for side, place in zip(item.sides, places, strict=True)
        )

    @property
    def notes(self) -> tuple[str, ...]:
        item = self.chosen
        return item.doing.notes if item else ()

    @property
    def ways_out(self) -> tuple[WayOut, ...]:
        """The one or two keys; none once it is decided."""
        item = self.chosen
        if item is None or not item.is_open:
            return ()
        return tuple(
            WayOut(each, words.way_out(each), words.consequence(item, each))
            for each in item.resolutions
        )

    @property
    def why_off(self) -> str:
        """Who may decide, for somebody who may not; empty for who may."""
        signed_on = self._counter.signed_on
        me = signed_on.operator.staff_id if signed_on else ""
        if any(who.staff_id == me for who in self._people):
            return ""
        names = [wording.first_name(who) for who in self._people[:2]]
        if not names:
            return self.tr("nobody here may decide")
        who = self.tr(" or ").join(names)
        return self.tr("{who} decides").format(who=who)

    @property
    def outcome(self) -> tuple[str, str]:
        """What became of a decided item: tone and sentence; empty while it is open."""
        item = self.chosen
        if item is None or item.is_open:
            return "", ""
        if item.is_on_its_way:
            return "amber", self._on_its_way(item)
        how = words.ended(item.resolution or _value(item.doing.resolution))
        by = self._names.person(item.resolved_by or item.doing.by)
        at = wording.when(item.resolved_at_ms or item.doing.at_ms, self._now_ms)
        if item.was_overtaken:
            text = self.tr(
                "Decided elsewhere before: {how} ({who}, {time}). That decision counts."
            )
            return "amber", text.format(how=how, who=by, time=at)
        return "accent", self.tr("{how} · {who}, {time}").format(how=how, who=by, time=at)

    # what is done

    def entered(self) -> None:
        """Begin with what is open; called whenever the page is shown."""
        if self._counter.signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
            return
        self.filter, self.said = Filter.OPEN, ""
        self._chosen = str(self._navigator.arguments.get("item", ""))
        self._counter.watch.look()
        self._read_people()
        self.changed.emit()

    def filter_by(self, which: Filter) -> None:
        """Show other items."""
        self.filter, self.said = which, ""
        self.changed.emit()

    def turn_filter(self, step: int) -> None:
        """Go to the next filter, or the one before."""
        order = list(Filter)
        self.filter_by(order[(order.index(self.filter) + step) % len(order)])

    def choose(self, index: int) -> None:
        """Show the item at a place of the list."""
        items = self.items
        if 0 <= index < len(items):
            self._chosen, self.said = items[index].item_id, ""
            self.changed.emit()

    def move(self, step: int) -> None:
        """Show the next item, or the one before."""
        self.choose(min(max(self.chosen_index + step, 0), len(self.items) - 1))

    def resolve(self, place: int) -> None:
        """Decide the shown item by its first or second way out."""
        item, ways = self.chosen, self.ways_out
        if item is None or self.why_off or not 0 <= place < len(ways):
            return
        self._chosen = item.item_id
        way = ways[place].resolution
        self._act(lambda: desk.resolve(self._counter.sign_on, item.item_id, way))
        if self.filter is not Filter.RESOLVED:
            self.filter = Filter.RESOLVED
            self.changed.emit()

    def write_note(self) -> None:
        """Write something about the shown item."""
        item = self.chosen
        if item is not None and not self.why_off:
            entry = TextEntryViewModel(self._navigator, self.tr("Note"), "")
            entry.written.connect(lambda text: self._keep_note(item, text))
            self._navigator.open(entry)

    def assign(self) -> None:
        """Say who looks after the shown item."""
        item = self.chosen
        if item is not None and item.is_open and not self.why_off:
            people = PeopleViewModel(self._navigator, self._people, item.whose)
            people.chosen.connect(lambda who: self._assign(item, who))
            self._navigator.open(people)

    def back(self) -> None:
        """Go back to where the cashier came from."""
        came_from = self._navigator.arguments.get("back")
        self._navigator.go(came_from if isinstance(came_from, Screen) else Screen.SALE)

    def scanned(self, _code: ScannedCode) -> None:
        """Take no scan here."""
        self.said = refuse_scan(self._counter)
        self.changed.emit()

    # how

    def _keep_note(self, item: DeskItem, text: str) -> None:
        if self._act(lambda: desk.write_note(self._counter.sign_on, item.item_id, text)):
            self.said = self.tr("Note kept")
            self.changed.emit()

    def _assign(self, item: DeskItem, who: StaffMember) -> None:
        if self._act(lambda: desk.assign(self._counter.sign_on, item.item_id, who)):
            self.said = self.tr("{name} looks after it").format(name=who.name)
            self.changed.emit()

    def _act(self, act: Callable[[], DeskItem]) -> bool:
        """Do something at the desk; what somebody else decided meanwhile is said."""
        self.said = ""
        try:
            done = attempt(self._counter, self._navigator, act)
        except CannotResolve:
            self.said = self.tr("Somebody decided it meanwhile")
            done = None
        self._counter.devices.link.nudge()
        self._counter.watch.look()
        return done is not None

    def _of(self, which: Filter) -> tuple[DeskItem, ...]:
        items = self._counter.watch.items
        if which is Filter.RESOLVED:
            ended = (item for item in items if not item.is_open)
            return tuple(sorted(ended, key=_ended_at, reverse=True))
        still_open = tuple(item for item in items if item.is_open)
        if which is Filter.OPEN or self._counter.signed_on is None:
            return still_open
        me = self._counter.sign_on.operator.staff_id
        return tuple(item for item in still_open if item.whose == me)

    def _place(self, side: Side, item: DeskItem) -> str:
        """Name where a side was; the shop only where more than this one take part."""
        is_here = all(each.shop == self._names.shop for each in item.sides)
        is_till = side.till.startswith(f"{self._names.shop}-")
        if is_here and is_till:
            return wording.till_name(side.till)
        return self._names.place(side.shop, side.till)

    def _line(self, item: DeskItem) -> DeskLine:
        is_late = item.is_open and self._now_ms - item.opened_at_ms > LATE_MS
        return DeskLine(
            item.item_id,
            words.ICONS[item.kind],
            words.title(item.kind),
            words.about(item, self._names),
            self._third(item, is_late=is_late),
            wording.money(item.money) if item.money else "—",
            is_late,
        )

    def _third(self, item: DeskItem, *, is_late: bool) -> str:
        if item.is_on_its_way:
            return self.tr("decided here, waits to be sent")
        if not item.is_open:
            how = words.ended(item.resolution or _value(item.doing.resolution))
            return f"{how} · {wording.age(_ended_at(item), self._now_ms)}"
        age = wording.age(item.opened_at_ms, self._now_ms)
        owner = self._names.person(item.whose).split(" ")[0] if item.whose else ""
        if is_late:
            age = self.tr("unresolved, from {age}").format(age=age)
        nobody = self.tr("nobody yet")
        return f"{age} · {owner or nobody}"

    def _on_its_way(self, item: DeskItem) -> str:
        how = words.ended(_value(item.doing.resolution))
        if self._counter.devices.link.status.state is LinkState.ONLINE:
            return self.tr("Decided here: {how}. It is being sent.").format(how=how)
        text = self.tr("Decided here: {how}. It will be sent when the link is back.")
        return text.format(how=how)

    def _read_people(self) -> None:
        station = self._counter.station
        self._people = desk.deciders(station)
        with station.store.reading() as records:
            names = {who.staff_id: who.name for who in records.staff.all()}
        self._names = words.Names(names, station.shop, self._counter.shop_name)

    def _follow(self) -> None:
        self.changed.emit()

    def _tick(self) -> None:
        """Let the ages follow while somebody looks."""
        if self._navigator.current is Screen.DESK:
            self.changed.emit()

    @property
    def _now_ms(self) -> int:
        return self._counter.station.clock.now_ms()


def _value(resolution: Resolution | None) -> str:
    return resolution.value if resolution else ""


def _ended_at(item: DeskItem) -> int:
    return item.resolved_at_ms or item.doing.at_ms
