"""Codes of gift cards and credit as people type them."""

from __future__ import annotations

import pytest

from pos.domain.scan_codes import read_typed_card, stored_value_code
from pos.domain.stored_value import StoredValueKind

CODE = stored_value_code(StoredValueKind.STORE_CREDIT, "7K3QW0M2ZX9RB4TH")


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        CODE[3:],
        CODE.replace(":", ""),
        f" {CODE[:3]} {CODE[3:7]}-{CODE[7:11]} {CODE[11:]} ",
        CODE.replace("0", "O"),
    ],
)
def test_a_code_is_read_however_it_was_typed_off_the_paper(typed: str) -> None:
    read = read_typed_card(typed)

    assert read is not None
    assert (read.kind, read.code) == (StoredValueKind.STORE_CREDIT, CODE)


@pytest.mark.parametrize("typed", ["", "MV:", "MV", CODE[:-1], CODE[:-1] + "#", "8410000000017"])
def test_a_mistyped_code_is_none(typed: str) -> None:
    assert read_typed_card(typed) is None
