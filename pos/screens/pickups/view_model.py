"""The queue of orders to collect: filters, the chosen order, and what is done with it next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.collection import MAY_BE_HANDED_OVER, Order
from pos.domain.pickup_queue import Entry, Filter
from pos.domain.scan import ScannedCode
from pos.screens import pickup_words, wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.pickups.contact import ContactViewModel
from pos.screens.pickups.elsewhere import Elsewhere
from pos.screens.pickups.lines import (
    ArticleRow,
    Closing,
    QueueRow,
    article_row,
    closing,
    figures,
    queue_row,
    title,
)
from pos.screens.pickups.more import MoreViewModel
from pos.screens.ports import LinkState, Sound
from pos.services import labels, pickups
from pos.services.pickups import Board, OrderFound, OrderNotHere, Scanned, ShelfSeen, WantedBy

MOST_SHOWN = 100  # a longer list is not read but filtered
MOST_TYPED = 40


_Written = tuple[tuple[Entry, ...], tuple[str, ...], str, tuple[QueueRow, ...]]


class PickupsViewModel(QObject):
    """`changed` follows the queue, the filter, the chosen order and what is looked for."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.filter = Filter.ALL
        self.text = self.said = ""
        self._chosen = ""
        self._marked: dict[str, None] = {}
        self._found: tuple[Entry, ...] = ()
        self._filtered: tuple[Board, Filter, tuple[Entry, ...]] = (Board(), Filter.ALL, ())
        self._written: _Written = ((), (), "", ())
        self.elsewhere = Elsewhere(counter, self)
        self.elsewhere.told.connect(self._say)
        self._back = Screen.SALE
        counter.pickups.changed.connect(self._on_board)
        counter.devices.link.changed.connect(lambda _status: self.changed.emit())

    # -- what is shown

    @property
    def counts(self) -> dict[Filter, int]:
        return dict(self._counter.pickups.board.counts)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the list shows: what was looked for, else the filter's."""
        if self.text:
            return self._found
        board = self._counter.pickups.board
        of_board, by_filter, entries = self._filtered
        if of_board is not board or by_filter is not self.filter:
            entries = board.only(self.filter)
            self._filtered = (board, self.filter, entries)
        return entries

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        entries, marked, language = self.entries, tuple(self._marked), wording.locale()
        if self._written[0] is not entries or self._written[1:3] != (marked, language):
            rows = tuple(
                queue_row(self._counter, entry, is_marked=entry.order.order_id in self._marked)
                for entry in entries[:MOST_SHOWN]
            )
            self._written = (entries, marked, language, rows)
        return self._written[3]

    @property
    def chosen_index(self) -> int:
        """Position of the chosen row; −1 for none."""
        ids = [entry.order.order_id for entry in self.entries[:MOST_SHOWN]]
        return ids.index(self._chosen) if self._chosen in ids else -1

    @property
    def chosen(self) -> Entry | None:
        """The chosen order."""
        index = self.chosen_index
        return self.entries[index] if index >= 0 else None

    @property
    def title(self) -> str:
        entry = self.chosen
        return title(entry.order) if entry else ""

    @property
    def channel(self) -> str:
        entry = self.chosen
        return pickup_words.channel(entry.order) if entry else ""

    @property
    def due(self) -> pickup_words.DueWords | None:
        entry = self.chosen
        if entry is None:
            return None
        return pickup_words.due_words(entry, self._counter.station.clock.now_ms())

    @property
    def articles(self) -> tuple[ArticleRow, ...]:
        """The lines of the chosen order."""
        entry = self.chosen
        if entry is None:
            return ()
        return tuple(article_row(self._counter, line) for line in entry.order.lines)

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        entry = self.chosen
        return figures(self._counter, entry.order) if entry else ()

    @property
    def closing(self) -> Closing | None:
        """What the closing key does with the chosen order."""
        entry = self.chosen
        if entry is None:
            return None
        together = len({*self._marked, entry.order.order_id}) if self._marked else 0
        return closing(self._counter, entry, together)

    @property
    def as_of(self) -> str:
        """How old what others did is; empty while the link is up."""
        if self._counter.devices.link.status.state is not LinkState.OFFLINE:
            return ""
        at_ms = self._counter.pickups.board.mirrored_at_ms
        if not at_ms:
            return self.tr("Orders of this shop are not known yet: no connection")
        now_ms = self._counter.station.clock.now_ms()
        text = self.tr("Offline: no new orders come in, what others did is of {age}")
        return text.format(age=wording.age(at_ms, now_ms))

    # -- coming here, looking around

    def entered(self) -> None:
        """Begin with everything; called whenever the screen is shown."""
        if self._counter.signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
            return
        arguments = self._navigator.arguments
        self._back = arguments.get("back", Screen.SALE)  # type: ignore[assignment]
        self.filter = arguments.get("filter", Filter.ALL)  # type: ignore[assignment]
        self._chosen = str(arguments.get("order_id", self._chosen))
        self.text, self.said = "", str(arguments.get("said", ""))
        self._marked.clear()
        self._counter.pickups.looked_at()
        self._counter.pickups.look()
        self._choose_something()
        self.changed.emit()

    def back(self) -> None:
        """Take back what was typed, else leave."""
        if self.text:
            self.look_for("")
        else:
            self._navigator.go(self._back)

    def filter_by(self, which: Filter) -> None:
        """Show only some of the queue."""
        self.filter, self.text, self.said = which, "", ""
        self._choose_something()
        self.changed.emit()

    def turn_filter(self, by: int) -> None:
        """Go to the next filter or the one before."""
        all_of_them = list(Filter)
        self.filter_by(all_of_them[(all_of_them.index(self.filter) + by) % len(all_of_them)])

    def choose(self, row: int) -> None:
        """Choose a row by its position."""
        if 0 <= row < min(len(self.entries), MOST_SHOWN):
            self._chosen = self.entries[row].order.order_id
            self.said = ""
            self.changed.emit()

    def move(self, by: int) -> None:
        """Go up or down in the list."""
        last = min(len(self.entries), MOST_SHOWN) - 1
        if last >= 0:
            self.choose(min(max(self.chosen_index + by, 0), last))

    def mark(self) -> None:
        """Mark the chosen order to be prepared together with others, or no longer."""
        entry = self.chosen
        if entry is None or closing(self._counter, entry).act != "prepare":
            self._refuse(self.tr("Only orders to prepare can be put together"))
            return
        order_id = entry.order.order_id
        if order_id in self._marked:
            del self._marked[order_id]
        else:
            self._marked[order_id] = None
        self.changed.emit()

    # -- looking for one

    def press(self, signs: str) -> None:
        """Add what was typed to what is looked for."""
        self.look_for((self.text + signs)[:MOST_TYPED])

    def erase(self) -> None:
        """Take the last sign back."""
        self.look_for(self.text[:-1])

    def look_for(self, text: str) -> None:
        """Show the orders with a number, short code, name, phone, e-mail or card like this."""
        self.text, self.said = text, ""
        station = self._counter.station
        found = attempt(
            self._counter, self._navigator, lambda: pickups.find(station, self.text.strip())
        )
        self._found = found or ()
        self._choose_something()
        self.changed.emit()

    def scanned(self, code: ScannedCode) -> None:
        """Go where a scanned code belongs."""
        station = self._counter.station
        found = attempt(self._counter, self._navigator, lambda: pickups.scan(station, code))
        if found is not None:
            self._follow(found, code)

    # -- acts

    def go_on(self) -> None:
        """Do what the closing key says."""
        entry, what = self.chosen, self.closing
        if entry is None and self.text:
            self.elsewhere.ask(self.text.strip())
        if entry is None or what is None or not what.act:
            return
        order_id = entry.order.order_id
        match what.act:
            case "prepare":
                ids = (*dict.fromkeys((*self._marked, order_id)),)
                self._navigator.go(Screen.PICKING, order_ids=ids)
            case "hand_over":
                self._hand_over(entry.order)
            case job:
                self._navigator.go(Screen.STAGING, job=job, order_id=order_id)

    def call(self) -> None:
        """Show how the customer is reached."""
        if (entry := self.chosen) is not None:
            self._navigator.open(ContactViewModel(self._navigator, entry.order))

    def print_list(self) -> None:
        """Print what is to be fetched for the chosen order, or for those that are marked."""
        entry = self.chosen
        if entry is None:
            return
        ids = (*dict.fromkeys((*self._marked, entry.order.order_id)),)
        sign_on = self._counter.sign_on
        job = attempt(self._counter, self._navigator, lambda: labels.print_pick_list(sign_on, ids))
        if job is not None:
            self._counter.devices.printing.submit(job)
            self._counter.devices.link.nudge()
            self.said = self.tr("The list is being printed")
            self.changed.emit()

    def more(self) -> None:
        """Show what else can be done."""
        panel = MoreViewModel(self._counter, self._navigator, self.chosen)
        panel.told.connect(self._say)
        panel.marked.connect(self.mark)
        self._navigator.open(panel)

    # -- inside

    def _hand_over(self, order: Order) -> None:
        self._navigator.go(Screen.HANDOVER, order_id=order.order_id, back=Screen.PICKUPS)

    def _follow(self, found: Scanned, code: ScannedCode) -> None:
        match found:
            case OrderFound(order, pickup):
                self._show(order)
                if pickup and order.state in MAY_BE_HANDED_OVER:
                    self._navigator.go(Screen.HANDOVER, code=pickup, back=Screen.PICKUPS)
            case OrderNotHere(_, pickup) if pickup is not None:
                self._navigator.go(Screen.HANDOVER, code=pickup, back=Screen.PICKUPS)
            case ShelfSeen(shelf, orders) if orders:
                self._counter.devices.sounds.play(Sound.ACCEPTED)
                self._found = tuple(
                    entry
                    for entry in self._counter.pickups.board.entries
                    if shelf in entry.order.shelves
                )
                self.text = shelf
                self._choose_something()
                self.changed.emit()
            case WantedBy(_, orders) if orders:
                self._navigator.go(Screen.PICKING, order_ids=(orders[0].order_id,), scan=code)
            case _:
                self._refuse(self._useless(found))

    def _useless(self, found: Scanned) -> str:
        match found:
            case ShelfSeen(shelf):
                return self.tr("Nothing stands on shelf {shelf}").format(shelf=shelf)
            case WantedBy():
                return self.tr("No order waits for that article")
            case OrderNotHere(number):
                text = self.tr("Order {number} is not one of this shop")
                return text.format(number=number)
            case _:
                return self.tr("That code is of no order")

    def _show(self, order: Order) -> None:
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self.filter, self.text, self.said = Filter.ALL, "", ""
        if self._counter.pickups.board.entry(order.order_id) is None:
            self.look_for(order.number)
        self._chosen = order.order_id
        self.changed.emit()

    def _refuse(self, text: str) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        self._say(text)

    def _say(self, text: str) -> None:
        self.said = text
        self.changed.emit()

    def _on_board(self) -> None:
        if self._navigator.current is not Screen.PICKUPS:
            return  # what nobody sees costs nobody a frame; `entered` looks again
        if self.text and self._counter.signed_on is not None:
            known = self._counter.pickups.board
            self._found = tuple(
                known.entry(entry.order.order_id) or entry for entry in self._found
            )
        self._marked = {
            order_id: None
            for order_id in self._marked
            if self._counter.pickups.board.entry(order_id) is not None
        }
        if self.chosen is None:
            self._choose_something()
        self.changed.emit()

    def _choose_something(self) -> None:
        if self.chosen is None and self.entries:
            self._chosen = self.entries[0].order.order_id
