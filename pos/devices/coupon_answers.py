"""Codes that may be used once, as the hub is asked for them and as it answers."""

from __future__ import annotations

from pos.domain.fields import IDENTIFIER
from pos.domain.promotion_content import CODE
from pos.services.hub_calls import ClaimState, CouponClaim
from sync.http import HubUnreachable
from sync.wire.v1.claims import ClaimAnswer, ClaimKind, ClaimRequest

UNKNOWN = CouponClaim(ClaimState.GONE, detail="unknown")


def key(code: str) -> str:
    """Return a code as the hub keeps it."""
    return code.strip().upper()


def can_be(code: str) -> bool:
    """True for what the hub could have given out."""
    return CODE.fullmatch(key(code)) is not None


def request(op_id: str, code: str, *, takes_over: bool) -> ClaimRequest:
    """Return the question for a code that `can_be`."""
    return ClaimRequest(op_id=op_id, kind=ClaimKind.COUPON, key=key(code), takes_over=takes_over)


def coupon_claim(said: ClaimAnswer) -> CouponClaim:
    """Return what was said; a grant that names no promotion is no answer.

    Raises:
        HubUnreachable: It is none.
    """
    given_for = (said.content or {}).get("promotion_id", "")
    is_named = isinstance(given_for, str) and IDENTIFIER.fullmatch(given_for) is not None
    state = ClaimState(said.state.value)
    if state is ClaimState.GRANTED and not is_named:
        raise HubUnreachable("not a coupon")
    return CouponClaim(
        state,
        said.fence,
        said.holder,
        said.since_ms,
        said.detail,
        str(given_for) if is_named else "",
        said.may_be_taken_over,
    )
