"""What a till finds at its own address over the network, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from pos.signatures import Purpose, SigningKey
from sync.credentials import Credentials
from tests.sync.enrolling import SignedBy, secret_of
from tests.sync.facts import TillJournal, push_of

TILL = "FUEN-1"
REPORT = {"epoch": 1, "queued": 0, "parked": 0, "readiness": {"paper": "ok"}}


@pytest.fixture
def session(credentials: Credentials) -> Iterator[requests.Session]:
    with requests.Session() as opened:
        opened.auth = SignedBy(credentials, incarnation="agent-a")
        yield opened


@pytest.fixture
def address(hub_url: str) -> str:
    return f"{hub_url}/v1/tills/{TILL}"


def test_a_fact_signed_by_another_is_refused_with_a_code(
    session: requests.Session, address: str
) -> None:
    said = push_of([TillJournal().sell()])
    other = SigningKey(bytes.fromhex(secret_of("FUEN-2")))
    said["ops"][0]["signature"] = other.sign(Purpose.FACT, said["ops"][0]["hash"].encode())

    answer = session.post(f"{address}/ops", json=said, timeout=60)

    assert (answer.status_code, answer.json()["code"]) == (422, "bad_signature")


def test_a_till_set_up_again_finds_its_epochs_and_facts_and_gets_the_next_epoch(
    session: requests.Session, address: str
) -> None:
    journal = TillJournal()
    for _ in range(3):
        journal.sell()
    session.post(f"{address}/ops", json=push_of(journal.facts), timeout=60).raise_for_status()

    held = session.get(f"{address}/epochs", timeout=60).json()["known"]
    page = session.get(f"{address}/ops?epoch=1&from_seq=2&limit=1", timeout=60).json()
    asked = {"op_id": "restore-1", "reason": "restored", "above": 4}
    granted = [session.post(f"{address}/epochs", json=asked, timeout=60).json() for _ in "ab"]

    assert [(each["epoch"], each["received_through"]) for each in held] == [(1, 3)]
    assert [op["hash"] for op in page["ops"]] == [journal.facts[1].hash]
    assert page["more"]
    assert [each["epoch"] for each in granted] == [5, 5]


def test_how_a_till_stands_is_kept_and_a_copy_that_reports_too_is_told_to_both(
    session: requests.Session, address: str, credentials: Credentials
) -> None:
    first = session.post(f"{address}/report", json=REPORT, timeout=60).json()
    with requests.Session() as copy:
        copy.auth = SignedBy(credentials, incarnation="agent-b")
        copy.post(f"{address}/report", json=REPORT, timeout=60).raise_for_status()
    again = session.post(f"{address}/report", json=REPORT, timeout=60).json()

    assert first["notices"] == []
    assert [notice["name"] for notice in again["notices"]] == ["cloned"]


@pytest.mark.parametrize("path", ["ops?epoch=1", "epochs", "digest"])
def test_the_facts_of_another_till_are_none_of_its_business(
    session: requests.Session, hub_url: str, path: str
) -> None:
    answer = session.get(f"{hub_url}/v1/tills/FUEN-2/{path}", timeout=60)

    assert (answer.status_code, answer.json()["code"]) == (403, "other_till")
