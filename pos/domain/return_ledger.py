"""What of a purchase can still be taken back, and for how much.

The ledger is the purchase and the returns of it, in any channel and any order. It also holds
what should not have happened: more units taken back than were sold, when two shops could not see
each other, is told (`excess`, `overpaid`) and never hidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from pos.domain.money import Money, total
from pos.domain.quantity import Quantity
from pos.domain.refund import RefundEvent, RefundState, next_state
from pos.domain.return_purchase import Means, PaidBy, Purchase, PurchasedLine
from pos.domain.tax import TaxAmount


class MoreThanReturnable(ValueError):
    """More was asked for than can still come back; `returnable` is thousandths."""

    def __init__(self, line: int, returnable: int) -> None:
        super().__init__(f"line {line}: {returnable} returnable")
        self.line = line
        self.returnable = returnable


class SerialCheck(Enum):
    """What the purchase knows of a serial number that lies on the counter."""

    FITS = "fits"
    NOT_RECORDED = "not_recorded"  # the purchase names none
    OTHER = "other"  # another piece than those sold
    RETURNED_BEFORE = "returned_before"


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """What came back of one line: `value` is what was paid for it, `deduction` what is kept."""

    line: int
    quantity: int
    value: Money
    deduction: Money
    serials: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.quantity <= 0 or not 0 <= self.deduction.minor <= self.value.minor:
            raise ValueError(f"line {self.line}: {self.quantity}, {self.value.minor}")

    @property
    def refund(self) -> Money:
        return self.value - self.deduction


@dataclass(frozen=True, slots=True)
class PaidOut:
    """Money on its way back; `reference` is that of the tender it goes back to, if to one.

    Goods taken in exchange, and money paid another way after a refund failed, use up what a
    tender of the purchase paid (`origin`), although nothing goes back to it. `replaces` is the
    refund that failed and is paid by this one, empty for those the document tells of.
    """

    refund_id: str
    means: Means
    amount: Money
    reference: str = ""
    state: RefundState = RefundState.CONFIRMED
    origin: tuple[Means, str] | None = None
    replaces: str = ""

    @property
    def tender(self) -> tuple[Means, str]:
        """The tender whose payment it uses up."""
        return self.origin or (self.means, self.reference)

    @property
    def counts(self) -> bool:
        """True unless it is certain that no money moved."""
        return self.state is not RefundState.FAILED


@dataclass(frozen=True, slots=True)
class Returned:
    """One return of a purchase as the ledger sees it, or a goodwill refund without goods.

    `delivery` is what of the outbound delivery was given back, `goodwill` what was given without
    anything coming back, `tax` what its document says of them.
    """

    return_id: str
    purchase: str
    shop: str
    at_ms: int
    lines: tuple[ReturnedLine, ...]
    paid_out: tuple[PaidOut, ...]
    delivery: Money
    goodwill: Money
    tax: tuple[TaxAmount, ...] = ()

    @property
    def due(self) -> Money:
        """What the customer gets for it in all."""
        goods = total((line.refund for line in self.lines), self.delivery.currency)
        return goods + self.delivery + self.goodwill

    @property
    def owed(self) -> Money:
        """What of it nothing was paid out for yet: a refund that failed is owed again."""
        given = (part.amount for part in self.paid_out if part.counts)
        return self.due - total(given, self.delivery.currency)

    @property
    def to_pay_again(self) -> tuple[PaidOut, ...]:
        """The refunds that failed and that nothing was paid for instead."""
        replaced = {part.replaces for part in self.paid_out}
        return tuple(
            part for part in self.paid_out if not part.counts and part.refund_id not in replaced
        )


def with_refund(returned: Returned, refund_id: str, event: RefundEvent) -> Returned:
    """Return the return after something became known of one of its refunds.

    Raises:
        KeyError: It has no such refund.
        IllegalRefundTransition: The refund cannot take the event.
    """
    if refund_id not in {part.refund_id for part in returned.paid_out}:
        raise KeyError(refund_id)
    changed = tuple(
        replace(part, state=next_state(part.state, event)) if part.refund_id == refund_id else part
        for part in returned.paid_out
    )
    return replace(returned, paid_out=changed)


@dataclass(frozen=True, slots=True)
class LineStanding:
    """How one line stands: sold, come back, still returnable (thousandths)."""

    line: PurchasedLine
    returned: int
    value_returned: Money
    by_shop: tuple[tuple[str, int], ...]
    serials_returned: tuple[str, ...]

    @property
    def returnable(self) -> int:
        return max(0, self.line.quantity - self.returned)

    @property
    def excess(self) -> int:
        """What came back beyond what was sold."""
        return max(0, self.returned - self.line.quantity)

    @property
    def value_left(self) -> Money:
        """What was paid for what can still come back."""
        return self._left() if self.returnable else Money(0, self.line.net.currency)

    def value_of(self, quantity: int) -> Money:
        """Return what was paid for the next `quantity` of this line.

        What was paid for the first k of n is ``half-up(net * k / n)``; the next part is the
        difference to what was valued before. So the parts come to the whole to the cent, in
        whatever sizes they come.

        Raises:
            MoreThanReturnable: There is less.
            QuantityNotPossible: Nothing, or half a piece.
        """
        if quantity > self.returnable:
            raise MoreThanReturnable(self.line.number, self.returnable)
        Quantity(quantity, self.line.unit)
        after = self.line.net.scaled(self.returned + quantity, self.line.quantity)
        nothing = Money(0, after.currency)
        return min(max(after - self.value_returned, nothing), self._left())

    def after(self, quantity: int, serials: tuple[str, ...] = ()) -> LineStanding:
        """Return how the line stands once the next `quantity` came back too.

        Raises:
            MoreThanReturnable: There is less.
            QuantityNotPossible: Nothing, or half a piece.
        """
        return replace(
            self,
            value_returned=self.value_returned + self.value_of(quantity),
            returned=self.returned + quantity,
            serials_returned=(*self.serials_returned, *serials),
        )

    def check_serial(self, serial: str) -> SerialCheck:
        """Say whether the piece with that serial number is one that was sold and not back."""
        if serial in self.serials_returned:
            return SerialCheck.RETURNED_BEFORE
        if not self.line.serials:
            return SerialCheck.NOT_RECORDED
        return SerialCheck.FITS if serial in self.line.serials else SerialCheck.OTHER

    def _left(self) -> Money:
        return max(self.line.net - self.value_returned, Money(0, self.line.net.currency))


@dataclass(frozen=True, slots=True)
class Ledger:
    """A purchase and the returns of it; made by `ledger_of`."""

    purchase: Purchase
    returns: tuple[Returned, ...]

    @property
    def lines(self) -> tuple[LineStanding, ...]:
        return tuple(self.line(line.number) for line in self.purchase.lines)

    def line(self, number: int) -> LineStanding:
        """Return how a line stands; raises KeyError when the purchase has no such line."""
        bought = self.purchase.line(number)
        parts = [
            (one.shop, part) for one in self.returns for part in one.lines if part.line == number
        ]
        by_shop: dict[str, int] = {}
        for shop, part in parts:
            by_shop[shop] = by_shop.get(shop, 0) + part.quantity
        return LineStanding(
            line=bought,
            returned=sum(part.quantity for _, part in parts),
            value_returned=self._sum(part.value for _, part in parts),
            by_shop=tuple(sorted(by_shop.items())),
            serials_returned=tuple(sorted(s for _, part in parts for s in part.serials)),
        )

    @property
    def refundable(self) -> Money:
        """What may still be given back for this purchase, by whatever means."""
        return max(self.purchase.total_paid - self._due(), Money(0, self.purchase.currency))

    @property
    def overpaid(self) -> Money:
        """What was given back beyond what was paid."""
        return max(self._due() - self.purchase.total_paid, Money(0, self.purchase.currency))

    def refundable_to(self, part: PaidBy) -> Money:
        """Return what may still go back to one tender: what it paid less what it got back.

        What failed to go back to it is kept for those it is owed to: were it used up for other
        goods, nothing could pay them without a tender getting back more than it paid.
        """
        left = part.amount - self.refunded_to(part) - self._owed_to(part)
        return min(max(left, self._nothing), self.refundable)

    def refunded_to(self, part: PaidBy) -> Money:
        """Return what went back to a tender; what is requested or unknown counts as gone."""
        return self._sum(
            out.amount
            for one in self.returns
            for out in one.paid_out
            if out.counts and out.tender == (part.means, part.reference)
        )

    @property
    def delivery_left(self) -> Money:
        """What of the outbound delivery was not given back yet."""
        given = self._sum(one.delivery for one in self.returns)
        return max(self.purchase.delivery - given, self._nothing)

    def takes_everything(self, quantities: Iterable[tuple[int, int]]) -> bool:
        """True when nothing is left of any line once these (line, quantity) came back too."""
        more: dict[int, int] = {}
        for number, quantity in quantities:
            more[number] = more.get(number, 0) + quantity
        return all(row.returnable <= more.get(row.line.number, 0) for row in self.lines)

    @property
    def excess(self) -> tuple[LineStanding, ...]:
        """Lines of which more came back than was sold: a matter for the conflict desk."""
        return tuple(row for row in self.lines if row.excess)

    @property
    def tenders_overpaid(self) -> tuple[PaidBy, ...]:
        """Tenders that got back more than they paid."""
        return tuple(part for part in self.purchase.paid if self.refunded_to(part) > part.amount)

    @property
    def _nothing(self) -> Money:
        return Money(0, self.purchase.currency)

    def _owed_to(self, part: PaidBy) -> Money:
        """Return what did not go back to a tender and nothing was paid for instead."""
        return self._sum(
            out.amount
            for one in self.returns
            for out in one.to_pay_again
            if out.tender == (part.means, part.reference)
        )

    def _due(self) -> Money:
        return self._sum(one.due for one in self.returns)

    def _sum(self, amounts: Iterable[Money]) -> Money:
        return total(amounts, self.purchase.currency)


def ledger_of(purchase: Purchase, returns: Iterable[Returned]) -> Ledger:
    """Return the ledger of a purchase: each return counts once, however often it is heard of.

    Returns of other purchases are left out, so that a whole day's can be passed.
    """
    known = {one.return_id: one for one in returns if one.purchase == purchase.reference}
    return Ledger(purchase, tuple(known[key] for key in sorted(known)))
