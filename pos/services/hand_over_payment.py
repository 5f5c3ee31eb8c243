"""How a handover ends: at once when nothing is to be paid, else with the sale that pays it."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.basket import Basket, EntryMethod
from pos.domain.catalogue import Product
from pos.domain.collection import Order, OrderLine
from pos.domain.handover import HandoverDraft
from pos.domain.handover_rules import Decision, Ready, decide, taken_lines
from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.stored_value import holds_of
from pos.domain.tax import TaxRate
from pos.domain.ticket import Ticket, TicketEvent, TicketState, next_state
from pos.services import sell
from pos.services.at_counter import check_as_stored, check_not_sold, open_shift
from pos.services.exchanged import exchange_tenders
from pos.services.handed_over import told
from pos.services.on_counter import place_of
from pos.services.orders import NoSuchOrder, happen
from pos.services.pay import CardOutcomeOpen, TenderStays
from pos.services.ports import Records
from pos.services.workstation import SignOn


class NotReady(Exception):
    """Something is in the way; `decision` says what."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(str(decision))
        self.decision = decision


class DiscountInTheWay(Exception):
    """The whole ticket has a discount, which would be taken off the order as well."""


def is_to_pay(order: Order, draft: HandoverDraft, ticket: Ticket | None) -> bool:
    """True when the handover is completed by a sale: of the order's goods or of additions."""
    has_additions = ticket is not None and not ticket.basket.is_empty
    return has_additions or (not order.is_prepaid and bool(taken_lines(order, draft)))


def to_pay(order: Order, draft: HandoverDraft, ticket: Ticket | None) -> Money:
    """Return what the customer pays now: the order's goods that are taken, and the additions."""
    added = ticket.basket.totals.total if ticket else Money(0, order.currency)
    return draft.balance(order) + added


def hand_over(sign_on: SignOn, order_id: str) -> Order:
    """Hand over an order that costs nothing now.

    Raises:
        NotReady: Something is missing, to be allowed, or in the way.
        NoSuchOrder: It is not known here.
        Contradiction: It is finished or moved by now.
    """
    with sign_on.station.store.transaction() as records:
        order, draft = _ready(sign_on, records, order_id)
        if is_to_pay(order, draft, None):
            raise ValueError(f"{order.number} is to be paid")
        done = happen(sign_on, records, told(sign_on, records, order, draft))
        records.handovers.remove(order_id)
        return done


def to_ticket(sign_on: SignOn, order_id: str, ticket: Ticket | None) -> Ticket:
    """Put what is taken onto the ticket at the counter and begin its payment, in one act.

    The order's lines are only ever on a ticket that is being paid, where none can be changed:
    `back_to_counter` takes them off again. They cost what was agreed with the customer. A
    prepaid order brings none; then only the additions are paid. Goods that came back in
    exchange pay for the order's as well.

    Raises:
        NotReady: Something is missing, to be allowed, or in the way.
        DiscountInTheWay: The ticket has a discount on the whole.
        BasketError: The lines cannot be (too many).
        NoOpenSession: There is no shift to take money in.
        TicketChanged: The ticket was changed in the meantime.
    """
    if ticket is not None and ticket.basket.ticket_discount and not ticket.basket.is_empty:
        raise DiscountInTheWay
    with sign_on.station.store.transaction() as records:
        open_shift(sign_on, records)
        order, draft = _ready(sign_on, records, order_id)
        if ticket is not None:
            check_as_stored(records, ticket)
            check_not_sold(records, ticket)
        before = ticket.basket if ticket else sell.opened_basket(sign_on)
        if before.is_empty:  # what is left of a discount is not for the order
            before = before.with_ticket_discount(None)
        basket = before if order.is_prepaid else _with_order(before, order, draft)
        basket = basket.with_promotions(before.promotions)  # the order's lines take none
        state = next_state(ticket.state if ticket else TicketState.OPEN, TicketEvent.BEGIN_PAYMENT)
        paying = Ticket(basket, state, changed_at_ms=sign_on.station.clock.now_ms())
        paying = replace(paying, tenders=exchange_tenders(records, paying))
        records.tickets.save(paying, basket.lines[len(before.lines) :])
        records.handovers.save(replace(draft, basket_id=basket.basket_id))
        return paying


def handover_of(sign_on: SignOn, ticket: Ticket) -> str:
    """Return the id of the order whose handover a ticket pays, empty for none."""
    with sign_on.station.store.reading() as records:
        draft = records.handovers.of_basket(ticket.basket.basket_id)
        return draft.order_id if draft else ""


def back_to_counter(sign_on: SignOn, ticket: Ticket) -> Ticket | None:
    """Go back from the payment to the handover; what was taken so far is handed back.

    Returns:
        The ticket with the additions, coupons and goods that came back alone, None when
        there are none.

    Raises:
        TenderStays: A card was charged.
        CardOutcomeOpen: A card may have been charged.
        TicketChanged: It was paid or changed in the meantime.
    """
    if not all(tender.lets_go_back for tender in ticket.tenders):
        raise TenderStays
    state = next_state(ticket.state, TicketEvent.BACK_TO_TICKET)
    basket_id, now_ms = ticket.basket.basket_id, sign_on.station.clock.now_ms()
    own = tuple(one for one in ticket.basket.lines if one.entry_method is not EntryMethod.ORDER)
    with sign_on.station.store.transaction() as records:
        check_as_stored(records, ticket)
        attempts = records.cards.of_basket(basket_id)
        if any(attempt.is_open for attempt in attempts):
            raise CardOutcomeOpen
        draft = records.handovers.of_basket(basket_id)
        if draft is not None:
            records.handovers.save(replace(draft, basket_id="", carried=None))
        # Saved anew: a ticket that is known keeps lines that are not named.
        records.tickets.remove(basket_id, TicketState.CANCELLED)
        if own or ticket.basket.coupons or records.exchanges.get(basket_id):
            holds = (*ticket.holds, *holds_of(ticket.tenders))
            basket = replace(ticket.basket, lines=own)
            additions = Ticket(basket, state, changed_at_ms=now_ms, holds=holds)
            records.tickets.save(additions)
            return additions
        if attempts:  # its facts carried the ticket, which would come back after a restore
            _record_gone(sign_on, records, ticket)
        return None


def _ready(sign_on: SignOn, records: Records, order_id: str) -> tuple[Order, HandoverDraft]:
    order = records.orders.get(order_id)
    if order is None:
        raise NoSuchOrder(order_id)
    draft = records.handovers.get(order_id) or HandoverDraft(order_id, 0)
    decision = decide(order, draft, place_of(sign_on, records, draft))
    if not isinstance(decision, Ready):
        raise NotReady(decision)
    return order, draft


def _with_order(basket: Basket, order: Order, draft: HandoverDraft) -> Basket:
    for line in taken_lines(order, draft):
        taken = draft.delivered(order, line.number)
        basket = basket.with_product(
            _product(line, order.currency),
            Quantity(taken, line.unit),
            EntryMethod.ORDER,
            extended_price=line.value_of(taken, order.currency),
        )
    return basket


def _product(line: OrderLine, currency: str) -> Product:
    """Return the product as it was ordered: the till may not know it."""
    return Product(
        sku=line.sku,
        gtin=line.gtin,
        name=line.name,
        price=Money(line.unit_price, currency),
        tax_rate=TaxRate(line.tax_basis_points, line.tax_name),
        unit=line.unit,
        picture=line.picture,
    )


def _record_gone(sign_on: SignOn, records: Records, ticket: Ticket) -> None:
    sign_on.record(
        records,
        FactKind.BASKET_CANCELLED,
        {
            "basket_id": ticket.basket.basket_id,
            "total": ticket.basket.totals.total.minor,
            "lines": len(ticket.basket.lines),
            "staff_id": sign_on.operator.staff_id,
            "reason": "",
        },
    )
