"""The tickets that wait in the shop, as the list shows them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pos.domain.shop_ticket import ShopTicket
from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.parked.taking import TakingUp
from pos.screens.ports import LinkState
from pos.services import park

_NAMES = 3


@dataclass(frozen=True, slots=True)
class ParkedWords:
    """One waiting ticket in words; `is_out_of_reach` where another till is needed for it."""

    basket_id: str
    title: str
    second: str
    total: str
    age: str
    is_out_of_reach: bool = False


class ParkedViewModel(QObject):
    """Asks which ticket is to be taken up, and follows it on its way."""

    changed = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        taking: TakingUp,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator, self._taking = counter, navigator, taking
        self._waiting = park.waiting(counter.sign_on)
        taking.changed.connect(self.changed)
        counter.devices.link.tickets_changed.connect(self._look_again)
        counter.devices.link.changed.connect(self._on_link)

    @property
    def rows(self) -> tuple[ParkedWords, ...]:
        """The waiting tickets: this till's own first, then the shop's, each the oldest first."""
        now_ms = self._counter.station.clock.now_ms()
        return (
            *(self._ours(ticket, now_ms) for ticket in self._waiting.ours),
            *(self._of_shop(ticket, now_ms) for ticket in self._waiting.others),
        )

    @property
    def asked_index(self) -> int:
        """Place of the ticket the hub is asked for; −1 for none."""
        ids = [row.basket_id for row in self.rows]
        return ids.index(self._taking.asking) if self._taking.asking in ids else -1

    @property
    def is_asking(self) -> bool:
        return bool(self._taking.asking)

    @property
    def told(self) -> str:
        """Why the last ticket was not taken up, and what can be done."""
        return self._taking.told

    @property
    def take_over_word(self) -> str:
        """What is on the key that takes the ticket from another till; empty for no key."""
        is_possible = bool(self._taking.may_take_over) and not self.is_offline
        return self.tr("Take it over") if is_possible else ""

    @property
    def is_offline(self) -> bool:
        return self._counter.devices.link.status.state is LinkState.OFFLINE

    @property
    def as_of(self) -> str:
        """How old what is known of the other tills is."""
        status = self._counter.devices.link.status
        if status.last_contact_ms is None:
            return self.tr("The other tills' tickets are not known: no connection yet")
        now_ms = self._counter.station.clock.now_ms()
        text = (
            self.tr("Other tills: as of {time}, {age}. Theirs only with a connection.")
            if self.is_offline
            else self.tr("Other tills: as of {time}, {age}")
        )
        return text.format(
            time=wording.clock(status.last_contact_ms),
            age=wording.age(status.last_contact_ms, now_ms),
        )

    def choose(self, position: int) -> None:
        """Take a ticket up by its position."""
        rows = self.rows
        if 0 <= position < len(rows):
            self._taking.take(rows[position].basket_id)

    def take_over(self) -> None:
        """Take the ticket from the till that holds it."""
        self._taking.take_over()

    def close(self) -> None:
        """Leave them waiting."""
        self._taking.forget()
        self._navigator.close(self)

    def _look_again(self) -> None:
        if self._counter.signed_on is not None:
            self._waiting = park.waiting(self._counter.sign_on)
            self.changed.emit()

    def _on_link(self, _status: object) -> None:
        self.changed.emit()

    def _ours(self, ticket: Ticket, now_ms: int) -> ParkedWords:
        basket = ticket.basket
        names = ", ".join(line.product.name for line in basket.live_lines[:_NAMES])
        articles = self.tr("%n articles", "", basket.article_count)
        who = self._name(basket.opened_by)
        return ParkedWords(
            basket.basket_id,
            ticket.label or self._begun(basket.opened_at_ms),
            " · ".join(part for part in (self.tr("Here"), who, articles, names) if part),
            wording.money(basket.totals.total),
            wording.age(ticket.changed_at_ms, now_ms),
        )

    def _of_shop(self, ticket: ShopTicket, now_ms: int) -> ParkedWords:
        till = self.tr("Till {number}").format(number=ticket.till_number)
        lines = self.tr("%n lines", "", ticket.lines)
        about = " · ".join(part for part in (till, self._name(ticket.staff_id), lines) if part)
        offline = self.is_offline
        return ParkedWords(
            ticket.basket_id,
            ticket.label or self._begun(ticket.parked_at_ms),
            self._taking.only_from(ticket) if offline else about,
            wording.money(ticket.total),
            wording.age(ticket.parked_at_ms, now_ms),
            is_out_of_reach=offline,
        )

    def _begun(self, at_ms: int) -> str:
        return self.tr("Ticket of {time}").format(time=wording.clock(at_ms))

    def _name(self, staff_id: str) -> str:
        with self._counter.station.store.reading() as records:
            member = records.staff.get(staff_id)
        return wording.first_name(member) if member else ""
