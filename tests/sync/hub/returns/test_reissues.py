"""What a refund that failed owes, paid again by a till, as the hub knows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from pos.domain.journal import FactKind
from pos.domain.refund import RefundState
from pos.domain.reissue import Reissue, owed_of, reissue_body
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund, Return
from sync.hub.agreement.digests import day_totals
from sync.hub.agreement.tills import ALL_DAYS, digest
from sync.hub.database import HubDatabase
from sync.hub.returns import refund_book
from sync.hub.returns.finding import find_purchases
from sync.hub.tables_returns import return_refund, return_reissue
from sync.wire.v1.claims import ClaimState
from sync.wire.v1.desk import ItemKind
from tests.builders import new_id
from tests.sync.facts import T0
from tests.sync.hub.parking_kit import desk_items
from tests.sync.hub.returns.kit import ReturnTill, euros, ledger_at, outcomes, told, watch


@pytest.fixture
def till(database: HubDatabase) -> ReturnTill:
    return ReturnTill(database)


def refused(till: ReturnTill) -> tuple[str, Return]:
    """Return a sale paid by card, of which a mug came back whose refund the terminal refused."""
    sold = till.sell(10_00, tenders=[card_tender(10_00)])
    refund = Refund(
        new_id(), sold, Means.CARD, euros(10_00), "attempt", state=RefundState.REQUESTED
    )
    document = till.take_back(ledger_at(till.database, sold), refunds=(refund,))
    till.resolve(document, RefundState.FAILED)
    return sold, document


def card_tender(minor: int) -> dict[str, Any]:
    return {
        "kind": "card", "amount": minor, "tendered": minor, "reference": "attempt",
        "authorisation": "A1", "verified": True,
    }  # fmt: skip


def pay_again(
    till: ReturnTill, sold: str, document: Return, *, push: bool = True, **changes: Any
) -> Reissue:
    failed = document.refunds[0]
    fields: dict[str, Any] = {"means": Means.CASH, "amount": failed.amount, **changes}
    refund = Refund(
        new_id(), sold, origin=(Means.CARD, "attempt"), replaces=failed.refund_id, **fields
    )
    reissue = Reissue(
        document.return_id, str(document.number), failed.refund_id, refund, "", "ana",
        till.session, T0 + 120_000,
    )  # fmt: skip
    till.journal.append(FactKind.REFUND_ISSUED, reissue_body(reissue))
    if push:
        till.push()
    return reissue


def rows(database: HubDatabase) -> int:
    with database.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(return_reissue)) or 0)


def test_what_was_paid_again_is_owed_no_more_and_counts_on_its_own(
    database: HubDatabase, till: ReturnTill
) -> None:
    sold, document = refused(till)
    assert [one.amount for one in owed_of(ledger_at(database, sold))] == [euros(10_00)]

    reissue = pay_again(till, sold, document)
    answer = till.push(again=True)

    assert {outcome for outcome, _ in outcomes(answer)} == {"duplicate"}
    assert rows(database) == 1
    ledger = ledger_at(database, sold)
    assert owed_of(ledger) == ()
    assert ledger.returns[0].paid_out[-1] == reissue.refund.as_paid_out
    assert not ledger.tenders_overpaid
    assert watch(database) == 0
    with database.reading() as connection:
        whole = digest(connection, till.till, ALL_DAYS)
    assert (whole.by_refund, whole.by_reissue) == ({"card": 10_00}, {"cash": 10_00})


def test_two_tills_that_pay_it_while_apart_are_on_the_desk(
    database: HubDatabase, till: ReturnTill
) -> None:
    other = ReturnTill(database, "FUEN-2")
    sold, document = refused(till)
    pay_again(till, sold, document, push=False)
    pay_again(other, sold, document, means=Means.STORE_CREDIT)
    assert watch(database) == 0

    till.push()

    assert watch(database) == 1
    (item,) = desk_items(database)
    assert item.kind is ItemKind.REFUND_ABOVE_PAID
    assert item.money == 10_00


def test_it_waits_for_the_return_it_is_of(database: HubDatabase, till: ReturnTill) -> None:
    sold, document = refused(till)
    unknown = Refund(new_id(), sold, Means.CARD, euros(10_00), "attempt")
    never_told = replace(document, return_id=new_id(), refunds=(unknown,))
    answer_of = pay_again(till, sold, never_told, push=False)
    answer = till.push()

    assert answer_of.replaces == unknown.refund_id
    assert "parked" in {outcome for outcome, _ in outcomes(answer)}
    assert rows(database) == 0


def test_a_claim_shows_what_another_till_paid_again(
    database: HubDatabase, till: ReturnTill
) -> None:
    sold, document = refused(till)
    claimed = till.claim(sold)
    assert claimed.state is ClaimState.GRANTED
    pay_again(till, sold, document)

    answer = ReturnTill(database, "FUEN-2").claim(sold)

    assert answer.state is ClaimState.GRANTED
    assert owed_of(told(answer)) == ()


def test_the_number_of_a_return_finds_what_it_is_of(
    database: HubDatabase, till: ReturnTill
) -> None:
    sold, document = refused(till)

    with database.reading() as connection:
        found = find_purchases(
            connection, str(document.number).lower(), asking_shop="FUEN", shop="", now_ms=T0
        )

    assert [one.content["purchase"]["reference"] for one in found.purchases] == [sold]  # type: ignore[index,call-overload]


def test_a_refund_that_was_paid_another_way_is_not_asked_of_the_provider_again(
    database: HubDatabase, till: ReturnTill
) -> None:
    sold, document = refused(till)
    failed = document.refunds[0].refund_id
    with database.transaction() as connection:  # as if it were one of the web
        connection.execute(
            return_refund.update()
            .where(return_refund.c.refund_id == failed)
            .values(means=Means.WEB.value, tries=1)
        )
    pay_again(till, sold, document)

    with database.transaction() as connection:
        refund_book.ask_again(connection, document.return_id, failed, T0)

    with database.reading() as connection:
        state = connection.scalar(
            select(return_refund.c.state).where(return_refund.c.refund_id == failed)
        )
    assert state == RefundState.FAILED.value


def test_the_answer_of_a_card_that_was_asked_again_is_that_of_the_till_that_asked(
    database: HubDatabase, till: ReturnTill
) -> None:
    other = ReturnTill(database, "FUEN-2")
    sold, document = refused(till)
    reissue = pay_again(
        other, sold, document, means=Means.CARD, reference="attempt", state=RefundState.REQUESTED
    )
    body = {
        "return_id": document.return_id, "refund_id": reissue.refund.refund_id,
        "state": "failed", "reference": "", "detail": "",
    }  # fmt: skip
    other.journal.append(FactKind.REFUND_RESOLVED, body)
    other.push()

    (owed,) = owed_of(ledger_at(database, sold))
    assert owed.failed.refund_id == reissue.refund.refund_id


def test_a_day_at_the_hub_is_the_day_of_the_shift_that_paid(
    database: HubDatabase, till: ReturnTill
) -> None:
    sold, document = refused(till)
    pay_again(till, sold, document)
    last = till.journal.facts[-1].seq

    with database.reading() as connection:
        day = connection.scalar(select(return_reissue.c.business_day))
        totals = day_totals(connection, till.till, 1, last, str(day))
        before = day_totals(connection, till.till, 1, last - 1, str(day))

    assert totals.by_reissue == {"cash": 10_00}
    assert before.by_reissue == {}
