"""What goes with a basket: laws of counting and choosing, and when it is shown at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.customer import Consent, ConsentKind, Customer
from pos.domain.suggestion import (
    MOST_COUNTED,
    MOST_NEIGHBOURS,
    Neighbour,
    Trial,
    counted,
    going_with,
    guessed,
    is_worth_showing,
    may_suggest,
    neighbours,
    pairs,
    score,
)

SKUS = st.text("abcdefgh", min_size=1, max_size=2)
KNOWN = st.dictionaries(
    SKUS, st.lists(st.builds(Neighbour, SKUS, st.integers(1, 1_000)), max_size=4)
)
SHARE = 0.01
CLEAR = Trial(baskets=600, ours=120, popular=30, only_ours=100, only_popular=10)


@given(st.lists(SKUS, max_size=6), KNOWN)
def test_what_is_in_the_basket_is_not_suggested_for_it(
    basket: list[str], known: dict[str, list[Neighbour]]
) -> None:
    found = going_with(basket, known)

    assert not set(found) & set(basket)
    assert len(set(found)) == len(found)


@given(st.lists(SKUS, max_size=6), KNOWN, st.randoms(use_true_random=False))
def test_in_what_order_and_how_often_goods_are_scanned_changes_nothing(
    basket: list[str], known: dict[str, list[Neighbour]], chance: object
) -> None:
    twice = [*basket, *basket]
    chance.shuffle(twice)  # type: ignore[attr-defined]

    assert going_with(twice, known) == going_with(basket, known)


@given(st.lists(SKUS, max_size=60), st.text(max_size=8))
def test_a_basket_counts_each_product_once_and_never_too_many(skus: list[str], name: str) -> None:
    found = counted(skus, name)

    assert len(found) == min(len(set(skus)), MOST_COUNTED)
    assert counted(reversed(skus), name) == found
    both = list(pairs(found))
    assert len(set(both)) == len(both) == len(found) * (len(found) - 1)
    assert {(other, one) for one, other in both} == set(both)


@given(
    st.integers(0, 500),
    st.integers(0, 500),
    st.floats(1e-6, 1, exclude_min=True),
    st.floats(1e-6, 1, exclude_min=True),
)
def test_what_is_together_more_often_and_asked_for_less_anyway_goes_better(
    together: int, more: int, share: float, other_share: float
) -> None:
    assert score(together + more, 1_000, share) >= score(together, 1_000, share)
    rarer, commoner = sorted((share, other_share))
    assert score(together, 1_000, rarer) >= score(together, 1_000, commoner)


@given(st.dictionaries(SKUS, st.integers(0, 50)), st.integers(1, 50))
def test_only_the_best_go_with_a_product_and_none_that_met_it_by_chance(
    together: dict[str, int], baskets: int
) -> None:
    share = dict.fromkeys(together, SHARE)

    found = neighbours(together, baskets, share)

    assert len(found) <= MOST_NEIGHBOURS
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(together[one.sku] >= 2 and one.score > 0 for one in found)


def test_what_several_products_of_the_basket_speak_for_comes_first() -> None:
    known = {
        "tea": (Neighbour("sugar", 5), Neighbour("cup", 4)),
        "coffee": (Neighbour("cup", 4), Neighbour("mill", 6)),
    }

    assert going_with(["tea", "coffee"], known) == ("cup", "mill", "sugar")


def test_one_product_is_hidden_and_the_rest_guesses_it() -> None:
    pair = {"tea": [Neighbour("cup", 9)], "cup": [Neighbour("tea", 9)]}

    assert guessed(("cup", "tea"), "b1", pair, ["milk"]) == Trial(1, 1, 0, 1, 0)
    assert guessed(("cup", "tea"), "b1", {}, ["tea", "cup"]) == Trial(1, 0, 1, 0, 1)
    assert guessed(("tea",), "b1", pair, ["tea"]) == Trial()


@pytest.mark.parametrize(
    "trial",
    [
        Trial(),
        replace(CLEAR, baskets=499),
        replace(CLEAR, ours=44),
        replace(CLEAR, only_ours=20, only_popular=10),
    ],
    ids=["nothing tried", "too little tried", "hardly better", "by chance"],
)
def test_nothing_is_shown_before_it_is_clearly_better_than_the_most_popular(trial: Trial) -> None:
    assert is_worth_showing(CLEAR, is_shown=False)
    assert not is_worth_showing(trial, is_shown=False)


def test_what_is_shown_goes_when_its_lead_is_gone() -> None:
    assert is_worth_showing(replace(CLEAR, ours=40), is_shown=True)
    assert not is_worth_showing(replace(CLEAR, ours=37), is_shown=True)
    assert not is_worth_showing(Trial(), is_shown=True)


def test_for_a_customer_only_a_yes_that_is_known_here_counts() -> None:
    nobody_asked = Customer("c1", 1, "Carmen Ortega Vidal")
    consent = Consent(ConsentKind.SUGGESTIONS, True, 1, "v1")
    agreed = replace(nobody_asked, consents=(consent,))
    took_back = replace(nobody_asked, consents=(replace(consent, is_given=False),))

    assert may_suggest("", None)
    assert may_suggest("c1", agreed)
    assert not any(may_suggest("c1", one) for one in (None, nobody_asked, took_back))
