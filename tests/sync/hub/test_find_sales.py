"""A receipt is found by its number, whichever till of whichever shop made the sale."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import text

from pos.domain.scan_codes import receipt_code
from sync.connectors.builtin import BuiltinConnector
from sync.counter_client import CounterClient
from sync.credentials import Credentials
from sync.hub.admin import add_shop
from sync.hub.counter import receipts_found
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import receive
from sync.wire.v1.push import PushRequest
from tests.sync.enrolling import SignedBy, enrolled
from tests.sync.facts import T0, TillJournal, push_of
from tests.templates import new_hub

SOLD = "1-000001"


def sell(database: HubDatabase, till: str, **body: Any) -> str:
    """Bring one sale of a till to the hub; return its id."""
    enrolled(database, till)
    journal = TillJournal(till)
    journal.open_session(f"shift-{till}")
    shop = till.rpartition("-")[0]
    fact = journal.sell(session_id=f"shift-{till}", shop=shop, **body)
    request = PushRequest.model_validate(push_of(journal.facts))
    receive(database, BuiltinConnector(), till, request, now_ms=T0)
    return str(fact.body["sale_id"])


@pytest.fixture
def shops(database: HubDatabase) -> dict[str, str]:
    """Let tills of two shops sell under the same number; return the sales' ids by shop."""
    add_shop(database.engine, "GAVA", name="Gavà", currency="EUR", country="ES", now_ms=1)
    return {shop: sell(database, f"{shop}-1") for shop in ("FUEN", "GAVA")}


def find(database: HubDatabase, number: str, shop: str = "") -> dict[str, str]:
    with database.reading() as connection:
        found = receipts_found.find_sales(connection, number, shop, T0 + 5)
    assert found.hub_time_ms == T0 + 5
    return {sale.till: sale.body_json for sale in found.sales}


def test_a_number_is_found_in_every_shop_that_has_it(
    database: HubDatabase, shops: dict[str, str]
) -> None:
    found = find(database, SOLD)

    assert set(found) == {"FUEN-1", "GAVA-1"}
    assert shops["GAVA"] in found["GAVA-1"]


def test_a_shop_narrows_it_to_one(database: HubDatabase, shops: dict[str, str]) -> None:
    assert set(find(database, SOLD, "GAVA")) == {"GAVA-1"}


@pytest.mark.parametrize("number", ["1-000002", "9-000001", "Z1-000001", "", "%", "1-"])
def test_what_nobody_sold_is_not_found(
    database: HubDatabase, shops: dict[str, str], number: str
) -> None:
    assert find(database, number) == {}


def test_a_number_given_out_after_a_restore_is_found(database: HubDatabase) -> None:
    sell(database, "FUEN-1", number="1.3-000001", series="1.3", sequence=1)

    assert set(find(database, "1.3-000001")) == {"FUEN-1"}


def test_the_answer_says_whose_shop_it_was(database: HubDatabase, shops: dict[str, str]) -> None:
    with database.reading() as connection:
        found = receipts_found.find_sales(connection, SOLD, "", T0)

    assert {code: shop["name"] for code, shop in found.shops.items()} == {
        "FUEN": "Fuencarral",
        "GAVA": "Gavà",
    }


def test_the_index_of_a_tills_numbers_answers(tmp_path: Path) -> None:
    database = new_hub(tmp_path / "hub.db")
    with closing(database), database.reading() as connection:
        plan = connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT 1 FROM sale JOIN inbox ON inbox.op_id = sale.op_id"
                " WHERE sale.till IN ('FUEN-1') AND sale.number = '1-000001'"
            )
        ).all()

    assert plan
    assert all("USING" in row.detail and "INDEX" in row.detail for row in plan)


def test_a_till_asks_over_http_by_code_and_by_number(
    hub_url: str, credentials: Credentials, database: HubDatabase, shops: dict[str, str]
) -> None:
    client = CounterClient(hub_url, enrolled(database, "FUEN-2"))

    by_code = client.find_sales(receipt_code(SOLD, "GAVA"))
    by_number = client.find_sales(SOLD, "FUEN")

    assert [sale.till for sale in by_code.sales] == ["GAVA-1"]
    assert [sale.till for sale in by_number.sales] == ["FUEN-1"]


def test_a_mistyped_code_is_a_named_refusal(
    hub_url: str, credentials: Credentials, shops: dict[str, str]
) -> None:
    code = receipt_code(SOLD, "GAVA")[:-1] + "!"
    with requests.Session() as session:
        session.auth = SignedBy(credentials)
        wrong = session.get(f"{hub_url}/v1/sales?code={code[:-2]}00", timeout=30)
        odd = session.get(f"{hub_url}/v1/sales?code={code}", timeout=30)

    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_code")
    assert odd.status_code == 422
