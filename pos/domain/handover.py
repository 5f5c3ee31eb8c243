"""What is on the counter while an order is handed over; kept so that a kill loses none of it."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.collection import Order
from pos.domain.collection_events import Identity, LineDelivered, OrderHandedOver, ParcelInHand
from pos.domain.money import Money, total


@dataclass(frozen=True, slots=True)
class Choice:
    """What the customer takes of a line, in thousandths; `reason` is why the rest stays."""

    line: int
    delivered: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HandoverDraft:
    """A handover that is not done yet.

    `basket_id` is the ticket its balance and additions are paid with, empty for none. `fence` is
    the hub's claim, 0 for a till that is alone (`is_isolated`). `strokes` is the signature as
    drawn: points in tenths of a pixel, a list per stroke. A line without a choice is taken whole.
    `approved` are the capabilities (their values) that somebody allowed for this handover.
    `carried` is set after a restore only: the handover as the request for the card said it.
    """

    order_id: str
    began_at_ms: int
    fence: int = 0
    is_isolated: bool = False
    basket_id: str = ""
    parcels: tuple[ParcelInHand, ...] = ()
    choices: tuple[Choice, ...] = ()
    identity: Identity | None = None
    strokes: tuple[tuple[tuple[int, int], ...], ...] = ()
    serials: tuple[str, ...] = ()
    age_checked: bool = False
    approved_by: str = ""
    approved: tuple[str, ...] = ()
    carried: OrderHandedOver | None = None

    def delivered(self, order: Order, line: int) -> int:
        """Return what is taken of a line."""
        chosen = next((one for one in self.choices if one.line == line), None)
        return order.line(line).in_parcel if chosen is None else chosen.delivered

    def value_taken(self, order: Order) -> Money:
        """Return what the customer takes is worth."""
        values = (
            line.value_of(self.delivered(order, line.number), order.currency)
            for line in order.lines
        )
        return total(values, order.currency)

    def value_left(self, order: Order) -> Money:
        """Return what of the parcels stays behind."""
        return order.value_in_parcels - self.value_taken(order)

    def balance(self, order: Order) -> Money:
        """Return what is to be paid at the counter for the order itself."""
        return Money(0, order.currency) if order.is_prepaid else self.value_taken(order)

    def refund(self, order: Order) -> Money:
        """Return what a prepaid order's customer gets back for what stays behind."""
        return self.value_left(order) if order.is_prepaid else Money(0, order.currency)

    @staticmethod
    def carried_by(event: OrderHandedOver, basket_id: str, began_at_ms: int) -> HandoverDraft:
        """Return the handover that a ticket's request for a card told of."""
        return HandoverDraft(
            order_id=event.order_id,
            began_at_ms=began_at_ms,
            fence=event.fence,
            is_isolated=event.is_isolated,
            basket_id=basket_id,
            parcels=event.parcels,
            choices=tuple(
                Choice(line.number, line.delivered, line.reason) for line in event.lines
            ),
            identity=event.identity,
            serials=event.serials,
            age_checked=event.age_checked,
            approved_by=event.approved_by,
            carried=event,
        )

    def as_event(
        self,
        order: Order,
        *,
        staff_id: str,
        identity: Identity,
        mirrored_at_ms: int,
        sale_id: str = "",
        signature: str = "",
    ) -> OrderHandedOver:
        """Return the fact that this handover becomes."""
        reasons = {choice.line: choice.reason for choice in self.choices}
        lines = tuple(
            LineDelivered(
                line.number,
                taken := self.delivered(order, line.number),
                line.in_parcel - taken,
                reasons.get(line.number, ""),
            )
            for line in order.lines
            if line.in_parcel
        )
        return OrderHandedOver(
            order_id=order.order_id,
            staff_id=staff_id,
            lines=lines,
            parcels=self.parcels,
            identity=identity,
            assignment_epoch=order.assignment_epoch,
            fence=self.fence,
            is_isolated=self.is_isolated,
            mirrored_at_ms=mirrored_at_ms,
            balance=self.balance(order).minor,
            refund=self.refund(order).minor,
            sale_id=sale_id,
            signature=signature,
            serials=self.serials,
            age_checked=self.age_checked,
            approved_by=self.approved_by,
        )
