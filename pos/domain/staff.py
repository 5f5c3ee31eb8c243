"""Who works at the till, what they may do, and who may allow what they may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from pos.domain.tax import BASIS_POINTS_PER_WHOLE

PIN_MIN_DIGITS = 4
PIN_MAX_DIGITS = 8
TRIES_BEFORE_LOCK = 5
FIRST_LOCK_MS = 30_000
LONGEST_LOCK_MS = 30 * 60_000


class Role(Enum):
    CASHIER = "cashier"
    SHIFT_LEAD = "shift_lead"
    MANAGER = "manager"


class Capability(Enum):
    """Acts that not everybody may do; the values are stored and sent."""

    SELL = "sell"
    DISCOUNT = "discount"
    PRICE_OVERRIDE = "price_override"
    OPEN_PRICE = "open_price"
    CANCEL_TICKET = "cancel_ticket"
    OPEN_DRAWER = "open_drawer"
    CASH_MOVEMENT = "cash_movement"
    X_REPORT = "x_report"
    CLOSE_SESSION = "close_session"
    REPRINT = "reprint"
    RESOLVE_CARD = "resolve_card"
    RESOLVE_CONFLICT = "resolve_conflict"
    HAND_OVER_WITHOUT_CODE = "hand_over_without_code"
    HAND_OVER_OFFLINE = "hand_over_offline"  # above the limit, or known for too long ago
    UNDO_HANDOVER = "undo_handover"
    CANCEL_ORDER = "cancel_order"
    RETURN = "return"
    RETURN_WITHOUT_RECEIPT = "return_without_receipt"
    RETURN_OUTSIDE_POLICY = "return_outside_policy"
    RETURN_OFFLINE = "return_offline"  # of a purchase an isolated till does not know
    REFUND_CASH_ABOVE_LIMIT = "refund_cash_above_limit"
    GOODWILL = "goodwill"  # as much as the policy gives each of the three
    GOODWILL_RAISED = "goodwill_raised"
    GOODWILL_HIGH = "goodwill_high"


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a role may do without asking; `discount_limit` is basis points of the amount."""

    capabilities: frozenset[Capability]
    discount_limit: int = 0


_CASHIER = frozenset(
    {Capability.SELL, Capability.CANCEL_TICKET, Capability.REPRINT, Capability.X_REPORT,
     Capability.OPEN_PRICE, Capability.CLOSE_SESSION, Capability.RETURN, Capability.GOODWILL}
)  # fmt: skip
_SHIFT_LEAD = _CASHIER | {
    Capability.DISCOUNT, Capability.OPEN_DRAWER, Capability.CASH_MOVEMENT,
    Capability.RESOLVE_CARD, Capability.RESOLVE_CONFLICT, Capability.HAND_OVER_WITHOUT_CODE,
    Capability.HAND_OVER_OFFLINE, Capability.UNDO_HANDOVER, Capability.CANCEL_ORDER,
    Capability.RETURN_WITHOUT_RECEIPT, Capability.RETURN_OUTSIDE_POLICY,
    Capability.RETURN_OFFLINE, Capability.REFUND_CASH_ABOVE_LIMIT, Capability.GOODWILL_RAISED,
}  # fmt: skip

DEFAULT_PERMISSIONS: Mapping[Role, Permissions] = {
    Role.CASHIER: Permissions(_CASHIER),
    Role.SHIFT_LEAD: Permissions(frozenset(_SHIFT_LEAD), discount_limit=15_00),
    Role.MANAGER: Permissions(frozenset(Capability), discount_limit=BASIS_POINTS_PER_WHOLE),
}


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person who signs in; `badge` is the token on the staff card, if any."""

    staff_id: str
    name: str
    role: Role
    badge: str | None = None
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Act:
    """A restricted act; `discount` is its size in basis points where that matters."""

    capability: Capability
    discount: int = 0


@dataclass(frozen=True, slots=True)
class Approved:
    """The person may do it."""


@dataclass(frozen=True, slots=True)
class NeedsOverride:
    """Somebody else must allow it; `limit` is how far the person may go (basis points)."""

    act: Act
    limit: int = 0


Decision = Approved | NeedsOverride


@dataclass(frozen=True, slots=True)
class Policy:
    """Permissions per role, as data of the shop."""

    permissions: Mapping[Role, Permissions] = field(default_factory=lambda: DEFAULT_PERMISSIONS)

    def decide(self, act: Act, member: StaffMember) -> Decision:
        """Say whether `member` may do `act` alone."""
        allowed = self.permissions[member.role]
        if act.capability is Capability.DISCOUNT:
            within = (
                act.capability in allowed.capabilities and act.discount <= allowed.discount_limit
            )
            return Approved() if within else NeedsOverride(act, allowed.discount_limit)
        return Approved() if act.capability in allowed.capabilities else NeedsOverride(act)

    def approvers(
        self, act: Act, requester: StaffMember, team: Iterable[StaffMember]
    ) -> tuple[tuple[StaffMember, Decision], ...]:
        """Return everybody but the requester with what they could decide, able ones first.

        Cashiers who could not are left out; others who could not are named, so that the
        screen can say why.
        """
        others = [
            (member, self.decide(act, member))
            for member in team
            if member.staff_id != requester.staff_id and member.is_active
        ]
        shown = [
            pair
            for pair in others
            if isinstance(pair[1], Approved) or pair[0].role is not Role.CASHIER
        ]
        return tuple(
            sorted(shown, key=lambda pair: (not isinstance(pair[1], Approved), pair[0].name))
        )


@dataclass(frozen=True, slots=True)
class Approval:
    """An override as recorded: who asked, who allowed it, for what, and why.

    `approval_id` becomes the id of its fact, so that it is good for one act; `granted_at_ms`
    (UTC, Unix ms) is when it was given, 0 where that does not matter. `way` is how it was
    proved: ``pin`` or ``badge`` at the till, ``remote`` on the hub's page.
    """

    act: Act
    requested_by: str
    approved_by: str
    reason: str
    approval_id: str = field(default="", compare=False)
    granted_at_ms: int = field(default=0, compare=False)
    way: str = "pin"

    def __post_init__(self) -> None:
        if self.requested_by == self.approved_by:
            raise ValueError("nobody approves an act of their own")


@dataclass(frozen=True, slots=True)
class Lockout:
    """Failed PINs of one person: after five the person waits, twice as long each time."""

    failures: int = 0
    locked_until_ms: int = 0  # UTC, Unix milliseconds

    def is_locked(self, now_ms: int) -> bool:
        return now_ms < self.locked_until_ms

    def after_failure(self, now_ms: int) -> Lockout:
        """Count a wrong PIN; from the fifth on each one locks, 30 s doubling to 30 min."""
        failures = self.failures + 1
        if failures < TRIES_BEFORE_LOCK:
            return Lockout(failures, 0)
        doubled = FIRST_LOCK_MS << min(failures - TRIES_BEFORE_LOCK, 16)
        return Lockout(failures, now_ms + min(doubled, LONGEST_LOCK_MS))


def is_pin(text: str) -> bool:
    """True for what can be a PIN: 4 to 8 ASCII digits."""
    return PIN_MIN_DIGITS <= len(text) <= PIN_MAX_DIGITS and text.isascii() and text.isdigit()
