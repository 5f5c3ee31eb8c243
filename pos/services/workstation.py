"""The till as a place of work: what every act needs, handed in by the composition root."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from pos.domain.cart import CartRules
from pos.domain.cash import Denomination
from pos.domain.fiscal import FiscalModule
from pos.domain.journal import Body, FactKind
from pos.domain.pickup_code import PickupCode
from pos.domain.pickup_policy import PickupPolicy
from pos.domain.promotion_pricing import EMPTY_BOOK, PromotionBook
from pos.domain.scan import ScanRules
from pos.domain.staff import (
    Act,
    Approval,
    Approved,
    Capability,
    NeedsOverride,
    Policy,
    StaffMember,
)
from pos.domain.stored_value import OfflineRedemption
from pos.domain.tender import CashPolicy
from pos.domain.till_session import TillSession
from pos.services.ports import (
    Catalogues,
    Clock,
    Ids,
    PickupKeys,
    PinVerifier,
    Promotions,
    Records,
    Store,
)
from pos.services.return_rules import ReturnRules

APPROVAL_LASTS_MS = 2 * 60_000


class NotAllowed(Exception):
    """An act reached a service without the approval it needs: a bug of the screen."""


class NoOpenSession(Exception):
    """Selling and cash need an open shift."""


class NoPickupKeys:
    """`PickupKeys` of a till without a hub: nobody is believed."""

    def is_signed(self, code: PickupCode) -> bool:
        return False


class NoPromotions:
    """`Promotions` of a till that was told of none."""

    def book(self) -> PromotionBook:
        return EMPTY_BOOK


@dataclass(frozen=True)
class Workstation:
    """One till of one shop (ARTS Workstation) and its ports."""

    shop: str
    till: str
    till_number: int
    currency: str
    store: Store
    catalogues: Catalogues
    clock: Clock
    ids: Ids
    fiscal: FiscalModule
    pins: PinVerifier
    policy: Policy = field(default_factory=Policy)
    scan_rules: ScanRules = field(default_factory=ScanRules)
    cash_policy: CashPolicy = field(default_factory=CashPolicy)
    denominations: tuple[Denomination, ...] = ()
    has_room: Callable[[], bool] = lambda: True  # enough disk to begin another ticket
    time_zone: str = "UTC"  # IANA name; where the shop's day ends
    pickups: PickupPolicy = field(default_factory=PickupPolicy)
    pickup_keys: PickupKeys = field(default_factory=NoPickupKeys)
    promotions: Promotions = field(default_factory=NoPromotions)
    returns: ReturnRules = field(default_factory=ReturnRules)
    stored_value: OfflineRedemption = field(default_factory=OfflineRedemption)
    gift_card_skus: frozenset[str] = frozenset()  # articles that put money onto a gift card
    suggests: bool = True  # whether the shop wants what goes with a ticket to be shown
    carts: CartRules = field(default_factory=CartRules)
    country: str = "ES"  # ISO 3166-1 alpha-2: where telephone numbers without one are from
    salt: Callable[[], str] = lambda: secrets.token_hex(16)  # of what a fact commits to


@dataclass(frozen=True)
class SignOn:
    """A person signed on at a till (ARTS OperatorSession), with the open shift if there is one."""

    station: Workstation
    operator: StaffMember
    session: TillSession | None = None

    @property
    def session_id(self) -> str:
        """The open shift's id.

        Raises:
            NoOpenSession: There is none.
        """
        if self.session is None:
            raise NoOpenSession
        return self.session.session_id

    def in_session(self, session: TillSession | None) -> SignOn:
        return replace(self, session=session)

    def decide(self, act: Act) -> Approved | NeedsOverride:
        """Say whether the operator may do `act` alone."""
        return self.station.policy.decide(act, self.operator)

    def record(
        self,
        records: Records,
        kind: FactKind,
        body: Body,
        *,
        at_ms: int | None = None,
        op_id: str = "",
    ) -> None:
        """Append a fact of this shift to the journal; it gets an id of its own unless given.

        The body says which shift, so that a till can be set up again from its facts alone.
        """
        session_id = self.session.session_id if self.session else None
        records.journal.append(
            kind,
            {"session_id": session_id, **body} if session_id else body,
            op_id=op_id or self.station.ids.new(),
            at_ms=self.station.clock.now_ms() if at_ms is None else at_ms,
            session_id=session_id,
        )

    def authorise(
        self,
        records: Records,
        act: Act,
        approval: Approval | None,
        detail: Mapping[str, str | int] | None = None,
    ) -> str | None:
        """Make sure `act` is allowed and journal the override that allows it.

        Returns:
            Who approved it, or None when the operator may do it alone.

        Raises:
            NotAllowed: An override is needed and `approval` is not one for this act, is too
                old, or is of somebody who may not give it (any more). One that was used before
                fails as the second fact of its id.
        """
        self.check(records, act, approval)
        if approval is None or isinstance(self.decide(act), Approved):
            return None
        self.record_override(records, act, approval, detail)
        return approval.approved_by

    def check(self, records: Records, act: Act, approval: Approval | None) -> None:
        """Make sure `act` is allowed, without recording the override that allows it.

        Raises:
            NotAllowed: As `authorise`.
        """
        if isinstance(self.decide(act), Approved):
            return
        if approval is None or not self._is_good(records, approval, act):
            raise NotAllowed(f"{act.capability.value} by {self.operator.staff_id}")

    def record_override(
        self,
        records: Records,
        act: Act,
        approval: Approval,
        detail: Mapping[str, str | int] | None = None,
    ) -> None:
        """Journal an override that was good when it was given."""
        self.record(
            records,
            FactKind.OVERRIDE_GRANTED,
            {
                "capability": act.capability.value,
                "requested_by": approval.requested_by,
                "approved_by": approval.approved_by,
                "reason": approval.reason,
                "way": approval.way,
                "discount": act.discount,
                "detail": dict(detail or {}),
            },
            op_id=approval.approval_id,
        )

    def _is_good(self, records: Records, approval: Approval, act: Act) -> bool:
        approver = records.staff.get(approval.approved_by)
        if approver is None or not approver.is_active:
            return False
        is_able = isinstance(self.station.policy.decide(act, approver), Approved)
        given_at = approval.granted_at_ms or self.station.clock.now_ms()
        is_fresh = self.station.clock.now_ms() - given_at <= APPROVAL_LASTS_MS
        return is_able and is_fresh and _covers(approval, act, self.operator)


def _covers(approval: Approval, act: Act, operator: StaffMember) -> bool:
    return (
        approval.act.capability is act.capability
        and approval.requested_by == operator.staff_id
        and (act.capability is not Capability.DISCOUNT or approval.act.discount >= act.discount)
    )
