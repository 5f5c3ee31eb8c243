"""An exchange: a return and a sale that name each other, never netted on paper.

What the goods that came back are worth pays for the new ones as a tender of its own, up to what
they cost; the rest is paid, or refunded. An even exchange moves no money. What was first paid
with stays known: when the new goods come back, it goes back there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from pos.domain.money import Money, total
from pos.domain.return_ledger import Ledger
from pos.domain.return_purchase import Means, PaidBy, merged
from pos.domain.returns import Refund, Return
from pos.domain.sale import Sale
from pos.domain.tender import Payment, TenderKind


@dataclass(frozen=True, slots=True)
class Balance:
    """Where an exchange stands: one of `to_pay` and `to_refund` is zero.

    `exchanged` is what the goods that came back pay of the new ones.
    """

    exchanged: Money
    to_pay: Money
    to_refund: Money

    @property
    def is_even(self) -> bool:
        return not self.to_pay and not self.to_refund


def balance_of(given_back: Money, taken: Money) -> Balance:
    """Return what is to be paid or refunded for goods of two values."""
    exchanged = min(given_back, taken)
    return Balance(exchanged, taken - exchanged, given_back - exchanged)


def with_exchanged(payment: Payment, balance: Balance, return_id: str) -> Payment:
    """Pay for the new goods with those that came back by that return.

    Raises:
        TenderRefused: The ticket is not what the balance was made for.
    """
    if not balance.exchanged:
        return payment
    return payment.with_exact(TenderKind.EXCHANGE, balance.exchanged, reference=return_id)


def exchange_refunds(
    returned: Iterable[tuple[Ledger | None, Money]],
    balance: Balance,
    *,
    sale_id: str,
    new_id: Callable[[], str],
    is_gift: bool = False,
) -> tuple[Refund, ...]:
    """Return the refunds of a return that pay for new goods instead of going back.

    They use up what the tenders of each purchase paid, in the order they paid.

    Args:
        returned: Each purchase that is returned from, and what comes back of it; without a
            receipt there is no ledger.
        sale_id: The sale of the new goods.
        new_id: Makes the id of each refund.
        is_gift: The bearer of a gift receipt exchanges: who gave it has nothing to do with it.

    Raises:
        ValueError: The purchases do not come to what is exchanged.
    """
    left = balance.exchanged
    refunds: list[Refund] = []
    for ledger, amount in returned:
        part = min(left, amount)
        left -= part
        purchase = "" if ledger is None else ledger.purchase.reference
        used_up = _used_up(None if is_gift else ledger, part)
        refunds += [
            Refund(
                new_id(), purchase, Means.EXCHANGE, paid.amount, sale_id, paid.label,
                origin=None if paid.means is Means.EXCHANGE else (paid.means, paid.reference),
            )
            for paid in used_up
        ]  # fmt: skip
    if left:
        raise ValueError(f"{left.minor} exchanged beyond what came back")
    return tuple(refunds)


def carried(document: Return) -> tuple[PaidBy, ...]:
    """Return the tenders that first paid for what a return gave in exchange.

    `purchase_of_sale` takes them for the tender ``exchange`` of the sale that names the return.
    What no tender is known of becomes store credit.
    """
    parts = (
        PaidBy(*_origin(refund), label=refund.label)
        for refund in document.refunds
        if refund.means is Means.EXCHANGE
    )
    return merged(parts)


def first_paid(sale: Sale, find: Callable[[str], Return | None]) -> dict[str, tuple[PaidBy, ...]]:
    """Return what first paid for the goods that paid for a sale, by the id of their return.

    A return that is not known, or does not agree with the sale, is left out.

    Args:
        find: Returns a return by its id.
    """
    given = [(t.reference, t.amount) for t in sale.tenders if t.kind is TenderKind.EXCHANGE]
    found = ((return_id, find(return_id)) for return_id, _ in given)
    return {
        return_id: carried(document)
        for return_id, document in found
        if document is not None and is_pair(document, sale.sale_id, given)
    }


def is_pair(document: Return, sale_id: str, tendered: Iterable[tuple[str, Money]]) -> bool:
    """True when a return and a sale name each other and agree on what was exchanged.

    Args:
        tendered: Reference and amount of each tender ``exchange`` of the sale.
    """
    given = (one.amount for one in document.refunds if one.means is Means.EXCHANGE)
    taken = (amount for reference, amount in tendered if reference == document.return_id)
    currency = document.currency
    return document.exchange_id == sale_id and total(given, currency) == total(taken, currency)


def _used_up(ledger: Ledger | None, amount: Money) -> list[PaidBy]:
    """Return what of each tender is used up; ``exchange`` where none is known."""
    parts: list[PaidBy] = []
    able = () if ledger is None else ((p, ledger.refundable_to(p)) for p in ledger.purchase.paid)
    for paid, most in able:
        part = min(amount, most)
        if part:
            parts.append(replace(paid, amount=part))
            amount -= part
    return [*parts, PaidBy(Means.EXCHANGE, amount)] if amount else parts


def _origin(refund: Refund) -> tuple[Means, Money, str]:
    means, reference = refund.origin or (Means.STORE_CREDIT, "")
    return means, refund.amount, reference
