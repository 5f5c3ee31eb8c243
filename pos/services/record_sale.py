"""The moment a ticket becomes a sale: one transaction, whatever was paid with."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.basket import Basket
from pos.domain.fiscal import FiscalDocument
from pos.domain.journal import FactKind
from pos.domain.numbering import DocumentKind
from pos.domain.sale import Sale, complete_sale, sale_body
from pos.domain.stored_value import StoredValueKind, ValueLoad, value_body
from pos.domain.tender import Payment
from pos.domain.ticket import Ticket, TicketEvent, next_state
from pos.services.at_counter import business_in_shift
from pos.services.exchanged import record_return_with, with_return_number
from pos.services.handed_over import hand_over_with
from pos.services.paying_out import PayingOut
from pos.services.ports import Records
from pos.services.ticket_customer import with_standing_customer
from pos.services.workstation import SignOn


def record_sale(
    sign_on: SignOn,
    records: Records,
    ticket: Ticket,
    payment: Payment,
    source: str = "",
    rest: Sequence[PayingOut] = (),
) -> Sale:
    """Record a ticket that is paid, the handover that it pays, and the return that pays for it.

    Args:
        rest: How the customer gets what the goods that came back are worth more.

    Raises:
        NoOpenSession: There is no shift to sell in, or it is closed by now.
        NotComplete: Goods that came back are worth more, and nobody said how that goes back.
    """
    station = sign_on.station
    business_in_shift(sign_on, records)
    basket_id = ticket.basket.basket_id
    payment, return_number = with_return_number(records, basket_id, payment)
    now_ms = station.clock.now_ms()
    number = records.numbers.next(DocumentKind.SALE)
    totals = ticket.basket.totals
    stamp = station.fiscal.stamp(FiscalDocument(number, now_ms, totals.total, totals.tax_total))
    sale = complete_sale(
        with_standing_customer(records, ticket.basket),
        payment,
        number=number,
        shop=station.shop,
        till=station.till,
        session_id=sign_on.session_id,
        staff_id=sign_on.operator.staff_id,
        staff_name=sign_on.operator.name,
        completed_at_ms=now_ms,
        fiscal=stamp,
        source=source,
    )
    records.sales.add(sale)
    records.tickets.remove(sale.sale_id, next_state(ticket.state, TicketEvent.RECORD))
    body = sale_body(sale, ticket.basket.coupons, ticket.basket.cart)
    sign_on.record(records, FactKind.SALE_COMPLETED, body, at_ms=now_ms)
    _load_cards(sign_on, records, ticket.basket, sale)
    hand_over_with(sign_on, records, sale)
    record_return_with(sign_on, records, sale, return_number, rest)
    return sale


def _load_cards(sign_on: SignOn, records: Records, basket: Basket, sale: Sale) -> None:
    """Put onto gift cards what was paid for their lines, never more."""
    for row in basket.totals.lines:
        card = row.line.card
        if card is None or not row.net:
            continue
        load = ValueLoad(
            card=card.named.card,
            last4=card.named.last4,
            kind=StoredValueKind.GIFT_CARD,
            amount=row.net,
            document=str(sale.number),
            staff_id=sale.staff_id,
        )
        kind = FactKind.VALUE_ACTIVATED if card.is_new else FactKind.VALUE_TOPPED_UP
        sign_on.record(records, kind, value_body(load), at_ms=sale.completed_at_ms)
