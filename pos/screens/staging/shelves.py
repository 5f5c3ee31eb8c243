"""What stands on which shelf, and where an order is."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos.domain import pickup_queue
from pos.domain.pickup_queue import ShelfUse
from pos.domain.scan_codes import ParcelScan
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.screens.staging.job import Job, JobKey, Said, StageRow
from pos.services import pickups, stage


class Shelves(Job):
    """The map of the shelves; a number or name that is typed says where the order is."""

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(counter, navigator, parent)
        self._uses: tuple[ShelfUse, ...] = ()
        self._found_id = ""
        self.read_again()

    @property
    def title(self) -> str:
        return self.tr("Shelves")

    @property
    def about(self) -> str:
        parcels = sum(len(use.parcels) for use in self._uses)
        return self.tr("%n parcels", "", parcels) if parcels else ""

    @property
    def columns(self) -> tuple[str, str]:
        return self.tr("Shelf"), self.tr("Parcels")

    @property
    def rows(self) -> tuple[StageRow, ...]:
        return tuple(
            StageRow(use.shelf, use.shelf, _orders(use), str(len(use.parcels)), icon="shelf")
            for use in self._uses
        )

    @property
    def invitation(self) -> Said:
        return Said(self.tr("Where is it?"), self.tr("Scan a parcel, or type an order"))

    @property
    def teaching(self) -> tuple[str, str]:
        return self.tr("The shelves are empty"), self.tr("Orders that are put there are shown.")

    @property
    def keys(self) -> tuple[JobKey, ...]:
        return (JobKey("type", "search", self.tr("Where is it?"), "F2"),)

    @property
    def closing(self) -> tuple[str, str, str]:
        word = self.tr("Move its parcels")
        return word, "", "" if self._found_id else self.tr("look for an order first")

    def parcel(self, label: ParcelScan) -> None:
        """Say where a parcel belongs."""
        self.shelf(label.order_number)

    def shelf(self, name: str) -> None:
        """Show a shelf, or say where the order of that number or name is."""
        known = [use.shelf for use in self._uses]
        wanted = pickup_queue.shelf_name(name)
        if wanted in known:
            self.chosen = known.index(wanted)
            self.tell(wanted or "", _orders(self._uses[self.chosen]))
            return
        found = pickups.find(self._counter.station, name, limit=5)
        if not found:
            self.refuse(self.tr("No order like “{text}” here").format(text=name[:24]))
            return
        order = found[0].order
        self._found_id = order.order_id if order.shelves else ""
        shelves = ", ".join(order.shelves) or self.tr("on no shelf")
        if order.shelves:
            self.chosen = known.index(order.shelves[0]) if order.shelves[0] in known else 0
        title = f"{order.number}: {shelves}"
        self.tell(title, order.surname_initial_name, sound=Sound.ACCEPTED)

    def go_on(self) -> None:
        """Move the parcels of the order that was found."""
        if self._found_id:
            self.place_next.emit((self._found_id,))

    def read_again(self) -> None:
        self._uses = stage.shelf_map(self._counter.station)
        self.chosen = min(self.chosen, max(0, len(self._uses) - 1))


def _orders(use: ShelfUse) -> str:
    """Name the orders on a shelf, each with its parcels: `W-10482 (1, 2) · W-10377 (1)`."""
    by_order: dict[str, list[str]] = {}
    for number, parcel in use.parcels:
        by_order.setdefault(number, []).append(str(parcel))
    return " · ".join(f"{number} ({', '.join(some)})" for number, some in by_order.items())
