"""What a till believes: an answer to just what it asked, signed by its own hub."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.signatures import Purpose, SigningKey, is_signed
from sync.http import HubUnreachable
from sync.signed_http import NotTheHub, SignedHttp
from sync.wire.v1 import signing
from tests.sync.enrolling import keys_of
from tests.sync.serving import Exchange, Misbehaving, answer, misbehaving, signature_of

HUB, OTHER_HUB = SigningKey(b"h" * 32), SigningKey(b"o" * 32)
PATH = "/v1/tills/FUEN-1/digest?day=all"
SAID = b'{"sales":1}'

Sign = Callable[[BaseHTTPRequestHandler], str]


def connection(server: Misbehaving) -> SignedHttp:
    pinned = replace(keys_of("FUEN-1"), hub_key=HUB.public)
    return pinned.open(server.url, deadline_s=10, incarnation="a1")


@contextmanager
def hub_that_signs(sign: Sign, status: int = 200, body: bytes = SAID) -> Iterator[Misbehaving]:
    def script(exchange: Exchange, handler: BaseHTTPRequestHandler) -> None:
        answer(handler, status, body, Mostrador_Signature=sign(handler))

    with misbehaving(script) as server:
        yield server


@pytest.mark.parametrize("status", [200, 304, 403, 500])
def test_what_the_hub_signed_is_an_answer_whatever_it_says(status: int) -> None:
    body = b"" if status == 304 else SAID

    with hub_that_signs(lambda h: signature_of(h, status, body, HUB), status, body) as server:
        got = connection(server).get(PATH)

    assert (got.status, got.body) == (status, body)


def test_a_till_signs_what_it_sends_as_it_is_sent() -> None:
    sent = b"{" + b" " * 5_000 + b"}"

    with hub_that_signs(lambda h: signature_of(h, 200, SAID, HUB)) as server:
        http = connection(server)
        http.send("POST", "/v1/tills/FUEN-1/ops", sent)
        http.send("POST", "/v1/tills/FUEN-1/ops", b"{}")
        http.close()

    packed, plain = server.exchanges
    assert len(packed.body) < len(sent)
    for exchange in (packed, plain):
        said = signing.request_text(
            "POST",
            "/v1/tills/FUEN-1/ops",
            nonce=exchange.headers[signing.NONCE],
            incarnation="a1",
            body_sha256=signing.sha256_of(exchange.body),
        )
        key = SigningKey(bytes.fromhex(keys_of("FUEN-1").secret)).public
        assert is_signed(key, Purpose.REQUEST, said, exchange.headers[signing.SIGNATURE])
    assert packed.headers[signing.NONCE] != plain.headers[signing.NONCE]


FORGED: dict[str, Sign] = {
    "none": lambda handler: "",
    "another hub's": lambda handler: signature_of(handler, 200, SAID, OTHER_HUB),
    "for another status": lambda handler: signature_of(handler, 403, SAID, HUB),
    "for another body": lambda handler: signature_of(handler, 200, SAID + b" ", HUB),
    "for another purpose": lambda handler: HUB.sign(
        Purpose.FACT,
        signing.answer_text(handler.headers[signing.SIGNATURE], 200, signing.sha256_of(SAID)),
    ),
    "the till's own": lambda handler: handler.headers[signing.SIGNATURE],
    "no signature at all": lambda handler: "zz" * 64,
}


@pytest.mark.parametrize("sign", FORGED.values(), ids=FORGED)
def test_what_the_hub_did_not_sign_is_no_answer(sign: Sign) -> None:
    with hub_that_signs(sign) as server, pytest.raises(NotTheHub) as refused:
        connection(server).get(PATH)

    assert refused.value.code == "unknown_hub"


def test_an_answer_the_hub_gave_before_is_none_to_the_same_question_again() -> None:
    recorded: list[str] = []

    def first_answer(handler: BaseHTTPRequestHandler) -> str:
        recorded.append(signature_of(handler, 200, SAID, HUB))
        return recorded[0]

    with hub_that_signs(first_answer) as server:
        http = connection(server)
        believed = http.get(PATH)
        with pytest.raises(NotTheHub):
            http.get(PATH)
        http.close()

    assert believed.body == SAID


def test_an_answer_to_another_till_is_none_to_us_though_the_nonce_is_ours() -> None:
    other = SigningKey(b"2" * 32)

    def sign(handler: BaseHTTPRequestHandler) -> str:
        said = signing.request_text(
            "GET",
            PATH,
            nonce=handler.headers[signing.NONCE],
            incarnation="a1",
            body_sha256=signing.sha256_of(b""),
        )
        asked = other.sign(Purpose.REQUEST, said)
        return HUB.sign(Purpose.ANSWER, signing.answer_text(asked, 200, signing.sha256_of(SAID)))

    with hub_that_signs(sign) as server, pytest.raises(NotTheHub):
        connection(server).get(PATH)


def test_a_question_anybody_may_ask_needs_no_signature() -> None:
    with hub_that_signs(lambda handler: "") as server:
        assert connection(server).get_open("/health").status == 200


def test_a_hub_that_is_away_is_not_taken_for_a_stranger() -> None:
    http = keys_of("FUEN-1").open("http://127.0.0.1:9", deadline_s=5)

    with pytest.raises(HubUnreachable) as away:
        http.get(PATH)
    assert away.value.code == "no_answer"


@given(status=st.sampled_from([200, 403]), body=st.binary(max_size=200), flip=st.integers(0, 511))
@example(status=200, body=SAID, flip=0)
def test_one_bit_changed_in_a_signature_or_a_body_and_it_is_no_answer(
    status: int, body: bytes, flip: int
) -> None:
    signature = HUB.sign(
        Purpose.ANSWER, signing.answer_text("a" * 128, status, signing.sha256_of(body))
    )
    flipped = bytearray(bytes.fromhex(signature))
    flipped[flip // 8] ^= 1 << flip % 8
    said = signing.answer_text("a" * 128, status, signing.sha256_of(body))
    other = signing.answer_text("a" * 128, status, signing.sha256_of(body + b"\0"))

    assert is_signed(HUB.public, Purpose.ANSWER, said, signature)
    assert not is_signed(HUB.public, Purpose.ANSWER, said, flipped.hex())
    assert not is_signed(HUB.public, Purpose.ANSWER, other, signature)
