"""What of a purchase's returns cannot all be right: the hub's desk and `verify` look for it."""

from __future__ import annotations

from enum import Enum

from pos.domain.money import total
from pos.domain.return_ledger import Ledger, Returned


class Trouble(Enum):
    """What contradicts itself; the values are stored and sent."""

    UNKNOWN_LINE = "unknown_line"  # came back of a line that was not sold
    MORE_THAN_SOLD = "more_than_sold"
    MORE_THAN_PAID = "more_than_paid"  # for a line, or in all
    TENDER_OVERPAID = "tender_overpaid"
    OVER_DUE = "over_due"  # a return paid out more than it came to
    SERIAL_TWICE = "serial_twice"


def troubles_of(ledger: Ledger) -> frozenset[Trouble]:
    """Return what is wrong with a purchase's returns, empty when nothing is."""
    sold = {line.number for line in ledger.purchase.lines}
    parts = [part for one in ledger.returns for part in one.lines]
    serials = [(part.line, serial) for part in parts for serial in part.serials]
    found = {
        Trouble.UNKNOWN_LINE: any(part.line not in sold for part in parts),
        Trouble.MORE_THAN_SOLD: bool(ledger.excess),
        Trouble.MORE_THAN_PAID: bool(ledger.overpaid)
        or any(row.value_returned > row.line.net for row in ledger.lines),
        Trouble.TENDER_OVERPAID: bool(ledger.tenders_overpaid),
        Trouble.OVER_DUE: any(one.owed.minor < 0 for one in ledger.returns),
        Trouble.SERIAL_TWICE: len(set(serials)) < len(serials),
    }
    return frozenset(trouble for trouble, is_so in found.items() if is_so)


def returns_in_trouble(ledger: Ledger) -> tuple[Returned, ...]:
    """Return the returns that the desk names: those that cannot all be right.

    Where more came back of a line than was sold, every return of that line; where only money is
    wrong, every return that money went out for.
    """
    lines = {row.line.number for row in ledger.excess}
    if lines:
        return tuple(one for one in ledger.returns if lines & {part.line for part in one.lines})
    if not troubles_of(ledger):
        return ()
    currency = ledger.purchase.currency
    return tuple(
        one for one in ledger.returns if total((out.amount for out in one.paid_out), currency)
    )
