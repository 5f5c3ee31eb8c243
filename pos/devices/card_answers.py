"""What the hub says of gift cards and store credit, believed when it answers what was asked."""

from __future__ import annotations

from pos.domain.money import Money
from pos.domain.stored_value import Card, Reservation, value_reference
from sync.http import HubUnreachable
from sync.wire.v1.value import (
    BalanceAnswer,
    BalanceRequest,
    ReleaseValueRequest,
    ReserveAnswer,
    ReserveRequest,
)


def balance_request(code: str) -> BalanceRequest:
    """Return the question what is on a card."""
    return BalanceRequest(code=code)


def card(said: BalanceAnswer) -> Card:
    """Return what the hub says of a card."""
    if said.state is None:
        return Card(None)
    if said.kind is None or not said.currency:
        raise HubUnreachable("not a card")
    balance = Money(said.balance, said.currency)
    available = Money(said.available, said.currency)
    return Card(said.state, said.last4, said.kind, balance, available, said.expires_at_ms)


def reserve_request(
    op_id: str, code: str, amount: Money, basket_id: str, *, up_to: bool
) -> ReserveRequest:
    """Return the question to set an amount aside."""
    return ReserveRequest(
        op_id=op_id,
        code=code,
        amount=amount.minor,
        currency=amount.currency,
        basket_id=basket_id,
        up_to=up_to,
    )


def reservation(request: ReserveRequest, said: ReserveAnswer) -> Reservation:
    """Return what was set aside, or why nothing was.

    Raises:
        HubUnreachable: The answer is of something else, or of more than was asked for.
    """
    least = 1 if request.up_to else request.amount
    is_refused = said.refusal is not None
    is_ours = (said.op_id, said.currency) == (request.op_id, request.currency)
    if not is_ours or not (is_refused or least <= said.amount <= request.amount):
        raise HubUnreachable("not this reservation")
    available = Money(said.available, request.currency)
    if is_refused:
        return Reservation(request.op_id, said.refusal, available=available)
    return Reservation(
        request.op_id,
        amount=Money(said.amount, request.currency),
        available=available,
        until_ms=said.until_ms,
        reference=value_reference(request.code, request.op_id),
    )


def release_request(op_id: str) -> ReleaseValueRequest:
    """Return the message that gives back what was set aside."""
    return ReleaseValueRequest(op_id=op_id)
