"""Takes a parked ticket up: asks the hub first where it is seen, and says why not in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pos.domain.shop_ticket import ShopTicket
from pos.domain.staff import Act, Approval, Capability
from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.ports import LinkState
from pos.services import park
from pos.services.hub_calls import Claim, ClaimState, HubAway
from pos.services.park import (
    CounterBusy,
    NoSuchTicket,
    Permit,
    TakenElsewhere,
    UnreadableTicket,
)


@dataclass(frozen=True, slots=True)
class _Question:
    """What the hub is asked.

    Each time it is asked under an `op_id` of its own: a grant that came too late is given back
    as soon as it comes, and the hub grants nothing twice under one id.
    """

    op_id: str
    basket_id: str
    taken_from: str = ""
    approval: Approval | None = None


class TakingUp(QObject):
    """One ticket at a time on its way to the counter.

    `asking` is the ticket the hub is asked for, empty for none; `told` is why the last one
    was not taken up; `may_take_over` is the till that held it for so long that somebody may
    decide, empty otherwise.
    """

    changed = Signal()
    taken = Signal(object)  # Ticket
    refused = Signal(str)

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._question: _Question | None = None
        self._refused_id = ""
        self.told = self.may_take_over = ""

    @property
    def asking(self) -> str:
        return self._question.basket_id if self._question else ""

    def forget(self) -> None:
        """Forget why the last one was not taken up."""
        self.told = self.may_take_over = ""
        self.changed.emit()

    def take(self, basket_id: str) -> None:
        """Take a ticket up; `taken` or `refused` says how it went, at once or in two seconds."""
        if self._question is not None:
            return
        self.told = self.may_take_over = ""
        if self._counter.ticket is not None:
            self._refuse(self.tr("Park or finish this ticket first"))
        elif self._counter.devices.link.status.state is LinkState.OFFLINE:
            self._take_alone(basket_id)
        else:
            self._ask(_Question(self._counter.station.ids.new(), basket_id))

    def take_over(self) -> None:
        """Take the ticket from the till that holds it, with a permission."""
        basket_id, holder = self._refused_id, self.may_take_over
        if not holder or self._question is not None:
            return

        def decided(approval: Approval | None) -> None:
            self.told = self.may_take_over = ""
            op_id = self._counter.station.ids.new()
            self._ask(_Question(op_id, basket_id, holder, approval))

        ask_permission(
            self._counter,
            self._navigator,
            OverrideRequest(
                Act(Capability.RESOLVE_CONFLICT),
                self.tr("Take the ticket from {till}").format(till=wording.till_name(holder)),
                self.tr("It asked for it first and did not go on with it."),
                None,
                None,
                decided,
                reason=holder,
            ),
        )

    # -- asking

    def _ask(self, question: _Question) -> None:
        self._question = question
        self.changed.emit()
        self._counter.devices.hub.claim(
            question.op_id,
            question.basket_id,
            self._answered,
            takes_over=bool(question.taken_from),
        )

    def _answered(self, answer: Claim | HubAway) -> None:
        question, self._question = self._question, None
        if question is None:
            return
        self.changed.emit()
        if self._counter.signed_on is None:
            self._release(question, answer)
        elif isinstance(answer, HubAway):
            self._take_alone(question.basket_id)
        else:
            self._follow(question, answer)

    def _follow(self, question: _Question, claim: Claim) -> None:
        basket_id = question.basket_id
        is_ours = park.is_ours(self._counter.sign_on, basket_id)
        here = self._counter.station.till
        match claim.state:
            case ClaimState.GRANTED:
                self._use(question, claim, is_ours=is_ours)
            case ClaimState.GONE if is_ours and claim.holder in {"", here}:
                self._take_ours(basket_id, Permit())  # the hub hears of its parking only now
            case ClaimState.GONE if claim.holder not in {"", here}:
                self._refuse(
                    self.tr("{till} took that ticket up already").format(
                        till=wording.till_name(claim.holder)
                    )
                )
            case ClaimState.GONE:
                self._refuse(self.tr("That ticket does not wait any more"))
            case ClaimState.HELD:
                self._is_held(basket_id, claim)

    def _is_held(self, basket_id: str, claim: Claim) -> None:
        text = self.tr("{till} is taking that ticket up since {time}").format(
            till=wording.till_name(claim.holder), time=wording.clock(claim.since_ms)
        )
        if claim.may_be_taken_over:
            self._refused_id, self.may_take_over = basket_id, claim.holder
        self._refuse(text)

    # -- with what the hub said, or without

    def _use(self, question: _Question, claim: Claim, *, is_ours: bool) -> None:
        permit = Permit(claim.fence, question.taken_from, question.approval)
        taken = (
            self._take_ours(question.basket_id, permit)
            if is_ours
            else self._take_others(question.basket_id, claim, permit)
        )
        if not taken:
            self._release(question, claim)

    def _take_alone(self, basket_id: str) -> None:
        """Take up what is this till's own; the hub is away."""
        if park.is_ours(self._counter.sign_on, basket_id):
            self._take_ours(basket_id, Permit())
            return
        with self._counter.station.store.reading() as records:
            known = records.shop_tickets.get(basket_id)
        self._refuse(self.only_from(known))

    def _take_ours(self, basket_id: str, permit: Permit) -> bool:
        sign_on = self._counter.sign_on
        try:
            ticket = attempt(
                self._counter,
                self._navigator,
                lambda: park.resume(sign_on, basket_id, permit),
            )
        except CounterBusy:
            return self._refuse(self.tr("Park or finish this ticket first"))
        except TakenElsewhere as taken:
            text = self.tr("{till} took that ticket up already")
            return self._refuse(text.format(till=wording.till_name(taken.till)))
        except NoSuchTicket:
            return self._refuse(self.tr("That ticket does not wait here any more"))
        return self._show(ticket)

    def _take_others(self, basket_id: str, claim: Claim, permit: Permit) -> bool:
        sign_on = self._counter.sign_on
        with sign_on.station.store.reading() as records:
            known = records.shop_tickets.get(basket_id)
        till = wording.till_name(known.till) if known else self.tr("the till that parked it")
        if claim.content is None:
            text = self.tr("That ticket is too long to be sent: take it up at {till}")
            return self._refuse(text.format(till=till))
        try:
            ticket = attempt(
                self._counter,
                self._navigator,
                lambda: park.resume_from_shop(sign_on, basket_id, claim.content, permit),
            )
        except CounterBusy:
            return self._refuse(self.tr("Park or finish this ticket first"))
        except NoSuchTicket:
            return self._refuse(self.tr("That ticket was taken up here already"))
        except UnreadableTicket:
            text = self.tr("That ticket cannot be read here: take it up at {till}")
            return self._refuse(text.format(till=till))
        return self._show(ticket)

    def _show(self, ticket: Ticket | None) -> bool:
        if ticket is not None:
            self.taken.emit(ticket)
        return ticket is not None

    def _release(self, question: _Question, answer: Claim | HubAway) -> None:
        if isinstance(answer, Claim) and answer.state is ClaimState.GRANTED:
            self._counter.devices.hub.release(question.basket_id, answer.fence)

    # -- words

    def only_from(self, known: ShopTicket | None) -> str:
        """Say why another till's ticket cannot be taken up while the hub is away."""
        if known is None:
            return self.tr("Only where it was parked: no connection")
        text = self.tr("Only from {till}: no connection")
        return text.format(till=wording.till_name(known.till))

    def _refuse(self, text: str) -> bool:
        self.told = text
        self.changed.emit()
        self.refused.emit(text)
        return False
