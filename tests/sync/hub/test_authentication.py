"""Who may speak to the hub, and how a till knows that it was the hub that answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from pos.signatures import Purpose, SigningKey, is_signed
from sync.credentials import Credentials
from sync.hub.database import HubDatabase
from sync.hub.trust.enrolment import revoke
from sync.wire.v1 import signing
from tests.sync.enrolling import SignedBy, enrolled, secret_of, signed_headers
from tests.sync.facts import T0, TillJournal, push_of

DIGEST = "/v1/tills/FUEN-1/digest?day=all"
OPS = "/v1/tills/FUEN-1/ops"
KEY = SigningKey(b"k" * 32)

Ask = Callable[..., requests.Response]


@pytest.fixture
def ask(hub_url: str) -> Iterator[Ask]:
    """Return what sends a request with just these headers."""
    with requests.Session() as session:

        def send(
            path: str, headers: dict[str, str], method: str = "GET", body: bytes | None = None
        ) -> requests.Response:
            described = {"Content-Type": "application/json", **headers}
            url = hub_url + path
            return session.request(method, url, data=body, headers=described, timeout=60)

        yield send


def refused(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def is_from_hub(answer: requests.Response, credentials: Credentials, asked: str) -> bool:
    said = signing.answer_text(asked, answer.status_code, signing.sha256_of(answer.content))
    signature = answer.headers.get(signing.SIGNATURE, "")
    return is_signed(credentials.hub_key, Purpose.ANSWER, said, signature)


@pytest.mark.parametrize(
    "path", [DIGEST, OPS, "/v1/shops/FUEN/feed/staff", "/v1/shops/FUEN/catalogue", "/docs"]
)
def test_who_signs_nothing_is_told_nothing(ask: Ask, credentials: Credentials, path: str) -> None:
    assert refused(ask(path, {})) == (401, "not_signed")


@pytest.mark.parametrize(
    ("header", "value"),
    [
        (signing.NONCE, ""),
        (signing.NONCE, "z" * 32),
        (signing.SIGNATURE, "0" * 127),
        (signing.INCARNATION, "a b"),
        (signing.TILL, ""),
    ],
)
def test_headers_that_are_none_of_a_till_are_no_signature(
    ask: Ask, credentials: Credentials, header: str, value: str
) -> None:
    headers = signed_headers(credentials, "GET", DIGEST, b"")

    assert refused(ask(DIGEST, {**headers, header: value})) == (401, "not_signed")


def test_how_the_hub_is_anybody_may_ask(ask: Ask) -> None:
    assert ask("/health", {}).status_code == 200


def test_a_till_signs_and_knows_the_answer_for_the_hubs(
    ask: Ask, credentials: Credentials
) -> None:
    headers = signed_headers(credentials, "GET", DIGEST, b"")

    answer = ask(DIGEST, headers)

    assert answer.status_code == 200
    assert is_from_hub(answer, credentials, headers[signing.SIGNATURE])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/tills/FUEN-1/digest?day=never", 422),
        ("/v1/shops/FUEN/catalogue", 404),
        ("/v1/nothing", 404),
        ("/v1/tills/FUEN-2/digest", 403),
    ],
)
def test_a_refusal_is_signed_as_well(
    ask: Ask, credentials: Credentials, path: str, status: int
) -> None:
    headers = signed_headers(credentials, "GET", path, b"")

    answer = ask(path, headers)

    assert answer.status_code == status
    assert is_from_hub(answer, credentials, headers[signing.SIGNATURE])


def test_an_answer_to_one_request_is_none_to_another(ask: Ask, credentials: Credentials) -> None:
    first, second = (signed_headers(credentials, "GET", DIGEST, b"") for _ in range(2))

    answer = ask(DIGEST, first)

    assert not is_from_hub(answer, credentials, second[signing.SIGNATURE])


def test_a_signature_of_another_key_is_forged(ask: Ask, credentials: Credentials) -> None:
    forger = replace(credentials, secret=secret_of("somebody else"))

    answer = ask(DIGEST, signed_headers(forger, "GET", DIGEST, b""))

    assert refused(answer) == (401, "bad_signature")


def test_what_was_signed_cannot_be_changed_on_the_way(ask: Ask, credentials: Credentials) -> None:
    journal = TillJournal()
    journal.sell()
    body = json.dumps(push_of(journal.facts)).encode()
    signed = signed_headers(credentials, "POST", OPS, body, incarnation="a1")

    changes = [
        (f"{OPS}?x=1", signed, "POST", body),
        (OPS, signed, "PUT", body),
        (OPS, signed, "POST", body + b" "),
        (OPS, signed, "POST", b""),
        (OPS, {**signed, signing.NONCE: "0" * 32}, "POST", body),
        (OPS, {**signed, signing.INCARNATION: "a2"}, "POST", body),
        (OPS, {**signed, signing.SIGNATURE: "0" * 128}, "POST", body),
    ]

    assert {refused(ask(*change)) for change in changes} == {(401, "bad_signature")}
    taken = ask(OPS, signed, "POST", body)
    assert taken.status_code == 200, taken.text


def test_another_tills_signature_does_not_pass_for_ours(
    ask: Ask, database: HubDatabase, credentials: Credentials
) -> None:
    other = enrolled(database, "FUEN-2")
    headers = signed_headers(other, "GET", DIGEST, b"")

    as_itself = ask(DIGEST, headers)
    as_us = ask(DIGEST, {**headers, signing.TILL: "FUEN-1"})

    assert refused(as_itself) == (403, "other_till")
    assert refused(as_us) == (401, "bad_signature")


@pytest.mark.parametrize(
    "path",
    ["/v1/tills/FUEN-2/digest", "/v1/shops/SOL/feed/staff", "/v1/shops/SOL/catalogue",
     "/v1/tills/FUEN-11/digest", "/v1/shops/SOL/catalogue/1"],
)  # fmt: skip
def test_a_till_sees_nothing_of_other_tills_and_shops(
    ask: Ask, credentials: Credentials, path: str
) -> None:
    answer = ask(path, signed_headers(credentials, "GET", path, b""))

    assert refused(answer) == (403, "other_till")


def test_a_revoked_till_is_told_so_at_once_and_may_be_let_in_again(
    ask: Ask, database: HubDatabase, credentials: Credentials
) -> None:
    def asked() -> tuple[requests.Response, str]:
        headers = signed_headers(credentials, "GET", DIGEST, b"")
        return ask(DIGEST, headers), headers[signing.SIGNATURE]

    revoke(database.engine, "FUEN-1", T0)
    during, signature = asked()
    revoke(database.engine, "FUEN-1", 0)
    after, _ = asked()

    assert refused(during) == (403, "revoked")
    assert is_from_hub(during, credentials, signature)
    assert after.status_code == 200


def test_a_till_that_got_another_key_is_a_stranger_with_the_old_one(
    ask: Ask, database: HubDatabase, credentials: Credentials
) -> None:
    enrolled(database, "FUEN-1", secret=secret_of("another machine"))

    answer = ask(DIGEST, signed_headers(credentials, "GET", DIGEST, b""))

    assert refused(answer) == (401, "bad_signature")


def test_the_same_request_again_has_no_second_effect(
    hub_url: str, credentials: Credentials
) -> None:
    journal = TillJournal()
    journal.sell()
    body = json.dumps(push_of(journal.facts)).encode()
    headers = signed_headers(credentials, "POST", OPS, body)
    headers["Content-Type"] = "application/json"

    with requests.Session() as listener:
        answers = [
            listener.post(hub_url + OPS, body, headers=headers, timeout=60).json()
            for _ in range(3)
        ]
        listener.auth = SignedBy(credentials)
        digest = listener.get(hub_url + DIGEST, timeout=60).json()

    assert [a["results"][0]["outcome"] for a in answers] == ["applied"] + ["duplicate"] * 2
    assert digest["sales"] == 1


SPOKEN = st.tuples(
    st.sampled_from(["GET", "POST", "PUT"]),
    st.text("abc/?=1", max_size=8),
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.text("0123456789abcdef", max_size=16),
    st.binary(max_size=8),
)


def text_of(spoken: tuple[str, str, str, str, bytes]) -> bytes:
    method, path, nonce, incarnation, body = spoken
    return signing.request_text(
        method,
        path,
        nonce=nonce,
        incarnation=incarnation,
        body_sha256=signing.sha256_of(body),
    )


@given(signed=SPOKEN, other=SPOKEN)
def test_a_signature_holds_for_just_the_request_it_was_made_for(
    signed: tuple[str, str, str, str, bytes], other: tuple[str, str, str, str, bytes]
) -> None:
    signature = KEY.sign(Purpose.REQUEST, text_of(signed))

    holds = is_signed(KEY.public, Purpose.REQUEST, text_of(other), signature)

    assert holds == (signed == other)
    assert not is_signed(KEY.public, Purpose.ANSWER, text_of(signed), signature)
    assert not is_signed(KEY.public, Purpose.FACT, text_of(signed), signature)
