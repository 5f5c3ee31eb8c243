"""The tax of a return: mirrors the sale's, also when it comes back in parts."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.money import Money
from pos.domain.return_ledger import Ledger
from pos.domain.return_purchase import Purchase
from pos.domain.tax import TaxAmount, TaxRate, tax_in_gross


def tax_of_return(
    ledger: Ledger, refunded: Iterable[tuple[TaxRate, Money]]
) -> tuple[TaxAmount, ...]:
    """Return the tax of the next return of a purchase, per rate, highest rate first.

    The base of the first g refunded at a rate is the base of g as of a ticket; this return
    gets the difference to what earlier returns had. So what holds, to the cent and per rate:

    - base + tax is what is refunded, and neither is below zero;
    - all returns together have the tax of one ticket of what they refunded together;
    - once everything was refunded for what was paid, that is the tax of the sale.

    What does not hold: that each part has the tax of a ticket of its own amount. It may be
    0.01 beside it, where a part alone would be rounded the other way.

    Source:
        The residual rule of `pos.domain.tax`; Spain: LIVA art. 80, the base is reduced by
        what is given back.
    """
    gross_by_rate: dict[TaxRate, Money] = {}
    for rate, gross in refunded:
        gross_by_rate[rate] = gross_by_rate.get(rate, Money(0, gross.currency)) + gross
    return tuple(
        _next_part(ledger, rate, gross_by_rate[rate])
        for rate in sorted(gross_by_rate, reverse=True)
    )


def goodwill_by_rate(purchase: Purchase, amount: Money) -> tuple[tuple[TaxRate, Money], ...]:
    """Split a refund without goods over the rates of the purchase, as their lines were paid.

    Raises:
        ValueError: Nothing was paid for any line.
    """
    paid: dict[TaxRate, int] = {}
    for line in purchase.lines:
        paid[line.tax_rate] = paid.get(line.tax_rate, 0) + line.net.minor
    rates = sorted(paid, reverse=True)
    shares = amount.allocate([paid[rate] for rate in rates])
    return tuple((rate, share) for rate, share in zip(rates, shares, strict=True) if share)


def _next_part(ledger: Ledger, rate: TaxRate, gross: Money) -> TaxAmount:
    before = [entry for one in ledger.returns for entry in one.tax if entry.rate == rate]
    gross_before = sum(entry.gross.minor for entry in before)
    base_before = sum(entry.base.minor for entry in before)
    after = tax_in_gross(Money(gross_before + gross.minor, gross.currency), rate).base.minor
    # Two shops that did not see each other may have rounded alike: the next part makes it good.
    base = Money(min(max(after - base_before, 0), gross.minor), gross.currency)
    return TaxAmount(rate, gross, base, gross - base)
