"""Customers come in beside their facts, are united, and told to the shops that know them."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from pos.domain.customer import without_note
from pos.domain.customer_merging import dated
from sync.hub.admin import add_shop
from sync.hub.conflicts.watch import watch_once
from sync.hub.database import HubDatabase
from tests.customer_builders import a_customer
from tests.sync.facts import T0
from tests.sync.hub.customers.kit import CustomerTill, at_hub, kept

DAY_MS = 24 * 3_600_000


@pytest.fixture
def fuen(database: HubDatabase) -> CustomerTill:
    return CustomerTill(database)


@pytest.fixture
def goya(database: HubDatabase) -> CustomerTill:
    add_shop(database.engine, "GOYA", name="Goya", currency="EUR", country="ES", now_ms=T0)
    return CustomerTill(database, "GOYA-1")


def test_a_customer_made_at_a_till_is_found_at_every_other(
    database: HubDatabase, fuen: CustomerTill, goya: CustomerTill
) -> None:
    assert fuen.says(a_customer()) == ("applied", "")

    assert goya.find("600 000 101") == ["Carmen Ortega Ruiz"]
    assert goya.find("carmen@cliente.example") == ["Carmen Ortega Ruiz"]
    assert goya.find("nogal-000101") == ["Carmen Ortega Ruiz"]
    assert goya.find("ortega car") == ["Carmen Ortega Ruiz"]
    assert goya.find("hortega") == ["Carmen Ortega Ruiz"]
    assert fuen.told() == {"carmen": "Carmen Ortega Ruiz"}
    assert goya.told() == {}
    record = at_hub(database, "carmen")
    assert record == a_customer(version=1)


def test_the_same_push_again_changes_nothing(database: HubDatabase, fuen: CustomerTill) -> None:
    fuen.says(a_customer())
    cursor = fuen.pull().cursor

    assert fuen.push(again=True) == [("duplicate", "")]

    assert fuen.pull().cursor == cursor
    assert at_hub(database, "carmen") == a_customer(version=1)


def test_what_two_shops_changed_offline_is_both_in_the_record(
    database: HubDatabase, fuen: CustomerTill, goya: CustomerTill
) -> None:
    before = dated(None, a_customer(), T0)
    fuen.says(before)
    cursor = fuen.pull().cursor
    phone = dated(before, replace(before, phones=("+34600000999",)), T0 + 5_000)
    name = dated(before, replace(before, name="Carmen Ortega"), T0 + 4_000)

    assert fuen.says(phone) == ("applied", "")
    assert goya.says(name) == ("applied", "")

    record = at_hub(database, "carmen")
    assert record is not None
    assert (record.name, record.phones) == ("Carmen Ortega", ("+34600000999",))
    assert goya.find("600000101") == []
    assert goya.find("600000999") == ["Carmen Ortega"]
    assert goya.find("ruiz") == []
    assert fuen.told(cursor) == {"carmen": "Carmen Ortega"}


def test_what_many_tills_change_at_once_is_all_in_the_record(database: HubDatabase) -> None:
    before = dated(None, a_customer(), T0)
    kept(database, before, shop="FUEN")
    changes: list[dict[str, Any]] = [
        {"name": "Carmen O."}, {"phones": ()}, {"emails": ()}, {"birthday": "12-24"},
        {"language": "ca"}, {"tier": "gold"}, {"member_card": "NOGAL-9"}, {"tax_number": "X"},
    ]  # fmt: skip

    def change(place: int) -> None:
        after = dated(before, replace(before, **changes[place]), T0 + place)
        kept(database, after, shop=("FUEN", "GOYA")[place % 2])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(change, range(len(changes))))

    record = at_hub(database, "carmen")
    assert record is not None
    assert record.version == 1 + len(changes)
    for fields in changes:
        assert {name: getattr(record, name) for name in fields} == fields


@pytest.mark.parametrize(
    "beside",
    [
        "{",
        "[]",
        '{"salt": "00", "content": {}}',
        "[" * 9_000,
        json.dumps({"salt": "0" * 32}),
        '{"salt": "' + "0" * 32 + '", "content": {"name": "\\ud800"}}',
    ],
)
def test_a_content_that_cannot_be_read_holds_nothing_up(
    database: HubDatabase, fuen: CustomerTill, beside: str
) -> None:
    fuen.note(a_customer(), beside=beside)
    fuen.note(a_customer("jaume", name="Jaume Ribas"))
    assert fuen.push() == [("applied_with_exception", "customer_unreadable"), ("applied", "")]
    assert at_hub(database, "carmen") is None
    assert at_hub(database, "jaume") is not None
    assert watch_once(database, T0) == 1


def test_a_content_other_than_the_fact_s_is_not_taken(
    database: HubDatabase, fuen: CustomerTill
) -> None:
    fuen.says(a_customer())
    other = fuen.beside[fuen.journal.facts[0].op_id].replace("Carmen", "Carmela")
    assert fuen.says(a_customer(name="Carmen"), beside=other)[1] == "customer_unreadable"
    assert at_hub(database, "carmen") == a_customer(version=1)


def test_a_fact_without_its_content_is_stored_without_effect(
    database: HubDatabase, fuen: CustomerTill
) -> None:
    assert fuen.says(a_customer(), beside="") == ("applied", "")
    assert at_hub(database, "carmen") is None


def test_no_till_can_erase_or_merge_by_saving(database: HubDatabase, fuen: CustomerTill) -> None:
    kept(database, a_customer())
    gone = replace(a_customer("carmen", name="x"), name="", phones=(), emails=(), is_erased=True)
    fuen.says(gone)
    assert at_hub(database, "carmen") == a_customer(version=1)


def test_a_shop_keeps_whom_it_saw_in_ninety_days(
    database: HubDatabase, fuen: CustomerTill, goya: CustomerTill
) -> None:
    kept(database, a_customer(), a_customer("old", name="Old Friend"), shop="GOYA")
    goya.now_ms += 91 * DAY_MS
    goya.sells("carmen")
    cursor = goya.pull().cursor

    assert goya.told() == {"carmen": "Carmen Ortega Ruiz"}
    assert fuen.told() == {}
    fuen.says(dated(None, a_customer("old", name="Old Friend Too"), T0))
    assert goya.told(cursor) == {"old": "-"}


def test_a_sale_to_somebody_unknown_counts_and_is_theirs_once_they_are_known(
    database: HubDatabase, fuen: CustomerTill
) -> None:
    sale_id = fuen.sells("carmen")
    assert fuen.told() == {}

    fuen.says(a_customer())

    assert [one.reference for one in fuen.glance("carmen").purchases] == [sale_id]
    assert fuen.told() == {"carmen": "Carmen Ortega Ruiz"}


def test_a_long_feed_comes_in_pages(database: HubDatabase, fuen: CustomerTill) -> None:
    people = [a_customer(f"c{n}", name=f"Name {n}", phones=(), emails=()) for n in range(7)]
    kept(database, *people, shop="FUEN")
    cursor, told, more = 0, [], True
    while more:
        page = fuen.pull(cursor or 0, 3)
        told += [item.customer_id for item in page.items]
        cursor, more = page.cursor, page.more
    assert told == [f"c{n}" for n in range(7)]


def test_a_note_dropped_at_a_till_is_gone_at_the_hub_and_stays_so(
    database: HubDatabase, fuen: CustomerTill, goya: CustomerTill
) -> None:
    before = a_customer()
    fuen.says(before)

    goya.says(without_note(before, before.notes[0]))
    fuen.says(dated(before, replace(before, name="Carmen O."), T0))

    record = at_hub(database, "carmen")
    assert record is not None
    assert (record.name, record.notes) == ("Carmen O.", ())
