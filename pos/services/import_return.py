"""A return of another system's history, matched with the sales of it that this till rang up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pos.domain.basket import MAX_LINES, TooManyLines
from pos.domain.money import Money, total
from pos.domain.quantity import THOUSAND, Unit
from pos.domain.return_choices import Choice, chosen_lines
from pos.domain.return_content import read_return, return_body
from pos.domain.return_ledger import Ledger, LineStanding, ledger_of
from pos.domain.return_policy import IMPORT_POLICY
from pos.domain.return_purchase import Means, NothingBought, purchase_of_sale
from pos.domain.return_words import Condition, Reason
from pos.domain.returns import Refund, Return, ReturnFlag, ReturnLine
from pos.domain.staff import Act, Capability
from pos.domain.tax import TaxRate
from pos.services.ports import Records
from pos.services.record_return import ReturnDraft, record_return
from pos.services.workstation import SignOn

# A history does not say why something came back, nor how.
_REASON, _CONDITION = Reason.OTHER, Condition.SEALED


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """Pieces of one product that came back, and what was given back for them.

    `earlier` are the sources of the sales they may be of, the likeliest first.
    """

    sku: str
    name: str
    pieces: int
    amount: Money
    tax_rate: TaxRate
    earlier: tuple[str, ...] = ()


def take_back_imported(sign_on: SignOn, lines: Iterable[ImportedLine], *, source: str) -> Return:
    """Record a return of another system's history, refunded by the means ``import``.

    A line is of the first sales that still have units of it at that price, over as many of them
    as it takes; what is of none came back without a receipt.

    Raises:
        NoOpenSession: There is no shift to take anything back in.
        NotAllowed: Something is of no sale, and the operator may not take that back.
        TooManyLines, QuantityNotPossible, UnreadableReturn: It cannot be a return; nothing is
            recorded.
    """
    with sign_on.station.store.transaction() as records:
        matching = _Matching(records)
        for line in lines:
            matching.match(line)
        if matching.unmatched:
            sign_on.authorise(records, Act(Capability.RETURN_WITHOUT_RECEIPT), None)
        document = record_return(sign_on, records, _draft(sign_on, matching, source))
        return read_return(return_body(document))  # what the hub could not read is not recorded


class _Matching:
    """Looks for the sales that lines are of; what one line took the next cannot have."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._ledgers: dict[str, Ledger | None] = {}
        self._standings: dict[tuple[str, int], LineStanding] = {}
        self._chosen: dict[str, list[Choice]] = {}
        self.unmatched: list[ImportedLine] = []

    def match(self, line: ImportedLine) -> None:
        """Find the sales of a line; what is left of it is `unmatched`."""
        left = line
        for source in line.earlier:
            ledger = self._ledger(source)
            for bought in ledger.purchase.lines if ledger else ():
                if ledger and left.pieces and bought.sku == line.sku:
                    left = self._take(source, ledger, bought.number, left)
        if left.pieces:
            self.unmatched.append(left)

    @property
    def chosen(self) -> tuple[tuple[Ledger, tuple[Choice, ...]], ...]:
        """What comes back of which purchase."""
        pairs = ((self._ledgers[source], tuple(of)) for source, of in self._chosen.items())
        return tuple((ledger, choices) for ledger, choices in pairs if ledger is not None)

    def _take(
        self, source: str, ledger: Ledger, number: int, wanted: ImportedLine
    ) -> ImportedLine:
        """Take what a line of a sale still has; return what is still wanted.

        Units of another price are none of these: what a part is worth must be its part of
        the amount.
        """
        standing = self._standings.get((source, number)) or ledger.line(number)
        pieces = min(wanted.pieces, standing.returnable // THOUSAND)
        amount = wanted.amount.scaled(pieces, wanted.pieces)
        if not pieces or standing.value_of(pieces * THOUSAND) != amount:
            return wanted
        self._standings[source, number] = standing.after(pieces * THOUSAND)
        choice = Choice(number, pieces * THOUSAND, _REASON, _CONDITION)
        self._chosen.setdefault(source, []).append(choice)
        return replace(wanted, pieces=wanted.pieces - pieces, amount=wanted.amount - amount)

    def _ledger(self, source: str) -> Ledger | None:
        if source not in self._ledgers:
            self._ledgers[source] = self._read(source)
        return self._ledgers[source]

    def _read(self, source: str) -> Ledger | None:
        sale = self._records.sales.by_source(source)
        if sale is None:
            return None
        try:
            purchase = purchase_of_sale(sale)
        except NothingBought:
            return None
        return ledger_of(purchase, self._records.returns.of_purchase(purchase.reference))


def _draft(sign_on: SignOn, matching: _Matching, source: str) -> ReturnDraft:
    station = sign_on.station
    lines: list[ReturnLine] = []
    for ledger, choices in matching.chosen:
        lines += chosen_lines(ledger, choices, IMPORT_POLICY, first=len(lines) + 1)
    lines += [
        _without_receipt(number, line)
        for number, line in enumerate(matching.unmatched, len(lines) + 1)
    ]
    if len(lines) > MAX_LINES:
        raise TooManyLines(f"{MAX_LINES} lines")
    return ReturnDraft(
        return_id=station.ids.new(),
        ledgers=tuple(ledger for ledger, _ in matching.chosen),
        lines=tuple(lines),
        extras=(),
        refunds=_refunds(sign_on, matching, lines),
        flags=frozenset({ReturnFlag.NO_RECEIPT} if matching.unmatched else ()),
        approvals=(),
        began_at_ms=station.clock.now_ms(),
        currency=station.currency,
        source=source,
    )


def _refunds(
    sign_on: SignOn, matching: _Matching, lines: Iterable[ReturnLine]
) -> tuple[Refund, ...]:
    """Return one refund for each purchase, to the tender that paid it, and one for the rest."""
    paid = {
        ledger.purchase.reference: part.reference
        for ledger, _ in matching.chosen
        for part in ledger.purchase.paid
    }
    due: dict[str, list[Money]] = {}
    for line in lines:
        due.setdefault(line.purchase, []).append(line.refund)
    station = sign_on.station
    sums = ((purchase, total(parts, station.currency)) for purchase, parts in due.items())
    return tuple(
        Refund(station.ids.new(), purchase, Means.IMPORT, amount, paid.get(purchase, ""))
        for purchase, amount in sums
        if amount
    )


def _without_receipt(number: int, line: ImportedLine) -> ReturnLine:
    return ReturnLine(
        number=number,
        purchase="",
        purchase_line=0,
        sku=line.sku,
        gtin=None,
        name=line.name,
        quantity=line.pieces * THOUSAND,
        unit=Unit.EACH,
        value=line.amount,
        deduction=Money(0, line.amount.currency),
        tax_rate=line.tax_rate,
        reason=_REASON,
        condition=_CONDITION,
        disposition=IMPORT_POLICY.disposition("", _CONDITION),
    )
