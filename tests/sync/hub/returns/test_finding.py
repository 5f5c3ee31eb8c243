"""A purchase is found by its papers in any shop, by its customer in the customer's shop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from pos.domain.collection import OrderState, PaymentState
from pos.domain.return_ledger import Ledger
from pos.domain.return_purchase import Means, PurchaseSource
from pos.domain.return_purchase_content import read_ledger
from pos.domain.scan_codes import gift_receipt_code, parcel_code, receipt_code
from sync.client import HubRefused
from sync.counter_client import CounterClient
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.hub.returns.finding import find_purchases
from sync.hub.tables_returns import WEB
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import stocked
from tests.sync.hub.returns.kit import ReturnTill, collected, euros, ledger_at

Find = Callable[..., list[Ledger]]


@pytest.fixture
def find(database: HubDatabase) -> Find:
    def found(said: str, asking: str = "FUEN", shop: str = "") -> list[Ledger]:
        with database.reading() as connection:
            answer = find_purchases(connection, said, asking_shop=asking, shop=shop, now_ms=T0 + 5)
        assert answer.hub_time_ms == T0 + 5
        return [read_ledger(one.content) for one in answer.purchases]

    return found


@pytest.fixture
def till(database: HubDatabase) -> ReturnTill:
    add_shop(database.engine, "GAVA", name="Gavà", currency="EUR", country="ES", now_ms=1)
    return ReturnTill(database, "GAVA-1")


def test_a_sale_is_found_by_number_code_and_id_with_what_came_back(
    find: Find, till: ReturnTill, database: HubDatabase
) -> None:
    sold = till.sell(20_00, pieces=2)
    till.take_back(ledger_at(database, sold))

    gift = gift_receipt_code("1-000001", "GAVA")
    for said in ("1-000001", receipt_code("1-000001", "GAVA"), gift, sold):
        (ledger,) = find(said)
        assert ledger.purchase.reference == sold
        assert ledger.lines[0].returnable == 1000


def test_a_number_of_several_shops_is_narrowed_by_the_shop(
    find: Find, till: ReturnTill, database: HubDatabase
) -> None:
    theirs, ours = till.sell(), ReturnTill(database, "FUEN-1").sell()

    assert {one.purchase.reference for one in find("1-000001")} == {theirs, ours}
    assert [one.purchase.reference for one in find("1-000001", shop="GAVA")] == [theirs]


def test_an_order_is_found_by_its_number_anywhere_and_by_its_customer_at_home(
    find: Find, database: HubDatabase, tmp_path: Path
) -> None:
    order = collected(stocked(database, tmp_path), pieces=2)

    (by_number,) = find(order.number, asking="GAVA")
    (by_name,) = find("carmen ort")
    (by_phone,) = find("600 123 456")
    (by_label,) = find(parcel_code(order.number, 1, 1), asking="GAVA")

    assert by_number.purchase.source is PurchaseSource.ORDER
    assert [part.means for part in by_number.purchase.paid] == [Means.WEB]
    assert by_number.refundable == euros(15_90)
    assert (by_number.purchase.customer_name, by_name.purchase.customer_name) == (
        "",
        "Carmen Ortega",
    )
    assert by_name.purchase.reference == by_phone.purchase.reference == order.order_id
    assert by_label.purchase.reference == order.order_id
    assert find("carmen ort", asking="GAVA") == []


def test_an_order_that_waits_on_its_shelf_is_nothing_bought(
    find: Find, database: HubDatabase, tmp_path: Path
) -> None:
    order = collected(
        stocked(database, tmp_path), state=OrderState.READY, payment=PaymentState.CAPTURED
    )

    assert find(order.number) == []


def test_an_order_paid_at_the_counter_is_found_as_the_sale_that_paid_it(
    find: Find, database: HubDatabase, tmp_path: Path
) -> None:
    till = ReturnTill(stocked(database, tmp_path), "FUEN-1")
    sold = till.sell(15_90, pieces=2)
    order = collected(database, prepaid=False, sale_id=sold)

    (ledger,) = find(order.number)

    assert ledger.purchase.reference == sold


@pytest.mark.parametrize("said", ["9-000009", "nadie", "%", "1-", "W-999999", "D1-000001", "x~y"])
def test_what_nobody_bought_is_not_found(find: Find, till: ReturnTill, said: str) -> None:
    till.sell()

    assert find(said) == []


def test_a_till_asks_over_http(hub_url: str, database: HubDatabase, till: ReturnTill) -> None:
    sold = till.sell()
    client = CounterClient(hub_url, enrolled(database, "FUEN-1"))

    found = client.find_purchases(receipt_code("1-000001", "GAVA"), "FUEN")

    (one,) = found.purchases
    assert (one.shop_name, read_ledger(one.content).purchase.reference) == ("Gavà", sold)
    with pytest.raises(HubRefused, match="wrong_code"):
        client.find_purchases("MR:GAVA:1-00000100")


def test_indexes_answer_however_much_came_back(database: HubDatabase) -> None:
    if database.name != "sqlite":
        pytest.skip("the plan is SQLite's")
    queries = (
        "return_part p JOIN return_document d USING (return_id) WHERE p.purchase = 'a'",
        "return_refund WHERE purchase = 'a'",
        f"return_refund WHERE {WEB} AND next_try_at_ms <= 5",
    )
    with database.reading() as connection:
        plans = [
            connection.execute(text(f"EXPLAIN QUERY PLAN SELECT 1 FROM {query}")).all()
            for query in queries
        ]

    assert all("SEARCH" in row.detail and "INDEX" in row.detail for plan in plans for row in plan)
