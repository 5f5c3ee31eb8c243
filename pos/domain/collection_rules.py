"""What an event makes of an order, and what is refused because it cannot be true of it.

One table says which events an order in which state can take (`TAKES`); what is not in it is a
`Contradiction`, whose code the conflict desk has words for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import singledispatch

from pos.domain.collection import (
    MAX_PARCELS,
    MAY_BE_HANDED_OVER,
    TO_BE_PICKED,
    Order,
    OrderLine,
    OrderState,
    Parcel,
    ParcelState,
    Substitute,
    SubstituteState,
)
from pos.domain.collection_events import (
    CancelAsked,
    CustomerArrived,
    Event,
    HandoverUndone,
    HoldExtended,
    LabelPrinted,
    LinePicked,
    LineShort,
    NoticeAsked,
    OrderHandedOver,
    OrderPicked,
    OrderRestocked,
    OrderStaged,
    ParcelsReceived,
    PickingBegun,
    PickingLeft,
    RerouteAsked,
    SubstituteAnswered,
    SubstituteProposed,
)
from pos.domain.quantity import THOUSAND


class Contradiction(Exception):
    """The event cannot be true of the order as it is known here; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


CANCELLED_BEFORE = "cancelled_before"
COLLECTED_BEFORE = "collected_before"
MOVED_BEFORE = "moved_before"  # assigned to another shop meanwhile
NOT_NOW = "not_now"  # the order's state does not allow it
NO_SUCH_LINE = "no_such_line"
NO_SUCH_PARCEL = "no_such_parcel"
TOO_MUCH = "too_much"
LABEL_OUTDATED = "label_outdated"  # a newer label of that parcel was printed

_S = OrderState
_ON_SHELF = frozenset({_S.STAGED, _S.READY, _S.EXPIRED})
_BEFORE_SHELF = frozenset({_S.PLACED, _S.PICKING, _S.PICKED, _S.IN_TRANSIT, _S.RECEIVED})
_HANDED_OVER = frozenset({_S.COLLECTED, _S.PARTLY_COLLECTED})

TAKES: Mapping[type[Event], frozenset[OrderState]] = {
    PickingBegun: TO_BE_PICKED,
    PickingLeft: TO_BE_PICKED,
    LinePicked: TO_BE_PICKED | {_S.PICKED},
    LineShort: TO_BE_PICKED | {_S.PICKED},
    SubstituteProposed: TO_BE_PICKED,
    SubstituteAnswered: TO_BE_PICKED,
    OrderPicked: TO_BE_PICKED,
    ParcelsReceived: frozenset({_S.IN_TRANSIT, _S.RECEIVED}),
    OrderStaged: frozenset({_S.PICKED, _S.RECEIVED}) | _ON_SHELF,
    LabelPrinted: frozenset({_S.PICKED, _S.RECEIVED}) | _ON_SHELF,
    CustomerArrived: _BEFORE_SHELF | _ON_SHELF,
    OrderHandedOver: MAY_BE_HANDED_OVER,
    HandoverUndone: _HANDED_OVER,
    HoldExtended: _ON_SHELF,
    OrderRestocked: frozenset({_S.EXPIRED, _S.CANCELLED}),
    CancelAsked: _BEFORE_SHELF | _ON_SHELF,
    RerouteAsked: _BEFORE_SHELF | _ON_SHELF,
    NoticeAsked: frozenset({_S.STAGED, _S.READY}),
}


def applied(order: Order, event: Event, *, at_ms: int, till: str = "") -> Order:
    """Return the order after `event`, which happened at `at_ms` at `till`.

    Raises:
        Contradiction: It cannot be true of the order as it is known.
    """
    if order.state not in TAKES[type(event)]:
        raise Contradiction(why_not(order.state))
    changed = _apply(event, order)
    if isinstance(event, OrderHandedOver):
        return replace(changed, closed_at_ms=at_ms, closed_at_till=till, arrived_at_ms=0)
    if isinstance(event, OrderRestocked) and not order.closed_at_ms:  # nobody came for it
        return replace(changed, closed_at_ms=at_ms, closed_at_till=till)
    if isinstance(event, OrderPicked) and changed.state is _S.CANCELLED:
        return replace(changed, closed_at_ms=at_ms)
    if isinstance(event, CustomerArrived):
        return replace(changed, arrived_at_ms=at_ms if event.is_here else 0)
    return changed


# -- what each event does


@singledispatch
def _apply(event: object, order: Order) -> Order:
    raise TypeError(f"no rule for {type(event).__name__}")


@_apply.register
def _(event: PickingBegun, order: Order) -> Order:
    return replace(order, state=_S.PICKING, picker=event.staff_id)


@_apply.register
def _(event: PickingLeft, order: Order) -> Order:
    state = _S.PICKING if any(line.picked for line in order.lines) else _S.PLACED
    return replace(order, state=state, picker="")


@_apply.register
def _(event: LinePicked, order: Order) -> Order:
    line = _line(order, event.line)
    picked = line.picked + event.quantity
    if not 0 <= picked <= line.quantity:
        raise Contradiction(TOO_MUCH)
    short = min(line.short, line.quantity - picked)
    changed = replace(
        line, picked=picked, short=short, short_reason=line.short_reason if short else None
    )
    return replace(_with_line(order, changed), state=_S.PICKING)


@_apply.register
def _(event: LineShort, order: Order) -> Order:
    line = _line(order, event.line)
    if not 0 <= event.quantity <= line.quantity - line.picked:
        raise Contradiction(TOO_MUCH)
    reason = event.reason if event.quantity else None
    changed = replace(line, short=event.quantity, short_reason=reason)
    return replace(_with_line(order, changed), state=_S.PICKING)


@_apply.register
def _(event: SubstituteProposed, order: Order) -> Order:
    line = _line(order, event.line)
    return _with_line(order, replace(line, substitute=event.substitute))


@_apply.register
def _(event: SubstituteAnswered, order: Order) -> Order:
    line = _line(order, event.line)
    if line.substitute is None:
        raise Contradiction(NOT_NOW)
    state = SubstituteState.ACCEPTED if event.accepted else SubstituteState.REFUSED
    answered = replace(line.substitute, state=state, consent=event.consent)
    line = replace(line, substitute=answered)
    return _with_line(order, _exchanged(line, answered) if event.accepted else line)


@_apply.register
def _(_event: OrderPicked, order: Order) -> Order:
    if any(line.to_pick for line in order.lines):
        raise Contradiction(NOT_NOW)
    if any(line.picked for line in order.lines):
        return replace(order, state=_S.PICKED, picker="")
    # Nothing of it was to be had: there is nothing to stage, to collect or to wait for.
    version = order.version + 1
    return replace(order, state=_S.CANCELLED, version=version, picker="", cancel_asked=False)


@_apply.register
def _(event: ParcelsReceived, order: Order) -> Order:
    if not order.parcels:  # nobody said yet what was sent, so nobody knows what is in them
        raise Contradiction(NOT_NOW)
    known = {parcel.number: parcel for parcel in order.parcels}
    for seen in event.parcels:
        known[seen.number] = replace(known.get(seen.number, Parcel(seen.number)), state=seen.state)
    parcels = _in_order(known)
    waits = any(parcel.state is ParcelState.IN_TRANSIT for parcel in parcels)
    return replace(order, parcels=parcels, state=_S.IN_TRANSIT if waits else _S.RECEIVED)


@_apply.register
def _(event: OrderStaged, order: Order) -> Order:
    if not event.parcels:
        raise Contradiction(NO_SUCH_PARCEL)
    known = {parcel.number: parcel for parcel in order.parcels}
    staged = {
        placed.number: replace(
            known.get(placed.number, Parcel(placed.number)),
            shelf=placed.shelf,
            state=ParcelState.STAGED,
        )
        for placed in event.parcels
    }
    kept = {
        number: parcel
        for number, parcel in known.items()
        if parcel.state in {ParcelState.DAMAGED, ParcelState.MISSING}
    }
    state = order.state if order.state in _ON_SHELF else _S.STAGED
    return replace(order, parcels=_in_order({**kept, **staged}), state=state)


@_apply.register
def _(event: LabelPrinted, order: Order) -> Order:
    parcel = order.parcel(event.parcel) or Parcel(event.parcel)
    newest = max(parcel.print_number, event.print_number)
    return _with_parcel(order, replace(parcel, print_number=newest))


@_apply.register
def _(_event: CustomerArrived, order: Order) -> Order:
    return order


@_apply.register
def _(event: OrderHandedOver, order: Order) -> Order:
    if event.assignment_epoch != order.assignment_epoch:
        raise Contradiction(MOVED_BEFORE)
    for hand in event.parcels:
        parcel = order.parcel(hand.number)
        if parcel is None:
            raise Contradiction(NO_SUCH_PARCEL)
        if 0 < hand.print_number < parcel.print_number:
            raise Contradiction(LABEL_OUTDATED)
    changed = order
    for said in event.lines:
        line = _line(changed, said.number)
        if said.delivered < 0 or said.left < 0 or said.delivered + said.left > line.in_parcel:
            raise Contradiction(TOO_MUCH)
        delivered = replace(line, delivered=said.delivered, left=said.left)
        changed = _with_line(changed, delivered)
    handed = {hand.number for hand in event.parcels}
    parcels = tuple(
        replace(parcel, state=ParcelState.HANDED_OVER) if parcel.number in handed else parcel
        for parcel in changed.parcels
    )
    is_all = all(line.delivered == line.quantity for line in changed.lines)
    state = _S.COLLECTED if is_all else _S.PARTLY_COLLECTED
    return replace(changed, parcels=parcels, state=state)


@_apply.register
def _(_event: HandoverUndone, order: Order) -> Order:
    return replace(
        order,
        state=_S.READY,
        lines=tuple(replace(line, delivered=0, left=0) for line in order.lines),
        parcels=tuple(
            replace(parcel, state=ParcelState.STAGED)
            if parcel.state is ParcelState.HANDED_OVER
            else parcel
            for parcel in order.parcels
        ),
        closed_at_ms=0,
        closed_at_till="",
    )


@_apply.register
def _(event: HoldExtended, order: Order) -> Order:
    if order.last_hold_ms and event.hold_until_ms > order.last_hold_ms:
        raise Contradiction(TOO_MUCH)
    return replace(
        order,
        hold_until_ms=max(order.hold_until_ms, event.hold_until_ms),
        extensions=order.extensions + 1,
        state=_S.READY if order.state is _S.EXPIRED else order.state,
    )


@_apply.register
def _(_event: OrderRestocked, order: Order) -> Order:
    parcels = tuple(replace(parcel, state=ParcelState.RESTOCKED) for parcel in order.parcels)
    return replace(order, state=_S.RESTOCKED, parcels=parcels)


@_apply.register
def _(_event: CancelAsked, order: Order) -> Order:
    return replace(order, cancel_asked=True)


@_apply.register
def _(_event: RerouteAsked, order: Order) -> Order:
    return order


@_apply.register
def _(_event: NoticeAsked, order: Order) -> Order:
    return order


# -- pieces


def why_not(state: OrderState) -> str:
    """Return the code for an order that is past what is said of it."""
    if state in _HANDED_OVER:
        return COLLECTED_BEFORE
    return CANCELLED_BEFORE if state in {_S.CANCELLED, _S.RESTOCKED} else NOT_NOW


def _line(order: Order, number: int) -> OrderLine:
    try:
        return order.line(number)
    except KeyError:
        raise Contradiction(NO_SUCH_LINE) from None


def _exchanged(line: OrderLine, by: Substitute) -> OrderLine:
    """Return the line with the other product in its place, never dearer than what was agreed."""
    price = by.unit_price * by.quantity // THOUSAND
    return replace(
        line,
        sku=by.sku,
        gtin=by.gtin,
        name=by.name,
        unit_price=by.unit_price,
        quantity=by.quantity,
        paid=min(line.paid, price),
        tax_basis_points=by.tax_basis_points,
        tax_name=by.tax_name,
        location="",
        picture="",
        picked=0,
        short=0,
        short_reason=None,
    )


def _with_line(order: Order, changed: OrderLine) -> Order:
    lines = tuple(changed if line.number == changed.number else line for line in order.lines)
    return replace(order, lines=lines)


def _with_parcel(order: Order, changed: Parcel) -> Order:
    known = {parcel.number: parcel for parcel in order.parcels}
    return replace(order, parcels=_in_order({**known, changed.number: changed}))


def _in_order(parcels: Mapping[int, Parcel]) -> tuple[Parcel, ...]:
    if len(parcels) > MAX_PARCELS:
        raise Contradiction(TOO_MUCH)
    return tuple(parcels[number] for number in sorted(parcels))
