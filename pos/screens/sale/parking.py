"""Parking the ticket at the counter and taking a parked one up again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.ticket import Ticket
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.parked.taking import TakingUp
from pos.screens.parked.view_model import ParkedViewModel
from pos.screens.ports import Sound
from pos.screens.sale.exchange import Exchanging
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import park
from pos.services.park import MAX_LABEL_LENGTH

SHOWN_AFTER_MS = 300  # an answer that comes sooner needs no panel to wait in


class Parking(QObject):
    """How many tickets wait in the shop, and the way there and back; `refused` says why not."""

    refused = Signal(str)
    counted = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, exchange: Exchanging, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator, self._exchange = counter, navigator, exchange
        self.waiting = 0
        self._taking = TakingUp(counter, navigator, self)
        self._taking.taken.connect(self._taken)
        self._taking.refused.connect(self._not_taken)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SHOWN_AFTER_MS)
        self._late.timeout.connect(self._show_asking)
        counter.devices.link.tickets_changed.connect(self._on_tickets)

    def count_again(self) -> None:
        """Read how many tickets wait."""
        self.waiting = len(park.waiting(self._counter.sign_on))

    def park_or_resume(self) -> None:
        """Ask for a label and park; with nothing to park show what waits."""
        ticket = self._counter.ticket
        if self._exchange.why_not_parked:
            self.refused.emit(self._exchange.why_not_parked)
            return
        if ticket is not None and not ticket.basket.is_empty:
            self._ask_label(ticket)
            return
        self.count_again()
        if not self.waiting:
            self.refused.emit(self.tr("No ticket is parked"))
            return
        self._taking.forget()
        self._open_panel()

    def resume(self, basket_id: str) -> None:
        """Take a parked ticket up again, if the counter is free and nobody else has it."""
        if self._exchange.why_not_parked:
            self.refused.emit(self._exchange.why_not_parked)
            return
        self._taking.take(basket_id)
        if self._taking.asking:
            self._late.start()

    def _open_panel(self) -> None:
        self._navigator.close_all()
        self._navigator.open(ParkedViewModel(self._counter, self._navigator, self._taking))

    @property
    def _has_panel(self) -> bool:
        return isinstance(self._navigator.panel, ParkedViewModel)

    def _show_asking(self) -> None:
        if self._taking.asking and self._navigator.panel is None:
            self._open_panel()

    def _on_tickets(self) -> None:
        if self._counter.signed_on is not None:
            self.count_again()
            self.counted.emit()

    def _taken(self, ticket: Ticket) -> None:
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self._navigator.close_all()
        self.count_again()
        self._counter.put(ticket)
        self._counter.devices.link.nudge()

    def _not_taken(self, reason: str) -> None:
        if self._has_panel:
            self._counter.devices.sounds.play(Sound.REFUSED)
        elif self._taking.may_take_over and self._navigator.panel is None:
            self._counter.devices.sounds.play(Sound.REFUSED)
            self._open_panel()
        else:
            self.refused.emit(reason)

    def _ask_label(self, ticket: Ticket) -> None:
        panel = TextEntryViewModel(
            self._navigator,
            self.tr("Park the ticket"),
            "",
            hint=self.tr("Whose is it? A name, a table, a coat. It may stay empty."),
            max_length=MAX_LABEL_LENGTH,
            may_be_empty=True,
        )
        panel.written.connect(lambda label: self._park(ticket, label))
        self._navigator.close_all()
        self._navigator.open(panel)

    def _park(self, ticket: Ticket, label: str) -> None:
        sign_on = self._counter.sign_on
        job = attempt(
            self._counter, self._navigator, lambda: park.park(sign_on, ticket, label=label)
        )
        if job is None:
            return
        self._counter.devices.printing.submit(job)
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self.count_again()
        self._counter.put(None)
        self._counter.devices.link.nudge()
