"""Facts arriving at the hub: each has its effect once, whatever is sent again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from sqlalchemy import select

from pos.domain.journal import GENESIS_HASH, FactKind
from sync.connectors.builtin import BuiltinConnector
from sync.credentials import Credentials
from sync.hub import tables
from sync.hub.database import HubDatabase
from sync.hub.publishing.feeds import settle_stock
from tests.sync.enrolling import SignedBy, keys_of
from tests.sync.facts import T0, TillJournal, push_of, sale, wire_op
from tests.sync.hub.journal_kit import count

TILL = "FUEN-1"


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as opened:
        opened.auth = SignedBy(keys_of(TILL))
        yield opened


@pytest.fixture
def hub(hub_url: str, credentials: Credentials) -> str:
    """Return the address of a hub that knows the till."""
    return hub_url


def push(session: requests.Session, hub: str, request: dict[str, Any]) -> requests.Response:
    return session.post(f"{hub}/v1/tills/{TILL}/ops", json=request, timeout=60)


def outcomes(response: requests.Response) -> list[tuple[int, str, str]]:
    assert response.status_code == 200, response.text
    return [(r["seq"], r["outcome"], r["code"]) for r in response.json()["results"]]


def stock(database: HubDatabase) -> dict[str, int]:
    settle_stock(database, BuiltinConnector(), "FUEN", T0)
    with database.reading() as connection:
        changes = BuiltinConnector().stock_changes(connection, "FUEN", 0, 1000)
        return {change.sku: change.on_hand for change in changes}


def test_a_sale_takes_its_goods_off_the_stock_of_the_shop(
    hub: str, session: requests.Session, database: HubDatabase
) -> None:
    journal = TillJournal()
    journal.open_session()
    journal.sell([("A", 100), ("B", 200), ("A", 100)])

    answer = push(session, hub, push_of(journal.facts))

    assert outcomes(answer) == [(1, "applied", ""), (2, "applied", "")]
    assert (answer.json()["received_through"], answer.json()["chain_head"]) == (
        2,
        journal.head.hash,
    )
    assert stock(database) == {"A": -2000, "B": -1000}


def test_a_voided_line_takes_nothing_off_the_stock(
    hub: str, session: requests.Session, database: HubDatabase
) -> None:
    journal = TillJournal()
    body = sale(journal, [("A", 100), ("B", 200)])
    body["lines"][1] |= {"void": True, "net": 0}
    body |= {"total": 100, "tenders": [{**body["tenders"][0], "amount": 100}]}
    journal.append(FactKind.SALE_COMPLETED, body)

    answer = push(session, hub, push_of(journal.facts))

    assert outcomes(answer) == [(1, "applied", "")]
    assert stock(database) == {"A": -1000}


def test_the_same_push_a_hundred_times_in_parallel_has_one_effect(
    hub: str, database: HubDatabase
) -> None:
    journal = TillJournal()
    for _ in range(5):
        journal.sell([("A", 100)])
    request = push_of(journal.facts)

    def send(_: int) -> list[str]:
        with requests.Session() as own:
            own.auth = SignedBy(keys_of(TILL))
            return [outcome for _, outcome, _ in outcomes(push(own, hub, request))]

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(send, range(100)))

    assert sorted(answers) == [["applied"] * 5] + [["duplicate"] * 5] * 99
    assert (count(database, "sale"), count(database, "inbox")) == (5, 5)
    assert stock(database) == {"A": -5000}


def test_a_hole_stores_nothing_and_says_how_far_the_hub_is(
    hub: str, session: requests.Session, database: HubDatabase
) -> None:
    journal = TillJournal()
    for _ in range(5):
        journal.sell()
    push(session, hub, push_of(journal.facts[:2]))

    answer = push(session, hub, push_of(journal.facts[3:]))

    assert outcomes(answer) == []
    assert answer.json()["received_through"] == 2
    assert count(database, "inbox") == 2


def test_an_overlapping_push_adds_only_what_is_missing(
    hub: str, session: requests.Session
) -> None:
    journal = TillJournal()
    for _ in range(4):
        journal.sell()
    push(session, hub, push_of(journal.facts[:2]))

    answer = push(session, hub, push_of(journal.facts))

    assert [outcome for _, outcome, _ in outcomes(answer)] == [
        "duplicate",
        "duplicate",
        "applied",
        "applied",
    ]


def test_another_fact_under_a_taken_number_is_kept_beside_the_first(
    hub: str, session: requests.Session, database: HubDatabase
) -> None:
    ours, clone = TillJournal(), TillJournal()
    ours.sell([("A", 100)])
    clone.sell([("B", 900)])
    clone.sell([("B", 900)])
    push(session, hub, push_of(ours.facts))

    first = push(session, hub, push_of(clone.facts))
    again = push(session, hub, push_of(clone.facts))

    expected = [(1, "conflict", "same_number"), (2, "conflict", "forked_chain")]
    assert outcomes(first) == outcomes(again) == expected
    assert first.json()["received_through"] == 1
    assert (count(database, "conflict"), count(database, "sale")) == (2, 1)
    assert stock(database) == {"A": -1000}


def test_what_follows_a_fork_belongs_to_the_fork(hub: str, session: requests.Session) -> None:
    ours, clone = TillJournal(), TillJournal()
    ours.sell([("A", 100)])
    clone.sell([("B", 900)])
    push(session, hub, push_of(ours.facts))
    push(session, hub, push_of(clone.facts))
    clone.sell([("B", 900)])

    answer = push(session, hub, push_of(clone.facts[1:]))

    assert outcomes(answer) == [(2, "conflict", "forked_chain")]


def test_an_op_id_that_is_taken_is_a_conflict_and_the_facts_after_it_go_on(
    hub: str, session: requests.Session, database: HubDatabase
) -> None:
    journal = TillJournal()
    first = journal.sell([("A", 100)])
    journal.append(FactKind.SALE_COMPLETED, sale(journal, [("A", 100)]), op_id=first.op_id)
    journal.sell([("A", 100)])

    answer = push(session, hub, push_of(journal.facts))
    again = push(session, hub, push_of(journal.facts))

    assert outcomes(answer) == [
        (1, "applied", ""),
        (2, "conflict", "same_op_id"),
        (3, "applied", ""),
    ]
    assert [outcome for _, outcome, _ in outcomes(again)] == ["duplicate", "conflict", "duplicate"]
    assert answer.json()["received_through"] == 3
    assert stock(database) == {"A": -2000}


@pytest.mark.parametrize("field", ["body_json", "hash", "prev_hash"])
def test_a_fact_whose_hash_is_wrong_stores_nothing_of_the_push(
    hub: str, session: requests.Session, database: HubDatabase, field: str
) -> None:
    journal = TillJournal()
    journal.sell()
    journal.sell()
    request = push_of(journal.facts)
    request["ops"][1][field] = "{}" if field == "body_json" else GENESIS_HASH

    answer = push(session, hub, request)

    assert (answer.status_code, answer.json()["code"]) == (422, "broken_chain")
    assert count(database, "inbox") == 0


def test_a_kind_the_hub_does_not_know_is_stored_and_parked(
    hub: str, session: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = TillJournal()
    journal.append(FactKind.DRAWER_OPENED, {"reason": "change"})
    journal.sell()
    monkeypatch.setattr("sync.hub.intake.readers.KEPT_AS_THEY_ARE", frozenset())

    answer = push(session, hub, push_of(journal.facts))

    assert outcomes(answer) == [(1, "parked", "unknown_kind"), (2, "applied", "")]


@pytest.mark.parametrize(
    ("change", "outcome", "code"),
    [
        pytest.param({"total": "12"}, "parked", "unreadable_body", id="a total that is text"),
        pytest.param({"lines": None}, "parked", "unreadable_body", id="no lines"),
        pytest.param({"total": 99}, "applied_with_exception", "totals_differ", id="wrong total"),
        pytest.param({"shop": "SOL"}, "applied_with_exception", "other_shop", id="other shop"),
    ],
)
def test_a_sale_that_is_not_right_is_stored_and_never_refused(
    hub: str,
    session: requests.Session,
    database: HubDatabase,
    change: dict[str, Any],
    outcome: str,
    code: str,
) -> None:
    journal = TillJournal()
    body = sale(journal, [("A", 100)])
    journal.append(FactKind.SALE_COMPLETED, {**body, **change})
    journal.sell()

    answer = push(session, hub, push_of(journal.facts))

    assert outcomes(answer) == [(1, outcome, code), (2, "applied", "")]
    assert count(database, "inbox") == 2


def test_a_sale_recorded_under_two_op_ids_counts_once(
    hub: str, session: requests.Session, database: HubDatabase
) -> None:
    journal = TillJournal()
    body = sale(journal, [("A", 100)])
    journal.append(FactKind.SALE_COMPLETED, body)
    journal.append(FactKind.SALE_COMPLETED, {**body, "number": "1-000002"})

    answer = push(session, hub, push_of(journal.facts))

    assert outcomes(answer) == [(1, "applied", ""), (2, "parked", "waiting")]
    assert count(database, "sale") == 1
    assert stock(database) == {"A": -1000}


def test_a_fact_too_large_to_be_sent_keeps_its_place_until_its_text_comes(
    hub: str, session: requests.Session, database: HubDatabase
) -> None:
    journal = TillJournal()
    journal.sell([("A", 100)])
    journal.sell([("A", 100)])
    request = push_of(journal.facts)
    request["ops"][0]["body_json"] = None

    without = push(session, hub, request)
    stock_without = stock(database)
    complete = push(session, hub, push_of(journal.facts))

    assert outcomes(without) == [(1, "parked", "withheld"), (2, "applied", "")]
    assert stock_without == {"A": -1000}
    assert outcomes(complete) == [(1, "applied", ""), (2, "duplicate", "")]
    assert stock(database) == {"A": -2000}


def test_names_with_a_null_character_do_no_harm(
    hub: str, session: requests.Session, database: HubDatabase
) -> None:
    journal = TillJournal()
    body = sale(journal, [("A", 100)])
    body["lines"][0]["name"] = "Pan\x00de molde"
    journal.append(FactKind.SALE_COMPLETED, body)

    answer = push(session, hub, push_of(journal.facts))

    assert outcomes(answer) == [(1, "applied", "")]
    with database.reading() as connection:
        assert connection.scalar(select(tables.sale_line.c.name)) == "Pan\ufffdde molde"
        stored = connection.scalar(select(tables.inbox.c.body_json))
    assert json.loads(stored or "")["lines"][0]["name"] == "Pan\x00de molde"


def test_an_unknown_till_is_told_so(hub_url: str, session: requests.Session) -> None:
    journal = TillJournal()
    journal.sell()

    answer = push(session, hub_url, push_of(journal.facts))

    assert (answer.status_code, answer.json()["code"]) == (401, "unknown_till")


def test_ops_out_of_sequence_are_no_push(hub: str, session: requests.Session) -> None:
    journal = TillJournal()
    journal.sell()
    journal.sell()
    request = push_of(journal.facts)
    request["ops"].reverse()

    answer = push(session, hub, request)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_a_refusal_does_not_repeat_what_was_sent(hub: str, session: requests.Session) -> None:
    answer = push(session, hub, {"epoch": "María García", "from_seq": 1, "ops": []})

    assert answer.status_code == 422
    assert "García" not in answer.text


def test_a_shift_from_float_to_count_is_kept_with_its_cash(
    hub: str, session: requests.Session, database: HubDatabase
) -> None:
    journal = TillJournal()
    journal.open_session()
    journal.append(
        FactKind.CASH_DROPPED,
        {"movement_id": "m1", "session_id": "shift-1", "amount": 5000, "currency": "EUR",
         "reason": "safe", "staff_id": "ana"},
    )  # fmt: skip
    journal.append(
        FactKind.CARD_REQUESTED,
        {"attempt_id": "c1", "basket_id": "b", "amount": 900, "currency": "EUR",
         "staff_id": "ana", "terminal": "standalone"},
    )  # fmt: skip
    journal.append(
        FactKind.CARD_RESOLVED,
        {"attempt_id": "c1", "basket_id": "b", "state": "approved", "amount": 900,
         "authorisation": "77", "verified": False, "staff_id": "ana", "reason": ""},
    )  # fmt: skip
    journal.append(
        FactKind.SESSION_CLOSED,
        {"session_id": "shift-1", "z_number": "Z1-000001", "business_day": "2026-09-21",
         "staff_id": "ana", "currency": "EUR", "sales": 0, "total": 0, "tenders": {}, "tax": [],
         "expected": 10000, "counted": 9900, "difference": -100, "grand_total": 0, "reason": ""},
    )  # fmt: skip

    answer = push(session, hub, push_of(journal.facts))

    assert {outcome for _, outcome, _ in outcomes(answer)} == {"applied"}
    with database.reading() as connection:
        shift = connection.execute(select(tables.till_session)).one()
        card = connection.execute(select(tables.card_attempt)).one()
        movement = connection.execute(select(tables.cash_movement)).one()
    assert (shift.counted, shift.difference) == (9900, -100)
    assert (card.state, card.is_verified) == ("approved", False)
    assert (movement.kind, movement.amount) == ("drop", 5000)


def test_the_digest_agrees_with_what_was_sold_on_a_business_day(
    hub: str, session: requests.Session
) -> None:
    journal = TillJournal()
    journal.open_session()
    journal.sell([("A", 100)])
    journal.sell([("A", 250)])
    push(session, hub, push_of(journal.facts))

    every = session.get(f"{hub}/v1/tills/{TILL}/digest", timeout=30).json()
    day = session.get(f"{hub}/v1/tills/{TILL}/digest?day=2026-09-21", timeout=30).json()
    other = session.get(f"{hub}/v1/tills/{TILL}/digest?day=2026-09-22", timeout=30).json()

    assert every == day
    assert (every["sales"], every["total_minor"], every["by_tender"]) == (2, 350, {"cash": 350})
    assert (every["received_through"], every["chain_head"]) == (3, journal.head.hash)
    assert (other["sales"], other["by_tender"]) == (0, {})


def test_a_wire_op_has_no_more_than_the_contract_says() -> None:
    fact = TillJournal().sell()

    assert set(wire_op(fact)) == {
        "op_id", "seq", "kind", "occurred_at_ms", "body_json", "prev_hash", "hash",
        "signature",
    }  # fmt: skip
