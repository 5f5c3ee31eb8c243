"""Who may do what, and who may allow it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.staff import (
    FIRST_LOCK_MS,
    LONGEST_LOCK_MS,
    TRIES_BEFORE_LOCK,
    Act,
    Approval,
    Approved,
    Capability,
    Lockout,
    NeedsOverride,
    Policy,
    Role,
    StaffMember,
    is_pin,
)

LUCIA = StaffMember("lucia", "Lucía Romero", Role.CASHIER)
DIEGO = StaffMember("diego", "Diego Prieto", Role.CASHIER)
HUGO = StaffMember("hugo", "Hugo Gil", Role.SHIFT_LEAD)
MARTA = StaffMember("marta", "Marta Sanz", Role.MANAGER)
GONE = StaffMember("gone", "Ana Ido", Role.MANAGER, is_active=False)
TEAM = [LUCIA, DIEGO, HUGO, MARTA, GONE]
TWENTY_PERCENT = Act(Capability.DISCOUNT, 20_00)


@pytest.mark.parametrize(
    ("member", "discount", "decision"),
    [
        (LUCIA, 1, NeedsOverride),
        (HUGO, 15_00, Approved),
        (HUGO, 15_01, NeedsOverride),
        (MARTA, 100_00, Approved),
    ],
)
def test_a_discount_is_allowed_up_to_the_limit_of_the_role(
    member: StaffMember, discount: int, decision: type
) -> None:
    assert isinstance(Policy().decide(Act(Capability.DISCOUNT, discount), member), decision)


def test_only_the_manager_overrides_a_price() -> None:
    act = Act(Capability.PRICE_OVERRIDE)

    able = [m for m in (LUCIA, HUGO, MARTA) if isinstance(Policy().decide(act, m), Approved)]

    assert able == [MARTA]


def test_approvers_are_the_able_first_then_those_who_may_not_with_their_limit() -> None:
    shown = Policy().approvers(TWENTY_PERCENT, LUCIA, TEAM)

    assert [member for member, _ in shown] == [MARTA, HUGO]
    assert shown[1][1] == NeedsOverride(TWENTY_PERCENT, 15_00)


def test_nobody_approves_an_act_of_their_own() -> None:
    assert MARTA not in [m for m, _ in Policy().approvers(TWENTY_PERCENT, MARTA, TEAM)]
    with pytest.raises(ValueError, match="nobody approves"):
        Approval(TWENTY_PERCENT, "marta", "marta", "tara")


def test_the_fifth_wrong_pin_locks_and_each_further_one_doubles_the_wait() -> None:
    lockout, waits = Lockout(), []
    for _ in range(TRIES_BEFORE_LOCK + 8):
        lockout = lockout.after_failure(now_ms=1_000)
        waits.append(max(lockout.locked_until_ms - 1_000, 0))

    assert waits[: TRIES_BEFORE_LOCK - 1] == [0] * (TRIES_BEFORE_LOCK - 1)
    assert waits[TRIES_BEFORE_LOCK - 1] == FIRST_LOCK_MS
    assert waits[TRIES_BEFORE_LOCK] == 2 * FIRST_LOCK_MS
    assert waits[-1] == LONGEST_LOCK_MS


def test_a_lock_ends_when_its_time_is_over() -> None:
    lockout = Lockout(5, 1_000)

    assert lockout.is_locked(999)
    assert not lockout.is_locked(1_000)


@given(st.text())
def test_a_pin_is_four_to_eight_digits(text: str) -> None:
    assert is_pin(text) == (4 <= len(text) <= 8 and all(c in "0123456789" for c in text))
