"""Building the ticket: every act is durable on disk before it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pos.domain.basket import MAX_NOTE_LENGTH, Basket, Discount, EntryMethod, PriceOverride
from pos.domain.catalogue import Product
from pos.domain.errors import StoreUnavailable
from pos.domain.free_text import MAX_REASON_LENGTH, checked_text
from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.staff import Act, Approval, Capability
from pos.domain.stored_value import CardOnLine
from pos.domain.tax import untaxed
from pos.domain.ticket import Ticket, TicketEvent, TicketState, next_state
from pos.services.at_counter import check_as_stored, check_not_sold, open_shift
from pos.services.outgrown import without_outgrown
from pos.services.ports import Catalogue, Records
from pos.services.promoted import promoted
from pos.services.workstation import SignOn

WHOLE_TICKET = 0  # in place of a line number


class NoRoomForTicket(StoreUnavailable):
    """The disk is nearly full: the open ticket can be finished, no other may be begun."""


class TicketBusy(Exception):
    """The ticket is being paid or is no longer open."""


def catalogue_for(sign_on: SignOn, ticket: Ticket | None) -> Catalogue:
    """Return the catalogue the ticket is pinned to, or the current one."""
    catalogues = sign_on.station.catalogues
    return (
        catalogues.pinned(ticket.basket.catalogue_generation) if ticket else catalogues.current()
    )


def add_product(
    sign_on: SignOn,
    ticket: Ticket | None,
    product: Product,
    quantity: Quantity,
    entry_method: EntryMethod,
    *,
    extended_price: Money | None = None,
    card: CardOnLine | None = None,
) -> Ticket:
    """Put a product on the ticket, opening one when there is none.

    With a `card` it is money for that gift card, and nothing is taxed before it is spent.

    Raises:
        BasketError: The line cannot be (price, quantity, too many lines).
        StoreUnavailable: Nothing was recorded; the ticket is as it was.
    """
    basket = ticket.basket if ticket else opened_basket(sign_on)
    if card is not None:
        product = replace(product, tax_rate=untaxed(product.tax_rate))
    changed = basket.with_product(
        product, quantity, entry_method, extended_price=extended_price, card=card
    )
    return _save(sign_on, ticket, changed, changed.lines[-1].number)


def add_many(
    sign_on: SignOn,
    ticket: Ticket | None,
    wanted: Iterable[tuple[Product, Quantity, Money | None]],
    entry_method: EntryMethod,
) -> Ticket:
    """Put many products on the ticket as one act: all of them or none.

    Raises:
        BasketError: One of the lines cannot be.
        StoreUnavailable: Nothing was recorded; the ticket is as it was.
    """
    if ticket is not None:
        _check_open(ticket)
    basket = ticket.basket if ticket else opened_basket(sign_on)
    for product, quantity, extended_price in wanted:
        basket = basket.with_product(
            product, quantity, entry_method, extended_price=extended_price
        )
    return add_built(sign_on, ticket, basket)


def add_built(sign_on: SignOn, ticket: Ticket | None, basket: Basket) -> Ticket:
    """Keep a ticket with lines added at its end, and nothing else changed in its lines.

    Raises:
        TicketBusy: It is being paid.
        StoreUnavailable: Nothing was recorded; the ticket is as it was.
    """
    if ticket is not None:
        _check_open(ticket)
    before = len(ticket.basket.lines) if ticket else 0
    basket = _settled(sign_on, ticket, basket, WHOLE_TICKET)
    changed = Ticket(basket, changed_at_ms=sign_on.station.clock.now_ms())
    with sign_on.station.store.transaction() as records:
        records.tickets.save(changed, basket.lines[before:])
    return changed


def set_quantity(sign_on: SignOn, ticket: Ticket, line: int, quantity: Quantity) -> Ticket:
    """Set the quantity of a line; an amount off that would then weigh too much goes."""
    return _save(sign_on, ticket, ticket.basket.with_quantity(line, quantity), line)


def set_note(sign_on: SignOn, ticket: Ticket, line: int, note: str) -> Ticket:
    """Write a note on a line; it is printed on the receipt.

    Raises:
        LooksLikeCardNumber: It may hold the number of a card.
    """
    checked = checked_text(note, MAX_NOTE_LENGTH)
    return _save(sign_on, ticket, ticket.basket.with_note(line, checked), line)


def discount_act(ticket: Ticket, line: int, discount: Discount) -> Act:
    """Return the act that a discount is: its size decides who may give it."""
    basket = ticket.basket
    gross = basket.subtotal if line == WHOLE_TICKET else basket.line(line).gross
    return Act(Capability.DISCOUNT, discount.basis_points_of(gross))


def give_discount(
    sign_on: SignOn,
    ticket: Ticket,
    line: int,
    discount: Discount,
    approval: Approval | None = None,
) -> Ticket:
    """Give a discount on a line, or on the whole ticket (`WHOLE_TICKET`).

    Raises:
        DiscountNotPossible: Not positive, or more than what it is taken from.
        NotAllowed: An override is needed and missing.
        LooksLikeCardNumber: Its reason may hold the number of a card.
    """
    act = discount_act(ticket, line, discount)
    reason = checked_text(discount.reason, MAX_REASON_LENGTH)

    def change(basket: Basket, approved_by: str | None) -> Basket:
        signed = replace(discount, reason=reason, approved_by=approved_by)
        if line == WHOLE_TICKET:
            return basket.with_ticket_discount(signed)
        return basket.with_discount(line, signed)

    change(ticket.basket, None)  # refuse what cannot be before anything is written
    with sign_on.station.store.transaction() as records:
        detail: dict[str, str | int] = {"basket_id": ticket.basket.basket_id, "line": line}
        approved_by = sign_on.authorise(records, act, approval, detail)
        return _put(sign_on, records, ticket, change(ticket.basket, approved_by), line)


def remove_discount(sign_on: SignOn, ticket: Ticket, line: int) -> Ticket:
    """Take a discount back."""
    basket = ticket.basket
    changed = (
        basket.with_ticket_discount(None)
        if line == WHOLE_TICKET
        else basket.with_discount(line, None)
    )
    return _save(sign_on, ticket, changed, line)


def override_price(
    sign_on: SignOn,
    ticket: Ticket,
    line: int,
    unit_price: Money,
    *,
    reason: str,
    approval: Approval | None = None,
) -> Ticket:
    """Sell a line at another unit price.

    Raises:
        PriceNotPossible: The price is out of range.
        NotAllowed: An override is needed and missing.
        LooksLikeCardNumber: The reason may hold the number of a card.
    """
    said = checked_text(reason, MAX_REASON_LENGTH)
    ticket.basket.with_price_override(line, PriceOverride(unit_price, said))
    with sign_on.station.store.transaction() as records:
        approved_by = sign_on.authorise(
            records,
            Act(Capability.PRICE_OVERRIDE),
            approval,
            {"basket_id": ticket.basket.basket_id, "line": line, "price": unit_price.minor},
        )
        override = PriceOverride(unit_price, said, approved_by)
        changed = ticket.basket.with_price_override(line, override)
        return _put(sign_on, records, ticket, changed, line)


def void_line(sign_on: SignOn, ticket: Ticket, line: int) -> Ticket:
    """Void a line: it stays on the ticket, struck through, and in the journal."""
    _check_open(ticket)
    voided = ticket.basket.line(line)
    with sign_on.station.store.transaction() as records:
        sign_on.record(
            records,
            FactKind.LINE_VOIDED,
            {
                "basket_id": ticket.basket.basket_id,
                "line": line,
                "sku": voided.product.sku,
                "name": voided.product.name,
                "amount": voided.net.minor,
                "staff_id": sign_on.operator.staff_id,
            },
        )
        return _put(sign_on, records, ticket, ticket.basket.with_line_voided(line), line)


def cancel(
    sign_on: SignOn, ticket: Ticket, *, reason: str, approval: Approval | None = None
) -> None:
    """Cancel the whole ticket before any tender was taken.

    Raises:
        IllegalTicketTransition: The ticket is being paid.
        NotAllowed: An override is needed and missing.
        TicketChanged: The ticket was changed in the meantime.
        LooksLikeCardNumber: The reason may hold the number of a card.
    """
    final = next_state(ticket.state, TicketEvent.CANCEL)
    said = checked_text(reason, MAX_REASON_LENGTH)
    with sign_on.station.store.transaction() as records:
        check_as_stored(records, ticket)
        sign_on.authorise(records, Act(Capability.CANCEL_TICKET), approval)
        sign_on.record(
            records,
            FactKind.BASKET_CANCELLED,
            {
                "basket_id": ticket.basket.basket_id,
                "total": ticket.basket.totals.total.minor,
                "lines": len(ticket.basket.lines),
                "staff_id": sign_on.operator.staff_id,
                "reason": said,
            },
        )
        records.tickets.remove(ticket.basket.basket_id, final)
        records.exchanges.remove(ticket.basket.basket_id)  # what came back stays the customer's


def change_whole(sign_on: SignOn, ticket: Ticket | None, basket: Basket) -> Ticket:
    """Keep an act that is about the whole ticket and changes none of its lines.

    Raises:
        TicketBusy: It is being paid.
        StoreUnavailable: Nothing was recorded; the ticket is as it was.
    """
    return _save(sign_on, ticket, basket, WHOLE_TICKET)


def opened_basket(sign_on: SignOn) -> Basket:
    """Return an empty basket of this till, on the current catalogue.

    Raises:
        NoRoomForTicket: The disk is nearly full.
        NoOpenSession: A ticket belongs to a shift.
    """
    station = sign_on.station
    sign_on.session_id  # noqa: B018  a ticket belongs to a shift
    if not station.has_room():
        raise NoRoomForTicket("disk nearly full")
    info = station.catalogues.current().info()
    return Basket(
        basket_id=station.ids.new(),
        currency=station.currency,
        opened_at_ms=station.clock.now_ms(),
        opened_by=sign_on.operator.staff_id,
        catalogue_generation=info.generation if info else 0,
    )


def _save(sign_on: SignOn, ticket: Ticket | None, basket: Basket, line: int) -> Ticket:
    with sign_on.station.store.transaction() as records:
        return _put(sign_on, records, ticket, basket, line)


def _put(
    sign_on: SignOn, records: Records, ticket: Ticket | None, basket: Basket, line: int
) -> Ticket:
    if ticket is None:
        open_shift(sign_on, records)
    else:
        _check_open(ticket)
        check_not_sold(records, ticket)
    basket = _settled(sign_on, ticket, basket, line)
    changed = Ticket(basket, changed_at_ms=sign_on.station.clock.now_ms())
    lines = [basket.lines[line - 1]] if line != WHOLE_TICKET else []
    records.tickets.save(changed, lines)
    return changed


def _settled(sign_on: SignOn, ticket: Ticket | None, basket: Basket, line: int) -> Basket:
    """Return what an act made of the ticket with what follows from it: promotions, discounts."""
    if ticket is None:
        return promoted(sign_on, basket)
    return without_outgrown(sign_on, ticket.basket, basket, line)


def _check_open(ticket: Ticket) -> None:
    if ticket.state is not TicketState.OPEN:
        raise TicketBusy(ticket.state.value)
