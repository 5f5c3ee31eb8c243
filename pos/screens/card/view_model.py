"""One card attempt from the request to an outcome that everybody knows."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.card_payment import AttemptEvent, AttemptState, CardAttempt
from pos.domain.errors import StoreUnavailable
from pos.domain.scan import ScannedCode
from pos.domain.staff import Act, Approval, Capability
from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.payment.outcome import show_outcome
from pos.screens.ports import CardAnswer, Sound
from pos.screens.scan_refusal import refuse_scan
from pos.services import pay

ASK_EVERY_MS = 5_000
MAX_AUTHORISATION = 8  # shorter than any card number, which must never be typed here


class Stage(Enum):
    """Where the attempt is, for the person at the counter."""

    WAITING = "waiting"  # the terminal talks with the customer
    READ_OFF = "read off"  # the cashier keys the amount and reads the answer off
    UNKNOWN = "unknown"  # nobody knows whether the card was charged
    RESOLVING = "resolving"  # somebody looked at the terminal's slip
    NOT_TAKEN = "not taken"  # declined, cancelled, or never asked


class CardViewModel(QObject):
    """State of one attempt.

    The panel stays until there is an outcome: while it is unknown there is no other tender
    and no way back, the terminal is asked again and again, never the card.
    """

    changed = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        attempt_: CardAttempt,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.attempt = attempt_
        self.stage = Stage.WAITING
        self.ended_by: AttemptEvent | None = None
        self.authorisation = ""
        self.was_charged = True
        self.times_asked = 0
        self.is_aborting = False
        self.is_asking = False
        self.is_over = False
        self.is_contradicted = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(ASK_EVERY_MS)
        self._again.timeout.connect(self.ask_again)

    # what is shown

    @property
    def amount_text(self) -> str:
        return wording.money(self.attempt.amount)

    @property
    def since(self) -> str:
        """Since when there is no answer."""
        return wording.clock(self.attempt.requested_at_ms)

    @property
    def short_id(self) -> str:
        """The end of the attempt's id, by which it is found in the journal."""
        return self.attempt.attempt_id[-6:].upper()

    @property
    def reason_text(self) -> str:
        """Why no money was taken."""
        if self.is_contradicted:
            return self.tr("The terminal now says otherwise")
        if self.ended_by is None:
            return self.tr("Recorded as not charged")
        return {
            AttemptEvent.CANCELLATION: self.tr("The card payment was cancelled"),
            AttemptEvent.NEVER_REACHED: self.tr("The terminal was not reached"),
        }.get(self.ended_by, self.tr("The card was declined"))

    @property
    def advice_text(self) -> str:
        """What to do now that no money was taken."""
        if self.is_contradicted:
            return self.tr("Do not charge again. It is at the conflict desk for a shift lead.")
        if self.ended_by is AttemptEvent.NEVER_REACHED:
            return self.tr("Look at its cable and power, or take another form of payment.")
        return self.tr("Ask for another card, or take another form of payment.")

    # what is done

    def start(self) -> None:
        """Ask the terminal to charge; the attempt is stored already."""
        terminal = self._counter.devices.terminal
        self._go(Stage.READ_OFF if terminal.is_standalone else Stage.WAITING)
        terminal.charge(self.attempt, self._answered)

    def resume(self) -> None:
        """Find out about an attempt of before: ask what became of it, never charge."""
        self._go(Stage.UNKNOWN)
        self.ask_again()

    def abort(self) -> None:
        """Ask the terminal to break off; it still answers how it ended."""
        if self.stage in (Stage.WAITING, Stage.READ_OFF) and not self.is_aborting:
            self.is_aborting = True
            self.changed.emit()
            self._counter.devices.terminal.abort()

    def ask_again(self) -> None:
        """Ask the terminal what became of the attempt; asking changes nothing."""
        if self.is_over or self.is_asking:
            return
        self._again.stop()
        self.is_asking = True
        self.times_asked += 1
        self.changed.emit()
        self._counter.devices.terminal.ask_again(self.attempt, self._answered)

    def type(self, signs: str) -> None:
        """Take letters or digits of the authorisation code."""
        typing = self.stage in (Stage.READ_OFF, Stage.RESOLVING)
        fits = len(self.authorisation) + len(signs) <= MAX_AUTHORISATION
        if typing and fits and signs.isascii() and signs.isalnum():
            self.authorisation += signs.upper()
            self.changed.emit()

    def erase(self) -> None:
        """Take the last sign of the code back."""
        self.authorisation = self.authorisation[:-1]
        self.changed.emit()

    def read_off(self, *, was_approved: bool) -> None:
        """Pass on what the terminal's display says."""
        if self.stage is Stage.READ_OFF and not self.is_aborting:
            self._counter.devices.terminal.confirm(
                self.attempt, was_approved=was_approved, authorisation=self.authorisation
            )

    def call_somebody(self) -> None:
        """Let somebody who looked at the terminal say what happened."""
        self.authorisation = ""
        self._go(Stage.RESOLVING)

    def say_charged(self, was_charged: bool) -> None:
        """Say whether the terminal's slip shows the charge."""
        self.was_charged = was_charged
        self.changed.emit()

    def resolve(self) -> None:
        """Settle the attempt by hand, with a permission where one is needed."""
        if self.stage is not Stage.RESOLVING:
            return
        if self.was_charged:
            title = self.tr("Record {amount} as charged to the card")
        else:
            title = self.tr("Record {amount} as not charged")
        why = self.tr("The terminal does not answer; its slip decides")
        ask_permission(
            self._counter,
            self._navigator,
            OverrideRequest(
                Act(Capability.RESOLVE_CARD),
                title.format(amount=self.amount_text),
                why,
                self.attempt.amount,
                None,
                self._resolve,
                reason=self.tr("Looked at the terminal"),
            ),
        )

    def back(self) -> None:
        """One step back where there is one: abort, keep asking, or close what is over."""
        if self.stage is Stage.RESOLVING:
            self._go(Stage.UNKNOWN)
        elif self.stage is Stage.NOT_TAKEN:
            self.close()
        else:
            self.abort()

    def close(self) -> None:
        """Go back to the payment once the outcome is known."""
        if self.stage is Stage.NOT_TAKEN:
            self._navigator.close(self)

    def scanned(self, _code: ScannedCode) -> None:
        """Take no scan while a card is being charged."""
        refuse_scan(self._counter)

    # how

    def _answered(self, answer: CardAnswer) -> None:
        self.is_asking = False
        if self.is_over:
            self._hear_late(answer)
            return
        still_unknown = self.attempt.state is AttemptState.UNKNOWN
        if still_unknown and answer.event is AttemptEvent.ANSWER_LOST:
            self._wait_to_ask()
            return
        self._settle(answer)

    def _hear_late(self, answer: CardAnswer) -> None:
        """Say that the terminal contradicts what somebody recorded by hand meanwhile."""
        said_otherwise = attempt(
            self._counter,
            self._navigator,
            lambda: pay.hear_late(
                self._counter.sign_on,
                self.attempt,
                answer.event,
                authorisation=answer.authorisation,
            ),
        )
        if said_otherwise:
            self._contradict()

    def _contradict(self) -> None:
        self.is_over, self.is_contradicted = True, True
        self._again.stop()
        self._counter.devices.sounds.play(Sound.REFUSED)
        self._counter.devices.link.nudge()
        self._go(Stage.NOT_TAKEN)

    def _settle(self, answer: CardAnswer) -> None:
        ticket = self._ticket()
        if ticket is None:
            return
        step = attempt(
            self._counter,
            self._navigator,
            lambda: pay.settle_card(
                self._counter.sign_on,
                ticket,
                self.attempt,
                answer.event,
                authorisation=answer.authorisation,
                is_verified=answer.is_verified,
            ),
        )
        self.ended_by = answer.event
        self._follow(step)

    def _resolve(self, approval: Approval | None) -> None:
        ticket = self._ticket()
        if ticket is None or self.is_over:
            return
        step = attempt(
            self._counter,
            self._navigator,
            lambda: pay.resolve_card_by_hand(
                self._counter.sign_on,
                ticket,
                self.attempt,
                was_charged=self.was_charged,
                authorisation=self.authorisation if self.was_charged else "",
                approval=approval,
            ),
        )
        self.ended_by = None
        self._follow(step)

    def _follow(self, step: pay.CardStep | None) -> None:
        match step:
            case None:
                self._look_up()
            case pay.OutcomeOpen(_, open_attempt):
                self.attempt = open_attempt
                self._counter.devices.sounds.play(Sound.REFUSED)
                self._go(Stage.UNKNOWN)
                self._wait_to_ask()
            case pay.Contradicted(known):
                self.attempt = known
                self._contradict()
            case pay.NotTaken(_, ended):
                self.attempt, self.is_over = ended, True
                self._counter.devices.sounds.play(Sound.REFUSED)
                self._go(Stage.NOT_TAKEN)
            case _:
                self._finish(step)

    def _finish(self, step: pay.PaymentStep) -> None:
        self.is_over = True
        self._again.stop()
        self._navigator.close(self)
        show_outcome(self._counter, self._navigator, step)

    def _look_up(self) -> None:
        """Take the attempt as it is on the disk, after the disk failed while settling it."""
        try:
            with self._counter.station.store.reading() as records:
                stored = records.cards.get(self.attempt.attempt_id)
        except StoreUnavailable:
            stored = self.attempt
        if stored is not None and stored.is_open:
            self.attempt = stored
            self._go(Stage.UNKNOWN)
            self._wait_to_ask()
        elif self._counter.ticket is not None:
            self.is_over = True
            self._navigator.close(self)

    def _ticket(self) -> Ticket | None:
        ticket = self._counter.ticket
        if ticket is not None and ticket.basket.basket_id == self.attempt.basket_id:
            return ticket
        self.is_over = True
        self._navigator.go(Screen.SALE)
        return None

    def _wait_to_ask(self) -> None:
        self._again.start()
        self.changed.emit()

    def _go(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()
