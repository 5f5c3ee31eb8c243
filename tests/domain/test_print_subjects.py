"""What a print job shows comes back from its subject as it went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.print_subjects import LabelSubject, label_subject, orders_of, orders_subject

IDS = st.text(
    st.characters(codec="ascii", categories=("L", "N"), include_characters="-"), min_size=1
)


@given(IDS, st.integers(1, 99), st.integers(1, 9_999))
def test_a_label_is_found_again_by_the_subject_of_its_job(
    order_id: str, parcel: int, print_number: int
) -> None:
    subject = LabelSubject(order_id, parcel, print_number)

    assert label_subject(subject.text) == subject


@given(st.lists(IDS, min_size=1))
def test_the_orders_of_a_list_are_found_again_in_their_order(ids: list[str]) -> None:
    assert orders_of(orders_subject(ids)) == tuple(ids)


def test_a_list_of_no_order_is_refused() -> None:
    with pytest.raises(ValueError, match="no order"):
        orders_subject(())


def test_what_is_no_subject_of_a_label_is_refused() -> None:
    with pytest.raises(ValueError, match=r"not enough|invalid"):
        label_subject("o-1/one")
