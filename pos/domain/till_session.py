"""A shift at the till: float, cash movements, the blind count, X and Z."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from pos.domain.journal import Json
from pos.domain.money import Money
from pos.domain.return_purchase import Means
from pos.domain.tax import TaxAmount
from pos.domain.tender import TenderKind

MAX_COUNTS = 2  # one count and one recount


class MovementKind(Enum):
    """Cash that moves without a sale (ARTS TenderControlTransaction)."""

    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    DROP = "drop"

    @property
    def sign(self) -> int:
        return 1 if self is MovementKind.PAID_IN else -1


@dataclass(frozen=True, slots=True)
class CashMovement:
    """One movement; `amount` is positive, the kind says in which direction."""

    movement_id: str
    session_id: str
    kind: MovementKind
    amount: Money
    reason: str
    staff_id: str
    at_ms: int

    @property
    def signed(self) -> Money:
        return Money(self.kind.sign * self.amount.minor, self.amount.currency)


@dataclass(frozen=True, slots=True)
class CashCount:
    """Pieces counted per denomination (minor units → pieces), and what they come to."""

    currency: str
    pieces: Mapping[int, int]

    def __post_init__(self) -> None:
        if any(minor <= 0 or count < 0 for minor, count in self.pieces.items()):
            raise ValueError(f"cannot count {dict(self.pieces)}")

    @property
    def total(self) -> Money:
        return Money(sum(minor * count for minor, count in self.pieces.items()), self.currency)

    def body(self) -> Json:
        """Return the count as pairs of denomination and pieces, largest first."""
        return [[minor, self.pieces[minor]] for minor in sorted(self.pieces, reverse=True)]


@dataclass(frozen=True, slots=True)
class TillSession:
    """A shift from float to Z. Times are UTC ms; `business_day` is the ISO accounting date."""

    session_id: str
    number: int
    business_day: str
    opened_at_ms: int
    opened_by: str
    opening_float: CashCount
    counts: tuple[CashCount, ...] = ()
    closed_at_ms: int | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at_ms is None

    @property
    def may_recount(self) -> bool:
        return len(self.counts) < MAX_COUNTS


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """What happened in a shift, summed from its rows; amounts are minor units.

    What came back is beside what was sold and never taken off it; `refunds` says by which means
    it goes back, whether or not it arrived yet. `reissues` is what was paid in this shift for
    refunds of any shift that had failed: of no return of its own, but out of this drawer.
    """

    currency: str
    sales: int = 0
    articles: int = 0
    gross: int = 0
    discounts: int = 0
    total: int = 0
    tenders: Mapping[TenderKind, int] = field(default_factory=dict)
    tender_counts: Mapping[TenderKind, int] = field(default_factory=dict)
    tax: tuple[TaxAmount, ...] = ()
    movements: tuple[CashMovement, ...] = ()
    voided_lines: int = 0
    voided_amount: int = 0
    cancelled_tickets: int = 0
    drawer_openings: int = 0
    overrides: int = 0
    reprints: int = 0
    unverified_card: int = 0  # minor units confirmed by the cashier only
    first_number: str = ""
    last_number: str = ""
    returns: int = 0
    returns_total: int = 0
    refunds: Mapping[Means, int] = field(default_factory=dict)
    refund_counts: Mapping[Means, int] = field(default_factory=dict)
    return_tax: tuple[TaxAmount, ...] = ()
    first_return: str = ""
    last_return: str = ""
    reissues: Mapping[Means, int] = field(default_factory=dict)
    reissue_counts: Mapping[Means, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SessionReport:
    """An X (the shift is open) or a Z (closed): figures, expected and counted cash.

    `grand_total` is the perpetual total of all sales of this till and never resets;
    `grand_total_returns` that of its returns, in minor units.
    `chain_head` is printed short, so that the journal cannot be cut unseen.
    """

    session: TillSession
    number: str
    figures: SessionFigures
    taken_at_ms: int
    staff_name: str
    grand_total: Money
    chain_seq: int
    chain_head: str
    grand_total_returns: int = 0

    @property
    def expected_cash(self) -> Money:
        return expected_cash(self.session.opening_float.total, self.figures)

    @property
    def counted_cash(self) -> Money | None:
        return self.session.counts[-1].total if self.session.counts else None

    @property
    def difference(self) -> Money | None:
        """Counted less expected: negative when cash is short."""
        counted = self.counted_cash
        return None if counted is None else counted - self.expected_cash


def expected_cash(opening_float: Money, figures: SessionFigures) -> Money:
    """Return what the drawer must hold.

    That is the float, the cash taken (change already off) less the cash given back for returns
    and paid for refunds that had failed, and the movements.
    """
    taken = figures.tenders.get(TenderKind.CASH, 0) - figures.refunds.get(Means.CASH, 0)
    paid_again = figures.reissues.get(Means.CASH, 0)
    result = opening_float + Money(taken - paid_again, opening_float.currency)
    for movement in figures.movements:
        result += movement.signed
    return result
