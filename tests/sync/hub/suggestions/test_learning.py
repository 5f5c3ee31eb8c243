"""What goes together is learned from what was sold, once each, and told when it helps."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pos.domain import suggestion
from pos.domain.journal import FactKind
from pos.domain.suggestion import MOST_COUNTED, going_with
from sync.credentials import Credentials
from sync.hub.database import HubDatabase
from sync.hub.publishing.feed_numbers import note_start
from sync.hub.suggestions import counting, reckoning, trials
from sync.hub.suggestions.learning import learn_once, resume
from sync.hub.suggestions.reckoning import neighbours_of
from sync.hub.suggestions.telling import suggestion_page
from sync.hub.tables_suggestions import (
    suggestion_pair,
    suggestion_product,
    suggestion_state,
    suggestion_trial,
)
from sync.wire.v1.feeds import SuggestionPage
from tests.sync.facts import T0, TillJournal, sale
from tests.sync.hub.journal_kit import push
from tests.sync.hub.suggestions.baskets_kit import BAG, PAIRS, nothing_together, pairs_bought

PUSHED = 100
NEEDED = 120  # instead of hundreds: sales are signed here, and that takes its time
ENOUGH = NEEDED + 60


@pytest.fixture
def hub(
    database: HubDatabase, credentials: Credentials, monkeypatch: pytest.MonkeyPatch
) -> HubDatabase:
    """Return a hub that knows a till, and is content with few trials."""
    monkeypatch.setattr(suggestion, "TRIAL_NEEDED", NEEDED)
    return database


def learn(hub: HubDatabase, journal: TillJournal) -> int:
    """Take in what the journal says since the last time, and learn from it."""
    for at in range(0, len(journal.facts), PUSHED):
        push(hub, journal.facts[at : at + PUSHED])
    return learn_once(hub)


def pair_counts(hub: HubDatabase) -> dict[tuple[str, str], int]:
    with hub.reading() as connection:
        return {(one, other): n for one, other, n in connection.execute(select(suggestion_pair))}


def page(hub: HubDatabase, cursor: int = 0, limit: int = 500) -> SuggestionPage:
    with hub.reading() as connection:
        return suggestion_page(connection, cursor, limit, T0)


def opened() -> TillJournal:
    journal = TillJournal()
    journal.open_session()
    return journal


def test_a_sale_counts_once_however_often_it_comes(hub: HubDatabase) -> None:
    journal = opened()
    journal.sell([("tea", 1_00), ("cup", 2_00)])

    first = learn(hub, journal)
    again = learn(hub, journal)

    assert (first, again) == (1, 0)
    assert pair_counts(hub) == {("tea", "cup"): 1, ("cup", "tea"): 1}


def test_voided_lines_a_second_piece_and_what_is_no_sale_count_nothing(hub: HubDatabase) -> None:
    journal = opened()
    body = sale(journal, [("tea", 1_00), ("tea", 1_00), ("cup", 2_00), ("jam", 3_00)])
    body["lines"][3]["void"] = True
    journal.append(FactKind.SALE_COMPLETED, body)
    journal.append(FactKind.SALE_COMPLETED, {"lines": "nonsense"})

    learn(hub, journal)

    assert pair_counts(hub) == {("tea", "cup"): 1, ("cup", "tea"): 1}


def test_a_basket_of_hundreds_counts_for_no_more_than_twenty_products(hub: HubDatabase) -> None:
    journal = opened()
    journal.sell([(f"sku-{number}", 1_00) for number in range(200)])

    learn(hub, journal)

    assert len(pair_counts(hub)) == MOST_COUNTED * (MOST_COUNTED - 1)


def test_what_belongs_together_is_told_once_it_beats_the_most_popular(hub: HubDatabase) -> None:
    journal = opened()
    pairs_bought(journal, NEEDED - 20)
    learn(hub, journal)
    assert page(hub).items == ()
    before = page(hub).cursor

    pairs_bought(journal, 80)
    learn(hub, journal)

    told = {item.sku: item for item in page(hub, before).items}
    assert len(told) == 2 * PAIRS + 1
    for number in range(PAIRS):
        assert told[f"left-{number}"].others[0].sku == f"right-{number}"
    assert page(hub).items == page(hub, before).items
    with hub.reading() as connection:
        known = neighbours_of(connection, ["left-3", BAG])
    assert going_with(["left-3", BAG], known)[0] == "right-3"


def test_where_nothing_belongs_together_no_till_is_told_anything(hub: HubDatabase) -> None:
    journal = opened()
    nothing_together(journal, ENOUGH)

    learn(hub, journal)

    assert page(hub).items == ()
    with hub.reading() as connection:
        assert trials.latest(connection).baskets >= NEEDED


def test_what_stops_helping_is_taken_back_from_the_tills(hub: HubDatabase) -> None:
    journal = opened()
    pairs_bought(journal, ENOUGH)
    learn(hub, journal)
    told = page(hub)
    assert told.items
    with hub.transaction() as connection:
        lost = {"ours": 10, "popular": 60}
        connection.execute(suggestion_trial.update().values(**lost))

    journal.sell([("tea", 1_00)])
    learn(hub, journal)

    taken_back = page(hub, told.cursor)
    assert {item.sku for item in taken_back.items} == {item.sku for item in told.items}
    assert not any(item.others for item in taken_back.items)
    assert page(hub).items == ()


def test_pages_together_tell_of_each_product_once(hub: HubDatabase) -> None:
    journal = opened()
    pairs_bought(journal, ENOUGH)
    learn(hub, journal)
    seen, cursor, more = [], 0, True

    while more:
        found = page(hub, cursor, limit=7)
        seen += [item.sku for item in found.items]
        cursor, more = found.cursor, found.more

    assert sorted(seen) == sorted(item.sku for item in page(hub).items)


def test_a_till_that_heard_more_than_a_restored_hub_begins_again(hub: HubDatabase) -> None:
    note_start(hub)
    cursor = page(hub).cursor

    note_start(hub)

    assert page(hub, cursor + 1).complete_after > cursor + 1


def test_a_product_keeps_the_pairs_that_matter_and_the_past_fades(
    hub: HubDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reckoning, "MOST_PAIRS", 8)
    monkeypatch.setattr(reckoning, "PAIRS_KEPT", 4)
    monkeypatch.setattr(reckoning, "MANY_BASKETS", 64)
    monkeypatch.setattr(counting, "MANY_BASKETS", 80)
    monkeypatch.setattr(counting, "AT_A_TIME", 10)
    journal = opened()
    pairs_bought(journal, 180)

    learn(hub, journal)

    pairs = pair_counts(hub)
    with hub.reading() as connection:
        baskets = dict(
            connection.execute(
                select(suggestion_product.c.sku, suggestion_product.c.baskets)
            ).all()
        )
        counted = connection.scalar(select(suggestion_state.c.baskets))
    assert sum(one == BAG for one, _ in pairs) <= 8 + 2 * PAIRS
    assert baskets[BAG] < 64 + 10
    assert counted is not None
    assert counted < 80
    assert pairs["left-1", "right-1"] > 2
    assert all(count > 0 for count in pairs.values())


def test_two_hub_processes_count_a_stretch_once(hub: HubDatabase) -> None:
    journal = opened()
    pairs_bought(journal, 5)
    push(hub, journal.facts)
    with hub.reading() as connection:
        (mark,) = counting.uncounted(connection)
        stretch = counting.read_stretch(connection, mark)

    assert [counting.keep(hub, stretch), counting.keep(hub, stretch)] == [True, False]

    assert learn_once(hub) == 0
    assert pair_counts(hub)["left-1", "right-1"] == 1


def test_a_hub_that_was_ended_after_counting_reckons_and_tells_when_it_begins_again(
    hub: HubDatabase,
) -> None:
    journal = opened()
    pairs_bought(journal, ENOUGH)
    for at in range(0, len(journal.facts), PUSHED):
        push(hub, journal.facts[at : at + PUSHED])
    learn_once(hub)
    told = page(hub)
    with hub.transaction() as connection:  # as if only the counts had been kept
        connection.execute(suggestion_product.update().values(reckoned=0, content_json="[]"))
        connection.execute(suggestion_state.update().values(is_shown=False))
    assert (learn_once(hub), page(hub).items) == (0, ())

    resume(hub)

    assert {item.sku for item in page(hub).items} == {item.sku for item in told.items}
