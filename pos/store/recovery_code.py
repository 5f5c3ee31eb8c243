"""The key of a data folder as digits that a person can write down and type in again.

Source:
    The form of BitLocker's recovery password: each group of six digits is 16 bits times
    eleven, so that a mistyped group is found by itself. A last group checks the whole.
"""

from __future__ import annotations

import hashlib
import re

from pos.domain.errors import StoreUnavailable
from pos.store.engine import KEY_BYTES

FACTOR = 11  # a wrong digit or two digits swapped are never divisible by it
GROUP_DIGITS = 6
GROUPS = KEY_BYTES // 2 + 1


class RecoveryCodeWrong(StoreUnavailable):
    """The code cannot be one; `group` is the first group that is wrong, 0 for all of it."""

    def __init__(self, group: int) -> None:
        where = f"group {group}" if group else "the code"
        super().__init__(f"{where} is mistyped: {GROUPS} groups of {GROUP_DIGITS} digits")
        self.group = group


def code_of(key: bytes) -> str:
    """Return the recovery code of a key of 32 bytes, in groups of six digits."""
    numbers = [int.from_bytes(key[at : at + 2], "big") for at in range(0, KEY_BYTES, 2)]
    return "-".join(f"{number * FACTOR:0{GROUP_DIGITS}d}" for number in (*numbers, _check(key)))


def key_of(code: str) -> bytes:
    """Return the key of a recovery code, however its groups are set apart.

    Raises:
        RecoveryCodeWrong: A group was mistyped, or there are too few or too many.
    """
    digits = re.sub(r"[\s\-.]", "", code)
    if not (digits.isascii() and digits.isdigit()) or len(digits) != GROUPS * GROUP_DIGITS:
        raise RecoveryCodeWrong(0)
    numbers = []
    for group in range(GROUPS):
        at = group * GROUP_DIGITS
        number, rest = divmod(int(digits[at : at + GROUP_DIGITS]), FACTOR)
        if rest or number > 0xFFFF:
            raise RecoveryCodeWrong(group + 1)
        numbers.append(number)
    key = b"".join(number.to_bytes(2, "big") for number in numbers[:-1])
    if numbers[-1] != _check(key):
        raise RecoveryCodeWrong(0)
    return key


def _check(key: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"mostrador key" + key).digest()[:2], "big")
