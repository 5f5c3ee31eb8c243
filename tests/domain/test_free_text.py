"""What people type is kept, but never a card number and nothing that commands a printer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.free_text import LooksLikeCardNumber, checked_text, looks_like_card_number

CARD = "4111111111111111"


@pytest.mark.parametrize(
    "text",
    [
        CARD, "4111 1111 1111 1111", "4111-1111-1111-1111", "4111.1111.1111.1111",
        "tarjeta 4111 1111 1111 1111 cad 12/27", "4111 1111 1111 1111 12/27 123", f"x{CARD}x",
        "3782 822463 10005", "4111\u00a01111\u20091111\u20111111",
        "４１１１１１１１１１１１１１１１",
        "4111\u200b1111\u200b1111\u200b1111", "6304 0000 0000 0000 000", "4222222222222",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "4111 - 1111 - 1111 - 1111", "٤١١١١١١١١١١١١١١١",
    ],
)  # fmt: skip
def test_a_card_number_is_recognised_however_it_is_written(text: str) -> None:
    assert looks_like_card_number(text)
    with pytest.raises(LooksLikeCardNumber):
        checked_text(text, 500)


@pytest.mark.parametrize(
    "text",
    [
        "", "para regalo", "pedido 12345", "600 123 456", "2026-11-22 17:43",
        "4111 1111 1111 1112",
        "411111111111", "0000000000000000", "12 x 4, 3 x 7", "2-004318",
    ],
)  # fmt: skip
def test_ordinary_words_and_numbers_are_no_card(text: str) -> None:
    assert not looks_like_card_number(text)


@given(st.text(max_size=300), st.integers(1, 50))
def test_what_is_kept_fits_and_holds_nothing_invisible(text: str, most: int) -> None:
    try:
        kept = checked_text(text, most)
    except LooksLikeCardNumber:
        return

    assert len(kept) <= most
    assert kept == kept.strip()
    assert kept.isprintable()
    assert checked_text(kept, most) == kept
    kept.encode()


def test_an_error_does_not_repeat_the_number() -> None:
    with pytest.raises(LooksLikeCardNumber) as error:
        checked_text(f"tarjeta {CARD}", 100)

    assert "4111" not in str(error.value)
