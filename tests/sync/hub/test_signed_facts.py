"""A fact counts as the till's when the till signed it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from pos.signatures import Purpose, SigningKey
from sync.hub import tables
from sync.hub.database import HubDatabase
from sync.hub.intake.genuine import BadSignature
from sync.hub.intake.ingest import receive
from sync.wire.v1.push import PushRequest
from tests.sync.enrolling import enrolled, secret_of
from tests.sync.facts import T0, TillJournal, push_of
from tests.sync.hub.journal_kit import CONNECTOR, TILL, count, hub_with_till, outcomes, push


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubDatabase]:
    with hub_with_till(tmp_path) as database:
        yield database


def test_signatures_are_kept_with_the_facts_and_with_what_contradicts_them(
    hub: HubDatabase,
) -> None:
    ours, copy = TillJournal(), TillJournal()
    ours.sell([("A", 100)])
    copy.sell([("B", 900)])

    push(hub, ours.facts)
    push(hub, copy.facts)

    key = SigningKey(bytes.fromhex(secret_of(TILL)))
    with hub.reading() as connection:
        kept = connection.scalar(select(tables.inbox.c.signature))
        beside = connection.scalar(select(tables.conflict.c.signature))
    assert kept == key.sign(Purpose.FACT, ours.facts[0].hash.encode())
    assert beside == key.sign(Purpose.FACT, copy.facts[0].hash.encode())


@pytest.mark.parametrize("signature", ["", "0" * 128, "of another fact", "of another till"])
def test_a_fact_the_till_did_not_sign_stores_nothing_of_the_push(
    hub: HubDatabase, signature: str
) -> None:
    journal = TillJournal()
    for _ in range(3):
        journal.sell()
    push(hub, journal.facts[:1])
    key = SigningKey(bytes.fromhex(secret_of(TILL)))
    said = push_of(journal.facts[1:])
    for op in said["ops"]:
        op["signature"] = key.sign(Purpose.FACT, op["hash"].encode())
    wrong = {
        "of another fact": said["ops"][0]["signature"],
        "of another till": SigningKey(bytes.fromhex(secret_of("FUEN-2"))).sign(
            Purpose.FACT, said["ops"][1]["hash"].encode()
        ),
    }
    said["ops"][1]["signature"] = wrong.get(signature, signature)

    with pytest.raises(BadSignature):
        receive(hub, CONNECTOR, TILL, PushRequest.model_validate(said), now_ms=T0)

    assert count(hub, "inbox") == 1


def test_facts_from_before_enrolment_are_taken_until_one_is_signed(hub: HubDatabase) -> None:
    journal = TillJournal()
    for _ in range(4):
        journal.sell()

    before = push(hub, journal.facts[:2], sign=False)
    since = push(hub, journal.facts[2:3])

    assert [how for _, how, _ in outcomes(before) + outcomes(since)] == ["applied"] * 3
    with pytest.raises(BadSignature):
        push(hub, journal.facts[3:], sign=False)


def test_sending_a_known_fact_without_its_signature_opens_no_way_for_the_next(
    hub: HubDatabase,
) -> None:
    journal = TillJournal()
    journal.sell()
    push(hub, journal.facts)
    journal.sell()

    with pytest.raises(BadSignature):
        push(hub, journal.facts, sign=False)


def test_a_till_on_another_machine_may_bring_what_its_old_key_signed(hub: HubDatabase) -> None:
    journal = TillJournal()
    journal.sell()
    enrolled(hub, TILL, secret="11" * 32)

    answer = push(hub, journal.facts)

    assert outcomes(answer) == [(1, "applied", "")]
