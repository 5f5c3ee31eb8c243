"""The watch: what nobody at a till would notice is on the desk a minute after it came."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from pos.domain.journal import Fact, FactKind, Json
from sync.connectors.builtin import BuiltinConnector
from sync.credentials import Credentials
from sync.hub.agreement import desk_of_tills
from sync.hub.conflicts import desk, desk_items
from sync.hub.conflicts.desk import DeskAct, item_id_of
from sync.hub.conflicts.watch import AT_A_TIME, CARD_WAITS_MS, watch_once
from sync.hub.conflicts.watch_findings import is_outside_band
from sync.hub.database import HubDatabase
from sync.hub.intake import retrying
from sync.hub.tables import product, till_mark
from sync.wire.v1.desk import DeskItem, ItemKind, ItemState, Resolution
from tests.sync.facts import T0, TillJournal, sale
from tests.sync.hub.journal_kit import push

CENTRAL = {"A": 10_00, "B": 2_50}


@pytest.fixture
def hub(database: HubDatabase, credentials: Credentials) -> HubDatabase:
    """Return a hub that knows a till and the prices of two products."""
    with database.transaction() as connection:
        for change, (sku, price) in enumerate(CENTRAL.items(), start=1):
            connection.execute(
                product.insert().values(
                    sku=sku, gtin=None, name=f"Producto {sku}", brand="", department="",
                    price=price, tax_basis_points=2100, tax_name="", unit="ea", picture="",
                    has_open_price=False, has_demonstration_price=False, popularity=0,
                    price_change=change,
                )
            )  # fmt: skip
    return database


def on_desk(hub: HubDatabase) -> list[DeskItem]:
    with hub.reading() as connection:
        return list(desk_items.items(connection, ["FUEN"], ItemState.OPEN))


def found(hub: HubDatabase, *facts: Fact, at_ms: int = T0 + 60_000) -> list[tuple[str, int]]:
    """Take facts in, watch, and return what is on the desk with its money."""
    if facts:
        push(hub, facts)
    watch_once(hub, at_ms)
    return [(item.kind.value, item.money) for item in on_desk(hub)]


def with_line(journal: TillJournal, price: int, **line: Any) -> Fact:
    body = sale(journal, [("A", price)])
    body["lines"][0] |= line
    return journal.append(FactKind.SALE_COMPLETED, body)


def test_ordinary_sales_are_no_matter_for_the_desk(hub: HubDatabase) -> None:
    journal = TillJournal()
    journal.open_session()
    for _ in range(3):
        journal.sell([("A", 10_00), ("B", 2_50)])

    assert found(hub, *journal.facts) == []


@pytest.mark.parametrize(
    ("price", "line", "items"),
    [
        (3_00, {}, []),
        (2_99, {}, [("price_out_of_band", 7_01)]),
        (17_00, {}, []),
        (17_01, {}, [("price_out_of_band", 7_01)]),
        (1_00, {"override_reason": "Tara", "approved_by": "marta"}, []),
        (1_00, {"sku": "B"}, []),
    ],
)
def test_a_price_far_from_the_central_one_that_nobody_allowed_is_found(
    hub: HubDatabase, price: int, line: dict[str, str], items: list[tuple[str, int]]
) -> None:
    assert found(hub, with_line(TillJournal(), price, **line)) == items


def test_the_band_is_seventy_percent_up_and_down() -> None:
    assert [is_outside_band(price, 100) for price in (29, 30, 170, 171)] == [
        True, False, False, True,
    ]  # fmt: skip


def test_a_wrong_label_is_one_matter_however_many_are_sold(hub: HubDatabase) -> None:
    journal = TillJournal()
    for _ in range(5):
        journal.sell([("A", 1_00), ("A", 1_00)])

    assert found(hub, *journal.facts) == [("price_out_of_band", 9_00)]


def test_a_product_that_is_not_in_the_catalogue_is_found_once_per_shop(hub: HubDatabase) -> None:
    journal = TillJournal()
    journal.sell([("X", 5_00)])
    journal.sell([("X", 5_00)])

    assert found(hub, *journal.facts) == [("unknown_product", 5_00)]


def test_a_hub_without_a_catalogue_knows_no_unknown_product(
    database: HubDatabase, credentials: Credentials
) -> None:
    journal = TillJournal()
    journal.sell([("X", 5_00)])

    assert found(database, *journal.facts) == []


def test_a_ticket_that_does_not_add_up_is_found_with_what_it_is_apart(hub: HubDatabase) -> None:
    journal = TillJournal()
    journal.sell([("A", 10_00)], total=12_00)

    assert found(hub, *journal.facts) == [("totals_differ", 2_00)]


def test_facts_that_cannot_be_read_are_found(hub: HubDatabase) -> None:
    journal = TillJournal()
    journal.append(FactKind.SALE_COMPLETED, {"nonsense": True})

    assert found(hub, *journal.facts) == [("fact_unreadable", 0)]


def test_what_was_tried_once_more_in_vain_is_open_again(hub: HubDatabase) -> None:
    fact = TillJournal().append(FactKind.SALE_COMPLETED, {"nonsense": True})
    found(hub, fact)
    act = DeskAct(
        "act", item_id_of(ItemKind.FACT_UNREADABLE, "FUEN-1:1:1"), "marta", "FUEN", "hub", T0,
        resolution=Resolution.APPLY_AGAIN,
    )  # fmt: skip
    desk_of_tills.register(BuiltinConnector())
    with hub.transaction() as connection:
        desk.resolve(connection, act)
    waiting = found(hub)

    retrying.retry_waiting(hub, BuiltinConnector(), T0)

    assert waiting == []
    assert found(hub) == [("fact_unreadable", 0)]


def card(journal: TillJournal, state: str | None = None) -> Fact:
    attempt: dict[str, Json] = {"attempt_id": "attempt-7741"}
    if state is None:
        body = {**attempt, "basket_id": "b", "amount": 52_00, "currency": "EUR"}
        return journal.append(FactKind.CARD_REQUESTED, body)
    body = {**attempt, "state": state, "authorisation": "", "verified": True}
    return journal.append(FactKind.CARD_RESOLVED, body)


def test_a_card_payment_without_an_end_is_found_after_five_minutes_and_leaves_with_it(
    hub: HubDatabase,
) -> None:
    journal = TillJournal()
    asked = card(journal)
    at = asked.occurred_at_ms + CARD_WAITS_MS

    early = found(hub, asked, at_ms=at - 1)
    late = found(hub, at_ms=at)
    unknown = found(hub, card(journal, "unknown"), at_ms=at + 1)
    ended = found(hub, card(journal, "approved"), at_ms=at + 2)

    assert early == []
    assert late == unknown == [("card_outcome_unknown", 52_00)]
    assert ended == []


def test_the_watch_sees_every_fact_once_in_stretches(hub: HubDatabase) -> None:
    journal = TillJournal()
    for number in range(AT_A_TIME + 20):
        journal.sell([(f"X{number % 3}", 5_00)])
    for at in range(0, len(journal.facts), 200):
        push(hub, journal.facts[at : at + 200])

    opened = [watch_once(hub, T0), watch_once(hub, T0)]

    with hub.reading() as connection:
        mark = connection.execute(select(till_mark)).one()
    assert opened == [3, 0]
    assert mark.watched_through == mark.received_through == AT_A_TIME + 20


def test_a_watch_that_dies_before_its_commit_has_neither_item_nor_moved_cursor(
    hub: HubDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(hub, [TillJournal().sell([("X", 5_00)])])

    def dies(*_: object) -> bool:
        raise OSError("power cut")

    monkeypatch.setattr(desk, "open_item", dies)
    with pytest.raises(OSError, match="power cut"):
        watch_once(hub, T0)
    monkeypatch.undo()

    assert found(hub) == [("unknown_product", 5_00)]
