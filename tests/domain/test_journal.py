"""The journal's facts and their chain."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.journal import (
    ChainHead,
    Fact,
    FactKind,
    Json,
    NotCanonical,
    canonical_json,
    is_genuine,
    next_fact,
)

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(alphabet="abcxyz_", max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


def fact_after(head: ChainHead, **body: Json) -> Fact:
    return next_fact(
        head,
        till="FUEN-2",
        epoch=1,
        op_id="op",
        kind=FactKind.DRAWER_OPENED,
        occurred_at_ms=1,
        body=body,
    )


@given(values)
def test_a_fact_has_one_written_form(value: Json) -> None:
    text = canonical_json(value)

    assert canonical_json(__import__("json").loads(text)) == text


def test_the_order_of_keys_does_not_matter() -> None:
    assert canonical_json({"b": 1, "a": "ñ"}) == canonical_json({"a": "ñ", "b": 1})


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, {"ñ": 1}, object()])
def test_what_has_no_single_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_json(value)  # type: ignore[arg-type]


def test_each_fact_names_the_one_before() -> None:
    first = fact_after(ChainHead(), reason="cambio")
    second = fact_after(ChainHead(first.seq, first.hash), reason="cambio")

    assert (first.seq, second.seq) == (1, 2)
    assert second.prev_hash == first.hash
    assert first.hash != second.hash
    assert first.body == {"reason": "cambio"}


@pytest.mark.parametrize(
    "change",
    [
        {"body_json": '{"reason":"otra"}'},
        {"seq": 9},
        {"occurred_at_ms": 2},
        {"till": "FUEN-1"},
        {"epoch": 2},
        {"op_id": "other"},
        {"kind": FactKind.SIGNED_IN},
        {"prev_hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_fact_changed_by_hand_is_not_genuine(change: dict[str, object]) -> None:
    fact = fact_after(ChainHead(), reason="cambio")

    assert is_genuine(fact)
    assert not is_genuine(replace(fact, **change))  # type: ignore[arg-type]
