"""Request bodies: bounded before and after unpacking."""

from __future__ import annotations

import gzip

import pytest
import requests

from sync.hub.bodies import BodyDamaged, BodyTooLarge, unpacked
from sync.wire.v1.base import MAX_BODY_BYTES
from tests.sync.facts import TillJournal, push_of


def post(url: str, body: bytes, **headers: str) -> requests.Response:
    with requests.Session() as session:
        all_headers = {"Content-Type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return session.post(f"{url}/v1/tills/FUEN-1/ops", body, headers=all_headers, timeout=60)


def test_a_body_above_the_limit_is_refused_before_it_is_read(hub_url: str) -> None:
    answer = post(hub_url, b" " * (MAX_BODY_BYTES + 1))

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_small_body_that_unpacks_to_a_huge_one_is_refused(hub_url: str) -> None:
    answer = post(hub_url, gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "body", [b"no gzip", gzip.compress(b"{}" * 100)[:-9]], ids=["not packed", "cut"]
)
def test_a_damaged_body_is_refused(hub_url: str, body: bytes) -> None:
    answer = post(hub_url, body, Content_Encoding="gzip")

    assert (answer.status_code, answer.json()["code"]) == (400, "damaged_body")


def test_a_packed_push_is_taken_in(hub_url: str) -> None:
    import json

    registration = {"shop": "FUEN", "number": 1}
    with requests.Session() as session:
        session.put(f"{hub_url}/v1/tills/FUEN-1", json=registration, timeout=30)
    journal = TillJournal()
    journal.sell()
    body = gzip.compress(json.dumps(push_of(journal.facts)).encode())

    answer = post(hub_url, body, Content_Encoding="gzip")

    assert answer.json()["received_through"] == 1


def test_unpacking_stops_at_the_limit() -> None:
    assert unpacked(gzip.compress(b"x" * 10), 10) == b"x" * 10
    with pytest.raises(BodyTooLarge):
        unpacked(gzip.compress(b"x" * 11), 10)
    with pytest.raises(BodyDamaged):
        unpacked(b"", 10)
