"""Facts no till of ours writes, rightly hashed: stored and acknowledged all the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from pos.domain.journal import chain_hash
from sync.credentials import Credentials
from tests.sync.enrolling import SignedBy
from tests.sync.facts import TillJournal, push_of, sale

TILL = "FUEN-1"
MOST = 2**63 - 1


@pytest.fixture
def till(credentials: Credentials) -> Iterator[requests.Session]:
    """Return what sends as the till FUEN-1."""
    with requests.Session() as session:
        session.auth = SignedBy(credentials)
        yield session


def rewritten(changed: dict[str, Any]) -> dict[str, Any]:
    """Return a push of one sale, changed, with the hash that belongs to it."""
    journal = TillJournal()
    journal.sell()
    request = push_of(journal.facts)
    op = request["ops"][0] | changed
    said = {name: value for name, value in op.items() if name not in {"hash", "signature"}}
    op["hash"] = chain_hash(till=TILL, epoch=1, **said)
    request["ops"] = [op]
    return request


def outcome(till: requests.Session, hub: str, request: dict[str, Any]) -> tuple[int, str, str]:
    answer = till.post(f"{hub}/v1/tills/{TILL}/ops", json=request, timeout=60)
    assert answer.status_code == 200, answer.text
    (result,) = answer.json()["results"]
    return answer.json()["received_through"], result["outcome"], result["code"]


def with_line(**changed: Any) -> str:
    body = sale(TillJournal(), [("A", 100), ("A", 100)])
    body["lines"] = [line | changed for line in body["lines"]]
    return json.dumps(body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("[" * 50_000, id="nested"),
        pytest.param(with_line(quantity=MOST), id="quantities whose sum is no number of ours"),
        pytest.param(
            with_line(discount=MOST, promotion=MOST, ticket_discount=MOST), id="discounts"
        ),
        pytest.param(with_line(net=MOST, gross=-MOST), id="amounts"),
        pytest.param(with_line(name="a\0b"), id="a NUL in a name"),
        pytest.param(with_line(sku="'; DROP TABLE sale; --"), id="SQL"),
        pytest.param(with_line(sku="\t\n\\N"), id="what COPY reads"),
    ],
)
def test_whatever_a_body_says_it_is_stored_and_the_hub_goes_on(
    hub_url: str, till: requests.Session, body: str
) -> None:
    through, how, _ = outcome(till, hub_url, rewritten({"body_json": body}))

    again = outcome(till, hub_url, rewritten({"body_json": body}))
    stock = till.get(f"{hub_url}/v1/shops/FUEN/feed/stock", timeout=30)
    digest = till.get(f"{hub_url}/v1/tills/{TILL}/digest", timeout=30)
    assert (through, how != "conflict") == (1, True)
    assert again == (1, "duplicate", "")
    assert (stock.status_code, digest.status_code) == (200, 200)


@pytest.mark.parametrize("changed", [{"kind": "sale\0completed"}, {"body_json": '{"a":"\0"}'}])
def test_what_no_database_writes_down_is_refused_as_a_fault_of_the_till(
    hub_url: str, till: requests.Session, changed: dict[str, Any]
) -> None:
    request = rewritten(changed)

    answer = till.post(f"{hub_url}/v1/tills/{TILL}/ops", json=request, timeout=60)

    assert answer.status_code == 422
