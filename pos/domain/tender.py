"""Paying a ticket: tenders, what is still due, change, and the law on cash."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from pos.domain.money import Money, total

MAX_TENDERED_MINOR = 10_000_000_00  # beyond it a barcode was read into the amount


class TenderKind(Enum):
    """Forms of payment (ARTS TenderType)."""

    CASH = "cash"
    CARD = "card"
    GIFT_CARD = "gift_card"  # `reference` is that of pos/domain/stored_value.py
    STORE_CREDIT = "store_credit"  # the same
    EXCHANGE = "exchange"  # goods given back for these, by a return of their own
    IMPORT = "import"  # a sale rung up from another system's history; counts in no drawer


# Money the shop owes to whoever holds a code; nothing is given back on it in cash.
STORED_VALUE = frozenset({TenderKind.GIFT_CARD, TenderKind.STORE_CREDIT})


class TenderRefused(ValueError):
    """A tender that cannot be taken."""


class NothingDue(TenderRefused):
    """The ticket is already covered."""


class AmountNotPossible(TenderRefused):
    """Zero, negative, beyond reason, or above what is due where no change may be given."""


class CashLimitExceeded(TenderRefused):
    """The operation reaches the legal limit for cash, counted as a whole also when split."""

    def __init__(self, limit: Money) -> None:
        super().__init__(f"cash limit {limit.minor} {limit.currency}")
        self.limit = limit


@dataclass(frozen=True, slots=True)
class CashPolicy:
    """From which total on an operation may take no cash at all; None where there is no limit.

    Source:
        Spain: Ley 7/2012 art. 7 as changed by Ley 11/2021: no cash in operations of
        1,000 euros or more when a party acts as a business.
    """

    limit: Money | None = None


@dataclass(frozen=True, slots=True)
class Tender:
    """One tender: `amount` covers the ticket, `tendered` was handed over (cash: maybe more).

    `reference` names the card attempt; `is_verified` is false when only the cashier's word
    stands for it (standalone terminal). Of a gift card or credit `authorisation` says in minor
    units what is left on it (pos/domain/stored_value.py), and it is verified when the hub set
    the amount aside. Of goods that came back `reference` is the id of their return, and
    `authorisation` its number once it is recorded.
    """

    kind: TenderKind
    amount: Money
    tendered: Money
    reference: str = ""
    authorisation: str = ""
    is_verified: bool = True

    @property
    def change(self) -> Money:
        return self.tendered - self.amount

    @property
    def can_be_handed_back(self) -> bool:
        """True when it can be taken off a ticket that is not paid yet."""
        return self.kind is TenderKind.CASH or self.kind in STORED_VALUE

    @property
    def lets_go_back(self) -> bool:
        """True when the ticket can be changed again: goods that came back stay with it."""
        return self.can_be_handed_back or self.kind is TenderKind.EXCHANGE


@dataclass(frozen=True, slots=True)
class Payment:
    """The tenders of one ticket so far; complete when nothing is due."""

    total: Money
    tenders: tuple[Tender, ...] = ()

    @property
    def paid(self) -> Money:
        return total((tender.amount for tender in self.tenders), self.total.currency)

    @property
    def due(self) -> Money:
        return self.total - self.paid

    @property
    def is_complete(self) -> bool:
        return self.due.minor == 0

    @property
    def change(self) -> Money:
        return total((tender.change for tender in self.tenders), self.total.currency)

    def with_cash(self, tendered: Money, policy: CashPolicy) -> Payment:
        """Take cash; what exceeds the amount due becomes change.

        Raises:
            TenderRefused: Nothing due, an amount that cannot be, or the legal limit.
        """
        self._check_due(tendered)
        if policy.limit is not None and self.total >= policy.limit:
            raise CashLimitExceeded(policy.limit)
        amount = tendered if tendered <= self.due else self.due
        return self._with(Tender(TenderKind.CASH, amount, tendered))

    def with_exact(
        self,
        kind: TenderKind,
        amount: Money,
        *,
        reference: str,
        authorisation: str = "",
        is_verified: bool = True,
    ) -> Payment:
        """Take a tender that gives no change.

        Raises:
            TenderRefused: Nothing due, or more than is due.
        """
        self._check_due(amount)
        if amount > self.due:
            raise AmountNotPossible(f"{amount.minor} for {self.due.minor} due")
        return self._with(Tender(kind, amount, amount, reference, authorisation, is_verified))

    def without(self, index: int) -> Payment:
        """Take back the tender at `index` (not every one can be; see services)."""
        return replace(self, tenders=self.tenders[:index] + self.tenders[index + 1 :])

    def _with(self, tender: Tender) -> Payment:
        return replace(self, tenders=(*self.tenders, tender))

    def _check_due(self, amount: Money) -> None:
        if self.is_complete:
            raise NothingDue("nothing is due")
        if not 0 < amount.minor <= max(MAX_TENDERED_MINOR, self.due.minor):
            raise AmountNotPossible(f"{amount.minor}")
