"""Two records of one person, and a person who asks to be forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from pos.domain.collection import Collector, Order
from pos.domain.customer_merging import dated
from pos.domain.journal import Body, FactKind
from sync.hub.carts import cart as carts
from sync.hub.carts.cart import Cart, CartLine
from sync.hub.conflicts.watch import watch_once
from sync.hub.customers import erasing, merging
from sync.hub.customers.erasing import HasOpenOrders
from sync.hub.customers.exporting import export
from sync.hub.customers.records import NoSuchCustomer
from sync.hub.database import HubDatabase
from sync.hub.schema import SCHEMA
from sync.hub.storefront import customers as store
from tests.customer_builders import a_customer
from tests.sync.facts import T0
from tests.sync.hub.customers.kit import CustomerTill, at_hub, kept
from tests.sync.hub.orders.kit import handed_over, line, now_of, place, ready, stocked
from tests.sync.hub.value.value_kit import CardTill, code_of

CARMEN = a_customer("k-1")
OTHER = a_customer(
    "k-2", name="Carme Ortega", phones=("+34600000102",), emails=("c@cliente.example",),
    member_card="", notes=(), consents=(), preferences=(), birthday="",
)  # fmt: skip
PERSONAL = ("Carmen", "Ortega", "600000101", "600 000 101", "carmen@cliente", "NOGAL-000101",
            "bolsa de papel", "Pablo Ortega")  # fmt: skip


@pytest.fixture
def shop(database: HubDatabase, tmp_path: Path) -> CustomerTill:
    """Return a till of a hub of two shops that have goods and know two records of Carmen."""
    stocked(database, tmp_path, "GOYA")
    kept(database, dated(None, CARMEN, T0), dated(None, OTHER, T0), shop="FUEN")
    return CustomerTill(database)


def merge(database: HubDatabase, one: str, other: str) -> None:
    with database.transaction() as connection:
        merging.merge(connection, one, other, T0 + 1)


def erase(database: HubDatabase, customer_id: str) -> erasing.Erasure:
    with database.transaction() as connection:
        return erasing.erase(connection, customer_id, T0 + 1)


def where(database: HubDatabase, *texts: str) -> dict[str, set[str]]:
    """Return in which columns of which tables any of some texts is, whatever case it is in."""
    found: dict[str, set[str]] = {}
    with database.reading() as connection:
        for table in SCHEMA.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for name, value in row.items():
                    if any(text.casefold() in str(value).casefold() for text in texts):
                        found.setdefault(table.name, set()).add(str(name))
    return found


def order_of_carmen(database: HubDatabase, email: str = "") -> Order:
    customer = {"id": "", "name": "Carmen O.", "phone": "600 000 101", "email": email}
    return place(
        database, customer=customer, lines=[line()],
        collectors=[{"name": "Pablo Ortega", "relation": "hijo"}],
    )  # fmt: skip


def test_two_records_of_one_person_become_one_at_every_till(
    database: HubDatabase, shop: CustomerTill
) -> None:
    sale = shop.sells("k-2")
    goya = CustomerTill(database, "GOYA-1")
    cursors = shop.pull().cursor, goya.pull().cursor

    assert shop.merges("k-1", "k-2") == ("applied", "")

    record = at_hub(database, "k-1")
    assert record is not None
    assert record.phones == ("+34600000101", "+34600000102")
    assert shop.told(cursors[0]) == {"k-1": "Carmen Ortega Ruiz", "k-2": "-> k-1"}
    assert goya.told(cursors[1])["k-2"] == "-> k-1"
    assert shop.find("600000102") == ["Carmen Ortega Ruiz"]
    assert shop.find("carme ortega") == ["Carmen Ortega Ruiz"]
    for customer_id in ("k-1", "k-2"):
        assert shop.glance(customer_id).content["customer_id"] == "k-1"
        assert [one.reference for one in shop.glance(customer_id).purchases] == [sale]
    assert shop.merges("k-1", "k-2") == ("applied", "")
    assert at_hub(database, "k-1") == record


def test_what_a_till_that_had_not_heard_says_of_the_record_that_is_gone_is_kept(
    database: HubDatabase, shop: CustomerTill
) -> None:
    merge(database, "k-1", "k-2")
    late = dated(OTHER, replace(OTHER, emails=("c@cliente.example", "new@cliente.example")), T0)

    assert shop.says(late) == ("applied", "")
    sale = shop.sells("k-2")

    record = at_hub(database, "k-1")
    assert record is not None
    assert "new@cliente.example" in record.emails
    assert sale in [one.reference for one in shop.glance("k-1").purchases]


def test_a_record_merged_twice_leads_to_the_last(
    database: HubDatabase, shop: CustomerTill
) -> None:
    kept(database, a_customer("k-3", name="C. Ortega", phones=(), emails=(), member_card=""))
    merge(database, "k-1", "k-2")
    merge(database, "k-3", "k-1")
    merge(database, "k-3", "k-2")

    assert shop.glance("k-2").content["customer_id"] == "k-3"
    gone = at_hub(database, "k-2")
    assert gone is not None
    assert gone.merged_into == "k-3"
    with pytest.raises(NoSuchCustomer):
        merge(database, "k-3", "nobody")


def test_two_customers_with_one_phone_are_both_found_and_offered_as_one(
    database: HubDatabase, shop: CustomerTill
) -> None:
    son = a_customer("son", name="Pau Ortega", emails=(), member_card="")
    assert shop.says(son) == ("applied", "")

    assert sorted(shop.find("600 000 101")) == ["Carmen Ortega Ruiz", "Pau Ortega"]
    assert [one["customer_id"] for one in shop.glance("son").duplicates] == ["k-1"]
    order = order_of_carmen(database)
    assert now_of(database, order).customer_id == ""


def test_an_order_on_the_web_is_of_whom_its_phone_or_address_names(
    database: HubDatabase, shop: CustomerTill
) -> None:
    order = ready(database, order_of_carmen(database))

    assert order.customer_id == "k-1"
    seen = shop.glance("k-1")
    assert [(one.number, one.is_here) for one in seen.waiting] == [(order.number, True)]
    assert [(one.kind.value, one.channel, one.items[0].name) for one in seen.purchases] == [
        ("order", "web", "Aceite de oliva")
    ]
    assert CustomerTill(database, "GOYA-1").glance("k-1").waiting[0].is_here is False


def test_credit_of_the_customer_is_seen(database: HubDatabase, shop: CustomerTill) -> None:
    CardTill(database, "FUEN-2").issue(code_of(1), 50_00, customer_id="k-2")
    merge(database, "k-1", "k-2")

    (credit,) = shop.glance("k-1").credit

    assert (credit.balance_minor, credit.currency, credit.last4) == (50_00, "EUR", "0001")


def test_who_is_owed_goods_is_not_forgotten_before_they_have_them(
    database: HubDatabase, shop: CustomerTill
) -> None:
    order = order_of_carmen(database)
    with pytest.raises(HasOpenOrders, match=order.number):
        erase(database, "k-1")
    assert at_hub(database, "k-1") is not None
    assert shop.find("carmen") != []


def test_of_a_forgotten_customer_nothing_is_left_in_any_table(
    database: HubDatabase, shop: CustomerTill
) -> None:
    handed_over(database, ready(database, order_of_carmen(database, "carmen@cliente.example")))
    merge(database, "k-1", "k-2")
    shop.sells("k-1", 7_00)
    shop.says(dated(None, replace(CARMEN, name="Carmen Ortega"), T0 + 9))
    with database.transaction() as connection:
        customer = store.customer_of(connection, "k-1")
        assert customer is not None
        store.begin(connection, customer, T0, bytes)
        carts.keep(connection, "k-1", Cart((CartLine("A-1", 1_000),), "FUEN"), T0)
    watch_once(database, T0)
    assert where(database, *PERSONAL)
    cursor = shop.pull().cursor

    gone = erase(database, "k-1")

    assert (gone.orders, gone.traces) == (1, ())
    assert where(database, *PERSONAL) == {}
    assert shop.told(cursor) == {"k-1": "erased", "k-2": "erased"}
    assert CustomerTill(database, "GOYA-1").told() == {"k-1": "erased", "k-2": "erased"}
    assert shop.find("carmen") == shop.find("600000101") == shop.find("ortega") == []
    seen = shop.glance("k-1")
    assert (seen.purchases, seen.content["is_erased"]) == ((), True)
    with database.reading() as connection:
        sale = SCHEMA.tables["sale"].c
        row = connection.execute(select(sale.total, sale.customer_id)).one()
        assert (row.total, row.customer_id) == (7_00, "")


def test_no_later_word_brings_a_forgotten_customer_back(
    database: HubDatabase, shop: CustomerTill
) -> None:
    erase(database, "k-1")
    assert shop.says(CARMEN) == ("applied_with_exception", "customer_forgotten")
    assert shop.merges("k-2", "k-1") == ("applied_with_exception", "customer_forgotten")
    shop.sells("k-1")
    assert where(database, "600000101", "Carmen Ortega") == {}
    assert "k-1" not in [name for name, said in shop.told().items() if said != "erased"]
    with pytest.raises(NoSuchCustomer):
        erase(database, "k-1")


def test_a_fact_that_names_who_is_forgotten_is_told(
    database: HubDatabase, shop: CustomerTill
) -> None:
    body: Body = {"basket_id": "b-1", "total": 0, "staff_id": "ana", "reason": CARMEN.name}
    shop.journal.append(FactKind.BASKET_CANCELLED, body)
    shop.push()

    gone = erase(database, "k-1")

    assert [(one.till, one.kind) for one in gone.traces] == [("FUEN-1", "basket.cancelled")]
    assert where(database, "Carmen Ortega Ruiz") == {"inbox": {"body_json"}}


def test_a_fact_is_told_whatever_signs_are_in_the_name(
    database: HubDatabase, shop: CustomerTill
) -> None:
    name = 'Ana "Nina" Gil \\ 100%_'
    kept(database, a_customer("k-9", name=name, phones=(), emails=(), member_card=""))
    body: Body = {"basket_id": "b-1", "total": 0, "staff_id": "ana", "reason": f"de {name}"}
    shop.journal.append(FactKind.BASKET_CANCELLED, body)
    shop.push()

    assert [one.kind for one in erase(database, "k-9").traces] == ["basket.cancelled"]


def test_the_customer_gets_all_that_is_known_of_them(
    database: HubDatabase, shop: CustomerTill
) -> None:
    order = order_of_carmen(database)
    sale_id = shop.sells("k-1")
    merge(database, "k-1", "k-2")
    with database.reading() as connection:
        found = json.loads(json.dumps(export(connection, "k-1")))
    assert found["records"] == ["k-1", "k-2"]
    assert found["customer"]["notes"][0]["text"] == "Prefiere la bolsa de papel"
    assert [row["sale_id"] for row in found["sales"]] == [sale_id]
    assert [row["number"] for row in found["orders"]] == [order.number]
    assert found["sale_lines"][0]["sku"] == "8410000000016"
    assert Collector("Pablo Ortega", "hijo").name in json.dumps(found, ensure_ascii=False)
