"""Request bodies: bounded before and after unpacking."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator

import pytest
import requests

from sync.credentials import Credentials
from sync.hub.trust.authentication import HASHED_OF_LIMIT
from sync.hub.trust.bodies import BodyDamaged, BodyTooLarge, unpacked
from sync.wire.v1.base import MAX_BODY_BYTES
from sync.wire.v1.signing import SIGNATURE
from tests.sync.enrolling import SignedBy
from tests.sync.facts import TillJournal, push_of

Post = Callable[..., requests.Response]


@pytest.fixture
def post(hub_url: str, credentials: Credentials) -> Iterator[Post]:
    """Return what posts a body just as it is, signed by the till FUEN-1."""
    with requests.Session() as session:
        session.auth = SignedBy(credentials)

        def send(body: bytes, **headers: str) -> requests.Response:
            all_headers = {"Content-Type": "application/json", **headers}
            url = f"{hub_url}/v1/tills/FUEN-1/ops"
            return session.post(url, body, headers=all_headers, timeout=60)

        yield send


PACKED = {"Content-Encoding": "gzip"}


def test_a_body_above_the_limit_is_refused_so_that_its_till_believes_it(post: Post) -> None:
    answer = post(b" " * (MAX_BODY_BYTES + 1))

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert SIGNATURE in answer.headers


def test_a_body_far_above_the_limit_is_refused_before_it_is_read(post: Post) -> None:
    answer = post(b" " * (MAX_BODY_BYTES * HASHED_OF_LIMIT + 1))

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert SIGNATURE not in answer.headers


def test_a_small_body_that_unpacks_to_a_huge_one_is_refused(post: Post) -> None:
    answer = post(gzip.compress(b" " * 50_000_000), **PACKED)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "body", [b"no gzip", gzip.compress(b"{}" * 100)[:-9]], ids=["not packed", "cut"]
)
def test_a_damaged_body_is_refused(post: Post, body: bytes) -> None:
    answer = post(body, **PACKED)

    assert (answer.status_code, answer.json()["code"]) == (400, "damaged_body")


def test_a_packed_push_is_taken_in(post: Post) -> None:
    journal = TillJournal()
    journal.sell()
    body = gzip.compress(json.dumps(push_of(journal.facts)).encode())

    answer = post(body, **PACKED)

    assert answer.json()["received_through"] == 1


def test_unpacking_stops_at_the_limit() -> None:
    assert unpacked(gzip.compress(b"x" * 10), 10) == b"x" * 10
    with pytest.raises(BodyTooLarge):
        unpacked(gzip.compress(b"x" * 11), 10)
    with pytest.raises(BodyDamaged):
        unpacked(b"", 10)
