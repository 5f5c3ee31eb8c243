"""A till whose program was tampered with: what it says is kept, and breaks nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.journal import Fact, FactKind, chain_hash
from sync.hub.agreement.epochs import EpochTooHigh, highest_epoch
from sync.hub.agreement.held_facts import next_epoch, take_report
from sync.hub.conflicts import desk_items
from sync.hub.counter.claims import ask
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import known_till
from sync.wire.v1.claims import ClaimAnswer, ClaimKind, ClaimRequest
from sync.wire.v1.desk import ItemKind, ItemState
from sync.wire.v1.tills import EpochRequest, TillReport
from tests.sync.facts import T0, TillJournal
from tests.sync.hub.journal_kit import hub_with_till, outcomes, push
from tests.sync.hub.parking_kit import ParkingTill

MOST = 2**63 - 1


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubDatabase]:
    with hub_with_till(tmp_path) as database:
        yield database


def saying(fact: Fact, body_json: str) -> Fact:
    """Return a first fact with another body, rightly hashed."""
    said = replace(fact, body_json=body_json)
    digest = chain_hash(
        till=said.till,
        epoch=said.epoch,
        seq=said.seq,
        op_id=said.op_id,
        kind=said.kind.value,
        occurred_at_ms=said.occurred_at_ms,
        body_json=body_json,
        prev_hash=said.prev_hash,
    )
    return replace(said, hash=digest)


def claimed(hub: HubDatabase, basket_id: str) -> ClaimAnswer:
    request = ClaimRequest(op_id="c-1", kind=ClaimKind.PARKED_TICKET, key=basket_id)
    with hub.transaction() as connection:
        return ask(connection, till="FUEN-2", shop="FUEN", request=request, now_ms=T0)


def test_a_ticket_taken_with_the_highest_fence_there_is_can_be_taken_again(
    hub: HubDatabase,
) -> None:
    rogue, honest = ParkingTill(hub, "FUEN-1"), ParkingTill(hub, "FUEN-2")
    rogue.park("b-1")
    rogue.resume("b-1", fence=MOST)
    rogue.park("b-1")
    rogue.push()

    answer = honest.claim("b-1")
    honest.resume("b-9", source="b-1", fence=answer.fence)

    assert answer.state.value == "granted"
    assert honest.push() == {"applied"}


def test_a_ticket_taken_without_a_claim_after_the_highest_fence_holds_nothing_up(
    hub: HubDatabase,
) -> None:
    rogue, honest = ParkingTill(hub, "FUEN-1"), ParkingTill(hub, "FUEN-2")
    rogue.park("b-1")
    rogue.resume("b-1", fence=MOST)
    rogue.push()

    honest.resume("b-9", source="b-1")

    assert honest.push() == {"applied"}


@pytest.mark.parametrize(
    "content",
    ['{"total":' + "9" * 5_000 + "}", '{"total":1e999}', '{"total":NaN}',
     '{"a":' + "[" * 190 + "]" * 190 + "}"],
    ids=["digits", "beyond any number", "no number", "nested"],
)  # fmt: skip
def test_a_parked_ticket_of_absurd_numbers_holds_nothing_up(
    hub: HubDatabase, content: str
) -> None:
    body = {"basket_id": "b-1", "total": 1, "lines": 1, "staff_id": "ana", "content": "@"}
    first = saying(
        TillJournal().append(FactKind.BASKET_PARKED, {}),
        json.dumps(body).replace('"@"', content),
    )

    answer = push(hub, [first])

    assert (answer.received_through, outcomes(answer)[0][1]) in {(1, "applied"), (1, "parked")}
    claimed(hub, "b-1").model_dump_json()


@pytest.mark.parametrize("epoch", [1_002, 1_000_000])
def test_a_till_far_above_every_epoch_the_hub_knows_uses_none_of_them_up(
    hub: HubDatabase, epoch: int
) -> None:
    journal = TillJournal(epoch=epoch)
    journal.sell()
    report = TillReport(epoch=epoch, queued=0, parked=0)
    above = EpochRequest(op_id="e-1", reason="restored", above=min(epoch, 900_000))

    with pytest.raises(EpochTooHigh):
        push(hub, journal.facts)
    with pytest.raises(EpochTooHigh), hub.transaction() as connection:
        take_report(connection, known_till(connection, "FUEN-1"), report, "agent-a", T0)
    with pytest.raises(EpochTooHigh), hub.transaction() as connection:
        next_epoch(connection, "FUEN-1", above, T0)

    with hub.reading() as connection:
        assert highest_epoch(connection, "FUEN-1") == 1


def test_a_hub_that_knows_nothing_yet_takes_a_till_from_where_it_is(hub: HubDatabase) -> None:
    journal = TillJournal(epoch=900)
    journal.sell()

    assert push(hub, journal.facts).received_through == 1


def test_a_fact_sent_without_its_text_again_is_still_said_to_lack_it(hub: HubDatabase) -> None:
    journal = TillJournal()
    journal.sell()
    without = replace(journal.facts[0], body_json=None)  # type: ignore[arg-type]

    first, again = push(hub, [without]), push(hub, [without])
    complete = push(hub, journal.facts)
    without_once_more = push(hub, [without])

    assert outcomes(first) == [(1, "parked", "withheld")]
    assert outcomes(again) == [(1, "duplicate", "withheld")]
    assert outcomes(complete) == [(1, "applied", "")]
    assert outcomes(without_once_more) == [(1, "duplicate", "")]


def test_a_contradiction_whose_text_is_no_text_is_found_all_the_same(hub: HubDatabase) -> None:
    honest, hostile = TillJournal(), TillJournal()
    honest.sell()
    fact = hostile.append(FactKind.SALE_COMPLETED, {"number": "x"}, op_id="op-b")
    said = saying(fact, '{"number":"\\ud800","staff_id":"\\ud800","total":5}')
    push(hub, honest.facts)

    answer = push(hub, [said], speaker="agent-b")

    assert outcomes(answer) == [(1, "conflict", "same_number")]
    with hub.reading() as connection:
        (item,) = desk_items.items(connection, ["FUEN"], ItemState.OPEN)
    assert item.kind is ItemKind.TILL_CLONED
