"""Parcels get their shelves and labels; the same for those that move to another shelf."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos.domain import pickup_queue
from pos.domain.collection import MAX_PARCELS, MAY_BE_HANDED_OVER, Order
from pos.domain.collection_rules import Contradiction
from pos.domain.printing import PrintJob
from pos.domain.scan_codes import ParcelScan
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.screens.staging.job import Job, JobKey, Said, StageRow
from pos.services import labels, stage
from pos.services.order_acts import Changed, NotNow, known
from pos.services.orders import NoSuchOrder
from pos.services.stage import NoShelf, ParcelsLeft


class Placing(Job):
    """One order after the other: how many parcels, each on which shelf."""

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        order_ids: tuple[str, ...],
        parent: QObject,
    ) -> None:
        super().__init__(counter, navigator, parent)
        self._waiting = list(order_ids)
        self.order: Order | None = None
        self._shelves: dict[int, str] = {}
        self._numbers: tuple[int, ...] = ()
        self._last = ""
        self._next()

    @property
    def title(self) -> str:
        number = self.order.number if self.order else ""
        return self.tr("Put {number} on its shelf").format(number=number)

    @property
    def about(self) -> str:
        name = self.order.surname_initial_name if self.order else ""
        more = self.tr("%n more after it", "", len(self._waiting)) if self._waiting else ""
        return " · ".join(part for part in (name, more) if part)

    @property
    def columns(self) -> tuple[str, str]:
        return self.tr("Parcel"), self.tr("Shelf")

    @property
    def rows(self) -> tuple[StageRow, ...]:
        return tuple(self._row(number) for number in self._numbers)

    @property
    def invitation(self) -> Said:
        return Said(self.tr("Scan the shelf"), self.tr("or type it: B3"))

    @property
    def teaching(self) -> tuple[str, str]:
        return self.tr("The order is gone"), self.tr("Another till or the centre has it now.")

    @property
    def keys(self) -> tuple[JobKey, ...]:
        fixed = self.tr("as they came") if self._is_fixed else ""
        one = self.tr("one at least") if len(self._numbers) < 2 else ""
        unset = "" if self._last and self._left() else self.tr("scan one first")
        unstaged = "" if self._is_staged else self.tr("after shelving")
        return (
            JobKey("more", "plus", self.tr("One more"), "+", fixed),
            JobKey("less", "minus", self.tr("One less"), "−", fixed or one),
            JobKey("same", "shelf", self.tr("All there"), "F4", unset),
            JobKey("type", "keyboard", self.tr("Type it"), "F2"),
            JobKey("label", "printer", self.tr("Label again"), "F7", unstaged),
        )

    @property
    def closing(self) -> tuple[str, str, str]:
        word = self.tr("Put on shelf")
        if self.order is None:
            return word, "", self.tr("the order is gone")
        left = len(self._left())
        if left:
            return word, "", self.tr("%n parcels have no shelf yet", "", left)
        bare = len(self._bare())
        second = self.tr("and print %n labels", "", bare) if bare else ""
        if not second and self._is_as_stored:
            return word, "", self.tr("nothing changed")
        return word, second, ""

    def press(self, key: str) -> None:
        if key in ("more", "less"):
            self._count(1 if key == "more" else -1)
        elif key == "same":
            self._shelves.update(dict.fromkeys(self._left(), self._last))
            self.changed.emit()
        elif key == "label" and self.order is not None and self.rows:
            self._print((self._numbers[self.chosen],))

    def parcel(self, label: ParcelScan) -> None:
        """Choose the parcel whose label was scanned."""
        if self.order is None or label.order_number != self.order.number.upper():
            said = self.tr("That parcel is of order {number}")
            self.refuse(said.format(number=label.order_number))
        elif label.parcel not in self._numbers:
            self.refuse(self.tr("The order has no parcel {number}").format(number=label.parcel))
        else:
            self.chosen = self._numbers.index(label.parcel)
            text = self.tr("Parcel {number}").format(number=label.parcel)
            self.tell(text, self.tr("now its shelf"))

    def shelf(self, name: str) -> None:
        """Put the chosen parcel there, and go to the next that has no shelf."""
        shelf = pickup_queue.shelf_name(name)
        if shelf is None:
            said = self.tr("“{text}” is no shelf").format(text=name[:20])
            self.refuse(said, self.tr("Letters and figures, such as B3"))
        elif self.order is not None and self.rows:
            number = self._numbers[self.chosen]
            self._shelves[number], self._last = shelf, shelf
            left = self._left()
            if left:
                self.chosen = self._numbers.index(left[0])
            text = self.tr("Parcel {number} on {shelf}").format(number=number, shelf=shelf)
            self.tell(text, self.tr("now the next one") if left else "")

    def go_on(self) -> None:
        """Record it, print the labels that are lacking, and go to the next order."""
        order = self.order
        if order is None or self.closing[2]:
            return
        sign_on, count = self._counter.sign_on, len(self._numbers)
        done = self.act(lambda: stage.place(sign_on, order.order_id, self._shelves, parcels=count))
        match done:
            case Changed():
                self._print(self._bare(done.order))
                self._next()
                self.tell(
                    self.tr("{number} is on its shelf").format(number=order.number),
                    self.tr("The customer will be told"),
                    sound=Sound.DONE,
                )
                if self.order is None:
                    self.left.emit()
            case ParcelsLeft() | NoShelf():
                self.refuse(self.tr("Look at the shelves again"))

    def read_again(self) -> None:
        if self.order is not None:
            self.order = known(self._counter.sign_on, self.order.order_id)

    # -- inside

    @property
    def _is_fixed(self) -> bool:
        return self.order is not None and bool(self.order.from_shop)

    @property
    def _is_staged(self) -> bool:
        return self.order is not None and self.order.state in MAY_BE_HANDED_OVER

    @property
    def _is_as_stored(self) -> bool:
        stored = {one.number: one.shelf for one in self.order.parcels} if self.order else {}
        return self._is_staged and stored == self._shelves

    def _next(self) -> None:
        self.order, self._shelves, self._numbers, self._last = None, {}, (), ""
        self.chosen = 0
        while self._waiting and self.order is None:
            self.order = known(self._counter.sign_on, self._waiting.pop(0))
        if self.order is not None:
            self._numbers = stage.parcel_numbers(self.order)
            self._shelves = {one.number: one.shelf for one in self.order.parcels if one.shelf}

    def _row(self, number: int) -> StageRow:
        shelf = self._shelves.get(number, "")
        parcel = self.order.parcel(number) if self.order else None
        label = self.tr("no label yet")
        if parcel is not None and parcel.print_number:
            label = self.tr("label {number}").format(number=parcel.print_number)
        title = self.tr("Parcel {number} of {all}").format(number=number, all=len(self._numbers))
        return StageRow(str(number), title, label, shelf or "—", is_done=bool(shelf))

    def _left(self) -> tuple[int, ...]:
        return tuple(number for number in self._numbers if not self._shelves.get(number))

    def _bare(self, order: Order | None = None) -> tuple[int, ...]:
        """Return the parcels without a label."""
        about = order or self.order
        labelled = {one.number for one in about.parcels if one.print_number} if about else set()
        return tuple(number for number in self._numbers if number not in labelled)

    def _count(self, by: int) -> None:
        count = min(max(len(self._numbers) + by, 1), MAX_PARCELS)
        if not self._is_fixed and self.order is not None:
            self._numbers = tuple(range(1, count + 1))
            self._shelves = {k: v for k, v in self._shelves.items() if k <= count}
            self.chosen = min(self.chosen, count - 1)
            self.changed.emit()

    def _print(self, parcels: tuple[int, ...]) -> None:
        order, sign_on = self.order, self._counter.sign_on
        if order is None or not parcels:
            return

        def act() -> tuple[PrintJob, ...] | NotNow:
            try:
                return labels.print_labels(sign_on, order.order_id, parcels)
            except NoSuchOrder:
                return NotNow("unknown_order")
            except Contradiction as contradiction:
                return NotNow(contradiction.code, known(sign_on, order.order_id))

        jobs = attempt(self._counter, self._navigator, act)
        if isinstance(jobs, NotNow):
            self.refuse(self.why_not(jobs))
        elif jobs is not None:
            for job in jobs:
                self._counter.devices.printing.submit(job)
            changed = known(sign_on, order.order_id)
            self.show_changed((changed,) if changed else ())
            self.read_again()
            self.changed.emit()
