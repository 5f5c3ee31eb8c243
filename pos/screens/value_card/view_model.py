"""A gift card or a credit note: what is on it, and how much of it pays the ticket."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QObject, Signal

from pos.domain.money import Money
from pos.domain.scan import ScannedCode, parse
from pos.domain.scan_codes import StoredValueScan, read_typed_card
from pos.domain.stored_value import Card, Reservation, holds_of
from pos.domain.tender import TenderRefused
from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.amount_entry import AmountEntry
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.payment.outcome import show_outcome
from pos.screens.ports import LinkState, Sound
from pos.screens.scan_refusal import refuse_scan
from pos.screens.value_card import words
from pos.screens.value_card.giving_back import give_back
from pos.services import pay, pay_value
from pos.services.hub_calls import HubAway


class Stage(Enum):
    CODE = "code"  # a code is awaited
    LOOKING = "looking"  # the hub is asked what is on the card
    SHOWN = "shown"
    HOLDING = "holding"  # the hub is asked to set the amount aside
    UNCHECKED = "unchecked"  # the hub is away, and the shop trusts the card up to an amount


class ValueCardViewModel(QObject):
    """Takes a code, shows what the hub says of it and, when it `pays`, charges the ticket.

    `wanted` is what was typed before; the least of it, what is due and what is free on the
    card is proposed.
    """

    changed = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        *,
        pays: bool,
        wanted: Money | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.pays, self._wanted = pays, wanted
        self.only_looks = not pays
        self._entry = AmountEntry(counter.station.currency)
        self.stage = Stage.CODE
        self.scan: StoredValueScan | None = None
        self.card: Card | None = None
        self.text, self.refusal = "", ""
        self._asked: tuple[str, str, Money] | None = None  # hold, code, amount; not answered

    # -- what is shown

    @property
    def title(self) -> str:
        if self.pays:
            return self.tr("Gift card or credit")
        return self.tr("What is on the card")

    @property
    def asks_code(self) -> bool:
        """True while a code can be typed: also below a card that pays nothing."""
        is_only_told = self.stage is Stage.SHOWN and not self.asks_amount
        return self.stage is Stage.CODE or is_only_told

    @property
    def asks_amount(self) -> bool:
        """True when it can be said how much is charged."""
        if self.stage is Stage.UNCHECKED:
            return True
        return self.pays and self.stage in {Stage.SHOWN, Stage.HOLDING} and not self.why_not

    @property
    def is_waiting(self) -> bool:
        return self.stage in {Stage.LOOKING, Stage.HOLDING}

    @property
    def name(self) -> str:
        """What the card is called: its kind and last characters."""
        if self.scan is None:
            return ""
        kind = self.card.kind if self.card and self.card.kind else self.scan.kind
        return f"{words.kind_word(kind)} {self.scan.shown}"

    @property
    def balance(self) -> str:
        """What is on the card; empty while nobody knows."""
        card = self.card
        return wording.money(card.balance) if card and card.balance is not None else ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        return words.facts(self.card) if self.card else ()

    @property
    def why_not(self) -> str:
        """Why the card that is shown pays nothing; empty when it does."""
        if self.card is None or self.scan is None:
            return ""
        return words.why_not(self.card, self.scan.shown, self._counter.station.currency)

    @property
    def due(self) -> Money:
        ticket = self._ticket
        return ticket.payment.due if ticket else self._money(0)

    @property
    def most(self) -> Money:
        """The most that can be charged now."""
        ticket, card = self._ticket, self.card
        if ticket is None:
            return self._money(0)
        if self.stage is Stage.UNCHECKED:
            return pay_value.most_offline(self._counter.sign_on, ticket)
        if card is None or card.available is None or self.why_not:
            return self._money(0)
        return min(card.available, self.due)

    @property
    def amount(self) -> Money:
        """What is going to be charged: typed, else proposed."""
        if not self._entry.is_empty:
            return self._entry.amount
        return min(self.most, self._wanted) if self._wanted else self.most

    @property
    def amount_text(self) -> str:
        return self._entry.shown or wording.money(self.amount)

    @property
    def is_proposal(self) -> bool:
        return self._entry.is_empty

    @property
    def left(self) -> str:
        """What stays on the card; empty while nobody knows."""
        card = self.card
        if card is None or card.available is None or self.why_not:
            return ""
        if self.amount > card.available:
            return ""
        return wording.money(card.available - self.amount)

    # -- what is done

    def write(self, text: str) -> None:
        """Take what stands in the field of the code."""
        self.text, self.refusal = text, ""
        self.changed.emit()

    def confirm(self) -> None:
        """Look at the code that was typed, or charge the card that is shown."""
        if self.asks_code:
            read = read_typed_card(self.text)
            if read is None:
                self._refuse(words.not_a_code())
            else:
                self.look(read)
        elif self.asks_amount and not self.is_waiting:
            self._charge()

    def scanned(self, code: ScannedCode) -> None:
        """Look at the card that was scanned."""
        rules = self._counter.station.scan_rules
        read = parse(code, rules, is_in_catalogue=lambda _: False)
        if self.is_waiting or not isinstance(read, StoredValueScan):
            self.refusal = refuse_scan(self._counter)
            self.changed.emit()
        else:
            self.look(read)

    def look(self, scan: StoredValueScan) -> None:
        """Ask the hub what is on a card."""
        self._give_asked_back()
        self.scan, self.card, self.text, self.refusal = scan, None, "", ""
        self._entry.clear()
        self.stage = Stage.LOOKING
        self.changed.emit()
        if self._counter.devices.link.status.state is LinkState.OFFLINE:
            self._looked(HubAway())
        else:
            self._counter.devices.hub.look_at_card(scan.code, self._looked)

    def press(self, signs: str) -> None:
        """Take digits or a decimal sign of the amount."""
        self.refusal = ""
        if self.asks_amount and not self.is_waiting and not self._entry.press(signs):
            self._counter.devices.sounds.play(Sound.REFUSED)
        self.changed.emit()

    def erase(self) -> None:
        """Take the last sign of the amount back."""
        self.refusal = ""
        self._entry.erase()
        self.changed.emit()

    def another(self) -> None:
        """Begin again with another code."""
        if self.is_waiting:
            return
        self._give_asked_back()
        self.scan = self.card = None
        self.stage, self.text, self.refusal = Stage.CODE, "", ""
        self.changed.emit()

    def close(self) -> None:
        """Leave; what was asked for and is not needed goes back to the card."""
        self._give_asked_back()
        self.stage = Stage.CODE
        self._navigator.close(self)

    # -- what the hub said

    def _looked(self, answer: Card | HubAway) -> None:
        if self.stage is not Stage.LOOKING:
            return
        if isinstance(answer, HubAway):
            self._is_away(answer)
            return
        if answer.state is None:
            self.stage = Stage.CODE
            self._refuse(words.unknown(self.scan.shown if self.scan else ""))
            return
        self.card, self.stage = answer, Stage.SHOWN
        bad = self.why_not
        self._counter.devices.sounds.play(Sound.REFUSED if bad else Sound.ACCEPTED)
        self.changed.emit()

    def _is_away(self, answer: HubAway) -> None:
        if self.pays and not answer.code and self._trusts:
            self.stage = Stage.UNCHECKED
            self.changed.emit()
            return
        self.stage = Stage.CODE
        self._refuse(words.away(answer))

    @property
    def _trusts(self) -> bool:
        ticket = self._ticket
        return ticket is not None and bool(pay_value.most_offline(self._counter.sign_on, ticket))

    def _charge(self) -> None:
        ticket, scan, amount = self._ticket, self.scan, self.amount
        if ticket is None or scan is None:
            return
        if not self._money(0) < amount <= self.most:
            least, most = wording.money(self._money(1)), wording.money(self.most)
            self._refuse(self.tr("From {least} to {most}").format(least=least, most=most))
        elif self.stage is Stage.UNCHECKED:
            self._take_unchecked(ticket, scan, amount)
        else:
            self._ask(ticket, scan, amount)

    def _ask(self, ticket: Ticket, scan: StoredValueScan, amount: Money) -> None:
        hold = self._hold_for(ticket, scan, amount)
        if not hold:
            return
        self._asked = (hold, scan.code, amount)
        self.stage, self.refusal = Stage.HOLDING, ""
        self.changed.emit()
        basket_id = ticket.basket.basket_id
        self._counter.devices.hub.reserve_value(hold, scan.code, amount, basket_id, self._reserved)

    def _hold_for(self, ticket: Ticket, scan: StoredValueScan, amount: Money) -> str:
        """Return the id to ask with: that of the same question when it got no answer."""
        if self._asked and self._asked[1:] == (scan.code, amount):
            return self._asked[0]
        self._give_asked_back()
        sign_on = self._counter.sign_on
        try:
            asking = attempt(
                self._counter,
                self._navigator,
                lambda: pay_value.ask_to_hold(sign_on, ticket, amount),
            )
        except (TenderRefused, pay.CardOutcomeOpen):
            asking = None
        if asking is None:
            self._navigator.close(self)
            return ""
        self._counter.put(asking[0])
        return asking[1]

    def _reserved(self, answer: Reservation | HubAway) -> None:
        if self.stage is not Stage.HOLDING:
            if isinstance(answer, Reservation) and answer.refusal is None:
                give_back(self._counter, [answer.op_id])
            return
        self.stage = Stage.SHOWN
        if isinstance(answer, HubAway):
            self._refuse(words.no_answer())
        elif answer.refusal is not None:
            self._asked = None
            self._not_reserved(answer)
        else:
            self._asked = None
            self._take(answer)

    def _not_reserved(self, answer: Reservation) -> None:
        if self.card is not None and self.scan is not None and answer.refusal is not None:
            if answer.available is not None:
                self.card = replace(self.card, available=answer.available)
            self._entry.clear()
            currency = self._counter.station.currency
            self._refuse(
                words.refusal(answer.refusal, answer.available, self.scan.shown, currency)
            )

    def _take(self, reserved: Reservation) -> None:
        ticket, scan = self._ticket, self.scan
        if ticket is None or scan is None:
            give_back(self._counter, [reserved.op_id])
            return
        kind = self.card.kind if self.card and self.card.kind else scan.kind
        sign_on = self._counter.sign_on
        self._settle(lambda: pay_value.take_value(sign_on, ticket, kind, reserved), reserved.op_id)

    def _take_unchecked(self, ticket: Ticket, scan: StoredValueScan, amount: Money) -> None:
        sign_on = self._counter.sign_on
        self._settle(
            lambda: pay_value.take_value_offline(sign_on, ticket, scan.kind, scan.code, amount)
        )

    def _settle(self, act: pay_value.TakesValue, hold: str = "") -> None:
        """Put the tender on the ticket and leave; what does not get there is given back."""
        try:
            step = attempt(self._counter, self._navigator, act)
        except (TenderRefused, pay.CardOutcomeOpen, pay_value.NotOffline):
            step = None
        if step is None and hold and not self._is_on_ticket(hold):
            give_back(self._counter, [hold])
        self._navigator.close(self)
        if step is not None:
            show_outcome(self._counter, self._navigator, step)

    def _is_on_ticket(self, hold: str) -> bool:
        """True when a tender names it, or when it became a sale after all."""
        ticket = self._counter.ticket
        return ticket is None or hold in holds_of(ticket.tenders)

    # -- how

    @property
    def _ticket(self) -> Ticket | None:
        return self._counter.ticket if self.pays else None

    def _give_asked_back(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            give_back(self._counter, [asked[0]])

    def _refuse(self, text: str) -> None:
        self.refusal = text
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.changed.emit()

    def _money(self, minor: int) -> Money:
        return Money(minor, self._counter.station.currency)
