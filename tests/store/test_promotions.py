"""The till's copy of the promotions: as the hub told them, and never gone under a ticket."""

from __future__ import annotations

from typing import Any

import pytest

from pos.domain.promotion import KEPT_ENDED_MS, Goods, PercentOff, Promotion
from pos.domain.promotion_content import promotion_content
from pos.store.outbox import AgentStore
from pos.store.promotions import PromotionsTold
from pos.store.till_store import TillStore
from tests.sync.facts import T0

DAY_MS = 24 * 3_600_000


def offer(promotion_id: str = "verano", **changed: Any) -> Promotion:
    said: dict[str, Any] = {
        "name": "Verano",
        "offer": PercentOff(10_00),
        "valid_from_ms": T0 - DAY_MS,
        "valid_until_ms": T0 + DAY_MS,
        "goods": Goods(departments=frozenset({"Conservas"})),
    }
    return Promotion(promotion_id, **{**said, **changed})


def tell(
    agent: AgentStore,
    cursor: int,
    *offers: Promotion,
    gone: tuple[str, ...] = (),
    whole: tuple[str, ...] | None = None,
    at_ms: int = T0,
    hub_time_ms: int = T0,
) -> None:
    contents: dict[str, object] = {one.promotion_id: promotion_content(one) for one in offers}
    told = PromotionsTold({**contents, **dict.fromkeys(gone)}, whole, at_ms, hub_time_ms)
    agent.apply_promotions(told, cursor)


def test_what_the_hub_told_is_in_the_book_at_the_next_question(
    store: TillStore, agent: AgentStore
) -> None:
    before = store.promotions.book().promotions

    tell(agent, 1, offer())

    assert before == ()
    assert store.promotions.book().promotions == (offer(),)


def test_the_same_book_is_given_until_the_hub_tells_of_others(
    store: TillStore, agent: AgentStore
) -> None:
    tell(agent, 1, offer())
    book = store.promotions.book()

    assert store.promotions.book() is book
    tell(agent, 2, offer("otro"))
    assert len(store.promotions.book().promotions) == 2


def test_a_promotion_taken_back_ends_now_for_the_sake_of_open_tickets(
    store: TillStore, agent: AgentStore
) -> None:
    tell(agent, 1, offer())

    tell(agent, 2, gone=("verano", "nunca"), at_ms=T0 + 5)

    assert store.promotions.book().promotions == (offer(valid_until_ms=T0 + 5),)


def test_a_promotion_taken_back_before_it_begins_is_dropped(
    store: TillStore, agent: AgentStore
) -> None:
    tell(agent, 1, offer(valid_from_ms=T0 + 1))

    tell(agent, 2, gone=("verano",))

    assert store.promotions.book().promotions == ()


def test_what_a_whole_list_does_not_name_ends_now(store: TillStore, agent: AgentStore) -> None:
    tell(agent, 1, offer("lost"), offer("stays"))

    tell(agent, 2, offer("stays"), whole=("stays",))

    until = {one.promotion_id: one.valid_until_ms for one in store.promotions.book().promotions}
    assert until == {"lost": T0, "stays": T0 + DAY_MS}


def test_what_ended_is_kept_two_days_and_no_longer(store: TillStore, agent: AgentStore) -> None:
    tell(agent, 1, offer(valid_until_ms=T0))

    tell(agent, 2, at_ms=T0 + KEPT_ENDED_MS, hub_time_ms=T0 + KEPT_ENDED_MS)
    kept = store.promotions.book().promotions
    tell(agent, 3, at_ms=T0 + KEPT_ENDED_MS + 1, hub_time_ms=T0 + KEPT_ENDED_MS + 1)

    assert len(kept) == 1
    assert store.promotions.book().promotions == ()


@pytest.mark.parametrize("clocks", [(T0 + 900 * DAY_MS, T0), (T0, T0 + 900 * DAY_MS)])
def test_a_clock_that_runs_away_drops_no_promotion(
    store: TillStore, agent: AgentStore, clocks: tuple[int, int]
) -> None:
    tell(agent, 1, offer())

    tell(agent, 2, at_ms=clocks[0], hub_time_ms=clocks[1])

    assert store.promotions.book().promotions == (offer(),)


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        "3x2",
        {**promotion_content(offer("bad")), "valid_until_ms": 0},
        {**promotion_content(offer("bad")), "offer": {"kind": "later", "minor": 1}},
        promotion_content(offer("another")),
    ],
)
def test_what_is_no_promotion_is_left_out_and_the_rest_goes_on(
    store: TillStore, agent: AgentStore, content: object
) -> None:
    told = PromotionsTold({"bad": content, "verano": promotion_content(offer())}, None, T0, T0)

    agent.apply_promotions(told, 1)

    assert store.promotions.book().promotions == (offer(),)


def test_a_promotion_that_became_unreadable_is_not_given_as_it_was_before(
    store: TillStore, agent: AgentStore
) -> None:
    tell(agent, 1, offer())
    later = {**promotion_content(offer()), "offer": {"kind": "later"}}

    agent.apply_promotions(PromotionsTold({"verano": later}, None, T0, T0), 2)

    assert store.promotions.book().promotions == (offer(valid_until_ms=T0),)
