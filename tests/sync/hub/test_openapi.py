"""The hub's web interface against whatever its own description allows, and what it does not."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.credentials import Credentials
from tests.sync.enrolling import SignedBy, keys_of, request_with
from tests.sync.facts import TillJournal, push_of

LOOSE = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["FUEN", "FUEN-1", "..", "../../etc/passwd", "'; DROP TABLE sale; --", "%", "\0", "1e9",
         "9" * 30, "-1", "\ud800", "all", "2026-13-45"]
    ),
)  # fmt: skip
VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.floats(), TEXTS,
        st.integers(), st.integers(-(2**65), 2**65), st.just(2**63 - 1), st.just(-(2**63)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)
    ),
    max_leaves=8,
)  # fmt: skip


@pytest.fixture
def hub(hub_url: str, credentials: Credentials) -> str:
    """Return the address of a hub that knows the till."""
    return hub_url


def call(method: str, url: str, **options: Any) -> requests.Response:
    """Send a request as the till FUEN-1; a fault of the hub fails the test."""
    signed = SignedBy(keys_of("FUEN-1"))
    response = requests.request(method, url, timeout=60, auth=signed, **options)
    assert response.status_code < 500, (method, url, options, response.text)
    return response


def as_json(value: Any) -> bytes:
    import json

    return json.dumps(value).encode("utf-8", "surrogatepass")


@LOOSE
@given(shop=TEXTS, what=TEXTS, cursor=TEXTS, limit=TEXTS, tag=st.text("\"'09azAZ*-", max_size=9))
def test_no_address_and_no_parameter_makes_the_hub_fail(
    hub: str, shop: str, what: str, cursor: str, limit: str, tag: str
) -> None:
    def part(text: str) -> str:
        return quote(text.encode("utf-8", "surrogatepass"), safe="")

    shop, what, cursor, limit = map(part, (shop, what, cursor, limit))
    for path in (
        f"/v1/shops/{shop}/catalogue",
        f"/v1/shops/{shop}/catalogue/{what}",
        f"/v1/shops/FUEN/catalogue/{what}",
        f"/v1/shops/{shop}/feed/{what}?cursor={cursor}&limit={limit}",
        f"/v1/shops/FUEN/feed/stock?cursor={cursor}&limit={limit}",
        f"/v1/tills/{shop}/digest?day={what}",
        f"/v1/tills/FUEN-1/digest?day={what}",
        f"/v1/purchases?text={what}&shop={shop}",
    ):
        call("GET", hub + path, headers={"If-None-Match": tag})


def test_the_hub_describes_itself_and_serves_no_pages_that_run_scripts_of_others(hub: str) -> None:
    described = call("GET", f"{hub}/openapi.json").json()["paths"]

    push = described["/v1/tills/{till}/ops"]["post"]["requestBody"]["content"]
    assert push["application/json"]["schema"] == {"$ref": "#/components/schemas/PushRequest"}
    for path in ("/docs", "/redoc", "/docs/oauth2-redirect"):
        assert call("GET", hub + path).status_code == 404


@LOOSE
@given(
    field=st.sampled_from(["code_id", "public_key", "nonce", "name", "app_version", "till",
                           "proof"]),
    value=VALUES,
)  # fmt: skip
def test_no_enrolment_makes_the_hub_fail(hub: str, field: str, value: Any) -> None:
    request = request_with("0" * 16, "0" * 64).model_dump()

    call("POST", f"{hub}/v1/enrol", data=as_json({**request, field: value}))


@LOOSE
@given(
    field=st.sampled_from(["op_id", "seq", "kind", "occurred_at_ms", "body_json", "prev_hash",
                           "hash", "from_seq", "epoch", "ops"]),
    value=VALUES,
)  # fmt: skip
def test_no_push_makes_the_hub_fail(hub: str, field: str, value: Any) -> None:
    journal = TillJournal()
    journal.open_session()
    request = push_of(journal.facts)
    (request if field in request else request["ops"][0])[field] = value

    call("POST", f"{hub}/v1/tills/FUEN-1/ops", data=as_json(request))


@pytest.mark.parametrize(
    "body",
    [b"", b"[" * 100_000, b"nul", b"\xff\xfe", b'{"epoch":' + b"9" * 5_000 + b"}", b"{}", b"null"],
)
def test_what_is_no_message_is_refused_in_words(hub: str, body: bytes) -> None:
    for method, path in (("POST", "/v1/tills/FUEN-1/ops"), ("POST", "/v1/enrol")):
        refused = call(method, hub + path, data=body)

        assert 400 <= refused.status_code < 500
        assert refused.json()["code"]
