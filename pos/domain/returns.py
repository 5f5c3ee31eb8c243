"""A recorded return (ARTS ReturnTransaction): the frozen document that is stored and printed.

It has a number in a series of its own and names the papers of what was bought. Its amounts are
above zero, in minor units with tax: that they go the other way is what the document means, and
whoever prints or stamps it puts the sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from pos.domain.fiscal import FiscalDocument, FiscalStamp
from pos.domain.money import Money, total
from pos.domain.numbering import ReceiptNumber
from pos.domain.quantity import Quantity, Unit
from pos.domain.refund import RefundState
from pos.domain.return_ledger import Ledger, PaidOut, Returned, ReturnedLine
from pos.domain.return_purchase import Means
from pos.domain.return_tax import tax_of_return
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.staff import Approval
from pos.domain.tax import TaxAmount, TaxRate, tax_of_ticket


class RefundsDiffer(ValueError):
    """What is paid out is not what the return comes to."""


class ReturnFlag(Enum):
    """What was special about a return; the values are stored and sent."""

    OFFLINE = "offline"
    NO_RECEIPT = "no_receipt"
    GIFT_RECEIPT = "gift_receipt"
    CREDIT_WISHED = "credit_wished"  # the customer expressly asked for credit instead
    GUARANTEE = "guarantee"  # under the legal guarantee
    WITHDRAWAL = "withdrawal"  # under the right to withdraw from a distance purchase


class ExtraKind(Enum):
    DELIVERY = "delivery"
    GOODWILL = "goodwill"


@dataclass(frozen=True, slots=True)
class Original:
    """A paper that is returned from; `reference` is empty without a receipt."""

    reference: str
    number: str
    sold_at_ms: int


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """What came back of one line; `purchase` and `purchase_line` are empty without a receipt.

    `value` is what was paid for it, `deduction` what of that is kept.
    """

    number: int
    purchase: str
    purchase_line: int
    sku: str
    gtin: int | None
    name: str
    quantity: int
    unit: Unit
    value: Money
    deduction: Money
    tax_rate: TaxRate
    reason: Reason
    condition: Condition
    disposition: Disposition
    serials: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        Quantity(self.quantity, self.unit)
        if not 0 <= self.deduction.minor <= self.value.minor:
            raise ValueError(f"line {self.number}: {self.deduction.minor} kept")
        if bool(self.purchase) != bool(self.purchase_line):
            raise ValueError(f"line {self.number} of {self.purchase or 'nothing'}")

    @property
    def refund(self) -> Money:
        return self.value - self.deduction


@dataclass(frozen=True, slots=True)
class ReturnExtra:
    """Money given back beside goods: the outbound delivery, or goodwill at one of its rates."""

    kind: ExtraKind
    purchase: str
    amount: Money
    tax_rate: TaxRate
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Refund:
    """One way money goes back, for one purchase; `refund_id` is the id whoever pays knows.

    `reference` is that of the tender it goes back to, or of the credit or card it goes on;
    `origin` is the tender whose payment it uses up without going back to it. `replaces` is the
    refund that failed and that was paid so later; empty for what the document itself tells.
    """

    refund_id: str
    purchase: str
    means: Means
    amount: Money
    reference: str = ""
    label: str = ""
    state: RefundState = RefundState.CONFIRMED
    origin: tuple[Means, str] | None = None
    replaces: str = ""

    @property
    def as_paid_out(self) -> PaidOut:
        """The refund as the ledger of its purchase holds it."""
        return PaidOut(
            self.refund_id,
            self.means,
            self.amount,
            self.reference,
            self.state,
            self.origin,
            self.replaces,
        )

    def __post_init__(self) -> None:
        if self.amount.minor <= 0:
            raise ValueError(f"{self.amount.minor} by {self.means.value}")


@dataclass(frozen=True, slots=True)
class Return:
    """A completed return; times are UTC, Unix milliseconds.

    `exchange_id` is the sale of what was taken instead and `exchange_number` what is printed on
    its paper, empty for none; `source` as of a sale.
    """

    return_id: str
    number: ReceiptNumber
    shop: str
    till: str
    session_id: str
    staff_id: str
    staff_name: str
    currency: str
    began_at_ms: int
    completed_at_ms: int
    originals: tuple[Original, ...]
    lines: tuple[ReturnLine, ...]
    extras: tuple[ReturnExtra, ...]
    tax: Mapping[str, tuple[TaxAmount, ...]]  # by purchase
    refunds: tuple[Refund, ...]
    total: Money
    fiscal: FiscalStamp
    flags: frozenset[ReturnFlag] = frozenset()
    approvals: tuple[Approval, ...] = ()
    customer_id: str = ""
    exchange_id: str = ""
    source: str = ""
    exchange_number: str = ""

    @property
    def tax_by_rate(self) -> tuple[TaxAmount, ...]:
        """The tax of the whole document, highest rate first."""
        return added_up(entry for entries in self.tax.values() for entry in entries)

    @property
    def cash_paid_out(self) -> Money:
        """What the return itself takes out of the drawer, not what was paid later."""
        cash = (one.amount for one in self.as_recorded if one.means is Means.CASH)
        return total(cash, self.currency)

    @property
    def by_now(self) -> tuple[Refund, ...]:
        """How the money goes by now: without what failed and was paid another way."""
        replaced = {one.replaces for one in self.refunds}
        return tuple(one for one in self.refunds if one.refund_id not in replaced)

    @property
    def as_recorded(self) -> tuple[Refund, ...]:
        """The refunds that the document tells of, without those that replaced one of them."""
        return tuple(one for one in self.refunds if not one.replaces)


def added_up(entries: Iterable[TaxAmount]) -> tuple[TaxAmount, ...]:
    """Return tax amounts with those of one rate taken together, highest rate first."""
    by_rate: dict[TaxRate, TaxAmount] = {}
    for entry in entries:
        seen = by_rate.get(entry.rate)
        by_rate[entry.rate] = entry if seen is None else _sum(seen, entry)
    return tuple(by_rate[rate] for rate in sorted(by_rate, reverse=True))


def document_tax(
    ledgers: Iterable[Ledger], lines: Sequence[ReturnLine], extras: Sequence[ReturnExtra]
) -> dict[str, tuple[TaxAmount, ...]]:
    """Return the tax of a return by purchase: that of the sale where there is one.

    Args:
        ledgers: Of every purchase that is returned from, without this return.

    Raises:
        KeyError: A line is of a purchase without a ledger.
    """
    known = {ledger.purchase.reference: ledger for ledger in ledgers}
    parts: dict[str, list[tuple[TaxRate, Money]]] = {}
    for line in lines:
        parts.setdefault(line.purchase, []).append((line.tax_rate, line.refund))
    for extra in extras:
        parts.setdefault(extra.purchase, []).append((extra.tax_rate, extra.amount))
    return {
        purchase: tax_of_return(known[purchase], refunded) if purchase else tax_of_ticket(refunded)
        for purchase, refunded in parts.items()
    }


def amount_of(lines: Iterable[ReturnLine], extras: Iterable[ReturnExtra], currency: str) -> Money:
    """Return what a return comes to."""
    goods = total((line.refund for line in lines), currency)
    return goods + total((extra.amount for extra in extras), currency)


def kept_within(lines: Sequence[ReturnLine], most: Money) -> tuple[ReturnLine, ...]:
    """Return lines whose refund is no more than `most`: what is above is kept, line by line.

    More than was paid cannot go back where an earlier refund came without goods.
    """
    wanted = [line.refund.minor for line in lines]
    above = sum(wanted) - most.minor
    if above <= 0:
        return tuple(lines)
    kept = Money(above, most.currency).allocate(wanted)
    return tuple(
        replace(line, deduction=line.deduction + part)
        for line, part in zip(lines, kept, strict=True)
    )


def checked_return(document: Return) -> Return:
    """Return the document when everything in it agrees.

    Raises:
        RefundsDiffer: The refunds, or the tax, are not of what the return comes to.
    """
    due = amount_of(document.lines, document.extras, document.currency)
    paid = total((one.amount for one in document.refunds), document.currency)
    taxed = total((entry.gross for entry in document.tax_by_rate), document.currency)
    if not document.total == due == paid == taxed:
        raise RefundsDiffer(f"{due.minor} due, {paid.minor} paid out, {taxed.minor} taxed")
    for purchase, amount in _due_by_purchase(document).items():
        given = (one.amount for one in document.refunds if one.purchase == purchase)
        if total(given, document.currency) != amount:
            raise RefundsDiffer(f"{amount.minor} due for {purchase}")
    return document


def fiscal_document(
    number: ReceiptNumber, issued_at_ms: int, amount: Money, tax: Iterable[TaxAmount]
) -> FiscalDocument:
    """Return what a fiscal module stamps: a return's amounts are below zero there."""
    of_tax = total((entry.tax for entry in tax), amount.currency)
    return FiscalDocument(number, issued_at_ms, -amount, -of_tax)


def returned_parts(document: Return) -> tuple[Returned, ...]:
    """Return what the ledgers of the purchases take from a return, one part for each."""
    purchases = dict.fromkeys(one.reference for one in document.originals if one.reference)
    return tuple(_returned(document, purchase) for purchase in purchases)


def _returned(document: Return, purchase: str) -> Returned:
    return Returned(
        return_id=document.return_id,
        purchase=purchase,
        shop=document.shop,
        at_ms=document.completed_at_ms,
        lines=tuple(
            ReturnedLine(
                line.purchase_line, line.quantity, line.value, line.deduction, line.serials
            )
            for line in document.lines
            if line.purchase == purchase
        ),
        paid_out=tuple(one.as_paid_out for one in document.refunds if one.purchase == purchase),
        delivery=_extra(document, purchase, ExtraKind.DELIVERY),
        goodwill=_extra(document, purchase, ExtraKind.GOODWILL),
        tax=document.tax.get(purchase, ()),
    )


def _extra(document: Return, purchase: str, kind: ExtraKind) -> Money:
    amounts = (
        extra.amount
        for extra in document.extras
        if extra.kind is kind and extra.purchase == purchase
    )
    return total(amounts, document.currency)


def _due_by_purchase(document: Return) -> dict[str, Money]:
    due: dict[str, Money] = {}
    parts = [(line.purchase, line.refund) for line in document.lines]
    parts += [(extra.purchase, extra.amount) for extra in document.extras]
    for purchase, amount in parts:
        due[purchase] = due.get(purchase, Money(0, document.currency)) + amount
    return due


def _sum(one: TaxAmount, other: TaxAmount) -> TaxAmount:
    return TaxAmount(one.rate, one.gross + other.gross, one.base + other.base, one.tax + other.tax)
