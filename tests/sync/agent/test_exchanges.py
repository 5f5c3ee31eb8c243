"""However many facts go at a time, no sale goes without the return that pays for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.journal import Fact, FactKind
from sync.agent.exchanges import undivided
from tests.sync.facts import TillJournal

EXCHANGED = [
    {"kind": "exchange", "amount": 2_50, "tendered": 2_50, "reference": "r-1",
     "authorisation": "D1-000001", "verified": True}
]  # fmt: skip


def day(*is_exchange: bool) -> list[Fact]:
    """Return the facts of sales, some paid by goods that came back."""
    journal = TillJournal("FUEN-1")
    for one in is_exchange:
        if not one:
            journal.sell()
        else:
            journal.sell(tenders=EXCHANGED)
            journal.append(FactKind.OVERRIDE_GRANTED, {})
            journal.append(FactKind.RETURN_COMPLETED, {})
    return journal.facts


def sent(facts: list[Fact], at_a_time: int) -> list[list[Fact]]:
    batches: list[list[Fact]] = []
    while facts:
        batches.append(undivided(facts[:at_a_time]))
        facts = facts[len(batches[-1]) :]
    return batches


@given(st.lists(st.booleans(), max_size=8), st.integers(3, 9))
def test_an_exchange_is_in_one_batch_and_every_fact_in_one(
    is_exchange: list[bool], at_a_time: int
) -> None:
    facts = day(*is_exchange)

    batches = sent(facts, at_a_time)

    assert [fact for batch in batches for fact in batch] == facts
    for batch in batches:
        kinds = [fact.kind for fact in batch]
        exchanges = [fact for fact in batch if "exchange" in fact.body_json]
        assert kinds.count(FactKind.RETURN_COMPLETED) == len(exchanges)


def test_where_only_one_fact_goes_at_a_time_all_of_them_go() -> None:
    facts = day(True, False)

    assert [fact for batch in sent(facts, 1) for fact in batch] == facts
