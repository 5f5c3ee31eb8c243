"""Asking somebody who is not at the till for an approval, and believing only a good answer."""

from __future__ import annotations

from pos.domain.free_text import MAX_REASON_LENGTH, checked_text
from pos.domain.money import Money
from pos.domain.staff import Act, Approval, Approved
from pos.services.hub_calls import ApprovalQuestion, ApprovalReply, AskedState
from pos.services.workstation import SignOn


def question(
    sign_on: SignOn, act: Act, amount: Money | None, *, reason: str, detail: str
) -> ApprovalQuestion:
    """Return what is asked; its id becomes that of the approval's fact.

    Raises:
        LooksLikeCardNumber: The reason may hold the number of a card.
    """
    return ApprovalQuestion(
        request_id=sign_on.station.ids.new(),
        capability=act.capability.value,
        amount=amount or Money(0, sign_on.station.currency),
        requested_by=sign_on.operator.staff_id,
        discount=act.discount,
        reason=checked_text(reason, MAX_REASON_LENGTH),
        detail=detail,
    )


def approval_of(
    sign_on: SignOn, act: Act, asked: ApprovalQuestion, reply: ApprovalReply
) -> Approval | None:
    """Turn a granted question into an approval, good for two minutes from now.

    Returns:
        None when the answer is no grant of this question by somebody this till knows to be
        able to: what the hub says is data, the till's own policy decides.
    """
    if reply.state is not AskedState.GRANTED or reply.request_id != asked.request_id:
        return None
    station = sign_on.station
    with station.store.reading() as records:
        approver = records.staff.get(reply.decided_by)
    if approver is None or not approver.is_active:
        return None
    is_self = approver.staff_id == asked.requested_by
    if is_self or not isinstance(station.policy.decide(act, approver), Approved):
        return None
    return Approval(
        act,
        asked.requested_by,
        approver.staff_id,
        asked.reason,
        approval_id=asked.request_id,
        granted_at_ms=station.clock.now_ms(),
        way="remote",
    )
