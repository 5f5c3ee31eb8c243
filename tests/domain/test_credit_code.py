"""Codes of store credit: readable, the same for a second copy, and nobody else's to work out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.credit_code import credit_code
from pos.domain.scan_codes import StoredValueScan, read_own_code
from pos.domain.stored_value import StoredValueKind

KEYS = st.binary(min_size=32, max_size=32)
REFUNDS = st.uuids().map(str)


@given(KEYS, REFUNDS)
def test_the_code_of_a_credit_is_read_as_one_and_is_the_same_on_a_second_copy(
    key: bytes, refund_id: str
) -> None:
    code = credit_code(key, refund_id)

    assert read_own_code(code) == StoredValueScan(StoredValueKind.STORE_CREDIT, code)
    assert credit_code(key, refund_id) == code


@given(KEYS, KEYS, REFUNDS, REFUNDS)
def test_another_refund_and_another_till_have_other_codes(
    key: bytes, other: bytes, refund_id: str, another: str
) -> None:
    if (key, refund_id) != (other, another):
        assert credit_code(key, refund_id) != credit_code(other, another)
