"""An exchange at the counter: goods that came back wait with the ticket that they pay.

What was decided about them is kept as a draft of their return (`ExchangeDraft`). The ticket is
sold as any other; both are recorded in one transaction with the last tender (`exchanged`), or
by `complete` when nothing is to be paid.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.basket import EntryMethod
from pos.domain.catalogue import Product
from pos.domain.exchange import Balance
from pos.domain.exchange_draft import ExchangeDraft, Way, cut_to
from pos.domain.quantity import THOUSAND, Quantity
from pos.domain.refund_options import RefundOption
from pos.domain.returns import Return, ReturnFlag, ReturnLine
from pos.domain.sale import Sale
from pos.domain.staff import Approval, Capability
from pos.domain.tender import TenderKind
from pos.domain.ticket import Ticket, TicketEvent, TicketState, next_state
from pos.services import pay, sell
from pos.services.at_counter import (
    GoodsCameBack,
    TicketChanged,
    check_as_stored,
    check_not_sold,
    open_shift,
)
from pos.services.exchange_rest import Rest, rest_with, with_rest
from pos.services.exchanged import exchange_tenders
from pos.services.give_back import approvals_of, check_allowed, lines_of
from pos.services.paying_out import NotComplete, paying_out
from pos.services.ports import Catalogue, Records
from pos.services.record_return import PurchaseChanged, check_lines, check_whole, with_own_returns
from pos.services.record_sale import record_sale
from pos.services.return_figures import Figures, Lacking
from pos.services.take_back import TakingBack
from pos.services.workstation import SignOn, Workstation

# What its callers catch and show.
__all__ = ["GoodsCameBack", "NotComplete", "PurchaseChanged", "Rest", "TicketChanged"]

# How the money goes is asked for what is left, if anything is.
_OF_THE_MONEY = Capability.REFUND_CASH_ABOVE_LIMIT


class AlreadyExchanging(Exception):
    """The ticket is paid by other goods that came back: finish it, or take them off."""


class NoExchange(Exception):
    """No goods came back for the ticket."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Both documents of an exchange, as they are recorded."""

    sale: Sale
    document: Return


def attach(sign_on: SignOn, state: TakingBack, figures: Figures, ticket: Ticket | None) -> Ticket:
    """Keep goods that came back with the ticket at the counter, opening one when there is none.

    The same goods again change nothing.

    Raises:
        NotComplete: Something is lacking, other than the way of the money.
        AlreadyExchanging: The ticket is paid by other goods.
        TicketBusy: The ticket is being paid.
        TicketChanged: It was paid or changed in the meantime, or another is at the counter.
        NotAllowed: An approval is not good (any more).
        MoreThanReturnable, PurchaseChanged: It was worked out from what is not so any more.
        NoOpenSession: There is no shift.
        NoRoomForTicket: A ticket would have to be opened, and the disk is nearly full.
    """
    _check_decided(figures)
    basket = ticket.basket if ticket else sell.opened_basket(sign_on)
    draft = _draft(sign_on, state, figures, basket.basket_id)
    with sign_on.station.store.transaction() as records:
        open_shift(sign_on, records)
        kept = records.exchanges.get(basket.basket_id)
        if kept is not None:
            if ticket is None or kept.return_id != draft.return_id:
                raise AlreadyExchanging
            return ticket
        _check_counter(records, ticket)
        _check_as_known(sign_on, records, state, draft)
        held = ticket or Ticket(basket, changed_at_ms=sign_on.station.clock.now_ms())
        records.tickets.save(held)
        records.exchanges.save(draft)
    return held


def kept(station: Workstation, return_id: str) -> Ticket | None:
    """Return the ticket that what came back was kept with, None when it was not."""
    with station.store.reading() as records:
        draft = records.exchanges.of_return(return_id)
        return None if draft is None else records.tickets.get(draft.basket_id)


def draft_of(station: Workstation, ticket: Ticket) -> ExchangeDraft | None:
    """Return what came back for a ticket, None when nothing did."""
    with station.store.reading() as records:
        return records.exchanges.get(ticket.basket.basket_id)


def detach(sign_on: SignOn, ticket: Ticket) -> ExchangeDraft | None:
    """Give the goods back to the customer; a ticket with nothing else on it goes with them.

    Returns:
        What was taken off, for whoever held the claim on the purchase; None when nothing was.

    Raises:
        TicketBusy: The ticket is being paid.
    """
    basket_id = ticket.basket.basket_id
    with sign_on.station.store.transaction() as records:
        stored = records.tickets.get(basket_id)
        if stored is not None and stored.state is not TicketState.OPEN:
            raise sell.TicketBusy(stored.state.value)
        draft = records.exchanges.get(basket_id)
        if draft is None:
            return None
        records.exchanges.remove(basket_id)
        if stored is not None and not stored.basket.lines and not stored.basket.coupons:
            records.tickets.remove(basket_id, TicketState.CANCELLED)
    return draft


def same_again(sign_on: SignOn, ticket: Ticket) -> Ticket:
    """Put the products that came back onto the ticket again, for what was paid for them.

    What is on it that way already is not put there twice.

    Raises:
        NoExchange: Nothing came back for the ticket.
        BasketError: The lines cannot be (too many).
        TicketBusy: The ticket is being paid.
    """
    draft = draft_of(sign_on.station, ticket)
    if draft is None:
        raise NoExchange
    catalogue = sell.catalogue_for(sign_on, ticket)
    wanted = [
        (_product(catalogue, line), Quantity(line.quantity, line.unit), line.value)
        for line in draft.not_swapped(ticket.basket)
    ]
    return sell.add_many(sign_on, ticket, wanted, EntryMethod.EXCHANGE) if wanted else ticket


def balance_of(draft: ExchangeDraft, ticket: Ticket) -> Balance:
    """Return what is still to be paid, or to be given back."""
    return draft.balance_with(ticket.basket)


def begin(sign_on: SignOn, ticket: Ticket) -> Ticket:
    """Go from the ticket to the payment; the goods that came back pay first.

    Raises:
        EmptyTicket, NoOpenSession, TicketChanged: As `pay.begin`.
    """
    return pay.begin(sign_on, ticket)


def rest_options(
    sign_on: SignOn, draft: ExchangeDraft, ticket: Ticket
) -> tuple[RefundOption, ...]:
    """Return the ways what is left could go back, the usual one first."""
    return rest_of(sign_on, draft, ticket).options


def rest_of(
    sign_on: SignOn, draft: ExchangeDraft, ticket: Ticket, ways: Way | None = None
) -> Rest:
    """Return what is left for the customer, and how it goes back.

    Args:
        ways: Means and reference of the way the customer wants; as the draft says when None.
    """
    with sign_on.station.store.reading() as records:
        return rest_with(sign_on, records, draft, ticket, ways)


def complete(
    sign_on: SignOn,
    ticket: Ticket,
    ways: Way | None = None,
    *,
    approval: Approval | None = None,
) -> Exchanged:
    """Record an exchange that nothing is to be paid for: it is even, or money goes back.

    Recording it again changes nothing and gives what was recorded.

    Args:
        ways: As of `rest_of`.
        approval: Of the cash that goes back, where somebody has to allow it.

    Raises:
        NoExchange: Nothing came back for the ticket.
        NotComplete: Something is to be paid, or no way was found for what is left.
        EmptyTicket: There is nothing on the ticket: take the goods off, and give them back.
        CardOutcomeOpen: A card attempt has no outcome yet.
        NotAllowed: An approval is needed and missing.
        NoOpenSession, TicketChanged: As `pay.take_cash`; nothing is recorded.
    """
    with sign_on.station.store.transaction() as records:
        done = _recorded(records, ticket.basket.basket_id)
        if done is not None:
            return done
        draft = _checked(records, ticket)
        rest = rest_with(sign_on, records, draft, ticket, ways)
        if rest.balance.to_pay or rest.unpaid:
            raise NotComplete(f"{rest.balance.to_pay.minor} to pay, {rest.unpaid.minor} left")
        if rest.asks_for is not None:
            sign_on.check(records, rest.asks_for, approval)
        records.exchanges.save(with_rest(draft, rest, approval))
        paying = [paying_out(sign_on.station, split, draft.purchase) for split in rest.splits]
        ready = _as_paying(records, ticket)
        sale = record_sale(sign_on, records, ready, ready.payment, rest=paying)
        document = records.returns.get(draft.return_id)
    if document is None:
        raise LookupError(draft.return_id)
    return Exchanged(sale, document)


def return_with(station: Workstation, sale: Sale) -> Return | None:
    """Return the document of the goods that paid for a sale, None when none did."""
    with station.store.reading() as records:
        return _return_with(records, sale)


def recorded(station: Workstation, basket_id: str) -> Exchanged | None:
    """Return what was recorded of the ticket's exchange, None when nothing was."""
    with station.store.reading() as records:
        return _recorded(records, basket_id)


def _check_decided(figures: Figures) -> None:
    """Make sure that only the way of the money may be open."""
    asked = {one.verdict.capability for one in figures.permissions}
    if figures.lacking not in {None, Lacking.NO_WAY} or not asked <= {_OF_THE_MONEY}:
        raise NotComplete(figures.lacking)


def _draft(sign_on: SignOn, state: TakingBack, figures: Figures, basket_id: str) -> ExchangeDraft:
    purchase, lines = state.known.ledger.purchase, lines_of(state, figures)
    ledgers = (cut_to(state.known.ledger, lines),) if state.has_receipt else ()
    allowed = (one for one in state.allowed if one.capability is not _OF_THE_MONEY)
    return ExchangeDraft(
        basket_id=basket_id,
        return_id=state.return_id,
        began_at_ms=state.began_at_ms,
        ledgers=ledgers,
        lines=lines,
        extras=figures.extras,
        # Whether the customer asked for credit is said of what is left.
        flags=figures.flags - {ReturnFlag.CREDIT_WISHED},
        approvals=approvals_of(allowed),
        currency=purchase.currency,
        customer_id="" if state.is_gift else purchase.customer_id,
        is_gift=state.is_gift,
        ways=state.way,
        shop=sign_on.station.shop,
    )


def _check_counter(records: Records, ticket: Ticket | None) -> None:
    """Make sure that the ticket is the one at the counter, and open."""
    if ticket is None:
        if records.tickets.current() is not None:
            raise TicketChanged("there is another ticket")
        return
    if ticket.state is not TicketState.OPEN:
        raise sell.TicketBusy(ticket.state.value)
    check_not_sold(records, ticket)
    check_as_stored(records, ticket)


def _check_as_known(
    sign_on: SignOn, records: Records, state: TakingBack, draft: ExchangeDraft
) -> None:
    """Hold what came back to all that is known here: afterwards it is recorded in any case."""
    if records.returns.get(draft.return_id) or records.exchanges.of_return(draft.return_id):
        raise PurchaseChanged(draft.purchase)
    check_allowed(sign_on, records, state)
    for approval in draft.approvals:
        sign_on.check(records, approval.act, approval)
    ledgers = [with_own_returns(records, one) for one in draft.ledgers]
    check_lines(ledgers, draft.lines)
    check_whole(ledgers, (draft.returned,))


def _checked(records: Records, ticket: Ticket) -> ExchangeDraft:
    """Return what came back for a ticket that can be done without taking money."""
    draft = records.exchanges.get(ticket.basket.basket_id)
    if draft is None:
        raise NoExchange
    if ticket.basket.is_empty:
        raise pay.EmptyTicket
    check_as_stored(records, ticket)
    pay.check_no_open_card(records, ticket)
    return draft


def _as_paying(records: Records, ticket: Ticket) -> Ticket:
    """Return the ticket as it is paid by the goods alone, whether its payment was begun or not."""
    if ticket.state is TicketState.PAYING:
        return ticket
    state = next_state(ticket.state, TicketEvent.BEGIN_PAYMENT)
    return replace(ticket, state=state, tenders=exchange_tenders(records, ticket))


def _recorded(records: Records, basket_id: str) -> Exchanged | None:
    sale = records.sales.get(basket_id)
    document = None if sale is None else _return_with(records, sale)
    return None if sale is None or document is None else Exchanged(sale, document)


def _return_with(records: Records, sale: Sale) -> Return | None:
    given = (t.reference for t in sale.tenders if t.kind is TenderKind.EXCHANGE)
    found = (records.returns.get(reference) for reference in given)
    # Where one of the two is worth nothing no tender names the return: it is the latest then.
    named = (*(one for one in found if one is not None), *records.returns.recent(1))
    return next((one for one in named if one.exchange_id == sale.sale_id), None)


def _product(catalogue: Catalogue, line: ReturnLine) -> Product:
    """Return the product that came back, as the catalogue has it, else as it was sold.

    Its price is what was paid for one, so that the line and what it comes to agree.
    """
    price = line.value.scaled(THOUSAND, line.quantity)
    known = catalogue.by_sku(line.sku)
    if known is not None:
        return replace(known, price=price)
    return Product(
        sku=line.sku,
        gtin=line.gtin,
        name=line.name,
        price=price,
        tax_rate=line.tax_rate,
        unit=line.unit,
    )
