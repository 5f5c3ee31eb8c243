"""Whatever is pushed, in whatever order and how often: stored once, applied once, told truly."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from pos.domain.journal import FactKind
from pos.system import Uuid7
from sync.hub import tables
from sync.hub.database import HubDatabase
from sync.hub.intake.genuine import BadSignature
from sync.hub.intake.retrying import retry_waiting
from sync.hub.intake.sequence import BrokenChain
from sync.wire.v1.push import PushAnswer
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, TillJournal
from tests.sync.hub.journal_kit import CONNECTOR, hub_with_till, push

IDS = Uuid7()
NUMBERS = itertools.count(2)  # a till for each example
SLICES = st.tuples(st.integers(0, 11), st.integers(1, 12))
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["push", "push again", "repair", "copy", "unsigned", "retry"]), SLICES
    ),
    max_size=14,
)
KEPT = {"applied", "duplicate", "parked", "applied_with_exception"}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubDatabase]:
    with hub_with_till(tmp_path_factory.mktemp("hub")) as database:
        yield database


def journal_of(till: str) -> TillJournal:
    """Return twelve facts: sales, and a card whose outcome comes later."""
    journal = TillJournal(till, ids=IDS.new)
    attempt = IDS.new()
    for place in range(12):
        if place == 4:
            journal.append(
                FactKind.CARD_REQUESTED,
                {"attempt_id": attempt, "basket_id": "b", "amount": 1, "currency": "EUR"},
            )
        elif place == 8:
            journal.append(
                FactKind.CARD_RESOLVED,
                {
                    "attempt_id": attempt,
                    "state": "approved",
                    "authorisation": "",
                    "verified": True,
                },
            )
        else:
            number = till.rpartition("-")[2]
            journal.sell([("A", 100 + place)], number=f"{number}-{place:06d}")
    return journal


def copy_of(journal: TillJournal) -> TillJournal:
    """Return a copy that parted after the sixth fact and sold on by itself."""
    copy = TillJournal(journal.till, ids=IDS.new)
    copy.facts = journal.facts[:6]
    for place in range(6, 12):
        copy.sell([("B", 900 + place)], number=f"copy-{place:06d}")
    return copy


def stored(database: HubDatabase, till: str) -> dict[int, str]:
    with database.reading() as connection:
        inbox = tables.inbox.c
        rows = connection.execute(select(inbox.seq, inbox.hash).where(inbox.till == till))
        return {row.seq: row.hash for row in rows}


def sold(database: HubDatabase, till: str) -> tuple[int, int]:
    with database.reading() as connection:
        sale = tables.sale.c
        row = connection.execute(
            select(func.count(), func.coalesce(func.sum(sale.total), 0)).where(sale.till == till)
        ).one()
        return row[0], int(row[1])


def check_told_truly(database: HubDatabase, journal: TillJournal, answer: PushAnswer) -> None:
    """Everything an answer says is stored is stored, the very fact that was sent."""
    held = stored(database, journal.till)
    assert sorted(held) == list(range(1, answer.received_through + 1))
    for result in answer.results:
        if result.outcome.value in KEPT:
            assert held[result.seq] == journal.facts[result.seq - 1].hash


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_each_fact_has_one_effect_and_no_answer_promises_what_is_not_held(
    hub: HubDatabase, acts: list[tuple[str, tuple[int, int]]]
) -> None:
    till = f"FUEN-{next(NUMBERS)}"
    enrolled(hub, till)
    journal = journal_of(till)
    copy = copy_of(journal)

    for act, (first, length) in acts:
        whose = copy if act == "copy" else journal
        facts = whose.facts[first : first + length]
        if act == "retry":
            retry_waiting(hub, CONNECTOR, T0)
            continue
        try:
            answer = push(
                hub, facts, is_repair=act == "repair", sign=act != "unsigned", speaker=act[:4]
            )
        except (BrokenChain, BadSignature):
            continue
        if answer.chain_head in {fact.hash for fact in whose.facts} | {"0" * 64}:
            check_told_truly(hub, whose, answer)
    final = push(hub, journal.facts)
    retry_waiting(hub, CONNECTOR, T0)

    held = stored(hub, till)
    ours = [fact for fact in journal.facts if held.get(fact.seq) == fact.hash]
    theirs = [fact for fact in copy.facts if held.get(fact.seq) == fact.hash]
    longest = max(ours, theirs, key=len)
    sales = [fact for fact in longest if fact.kind is FactKind.SALE_COMPLETED]
    assert final.received_through == len(held) == len(longest)
    assert sold(hub, till) == (len(sales), sum(int(str(sale.body["total"])) for sale in sales))
