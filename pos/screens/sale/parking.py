"""Parking the ticket at the counter and taking a parked one up again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.ticket import Ticket
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.parked.view_model import ParkedViewModel
from pos.screens.ports import Sound
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import park
from pos.services.park import MAX_LABEL_LENGTH, CounterBusy, NoSuchTicket


class Parking(QObject):
    """How many tickets wait, and the way there and back; `refused` carries why not."""

    refused = Signal(str)

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.waiting = 0

    def count_again(self) -> None:
        """Read how many tickets wait."""
        self.waiting = len(park.parked_tickets(self._counter.sign_on))

    def park_or_resume(self) -> None:
        """Ask for a label and park; with nothing to park show what waits."""
        ticket = self._counter.ticket
        if ticket is not None and not ticket.basket.is_empty:
            self._ask_label(ticket)
            return
        waiting = park.parked_tickets(self._counter.sign_on)
        if not waiting:
            self.refused.emit(self.tr("No ticket is parked"))
            return
        panel = ParkedViewModel(self._counter, self._navigator, waiting)
        panel.chosen.connect(self.resume)
        self._navigator.close_all()
        self._navigator.open(panel)

    def resume(self, basket_id: str) -> None:
        """Take a parked ticket up again, if the counter is free."""
        sign_on = self._counter.sign_on
        try:
            ticket = attempt(
                self._counter, self._navigator, lambda: park.resume(sign_on, basket_id)
            )
        except CounterBusy:
            self.refused.emit(self.tr("Park or finish this ticket first"))
            return
        except NoSuchTicket:
            self.refused.emit(self.tr("That ticket does not wait here any more"))
            return
        if ticket is not None:
            self._counter.devices.sounds.play(Sound.ACCEPTED)
            self._navigator.close_all()
            self.count_again()
            self._counter.put(ticket)
            self._counter.devices.link.nudge()

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
