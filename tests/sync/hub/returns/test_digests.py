"""What came back is compared day by day, and sent again when the two sides differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sync.hub.agreement import digests, tills
from sync.hub.agreement.digests import compare
from sync.hub.conflicts import desk_items
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import known_till, receive
from sync.hub.tables import stock_movement
from sync.hub.tables_returns import return_document, return_part, return_refund
from sync.wire.v1.desk import ItemState, RowKind
from sync.wire.v1.push import PushRequest
from sync.wire.v1.tills import Comparison, DayTotals, DigestAnswer, TillDigest
from tests.sync.facts import DAY, T0, push_of
from tests.sync.hub.journal_kit import CONNECTOR
from tests.sync.hub.returns.kit import ReturnTill, ledger_at


@pytest.fixture
def till(database: HubDatabase) -> ReturnTill:
    """Return a till that sold for 30.00 and took 10.00 of it back in cash."""
    made = ReturnTill(database, "FUEN-1")
    sold = made.sell(30_00, pieces=3)
    made.take_back(ledger_at(database, sold))
    return made


@pytest.fixture
def day() -> DayTotals:
    return DayTotals(
        day=DAY,
        sales=1,
        total_minor=30_00,
        by_tender={"cash": 30_00},
        returns=1,
        returns_minor=10_00,
        by_refund={"cash": 10_00},
    )


def ask(till: ReturnTill, day: DayTotals) -> DigestAnswer:
    last = till.journal.facts[-1]
    said = TillDigest(epoch=last.epoch, through=last.seq, head=last.hash, days=(day,))
    with till.database.transaction() as connection:
        return compare(connection, known_till(connection, till.till), said, T0)


def lose_returns(database: HubDatabase) -> None:
    """Let the hub lose what a return did, as a hand in its tables would."""
    with database.transaction() as connection:
        for table in (return_document, return_part, return_refund, stock_movement):
            connection.execute(table.delete())


def test_a_day_with_returns_agrees(till: ReturnTill, day: DayTotals) -> None:
    assert ask(till, day).comparison is Comparison.AGREES


@pytest.mark.parametrize(
    "changed",
    [{"returns": 2}, {"returns_minor": 9_00}, {"by_refund": {"card": 10_00}}, {"by_refund": {}}],
)
def test_a_day_on_which_the_returns_differ_is_told_with_both_sides(
    till: ReturnTill, day: DayTotals, changed: dict[str, object]
) -> None:
    answer = ask(till, day.model_copy(update=changed))

    assert answer.comparison is Comparison.DIFFERS
    with till.database.reading() as connection:
        (item,) = desk_items.items(connection, ["FUEN"], ItemState.OPEN)
    hub = [(row.kind, row.text, row.number) for row in item.sides[1].rows]
    assert (RowKind.TOTAL, "returns", -10_00) in hub
    assert (RowKind.TENDER, "cash", -10_00) in hub


def test_a_till_from_before_returns_that_made_none_agrees(database: HubDatabase) -> None:
    till = ReturnTill(database, "FUEN-1")
    till.sell(30_00)

    old = DayTotals(day=DAY, sales=1, total_minor=30_00, by_tender={"cash": 30_00})

    assert ask(till, old).comparison is Comparison.AGREES


def test_a_return_the_hub_lost_is_applied_once_more_when_the_day_is_sent_again(
    till: ReturnTill, day: DayTotals
) -> None:
    lose_returns(till.database)
    before = ask(till, day).comparison
    with till.database.transaction() as connection:
        digests.send_again(connection, till.till, 1, DAY)
        asked = digests.asked_again(connection, till.till, 1)
    again = till.journal.facts[asked[1] - 1 :]
    request = PushRequest.model_validate({**push_of(again), "is_repair": True})
    receive(till.database, CONNECTOR, till.till, request, now_ms=T0)

    assert before is Comparison.DIFFERS
    assert asked == (1, 2)
    assert ask(till, day).comparison is Comparison.AGREES


def test_a_day_is_asked_for_again_from_its_first_return_when_nothing_was_sold(
    till: ReturnTill, database: HubDatabase
) -> None:
    other = ReturnTill(database, "FUEN-2")
    sold = till.sell()
    other.take_back(ledger_at(database, sold))

    with database.transaction() as connection:
        digests.send_again(connection, other.till, 1, DAY)
        asked = digests.asked_again(connection, other.till, 1)

    assert asked == (1, 2)


def test_what_the_hub_holds_of_a_till_counts_its_returns(till: ReturnTill) -> None:
    with till.database.reading() as connection:
        whole = tills.digest(connection, till.till, tills.ALL_DAYS)
        other_day = tills.digest(connection, till.till, "2020-01-01")

    assert (whole.returns, whole.returns_minor, whole.by_refund) == (1, 10_00, {"cash": 10_00})
    assert (other_day.returns, other_day.by_refund) == (0, {})


def test_a_return_before_its_shift_opened_goes_to_the_day_of_the_shift(
    till: ReturnTill, database: HubDatabase, day: DayTotals
) -> None:
    ledger = ledger_at(database, till.sell())
    later = ReturnTill(database, "FUEN-3", epoch=2)
    later.session = "shift-of-before"
    later.take_back(replace(ledger, returns=()))
    first = ReturnTill(database, "FUEN-3", epoch=1)
    first.journal.facts.clear()
    first.journal.open_session("shift-of-before")
    first.push()

    with database.reading() as connection:
        held = tills.digest(connection, "FUEN-3", DAY)

    assert held.returns == 1
