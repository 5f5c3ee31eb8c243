"""A customer's cart of the web shop at the counter: seen, taken onto the ticket, given back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.basket import EntryMethod, PriceOverride
from pos.domain.cart import Resolved, quantity_of, resolve, taken_from_cart
from pos.domain.held_cart import HeldCart
from pos.domain.ticket import Ticket
from pos.domain.web_cart import WebCart
from pos.services import sell
from pos.services.workstation import SignOn, Workstation


class OtherCart(Exception):
    """The ticket holds the cart of another customer: finish it, or take its lines off."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What comes onto the ticket; `reason` is said for a price that is not the shop's."""

    lines: tuple[Resolved, ...]
    held: HeldCart
    reason: str


def cart_of(station: Workstation, customer_id: str) -> WebCart | None:
    """Return the cart as it was last seen here, None when it never was."""
    with station.store.reading() as records:
        return records.customers.cart(customer_id)


def keep_cart(station: Workstation, cart: WebCart) -> None:
    """Keep a cart as the hub told it, to be read without it; of a customer known here only."""
    with station.store.transaction() as records:
        records.customers.keep_cart(cart)


def resolved(sign_on: SignOn, ticket: Ticket | None, cart: WebCart) -> tuple[Resolved, ...]:
    """Say of each line of a cart what becomes of it on this ticket."""
    station = sign_on.station
    catalogue = sell.catalogue_for(sign_on, ticket)
    taken = taken_from_cart(ticket.basket if ticket else None)
    return resolve(cart, catalogue.by_sku, station.carts, station.currency, taken)


def take(sign_on: SignOn, ticket: Ticket, taking: Taking) -> Ticket:
    """Put lines of a cart onto the ticket as one act: all of them or none.

    Raises:
        OtherCart: The ticket holds somebody else's.
        BasketError: One of the lines cannot be, or there are too many.
        TicketBusy: The ticket is being paid.
        StoreUnavailable: Nothing was recorded; the ticket is as it was.
    """
    basket, held = ticket.basket, taking.held
    if basket.cart is not None and basket.cart.customer_id != held.customer_id:
        raise OtherCart
    for one in taking.lines:
        if one.product is None or one.unit_price is None:
            continue
        basket = basket.with_product(one.product, quantity_of(one), EntryMethod.CART)
        if one.is_reduced:
            override = PriceOverride(one.unit_price, taking.reason)
            basket = basket.with_price_override(basket.lines[-1].number, override)
    return sell.add_built(sign_on, ticket, replace(basket, cart=held))


def is_held_in_vain(ticket: Ticket) -> bool:
    """True when a ticket holds a cart and has no line of it any more."""
    return ticket.basket.cart is not None and not taken_from_cart(ticket.basket)


def let_go(sign_on: SignOn, ticket: Ticket) -> Ticket:
    """Hold the cart no more; whoever asked for the claim gives it back.

    Raises:
        TicketBusy: The ticket is being paid.
    """
    return sell.change_whole(sign_on, ticket, replace(ticket.basket, cart=None))


def is_over(station: Workstation, basket_id: str) -> bool:
    """True for a ticket that was given up: not sold, and not waiting anywhere."""
    with station.store.reading() as records:
        return records.tickets.get(basket_id) is None and records.sales.get(basket_id) is None
