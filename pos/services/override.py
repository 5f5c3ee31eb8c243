"""Approving an act that the operator may not do alone: who may, and the PIN that proves it."""

from __future__ import annotations

from pos.domain.free_text import MAX_REASON_LENGTH, checked_text
from pos.domain.staff import Act, Approval, Approved, NeedsOverride, StaffMember
from pos.services.sign_in import PinAccepted, PinLocked, PinWrong, badge_holder, check_pin, team
from pos.services.workstation import SignOn


class CannotApprove(ValueError):
    """The person is the requester, or may not do the act either."""


def approvers(
    sign_on: SignOn, act: Act
) -> tuple[tuple[StaffMember, Approved | NeedsOverride], ...]:
    """Return who could approve `act`, able ones first, the others with how far they may go."""
    station = sign_on.station
    return station.policy.approvers(act, sign_on.operator, team(station))


def approve(
    sign_on: SignOn, act: Act, approver: StaffMember, pin: str, *, reason: str
) -> Approval | PinWrong | PinLocked:
    """Turn the approver's PIN into an approval; it is journalled with the act it allows.

    Raises:
        CannotApprove: Requester and approver are the same, or the approver may not.
        LooksLikeCardNumber: The reason may hold the number of a card.
    """
    _check_able(sign_on, act, approver)
    outcome = check_pin(sign_on.station, approver.staff_id, pin)
    if not isinstance(outcome, PinAccepted):
        return outcome
    return approval_of(sign_on, act, outcome.member, reason, way="pin")


def approve_by_badge(sign_on: SignOn, act: Act, badge: str, *, reason: str) -> Approval | None:
    """Turn a scanned staff badge into an approval; None when nobody has that badge.

    Raises:
        CannotApprove: Requester and approver are the same, or the approver may not.
        LooksLikeCardNumber: The reason may hold the number of a card.
    """
    approver = badge_holder(sign_on.station, badge)
    if approver is None:
        return None
    return approval_of(sign_on, act, approver, reason, way="badge")


def approval_of(
    sign_on: SignOn, act: Act, approver: StaffMember, reason: str, *, way: str
) -> Approval:
    """Return the approval of somebody who proved to be there (`way`), good from now on.

    Raises:
        CannotApprove: Requester and approver are the same, or the approver may not.
        LooksLikeCardNumber: The reason may hold the number of a card.
    """
    _check_able(sign_on, act, approver)
    return Approval(
        act,
        sign_on.operator.staff_id,
        approver.staff_id,
        checked_text(reason, MAX_REASON_LENGTH),
        approval_id=sign_on.station.ids.new(),
        granted_at_ms=sign_on.station.clock.now_ms(),
        way=way,
    )


def _check_able(sign_on: SignOn, act: Act, approver: StaffMember) -> None:
    itself = approver.staff_id == sign_on.operator.staff_id
    able = isinstance(sign_on.station.policy.decide(act, approver), Approved)
    if itself or not able or not approver.is_active:
        raise CannotApprove(approver.staff_id)
