"""Carts of the web shop as the hub tells of them, believed when they can be read."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.free_text import one_line
from pos.domain.web_cart import UnreadableCart, WebCart, read_cart
from pos.services.hub_calls import CartClaim, ClaimState
from sync.http import HubUnreachable
from sync.wire.v1.carts import CartAnswer, SendToCart, WantedItem
from sync.wire.v1.claims import ClaimAnswer, ClaimKind, ClaimRequest, ReleaseRequest


def cart(customer_id: str, said: CartAnswer) -> WebCart:
    """Return what was said.

    Raises:
        HubUnreachable: It is another's, or no cart.
    """
    try:
        read = read_cart(said.model_dump(mode="json"))
    except UnreadableCart as error:
        raise HubUnreachable("not a cart") from error
    if read.customer_id != customer_id:
        raise HubUnreachable("another cart")
    return read


def claim_request(op_id: str, customer_id: str, *, takes_over: bool) -> ClaimRequest:
    """Return the question whether a cart may be taken over here."""
    return ClaimRequest(op_id=op_id, kind=ClaimKind.CART, key=customer_id, takes_over=takes_over)


def release_request(customer_id: str, fence: int) -> ReleaseRequest:
    """Return the message that gives a claim back."""
    return ReleaseRequest(kind=ClaimKind.CART, key=customer_id, fence=fence)


def claim(said: ClaimAnswer, held: WebCart | None) -> CartClaim:
    """Return what was said of a claim; `held` is the cart as it is under a grant."""
    return CartClaim(
        ClaimState(said.state.value),
        said.fence,
        said.holder,
        said.since_ms,
        one_line(said.detail),
        held,
        said.may_be_taken_over,
    )


def send_request(op_id: str, lines: Mapping[str, int]) -> SendToCart:
    """Return the message that puts products (thousandths by SKU) into a cart."""
    wanted = (WantedItem(sku=sku, quantity=quantity) for sku, quantity in lines.items())
    return SendToCart(op_id=op_id, lines=tuple(wanted))
