"""Goods that came back and pay for the ticket: shown above its lines, swapped, taken off."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal

from pos.domain.basket import EntryMethod
from pos.domain.exchange import Balance
from pos.domain.exchange_draft import ExchangeDraft
from pos.domain.returns import ReturnExtra, ReturnLine
from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.screens.returns import words
from pos.screens.sale.lines import LineWords
from pos.services import exchange, sell

FIRST_BACK = -10_000  # in place of a line number; the other goods that came back below it


class Exchanging(QObject):
    """What came back for the ticket at the counter; `refused` says why something was not done."""

    refused = Signal(str)

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._draft: ExchangeDraft | None = None
        self._looked_at = ""

    # -- what is shown

    @property
    def draft(self) -> ExchangeDraft | None:
        """What came back; None for an ordinary ticket."""
        ticket = self._counter.ticket
        basket_id = "" if ticket is None else ticket.basket.basket_id
        if basket_id != self._looked_at:
            self.look()
        return self._draft

    @property
    def balance(self) -> Balance | None:
        """Where the exchange stands; None without one."""
        ticket, draft = self._counter.ticket, self.draft
        return None if ticket is None or draft is None else draft.balance_with(ticket.basket)

    @property
    def title(self) -> str:
        """Name the purchase that goods came back of."""
        draft = self.draft
        if draft is None:
            return ""
        if draft.ledger is None:
            return QCoreApplication.translate("Return", "Without a receipt")
        return words.title(draft.ledger.purchase, is_gift=draft.is_gift)

    @property
    def rows(self) -> tuple[LineWords, ...]:
        """A row for each thing that came back."""
        draft = self.draft
        if draft is None:
            return ()
        rows = [_line_row(line, FIRST_BACK - place) for place, line in enumerate(draft.lines)]
        below = FIRST_BACK - len(rows)
        rows += [_extra_row(extra, below - place) for place, extra in enumerate(draft.extras)]
        return tuple(rows)

    @property
    def why_no_swap(self) -> str:
        """Why the same goods cannot be taken again; empty when they can."""
        ticket, draft = self._counter.ticket, self.draft
        if ticket is None or draft is None or draft.not_swapped(ticket.basket):
            return ""
        return self.tr("on the ticket already")

    @property
    def why_not_parked(self) -> str:
        """Why the ticket cannot wait; empty when it can."""
        if self.draft is None:
            return ""
        return self.tr(
            "A ticket with goods that came back does not wait: finish it, or take them off"
        )

    # -- what is done

    def look(self) -> None:
        """Read again what came back for the ticket at the counter."""
        ticket = self._counter.ticket
        self._looked_at = "" if ticket is None else ticket.basket.basket_id
        station = self._counter.station
        self._draft = None if ticket is None else exchange.draft_of(station, ticket)

    def swap(self) -> None:
        """Put the same goods onto the ticket again, at what was paid for them."""
        ticket, sign_on = self._counter.ticket, self._counter.sign_on
        if ticket is None or self.draft is None:
            return
        if self.why_no_swap:
            self.refused.emit(self.tr("The same goods are on the ticket already"))
            return
        swapped = attempt(
            self._counter, self._navigator, lambda: exchange.same_again(sign_on, ticket)
        )
        if swapped is not None:
            self._counter.devices.sounds.play(Sound.ACCEPTED)
            self._counter.put(swapped)

    def take_off(self) -> None:
        """Take what came back off the ticket: it is the customer's again."""
        ticket, sign_on = self._counter.ticket, self._counter.sign_on
        if ticket is None or self.draft is None:
            return

        def act() -> ExchangeDraft | None:
            now = ticket
            for line in ticket.basket.live_lines:
                if line.entry_method is EntryMethod.EXCHANGE:  # at what was paid for it then
                    now = sell.void_line(sign_on, now, line.number)
            return exchange.detach(sign_on, now)

        gone = attempt(self._counter, self._navigator, act)
        if gone is not None:
            self._counter.held.release(gone.basket_id)
            self.look()
            self._counter.put(self._on_disk())

    def _on_disk(self) -> Ticket | None:
        with self._counter.station.store.reading() as records:
            return records.tickets.current()


def _line_row(line: ReturnLine, number: int) -> LineWords:
    unit = "" if line.unit.is_counted else line.unit.value
    return LineWords(
        number=number,
        quantity=wording.number(line.quantity),
        name=line.name,
        amount=wording.bare_amount(-line.refund),
        unit=unit,
        detail=words.reason(line.reason),
        is_back=True,
    )


def _extra_row(extra: ReturnExtra, number: int) -> LineWords:
    """Write what goes back beside the goods: what they were delivered for."""
    return LineWords(
        number=number,
        quantity="",
        name=QCoreApplication.translate("Return", "Delivery"),
        amount=wording.bare_amount(-extra.amount),
        icon="truck",
        is_back=True,
    )
