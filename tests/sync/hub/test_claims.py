"""Several tills want one ticket: one is granted it, and every grant has a higher number."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.counter_client import CounterClient
from sync.credentials import Credentials
from sync.http import HubUnreachable
from sync.hub.counter.claims import OpIdUsed
from sync.hub.database import HubDatabase
from sync.wire.v1.claims import (
    UNUSED_CLAIM_LASTS_MS,
    ClaimKind,
    ClaimRequest,
    ClaimState,
    ReleaseRequest,
)
from tests.architecture.sources import ROOT
from tests.sync.enrolling import SignedBy, enrolled
from tests.sync.hub.parking_kit import ParkingTill, told

GRANTED, HELD, GONE = ClaimState.GRANTED, ClaimState.HELD, ClaimState.GONE
# Each a race of two processes for one ticket; MOSTRADOR_RACES=5000 runs the long version.
ROUNDS = int(os.environ.get("MOSTRADOR_RACES", "200"))


@pytest.fixture
def one(database: HubDatabase) -> ParkingTill:
    """Return the first till of the shop, which parked a ticket."""
    till = ParkingTill(database, "FUEN-1")
    till.park("b-1")
    till.push()
    return till


@pytest.fixture
def two(one: ParkingTill) -> ParkingTill:
    return ParkingTill(one.database, "FUEN-2")


@pytest.fixture
def three(one: ParkingTill) -> ParkingTill:
    return ParkingTill(one.database, "FUEN-3")


def test_who_asks_first_gets_the_ticket_with_all_that_is_on_it(
    two: ParkingTill, three: ParkingTill
) -> None:
    granted, held = two.claim("b-1"), three.claim("b-1")

    assert (granted.state, granted.fence) == (GRANTED, 1)
    assert granted.content is not None
    assert granted.content["basket_id"] == "b-1"
    assert (held.state, held.holder, held.content) == (HELD, "FUEN-2", None)
    assert held.since_ms == two.now_ms


def test_a_question_whose_answer_was_lost_has_the_same_answer_again(two: ParkingTill) -> None:
    first = two.claim("b-1", op_id="op-1")

    again = two.claim("b-1", op_id="op-1")

    assert again == first


def test_a_till_that_died_after_the_grant_asks_anew_and_its_number_rises(
    two: ParkingTill,
) -> None:
    first = two.claim("b-1")

    second = two.claim("b-1")

    assert (second.state, second.fence) == (GRANTED, first.fence + 1)


def test_a_claim_given_back_is_free_and_the_next_number_is_higher(
    two: ParkingTill, three: ParkingTill
) -> None:
    fence = two.claim("b-1").fence

    was_held = two.release("b-1", fence)
    granted = three.claim("b-1")

    assert was_held
    assert (granted.state, granted.fence) == (GRANTED, fence + 1)


def test_nobody_gives_back_what_another_holds_nor_an_older_grant(
    two: ParkingTill, three: ParkingTill
) -> None:
    two.claim("b-1")
    fence = two.claim("b-1").fence

    assert not three.release("b-1", fence)
    assert not two.release("b-1", fence - 1)
    assert three.claim("b-1").state is HELD


def test_an_unused_claim_may_be_taken_over_by_decision_after_two_minutes(
    two: ParkingTill, three: ParkingTill
) -> None:
    fence = two.claim("b-1").fence

    early = three.claim("b-1", takes_over=True)
    three.now_ms += UNUSED_CLAIM_LASTS_MS
    undecided = three.claim("b-1")
    decided = three.claim("b-1", takes_over=True)

    assert (early.state, early.may_be_taken_over) == (HELD, False)
    assert (undecided.state, undecided.may_be_taken_over) == (HELD, True)
    assert (decided.state, decided.fence) == (GRANTED, fence + 1)


def test_a_grant_that_was_taken_over_is_no_answer_to_its_own_question_any_more(
    two: ParkingTill, three: ParkingTill
) -> None:
    two.claim("b-1", op_id="op-lost")
    three.now_ms += UNUSED_CLAIM_LASTS_MS
    three.claim("b-1", takes_over=True)

    again = two.claim("b-1", op_id="op-lost")

    assert (again.state, again.holder) == (HELD, "FUEN-3")


def test_a_ticket_somebody_went_on_with_is_gone_and_who_did_is_said(
    two: ParkingTill, three: ParkingTill
) -> None:
    two.resume("c-1", source="b-1", fence=two.claim("b-1").fence)
    two.push()

    gone = three.claim("b-1")

    assert (gone.state, gone.holder, gone.detail) == (GONE, "FUEN-2", "resumed")


def test_a_ticket_nobody_heard_of_is_gone_without_a_holder(two: ParkingTill) -> None:
    gone = two.claim("b-unheard")

    assert (gone.state, gone.holder, gone.detail) == (GONE, "", "unknown")


def test_a_ticket_of_another_shop_is_not_heard_of(one: ParkingTill) -> None:
    from sync.hub.admin import add_shop

    add_shop(one.database.engine, "GAVA", name="Gavà", currency="EUR", country="ES", now_ms=1)
    stranger = ParkingTill(one.database, "GAVA-1")

    assert stranger.claim("b-1").state is GONE


def test_an_id_used_for_another_question_is_refused(two: ParkingTill, three: ParkingTill) -> None:
    two.claim("b-1", op_id="op-1")
    two.park("b-2")
    two.push()

    with pytest.raises(OpIdUsed):
        two.claim("b-2", op_id="op-1")
    with pytest.raises(OpIdUsed):
        three.claim("b-1", op_id="op-1")


def test_a_ticket_parked_again_can_be_claimed_again_with_a_higher_number(
    one: ParkingTill, two: ParkingTill
) -> None:
    fence = one.claim("b-1").fence
    one.resume("b-1", fence=fence)
    one.park("b-1")
    one.push()

    granted = two.claim("b-1")

    assert granted.state is GRANTED
    assert granted.fence > fence
    assert told(one.database)["b-1"] == ("parked", "")


# -- a race of two processes


RACER = """
import json, sys
from pos.domain.errors import StoreUnavailable
from sync.hub.counter import claims
from sync.hub.database import HubDatabase, open_database
from sync.wire.v1.claims import ClaimKind, ClaimRequest
url, till, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
database = open_database(url)
print("ready", flush=True)
sys.stdin.readline()
def ask(request, now_ms):
    while True:
        try:
            with database.transaction() as connection:
                return claims.ask(
                    connection, till=till, shop="FUEN", request=request, now_ms=now_ms
                )
        except StoreUnavailable:
            continue  # busy: a hub would have answered 503, and the till asks again
for n in range(rounds):
    request = ClaimRequest(op_id=f"{till}-{n}", kind=ClaimKind.PARKED_TICKET, key=f"t-{n}")
    said = ask(request, 1_000 + n)
    print(json.dumps([n, said.state.value, said.fence, said.holder]))
database.close()
"""


def racing(url: str, till: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", RACER, url, till, str(ROUNDS)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_of_two_processes_racing_for_hundreds_of_tickets_each_is_won_by_one(
    one: ParkingTill, two: ParkingTill, db_url: str
) -> None:
    for first in range(0, ROUNDS, 100):
        for n in range(first, first + 100):
            one.park(f"t-{n}", content=None, label="")
        one.push()
    racers = [racing(db_url, till) for till in ("FUEN-1", "FUEN-2")]

    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [json.loads(line) for r in racers for line in r.communicate()[0].splitlines()]

    by_ticket: dict[int, list[list[object]]] = defaultdict(list)
    for answer in said:
        by_ticket[answer[0]].append(answer)
    assert len(by_ticket) == ROUNDS
    for answers in by_ticket.values():
        assert sorted(str(a[1]) for a in answers) == ["granted", "held"]
    assert all(racer.returncode == 0 for racer in racers)


def test_numbers_only_rise_whatever_two_tills_do(one: ParkingTill, two: ParkingTill) -> None:
    tills = [one, two]

    @settings(max_examples=25)
    @given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from(["claim", "over", "back"]))))
    def law(steps: list[tuple[int, str]]) -> None:
        for who, step in steps:
            till, other = tills[who], tills[1 - who]
            till.now_ms = other.now_ms = max(till.now_ms, other.now_ms) + UNUSED_CLAIM_LASTS_MS
            if step == "back":
                till.release("b-1", fences[-1] if fences else 0)
                continue
            said = till.claim("b-1", takes_over=step == "over")
            if said.state is GRANTED:
                assert said.fence > (fences[-1] if fences else 0)
                fences.append(said.fence)

    fences: list[int] = []
    law()
    assert fences


# -- over HTTP, as a till asks


def test_a_till_asks_over_http_and_gives_back(
    hub_url: str, one: ParkingTill, database: HubDatabase
) -> None:
    client = CounterClient(hub_url, enrolled(database, "FUEN-7"))

    said = client.claim(ClaimRequest(op_id="o", kind=ClaimKind.PARKED_TICKET, key="b-1"))
    back = client.release(
        ReleaseRequest(kind=ClaimKind.PARKED_TICKET, key="b-1", fence=said.fence)
    )

    assert said.state is GRANTED
    assert said.content is not None
    assert back.was_held


def test_an_unsigned_claim_is_not_heard(hub_url: str, one: ParkingTill) -> None:
    body = {"op_id": "o", "kind": "parked_ticket", "key": "b-1"}

    answer = requests.post(f"{hub_url}/v1/claims", json=body, timeout=30)

    assert answer.status_code == 401


def test_an_op_id_used_twice_over_http_is_a_named_refusal(
    hub_url: str, one: ParkingTill, credentials: Credentials
) -> None:
    one.park("b-2")
    one.push()
    with requests.Session() as session:
        session.auth = SignedBy(credentials)
        for key, status in (("b-1", 200), ("b-2", 409)):
            body = {"op_id": "same", "kind": "parked_ticket", "key": key}
            answer = session.post(f"{hub_url}/v1/claims", json=body, timeout=30)
            assert answer.status_code == status
    assert answer.json()["code"] == "op_id_used"


def test_nobody_there_is_no_answer(credentials: Credentials, tmp_path: Path) -> None:
    client = CounterClient("http://127.0.0.1:9", credentials)

    with pytest.raises(HubUnreachable):
        client.claim(ClaimRequest(op_id="o", kind=ClaimKind.PARKED_TICKET, key="b-1"))
