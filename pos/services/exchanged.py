"""The end of an exchange: the return of what came back, with the sale that it pays for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.domain.exchange import balance_of, exchange_refunds, with_exchanged
from pos.domain.exchange_draft import ExchangeDraft, exchange_content
from pos.domain.journal import Json, canonical_json
from pos.domain.money import Money, total
from pos.domain.numbering import DocumentKind, ReceiptNumber
from pos.domain.return_ledger import Ledger
from pos.domain.returns import Refund, Return
from pos.domain.sale import Sale
from pos.domain.tender import Payment, Tender, TenderKind
from pos.domain.ticket import Ticket
from pos.domain.ticket_content import MAX_BYTES
from pos.services.paying_out import NotComplete, PayingOut, load_credit
from pos.services.ports import Records
from pos.services.record_return import ReturnDraft, record_return, with_own_returns
from pos.services.workstation import SignOn


def record_return_with(
    sign_on: SignOn,
    records: Records,
    sale: Sale,
    number: ReceiptNumber | None,
    rest: Sequence[PayingOut] = (),
) -> Return | None:
    """Record the return whose goods pay for a sale, in the sale's own transaction; none is none.

    The money is taken by now. What changed since the goods were put on the ticket is recorded
    all the same, and the hub, which adds up what every till took back, lays it on the desk.

    Args:
        number: What `with_return_number` gave.
        rest: How the customer gets what the goods that came back are worth more.

    Raises:
        NotComplete: They are worth more, and nobody said how that goes back.
    """
    draft = records.exchanges.get(sale.sale_id)
    if draft is None:
        return None
    records.exchanges.remove(sale.sale_id)
    recorded = records.returns.get(draft.return_id)
    if recorded is not None:
        return recorded
    exchanged = _exchanged(sale, draft)
    left = draft.total - exchanged - total((one.refund.amount for one in rest), draft.currency)
    if left:
        raise NotComplete(f"{left.minor} of {draft.return_id} goes nowhere")
    draft = replace(draft, ledgers=_as_known_now(records, draft))
    refunds = (
        *refunds_of_exchanged(sign_on, draft, exchanged, sale.sale_id),
        *(one.refund for one in rest),
    )
    document = record_return(
        sign_on,
        records,
        _return_draft(draft, refunds, sale),
        completed_at_ms=sale.completed_at_ms,
        is_paid=True,
        number=number,
    )
    load_credit(sign_on, records, document, rest)
    return document


def with_return_number(
    records: Records, basket_id: str, payment: Payment
) -> tuple[Payment, ReceiptNumber | None]:
    """Return a payment whose goods that came back name their return, and its number if it is new.

    So each of the two papers names the other; both are recorded by one transaction.
    """
    draft = records.exchanges.get(basket_id)
    if draft is None:
        return payment, None
    recorded = records.returns.get(draft.return_id)
    number = records.numbers.next(DocumentKind.RETURN) if recorded is None else recorded.number
    tenders = tuple(
        replace(one, authorisation=str(number)) if one.reference == draft.return_id else one
        for one in payment.tenders
    )
    return replace(payment, tenders=tenders), None if recorded else number


def refunds_of_exchanged(
    sign_on: SignOn, draft: ExchangeDraft, exchanged: Money, sale_id: str
) -> tuple[Refund, ...]:
    """Return the refunds that pay for new goods, out of what the purchase was paid by."""
    return exchange_refunds(
        [(draft.ledger, draft.total)],
        balance_of(draft.total, exchanged),
        sale_id=sale_id,
        new_id=sign_on.station.ids.new,
        is_gift=draft.is_gift,
    )


def exchange_tenders(records: Records, ticket: Ticket) -> tuple[Tender, ...]:
    """Return what goods that came back pay of a ticket; nothing when none did."""
    draft = records.exchanges.get(ticket.basket.basket_id)
    if draft is None:
        return ()
    payment = replace(ticket.payment, tenders=())
    return with_exchanged(payment, draft.balance_with(ticket.basket), draft.return_id).tenders


def carried_exchange(records: Records, basket_id: str) -> dict[str, Json]:
    """Return what a card's request says of the goods that came back for its ticket, if any did.

    Should this till be lost while the card is charged, they come back with the ticket.
    """
    draft = records.exchanges.get(basket_id)
    if draft is None:
        return {}
    content = exchange_content(draft)
    is_short = len(canonical_json(content).encode()) <= MAX_BYTES
    return {"exchange": content} if is_short else {}


def _exchanged(sale: Sale, draft: ExchangeDraft) -> Money:
    """Return what of the sale the goods that came back paid."""
    kind, return_id = TenderKind.EXCHANGE, draft.return_id
    paid = (t.amount for t in sale.tenders if (t.kind, t.reference) == (kind, return_id))
    return total(paid, sale.currency)


def _as_known_now(records: Records, draft: ExchangeDraft) -> tuple[Ledger, ...]:
    return tuple(with_own_returns(records, one, but=draft.return_id) for one in draft.ledgers)


def _return_draft(draft: ExchangeDraft, refunds: tuple[Refund, ...], sale: Sale) -> ReturnDraft:
    return ReturnDraft(
        return_id=draft.return_id,
        ledgers=draft.ledgers,
        lines=draft.lines,
        extras=draft.extras,
        refunds=refunds,
        flags=draft.flags,
        approvals=draft.approvals,
        began_at_ms=draft.began_at_ms,
        currency=draft.currency,
        customer_id=draft.customer_id,
        exchange_id=sale.sale_id,
        exchange_number=str(sale.number),
    )
