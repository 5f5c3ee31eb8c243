"""Taking money: cash, card, mixed; the sale is recorded with the tender that completes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.card_payment import (
    AttemptEvent,
    AttemptState,
    CardAttempt,
    next_state,
)
from pos.domain.free_text import checked_text
from pos.domain.journal import FactKind, Json
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.domain.staff import Act, Approval, Capability
from pos.domain.stored_value import holds_of
from pos.domain.tender import Payment, Tender, TenderKind
from pos.domain.ticket import Ticket, TicketEvent
from pos.domain.ticket import next_state as next_ticket_state
from pos.domain.ticket_content import carried_content
from pos.services import desk
from pos.services.at_counter import TicketChanged, check_as_stored, open_shift
from pos.services.exchanged import carried_exchange, exchange_tenders
from pos.services.handed_over import carried
from pos.services.ports import Records
from pos.services.record_sale import record_sale
from pos.services.workstation import SignOn

MAX_AUTHORISATION = 40


class CardOutcomeOpen(Exception):
    """A card attempt of this ticket has no outcome yet: no other tender, no way back."""


class TenderStays(Exception):
    """A card tender that was approved cannot be taken off the ticket here."""


class EmptyTicket(Exception):
    """There is nothing to pay."""


@dataclass(frozen=True, slots=True)
class StillDue:
    """The tender was recorded and something remains to be paid."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Paid:
    """The sale is recorded; `sale.change` is to be handed out."""

    sale: Sale


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The card attempt ended without money: declined, cancelled, or never reached."""

    ticket: Ticket
    attempt: CardAttempt


@dataclass(frozen=True, slots=True)
class OutcomeOpen:
    """Nobody knows whether the card was charged; ask the terminal again, never the card."""

    ticket: Ticket
    attempt: CardAttempt


@dataclass(frozen=True, slots=True)
class Contradicted:
    """The terminal says otherwise than what was recorded: it is at the conflict desk."""

    attempt: CardAttempt


@dataclass(frozen=True, slots=True)
class _Answer:
    event: AttemptEvent
    authorisation: str
    is_verified: bool


PaymentStep = StillDue | Paid
CardStep = StillDue | Paid | NotTaken | OutcomeOpen | Contradicted


def begin(sign_on: SignOn, ticket: Ticket) -> Ticket:
    """Go from the ticket to the payment; goods that came back in exchange pay first.

    Raises:
        EmptyTicket: No line counts.
        NoOpenSession: There is no shift to take money in.
        TicketChanged: The ticket was changed in the meantime.
    """
    if ticket.basket.is_empty:
        raise EmptyTicket
    with sign_on.station.store.reading() as records:
        open_shift(sign_on, records)
        tenders = exchange_tenders(records, ticket)
    return _move(sign_on, ticket, TicketEvent.BEGIN_PAYMENT, tenders)


def back_to_ticket(sign_on: SignOn, ticket: Ticket) -> Ticket:
    """Go back to the ticket; cash is handed back, and what gift cards and credit would pay.

    Raises:
        TenderStays: A card was charged.
        CardOutcomeOpen: A card may have been charged.
    """
    if not all(tender.lets_go_back for tender in ticket.tenders):
        raise TenderStays
    with sign_on.station.store.reading() as records:
        check_no_open_card(records, ticket)
    return _move(sign_on, ticket, TicketEvent.BACK_TO_TICKET)


def take_cash(sign_on: SignOn, ticket: Ticket, tendered: Money) -> PaymentStep:
    """Take cash; when it covers the ticket the sale is recorded in the same transaction.

    Raises:
        TenderRefused: An amount that cannot be, nothing due, or the legal limit for cash.
        CardOutcomeOpen: A card attempt has no outcome yet.
        IllegalTicketTransition: The ticket is not being paid.
        TicketChanged: It was paid or changed in the meantime.
    """
    check_paying(ticket)
    payment = ticket.payment.with_cash(tendered, sign_on.station.cash_policy)
    with sign_on.station.store.transaction() as records:
        check_as_stored(records, ticket)
        check_no_open_card(records, ticket)
        return settle(sign_on, records, ticket, payment)


def remove_tender(sign_on: SignOn, ticket: Ticket, index: int) -> Ticket:
    """Hand a tender back: cash, or what a gift card or credit would pay.

    Raises:
        TenderStays: The tender is a card that was charged.
        TicketChanged: The ticket was paid or changed in the meantime.
    """
    tender = ticket.tenders[index]
    if not tender.can_be_handed_back:
        raise TenderStays
    shorter = replace(
        ticket,
        tenders=ticket.payment.without(index).tenders,
        holds=(*ticket.holds, *holds_of((tender,))),
    )
    return _save(sign_on, ticket, shorter)


def complete_free(sign_on: SignOn, ticket: Ticket, *, source: str = "") -> Paid:
    """Record a ticket that costs nothing."""
    with sign_on.station.store.transaction() as records:
        check_as_stored(records, ticket)
        return Paid(record_sale(sign_on, records, ticket, ticket.payment, source))


def request_card(sign_on: SignOn, ticket: Ticket, amount: Money, *, terminal: str) -> CardAttempt:
    """Store the intent to charge a card, before the first byte goes to the terminal.

    Raises:
        TenderRefused: More than is due, zero, or nothing due.
        CardOutcomeOpen: Another attempt has no outcome yet.
        IllegalTicketTransition: The ticket is not being paid.
        TicketChanged: It was paid or changed in the meantime.
    """
    station = sign_on.station
    check_paying(ticket)
    ticket.payment.with_exact(TenderKind.CARD, amount, reference="")
    attempt = CardAttempt(
        attempt_id=station.ids.new(),
        basket_id=ticket.basket.basket_id,
        amount=amount,
        state=AttemptState.REQUESTED,
        requested_at_ms=station.clock.now_ms(),
    )
    with station.store.transaction() as records:
        check_as_stored(records, ticket)
        check_no_open_card(records, ticket)
        records.cards.save(attempt)
        sign_on.record(
            records,
            FactKind.CARD_REQUESTED,
            {
                "attempt_id": attempt.attempt_id,
                "basket_id": attempt.basket_id,
                "amount": amount.minor,
                "currency": amount.currency,
                "staff_id": sign_on.operator.staff_id,
                "terminal": terminal,
                # Should this till be lost now, the ticket that was charged comes back with it.
                "content": carried_content(ticket),
                **carried(sign_on, records, attempt.basket_id),
                **carried_exchange(records, attempt.basket_id),
            },
            at_ms=attempt.requested_at_ms,
        )
    return attempt


def settle_card(
    sign_on: SignOn,
    ticket: Ticket,
    attempt: CardAttempt,
    event: AttemptEvent,
    *,
    authorisation: str = "",
    is_verified: bool = True,
) -> CardStep:
    """Record what the terminal answered; an approval that covers the rest records the sale.

    An answer that is recorded already changes nothing and leads where it led, so that it can
    be told again when nobody knows whether it was recorded.

    Args:
        is_verified: False when only the cashier's word stands for the approval.

    One that contradicts what is recorded changes nothing either: it goes to the conflict desk.
    """
    answer = _Answer(event, authorisation, is_verified)
    with sign_on.station.store.transaction() as records:
        return _settle_attempt(sign_on, records, ticket, attempt, answer)


def hear_late(
    sign_on: SignOn, attempt: CardAttempt, event: AttemptEvent, *, authorisation: str = ""
) -> bool:
    """Take in what a terminal says of an attempt that a person settled meanwhile.

    Returns:
        True when it says otherwise than what was recorded.
    """
    told = next_state(AttemptState.UNKNOWN, event)
    with sign_on.station.store.transaction() as records:
        known = records.cards.get(attempt.attempt_id)
        if known is None or known.is_open or not _gainsays(told, known):
            return False
        desk.contradicted(sign_on, records, known, told, authorisation)
    return True


def resolve_card_by_hand(
    sign_on: SignOn,
    ticket: Ticket,
    attempt: CardAttempt,
    *,
    was_charged: bool,
    authorisation: str,
    approval: Approval | None = None,
) -> CardStep:
    """Settle an attempt by what the terminal's slip says, when the terminal cannot be asked.

    Raises:
        NotAllowed: An override is needed and missing.
        LooksLikeCardNumber: `authorisation` may be the number of a card.
    """
    event = AttemptEvent.APPROVAL if was_charged else AttemptEvent.DECLINE
    code = checked_text(authorisation, MAX_AUTHORISATION)
    answer = _Answer(event, code, is_verified=False)
    with sign_on.station.store.transaction() as records:
        sign_on.authorise(
            records,
            Act(Capability.RESOLVE_CARD),
            approval,
            {
                "attempt_id": attempt.attempt_id,
                "amount": attempt.amount.minor,
                "was_charged": str(was_charged),
            },
        )
        return _settle_attempt(sign_on, records, ticket, attempt, answer)


def pay_imported(sign_on: SignOn, ticket: Ticket, *, source: str) -> Sale:
    """Record a ticket of another system's history, paid by the tender ``import``."""
    payment = ticket.payment.with_exact(TenderKind.IMPORT, ticket.payment.due, reference=source)
    with sign_on.station.store.transaction() as records:
        return record_sale(sign_on, records, ticket, payment, source)


def _settle_attempt(
    sign_on: SignOn, records: Records, ticket: Ticket, attempt: CardAttempt, answer: _Answer
) -> CardStep:
    known = records.cards.get(attempt.attempt_id) or attempt
    stored = records.tickets.get(attempt.basket_id)
    if not known.is_open:
        told = next_state(AttemptState.UNKNOWN, answer.event)
        if _gainsays(told, known):
            desk.contradicted(sign_on, records, known, told, answer.authorisation)
            return Contradicted(known)
        return _settled_before(records, stored, known)
    settled = replace(
        known,
        state=next_state(known.state, answer.event),
        authorisation=answer.authorisation,
        is_verified=answer.is_verified,
    )
    records.cards.save(settled)
    if settled.state is not known.state:
        sign_on.record(records, FactKind.CARD_RESOLVED, _resolution(sign_on, settled))
    current = stored or ticket
    if settled.state is AttemptState.APPROVED:
        payment = current.payment.with_exact(
            TenderKind.CARD,
            settled.amount,
            reference=settled.attempt_id,
            authorisation=settled.authorisation,
            is_verified=settled.is_verified,
        )
        return settle(sign_on, records, current, payment)
    return OutcomeOpen(current, settled) if settled.is_open else NotTaken(current, settled)


def _gainsays(told: AttemptState, known: CardAttempt) -> bool:
    """True when one says that money moved and the other that it did not."""
    charged = AttemptState.APPROVED
    return told is not AttemptState.UNKNOWN and (told is charged) is not (known.state is charged)


def _settled_before(records: Records, stored: Ticket | None, known: CardAttempt) -> CardStep:
    """Return where the recorded answer led; an answer that was lost cannot gainsay it."""
    sale = records.sales.get(known.basket_id)
    if known.state is AttemptState.APPROVED and sale is not None:
        return Paid(sale)
    if stored is None:
        raise TicketChanged(f"{known.basket_id} is gone")
    return StillDue(stored) if known.state is AttemptState.APPROVED else NotTaken(stored, known)


def settle(sign_on: SignOn, records: Records, ticket: Ticket, payment: Payment) -> PaymentStep:
    """Keep what was paid so far, inside the caller's transaction; all of it: record the sale."""
    if payment.is_complete:
        return Paid(record_sale(sign_on, records, ticket, payment))
    partly = replace(ticket, tenders=payment.tenders, changed_at_ms=sign_on.station.clock.now_ms())
    records.tickets.save(partly)
    return StillDue(partly)


def _move(
    sign_on: SignOn, ticket: Ticket, event: TicketEvent, tenders: tuple[Tender, ...] = ()
) -> Ticket:
    state = next_ticket_state(ticket.state, event)
    holds = (*ticket.holds, *holds_of(ticket.tenders))
    moved = replace(ticket, state=state, tenders=tenders, holds=holds)
    return _save(sign_on, ticket, moved)


def _save(sign_on: SignOn, ticket: Ticket, changed: Ticket) -> Ticket:
    saved = replace(changed, changed_at_ms=sign_on.station.clock.now_ms())
    with sign_on.station.store.transaction() as records:
        check_as_stored(records, ticket)
        records.tickets.save(saved)
    return saved


def check_paying(ticket: Ticket) -> None:
    """Make sure that a ticket is being paid.

    Raises:
        IllegalTicketTransition: It is not.
    """
    next_ticket_state(ticket.state, TicketEvent.RECORD)


def check_no_open_card(records: Records, ticket: Ticket) -> None:
    """Make sure that nobody asks the terminal for this ticket.

    Raises:
        CardOutcomeOpen: A card attempt has no outcome yet.
    """
    if any(attempt.is_open for attempt in records.cards.of_basket(ticket.basket.basket_id)):
        raise CardOutcomeOpen


def _resolution(sign_on: SignOn, attempt: CardAttempt) -> dict[str, Json]:
    return {
        "attempt_id": attempt.attempt_id,
        "basket_id": attempt.basket_id,
        "state": attempt.state.value,
        "amount": attempt.amount.minor,
        "authorisation": attempt.authorisation,
        "verified": attempt.is_verified,
        "staff_id": sign_on.operator.staff_id,
    }
