"""The tables of a till are what its facts say: set up from the facts alone they are the same."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pos.domain.journal import Fact, FactKind, canonical_json
from pos.domain.ticket import TicketState
from pos.services import park
from pos.services.workstation import SignOn
from pos.store.engine import make_engine, transaction
from pos.store.facts import FACT_COLUMNS, fact_from_row
from pos.store.rebuild import Rebuilder
from pos.store.rebuild_sales import sale_of
from pos.store.statements import Statements
from pos.store.till_store import TillStore
from pos.store.verify import verify
from tests.builders import IDENTITY, KEY
from tests.services.conftest import LUCIA
from tests.store.scripted_day import MOVES, Counter, add_staff, dump
from tests.templates import new_till

SAME_TABLES = (
    "till_identity", "till_session", "cash_movement", "session_report", "card_attempt", "sale",
    "sale_line", "sale_promotion", "sale_tax", "sale_tender", "series_total", "number_series",
    "journal", "return_document", "return_purchase", "return_refund", "return_tax", "return_total",
    "return_reissue",
)  # fmt: skip
DAYS = st.lists(st.sampled_from(MOVES), max_size=25)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the database of a till that knows its staff and has done nothing."""
    path = tmp_path_factory.mktemp("blank") / "till.db"
    new_till(path, key=KEY, identity=IDENTITY)
    add_staff(path)
    return path


def facts_of(path: Path) -> list[Fact]:
    engine = make_engine(path, key=KEY, read_only=True)
    with transaction(engine) as connection:
        rows = Statements(connection).rows(f"SELECT {FACT_COLUMNS} FROM journal ORDER BY entry")
    engine.dispose()
    return [fact_from_row(IDENTITY.till, row) for row in rows]


def rebuild(path: Path, facts: Sequence[Fact]) -> None:
    engine = make_engine(path, key=KEY)
    with transaction(engine) as connection:
        rebuilder = Rebuilder(Statements(connection))
        for fact in facts:
            rebuilder.take(fact)
    engine.dispose()


def played(blank: Path, folder: Path, moves: Sequence[str], seed: int) -> Path:
    path = folder / "till.db"
    shutil.copyfile(blank, path)
    counter = Counter(path, seed=str(seed))
    counter.play(moves)
    counter.close()
    return path


@settings(max_examples=30, deadline=None)
@given(moves=DAYS, seed=st.integers(0, 999))
@example(moves=list(MOVES) * 3, seed=7)
@example(moves=["card", "return", "card refund", "owed"] * 6, seed=4)
@example(moves=["cash", "count", "cash", "count", "close", "reprint", "cash"], seed=1)
@example(moves=["two tenders", "cash", "x", "count", "count", "close", "x"], seed=2)
def test_a_till_set_up_from_its_facts_is_the_till_that_recorded_them(
    blank: Path, moves: list[str], seed: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        day = played(blank, Path(folder), moves, seed)
        again = Path(folder) / "again.db"
        shutil.copyfile(blank, again)

        rebuild(again, facts_of(day))

        assert dump(again, SAME_TABLES) == dump(day, SAME_TABLES)
        assert parked(again) == parked(day)
        assert verify(again, key=KEY) == verify(day, key=KEY) == []


@settings(max_examples=20, deadline=None)
@given(moves=DAYS, seed=st.integers(0, 999), part=st.floats(0, 1))
def test_a_till_goes_on_from_any_point_of_its_facts(
    blank: Path, moves: list[str], seed: int, part: float
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        day = played(blank, Path(folder), moves, seed)
        facts = facts_of(day)
        some = int(len(facts) * part)
        again = Path(folder) / "again.db"
        shutil.copyfile(blank, again)

        rebuild(again, facts[:some])
        rebuild(again, facts[some:])

        assert dump(again, SAME_TABLES) == dump(day, SAME_TABLES)


def test_a_ticket_of_another_till_comes_back_with_what_this_till_went_on_with(
    blank: Path, tmp_path: Path
) -> None:
    there = played(blank, tmp_path, ["park"], 5)
    content = next(fact.body["content"] for fact in facts_of(there) if "content" in fact.body)
    here = tmp_path / "here.db"
    shutil.copyfile(blank, here)
    counter = Counter(here, seed="here")
    counter.play(["lock"])
    with counter.store.reading() as records:
        session = records.sessions.current()
    sign_on = SignOn(counter.station, LUCIA, session)
    assert isinstance(content, dict)
    taken = park.resume_from_shop(sign_on, str(content["basket_id"]), content, park.Permit(7))
    counter.close()
    again = tmp_path / "again.db"
    shutil.copyfile(blank, again)

    rebuild(again, facts_of(here))

    store = TillStore(again, key=KEY)
    with store.reading() as records:
        assert records.tickets.current() == taken
    store.close()


def test_a_sale_from_before_there_were_promotions_comes_back_without(
    blank: Path, tmp_path: Path
) -> None:
    day = played(blank, tmp_path, ["cash"], 3)
    (fact,) = [fact for fact in facts_of(day) if fact.kind is FactKind.SALE_COMPLETED]
    body: dict[str, Any] = fact.body
    del body["promotions"], body["coupons"]
    for line in body["lines"]:
        del line["promotion"]

    sale = sale_of(replace(fact, body_json=canonical_json(body)), {})

    assert sale.promotions == ()
    assert {line.promotion.minor for line in sale.lines} == {0}
    assert sale.total.minor == body["total"]


def test_parked_tickets_come_back_with_their_lines(blank: Path, tmp_path: Path) -> None:
    day = played(blank, tmp_path, ["park", "discounts", "void", "park", "cash"], 3)
    again = tmp_path / "again.db"
    shutil.copyfile(blank, again)

    rebuild(again, facts_of(day))

    assert parked(again) == parked(day)
    assert len(parked(day)) == 2


def parked(path: Path) -> list[object]:
    store = TillStore(path, key=KEY)
    try:
        with store.reading() as records:
            tickets = records.tickets.parked()
    finally:
        store.close()
    assert all(ticket.state is TicketState.PARKED for ticket in tickets)
    return [(ticket.basket, ticket.label, ticket.changed_at_ms) for ticket in tickets]
