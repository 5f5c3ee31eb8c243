"""Tax contained in tax-inclusive amounts, per ticket and rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos.domain.money import Money, divide_half_up

BASIS_POINTS_PER_WHOLE = 10_000


@dataclass(frozen=True, slots=True, order=True)
class TaxRate:
    """A tax rate in basis points: 2100 is 21 %."""

    basis_points: int
    name: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.basis_points <= BASIS_POINTS_PER_WHOLE:
            raise ValueError(f"{self.name}: {self.basis_points} basis points")


def untaxed(rate: TaxRate) -> TaxRate:
    """Return the rate of money that buys goods only later, under the name of that tax.

    Source:
        Directive 2006/112/EC art. 30b (2): handing out a multi-purpose voucher is not taxed,
        what is bought with it is.
    """
    return TaxRate(0, rate.name)


@dataclass(frozen=True, slots=True)
class TaxAmount:
    """What one rate contributes to a ticket; ``base + tax == gross`` always."""

    rate: TaxRate
    gross: Money
    base: Money
    tax: Money


def tax_in_gross(gross: Money, rate: TaxRate) -> TaxAmount:
    """Split a tax-inclusive amount into base and tax.

    The base is rounded once and the tax is what is left (residual method), so that base
    and tax add up to what the customer pays. 299.99 at 21 % is 247.93 + 52.06.

    Source:
        Spain: RD 1619/2012 art. 7.1; rounding Ley 46/1998 art. 11. Downside: EN 16931
        (BR-CO-17) recomputes the tax from the base and differs by 0.01 in about 17 % of
        totals at 21 %; AEAT tolerates 10 euros.
    """
    base = divide_half_up(
        gross.minor * BASIS_POINTS_PER_WHOLE, BASIS_POINTS_PER_WHOLE + rate.basis_points
    )
    return TaxAmount(
        rate=rate,
        gross=gross,
        base=Money(base, gross.currency),
        tax=Money(gross.minor - base, gross.currency),
    )


def tax_of_ticket(lines: Iterable[tuple[TaxRate, Money]]) -> tuple[TaxAmount, ...]:
    """Return the tax of a ticket, one entry per rate, highest rate first.

    Amounts are summed per rate before anything is divided: three lines of 0.99 at 21 %
    have a base of 2.45, while dividing line by line would give 2.46.
    """
    gross_by_rate: dict[TaxRate, Money] = {}
    for rate, gross in lines:
        seen = gross_by_rate.get(rate)
        gross_by_rate[rate] = gross if seen is None else seen + gross
    return tuple(
        tax_in_gross(gross_by_rate[rate], rate) for rate in sorted(gross_by_rate, reverse=True)
    )
