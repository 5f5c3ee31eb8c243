"""Signing in: five tries, then patience."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.staff import FIRST_LOCK_MS, TRIES_BEFORE_LOCK
from pos.services.sign_in import (
    PinAccepted,
    PinLocked,
    PinWrong,
    check_pin,
    lock,
    sign_off,
    sign_on,
    team,
)
from tests.services.conftest import LUCIA, Shop


def test_the_right_pin_lets_in_and_is_journalled(shop: Shop) -> None:
    assert check_pin(shop.station, "lucia", "1111") == PinAccepted(LUCIA)

    at_till = sign_on(shop.station, LUCIA, method="pin")
    lock(at_till)
    sign_off(at_till)

    assert shop.kinds() == ["staff.signed_in", "staff.locked_till", "staff.signed_out"]


def test_each_wrong_pin_is_journalled_and_the_fifth_locks(shop: Shop) -> None:
    outcomes = [check_pin(shop.station, "lucia", "9999") for _ in range(5)]

    assert outcomes[:4] == [PinWrong(4), PinWrong(3), PinWrong(2), PinWrong(1)]
    assert outcomes[4] == PinLocked(shop.clock.ms + FIRST_LOCK_MS)
    assert shop.kinds() == ["staff.pin_failed"] * 5


def test_during_the_lock_the_right_pin_does_not_help(shop: Shop) -> None:
    for _ in range(5):
        check_pin(shop.station, "lucia", "9999")
    assert isinstance(check_pin(shop.station, "lucia", "1111"), PinLocked)

    shop.clock.ms += FIRST_LOCK_MS

    assert isinstance(check_pin(shop.station, "lucia", "1111"), PinAccepted)
    assert check_pin(shop.station, "lucia", "9999") == PinWrong(4)


def test_nobody_and_nonsense_are_wrong_pins(shop: Shop) -> None:
    assert check_pin(shop.station, "nobody", "1111") == PinWrong(4)
    assert check_pin(shop.station, "lucia", "8410000000003") == PinWrong(4)


def test_the_team_is_listed_by_name(shop: Shop) -> None:
    assert [member.staff_id for member in team(shop.station)] == ["hugo", "lucia", "marta"]


def test_a_right_pin_that_comes_while_the_wrong_ones_lock_does_not_open(shop: Shop) -> None:
    class SlowPins:
        """Lets five wrong PINs be tried elsewhere while the right one is being hashed."""

        def matches(self, pin: str, stored_hash: str) -> bool:
            for _ in range(TRIES_BEFORE_LOCK):
                check_pin(shop.station, "lucia", "9999")
            return pin == stored_hash

    beside = replace(shop.station, pins=SlowPins())

    assert check_pin(beside, "lucia", "1111") == PinLocked(shop.clock.ms + FIRST_LOCK_MS)
    assert isinstance(check_pin(shop.station, "lucia", "1111"), PinLocked)
