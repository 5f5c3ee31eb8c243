"""Codes that make tills known: each once, for a while, and only for who holds it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.signatures import SigningKey
from sync.client import HubClient, HubRefused, NotTheHub
from sync.hub.admin import NotKnown, NotPossible
from sync.hub.database import HubDatabase
from sync.hub.trust import enrolment
from sync.hub.trust.enrolment import CODE_LIVES_MS, issue_code
from sync.hub.trust.keys import hub_identity
from sync.wire.v1.enrolment import (
    CODE_ALPHABET,
    CODE_LENGTH,
    Enrolled,
    answer_proof,
    proof_key_of,
    read_code,
)
from tests.sync.enrolling import enrolled, request_with, secret_of
from tests.sync.serving import FixedClock
from tests.sync.test_client import answering

OURS, THEIRS = (SigningKey(name * 32).public for name in (b"o", b"t"))
WRONG = "0" * CODE_LENGTH


@pytest.fixture
def code(database: HubDatabase, clock: FixedClock) -> str:
    """Give out a code for the till FUEN-1 at the hub's own time."""
    return issue_code(database.engine, "FUEN", 1, clock.at_ms, secrets.token_bytes)


@pytest.fixture
def client(hub_url: str) -> HubClient:
    return HubClient(hub_url)


def refusal(act: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(HubRefused) as refused:
        act()
    return refused.value.status, refused.value.code


def test_a_till_with_a_code_learns_its_number_its_shop_and_its_hub(
    client: HubClient, code: str, database: HubDatabase
) -> None:
    said = client.enrol(code, OURS, name="Caja 1", app_version="0.1.0")

    assert (said.till, said.epoch, said.ca) == ("FUEN-1", 1, "")
    assert (said.shop["name"], said.shop["currency"]) == ("Fuencarral", "EUR")
    assert said.hub_key == hub_identity(database.engine, secrets.token_bytes).key.public


def test_a_code_is_good_for_one_till_and_a_lost_answer_is_given_again(
    client: HubClient, code: str
) -> None:
    first = client.enrol(code, OURS)

    again = client.enrol(code, OURS)
    theirs = refusal(lambda: client.enrol(code, THEIRS))

    assert again.model_dump(exclude={"proof"}) == first.model_dump(exclude={"proof"})
    assert theirs == (403, enrolment.CODE_USED)


def test_a_code_lives_a_quarter_of_an_hour(
    client: HubClient, code: str, clock: FixedClock
) -> None:
    clock.at_ms += CODE_LIVES_MS

    assert refusal(lambda: client.enrol(code, OURS)) == (403, enrolment.CODE_EXPIRED)


def test_who_knows_the_name_of_a_code_alone_learns_nothing(client: HubClient, code: str) -> None:
    guesses = [code[:4] + WRONG[4:], WRONG, code[:-1] + ("1" if code[-1] == "0" else "0")]

    answers = [refusal(partial(client.enrol, guess, THEIRS)) for guess in guesses]

    assert answers == [(403, enrolment.WRONG_CODE)] * 3
    assert client.enrol(code, OURS).till == "FUEN-1"


def test_a_used_or_expired_code_is_not_told_from_a_wrong_one_without_holding_it(
    client: HubClient, code: str, clock: FixedClock
) -> None:
    client.enrol(code, OURS)
    clock.at_ms += CODE_LIVES_MS

    assert refusal(lambda: client.enrol(code[:4] + WRONG[4:], THEIRS)) == (403, "wrong_code")


def test_a_code_for_another_till_is_refused_and_stays_good(client: HubClient, code: str) -> None:
    refused = refusal(lambda: client.enrol(code, OURS, till="FUEN-2"))

    assert refused == (403, enrolment.OTHER_TILL)
    assert client.enrol(code, OURS, till="FUEN-1").till == "FUEN-1"


def test_of_two_machines_with_one_code_at_the_same_time_one_is_the_till(
    client: HubClient, code: str
) -> None:
    def present(public_key: str) -> str:
        try:
            return client.enrol(code, public_key).till
        except HubRefused as error:
            return error.code

    with ThreadPoolExecutor(8) as pool:
        keys = [SigningKey(bytes([number]) * 32).public for number in range(8)]
        answers = list(pool.map(present, keys))

    assert sorted(answers) == ["FUEN-1", *["code_used"] * 7]


def test_a_key_of_somebody_between_cannot_be_put_in_place(
    database: HubDatabase, code: str, clock: FixedClock
) -> None:
    request = request_with(code, OURS).model_copy(update={"public_key": THEIRS})
    hub = hub_identity(database.engine, secrets.token_bytes)

    with (
        pytest.raises(enrolment.EnrolmentRefused, match="wrong_code"),
        database.transaction() as connection,
    ):
        enrolment.enrol(connection, hub, request, clock.at_ms)


def test_another_machine_that_takes_the_number_over_begins_a_higher_epoch(
    database: HubDatabase, client: HubClient, clock: FixedClock
) -> None:
    def enrol(public_key: str) -> int:
        code = issue_code(database.engine, "FUEN", 1, clock.at_ms, secrets.token_bytes)
        epoch = client.enrol(code, public_key).epoch
        assert client.enrol(code, public_key).epoch == epoch
        return epoch

    epochs = [enrol(OURS), enrol(OURS), enrol(THEIRS), enrol(THEIRS), enrol(OURS)]

    assert epochs == [1, 1, 2, 2, 3]


def test_who_answers_without_knowing_the_code_is_no_hub() -> None:
    said = Enrolled(
        till="FUEN-1", hub_id="h", hub_key=THEIRS, ca="", epoch=1, shop={}, hub_time_ms=1,
        proof="0" * 64,
    )  # fmt: skip

    with answering(said.model_dump_json().encode()) as url, pytest.raises(NotTheHub):
        HubClient(url).enrol(WRONG, OURS)


def test_a_code_is_for_a_shop_the_hub_knows_and_a_number_a_till_can_have(
    database: HubDatabase,
) -> None:
    with pytest.raises(NotKnown):
        issue_code(database.engine, "SOL", 1, 0, secrets.token_bytes)
    for number in (0, 1000):
        with pytest.raises(NotPossible):
            issue_code(database.engine, "FUEN", number, 0, secrets.token_bytes)


def test_a_code_for_the_first_till_may_bring_its_shop_along(database: HubDatabase) -> None:
    code = issue_code(database.engine, "HIST", 1, 0, secrets.token_bytes, currency="GBP")
    hub = hub_identity(database.engine, secrets.token_bytes)
    with database.transaction() as connection:
        said = enrolment.enrol(connection, hub, request_with(code, OURS), 0)

    assert (said.shop["code"], said.shop["currency"], said.shop["country"]) == (
        "HIST", "GBP", "GB",
    )  # fmt: skip


def test_codes_whose_names_are_taken_are_drawn_again(database: HubDatabase) -> None:
    drawn = iter([b"\0" * 16, b"\0" * 16, b"\1" * 16])

    codes = [issue_code(database.engine, "FUEN", 1, 0, lambda _: next(drawn)) for _ in range(2)]

    assert codes == ["0" * 16, "1" * 16]


def test_enrolling_again_lets_a_revoked_till_in(database: HubDatabase) -> None:
    enrolled(database)
    enrolment.revoke(database.engine, "FUEN-1", 1)

    enrolled(database, secret=secret_of("repaired"))

    with database.reading() as connection:
        known = enrolment.enrolled_till(connection, "FUEN-1")
    assert known is not None
    assert known.revoked_at_ms == 0


def test_a_till_nobody_knows_cannot_be_revoked(database: HubDatabase) -> None:
    with pytest.raises(NotKnown):
        enrolment.revoke(database.engine, "FUEN-9", 1)


CODES = st.text(CODE_ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH)


@given(code=CODES, spacing=st.sampled_from(["", "-", " "]))
def test_a_code_is_read_however_a_person_types_it(code: str, spacing: str) -> None:
    typed = spacing.join(code[place : place + 4] for place in range(0, CODE_LENGTH, 4))

    assert read_code(typed.lower()) == code
    assert read_code(typed.replace("0", "O").replace("1", "l")) == code


@given(right=CODES, wrong=CODES)
def test_a_proof_holds_for_just_its_code_and_what_was_said(right: str, wrong: str) -> None:
    said = Enrolled(
        till="FUEN-1", hub_id="h", hub_key=OURS, ca="", epoch=1, shop={"code": "FUEN"},
        hub_time_ms=1, proof="0" * 64,
    )  # fmt: skip
    changed = [
        said.model_copy(update=each)
        for each in (
            {"till": "FUEN-2"}, {"hub_id": "i"}, {"hub_key": THEIRS}, {"ca": "x"}, {"epoch": 2},
            {"shop": {"code": "SOL"}},
        )
    ]  # fmt: skip

    def proof(code: str, answer: Enrolled, nonce: str = "0" * 32) -> str:
        return answer_proof(proof_key_of(code), public_key=OURS, nonce=nonce, said=answer)

    ours = proof(right, said)
    assert (proof(wrong, said) == ours) == (wrong == right)
    assert all(proof(right, each) != ours for each in changed)
    assert proof(right, said, "1" * 32) != ours
