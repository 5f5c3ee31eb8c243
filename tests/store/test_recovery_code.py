"""The key as digits on paper: what is typed wrong is found, and never opens anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.store.engine import KEY_BYTES
from pos.store.recovery_code import GROUPS, RecoveryCodeWrong, code_of, key_of

KEYS = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
KEY = bytes(range(32))


@given(KEYS, st.sampled_from(["-", " ", "", "\n", ". "]))
def test_a_key_comes_back_from_its_code_however_it_is_spaced(key: bytes, gap: str) -> None:
    assert key_of(code_of(key).replace("-", gap)) == key


@given(KEYS, st.integers(0, GROUPS * 6 - 1), st.integers(1, 9))
def test_a_wrong_digit_is_found_in_its_group(key: bytes, place: int, more: int) -> None:
    digits = list(code_of(key).replace("-", ""))
    digits[place] = str((int(digits[place]) + more) % 10)

    with pytest.raises(RecoveryCodeWrong) as wrong:
        key_of("".join(digits))

    assert wrong.value.group == place // 6 + 1


@given(KEYS, st.integers(0, GROUPS - 1), st.integers(0, 4))
def test_two_digits_swapped_are_found(key: bytes, group: int, place: int) -> None:
    groups = code_of(key).split("-")
    one, other = groups[group][place], groups[group][place + 1]
    groups[group] = groups[group][:place] + other + one + groups[group][place + 2 :]

    if one == other:
        assert key_of("-".join(groups)) == key
    else:
        with pytest.raises(RecoveryCodeWrong):
            key_of("-".join(groups))


def test_groups_in_another_order_are_found() -> None:
    groups = code_of(KEY).split("-")
    groups[2], groups[3] = groups[3], groups[2]

    with pytest.raises(RecoveryCodeWrong) as wrong:
        key_of("-".join(groups))

    assert wrong.value.group == 0


@pytest.mark.parametrize("code", ["", "1", "x" * 102, "9" * 102, "-" * 102, "٠" * 102])
def test_what_is_no_code_is_no_code(code: str) -> None:
    with pytest.raises(RecoveryCodeWrong):
        key_of(code)
