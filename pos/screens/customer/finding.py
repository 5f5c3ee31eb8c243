"""Finding a customer as one types: those this till knows at once, all others by the hub."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.customer import Customer
from pos.domain.customer_glance import KnownCustomer
from pos.domain.errors import StoreUnavailable
from pos.domain.scan import CustomerScan, ScannedCode, parse
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.customer import words
from pos.screens.navigator import Navigator
from pos.screens.scan_refusal import refuse_scan
from pos.services import customers
from pos.services.hub_calls import FoundCustomers, HubAway

ASK_HUB_AFTER_MS = 250  # since the last letter
SHORTEST_FOR_HUB = 3


@dataclass(frozen=True, slots=True)
class FoundWords:
    """One found customer: name, masked ways to reach them, tier; `is_here`: kept at this till."""

    customer_id: str
    name: str
    second: str
    tier: str
    is_here: bool


class FindCustomerViewModel(QObject):
    """What was typed, who was found, which is chosen.

    `new_wanted` asks for a new record, with what was typed. Who is found by the hub alone is
    kept at this till only when chosen.
    """

    changed = Signal()
    new_wanted = Signal(str)

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        on_chosen: Callable[[str], None],
        *,
        text: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator, self._on_chosen = counter, navigator, on_chosen
        self._here: tuple[KnownCustomer, ...] = ()
        self._elsewhere: tuple[Customer, ...] = ()
        self._answered: str | None = None
        self._is_running = False
        self._asked = ""
        self.is_hub_away = False
        self.by_touch = navigator.touched
        self.text = ""
        self.position = 0
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(ASK_HUB_AFTER_MS)
        self.pause.timeout.connect(self._ask_hub)
        if text:
            self.write(text)

    @property
    def is_settled(self) -> bool:
        """True when the list is what this till knows of what is typed."""
        return self._answered == self.text or not self.text.strip()

    @property
    def rows(self) -> tuple[FoundWords, ...]:
        """Who was found, those this till knows first."""
        here = [_words(known.customer, is_here=True) for known in self._here]
        known_ids = {row.customer_id for row in here}
        others = [_words(one, is_here=False) for one in self._elsewhere]
        return (*here, *(row for row in others if row.customer_id not in known_ids))

    @property
    def count(self) -> str:
        if not self.text.strip():
            return ""
        return self.tr("{found} found").format(found=len(self.rows))

    @property
    def advice(self) -> str:
        """What to do when the list is empty."""
        if not self.text.strip():
            return self.tr("Type a name, a telephone or an e-mail, or scan the card")
        if self.is_hub_away:
            return self.tr("Nobody of that name is known here, and the centre does not answer")
        return self.tr("Nobody was found for “{text}”").format(text=self.text.strip())

    def write(self, text: str) -> None:
        """Take what stands in the field and look for it."""
        self.text, self.is_hub_away = text, False
        self._elsewhere = ()
        if not text.strip():
            self._here, self._answered, self.position = (), text, 0
            self.pause.stop()
        else:
            self._search()
            self.pause.start()
        self.changed.emit()

    def scanned(self, code: ScannedCode) -> None:
        """Look for whose card was scanned."""
        rules = self._counter.station.scan_rules
        read = parse(code, rules, is_in_catalogue=lambda _: False)
        if isinstance(read, CustomerScan):
            self.write(read.card)
        else:
            refuse_scan(self._counter)

    def choose(self, position: int) -> None:
        """Choose a row."""
        if 0 <= position < len(self.rows) and position != self.position:
            self.position = position
            self.changed.emit()

    def move(self, by: int) -> None:
        """Go up or down in the list."""
        if self.rows:
            self.choose(min(max(self.position + by, 0), len(self.rows) - 1))

    def take(self) -> None:
        """Put the chosen one on the ticket, if the list is the answer to what is typed."""
        rows = self.rows
        if not self.is_settled or self.position >= len(rows):
            return
        chosen = rows[self.position]
        if not chosen.is_here and not self._is_kept(chosen.customer_id):
            return
        self._on_chosen(chosen.customer_id)

    def make_new(self) -> None:
        """Ask for a new record."""
        self.new_wanted.emit(self.text.strip())

    def close(self) -> None:
        """Go back to the ticket."""
        self._navigator.close(self)

    def _is_kept(self, customer_id: str) -> bool:
        station = self._counter.station
        told = [one for one in self._elsewhere if one.customer_id == customer_id]
        kept = attempt(self._counter, self._navigator, lambda: customers.keep_found(station, told))
        return bool(kept)

    def _search(self) -> None:
        if self._is_running:
            return
        self._is_running = True
        text, station = self.text, self._counter.station
        self._counter.background.run(
            lambda: (text, customers.find(station, text)), self._on_found, self._failed
        )

    def _on_found(self, answer: tuple[str, tuple[KnownCustomer, ...]]) -> None:
        self._is_running = False
        text, found = answer
        if text != self.text:
            if self.text.strip():
                self._search()
            return
        self._here, self._answered, self.position = found, text, 0
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._is_running = False
        if not isinstance(error, StoreUnavailable):
            raise error

    def _ask_hub(self) -> None:
        text = self.text.strip()
        if len(text) >= SHORTEST_FOR_HUB:
            self._asked = text
            self._counter.devices.hub.find_customers(text, self._hear)

    def _hear(self, answer: FoundCustomers | HubAway) -> None:
        if self._asked != self.text.strip():
            return
        if isinstance(answer, HubAway):
            self.is_hub_away = True
        else:
            self._elsewhere = tuple(one for one in answer.customers if one.is_live)
        self.changed.emit()


def _words(customer: Customer, *, is_here: bool) -> FoundWords:
    return FoundWords(
        customer.customer_id, customer.name, words.reached_by(customer), customer.tier, is_here
    )
