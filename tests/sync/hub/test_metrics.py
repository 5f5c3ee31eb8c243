"""What the hub tells of itself: to Prometheus, to a health check, and to who looks after it."""

from __future__ import annotations

import json

import pytest
import requests
from typer.testing import CliRunner

from pos.commands.main import app
from pos.domain.collection import OrderState
from sync.credentials import Credentials
from sync.hub.bulk import insert_rows
from sync.hub.conflicts.desk import open_item
from sync.hub.database import HubDatabase
from sync.hub.running.status import tills
from sync.hub.tables import till
from sync.hub.tables_orders import order_notice, order_refund
from sync.wire.v1.tills import TillReport
from tests.sync.facts import T0, TillJournal
from tests.sync.hub.desk_cases import ticket_resumed_twice
from tests.sync.hub.journal_kit import push
from tests.sync.hub.order_kit import placed
from tests.sync.serving import FixedClock


@pytest.fixture
def busy(database: HubDatabase, credentials: Credentials, clock: FixedClock) -> HubDatabase:
    """Return a hub with a till that has three facts to send, and one matter on the desk."""
    clock.at_ms = T0 + 120_000
    journal = TillJournal()
    journal.open_session()
    journal.sell()
    push(database, journal.facts)
    report = TillReport(
        epoch=1, queued=3, parked=1, oldest_ms=T0, app_version="0.2.0",
        readiness={"catalogue": "fine", "disk": "old"},
    )  # fmt: skip
    with database.transaction() as connection:
        connection.execute(
            till.update().values(report=report.model_dump_json(), last_seen_at_ms=T0 + 60_000)
        )
        open_item(connection, ticket_resumed_twice())
    return database


def lines(hub_url: str) -> set[str]:
    with requests.Session() as session:
        answer = session.get(f"{hub_url}/metrics", timeout=30)
    assert answer.status_code == 200
    return set(answer.text.splitlines())


def test_the_numbers_tell_how_much_waits_and_since_when(busy: HubDatabase, hub_url: str) -> None:
    assert {
        'mostrador_ops_received_total{till="FUEN-1"} 2.0',
        'mostrador_till_last_seen_age_seconds{till="FUEN-1"} 60.0',
        'mostrador_till_queue{till="FUEN-1"} 3.0',
        'mostrador_till_queue_age_seconds{till="FUEN-1"} 120.0',
        'mostrador_till_parked{till="FUEN-1"} 1.0',
        'mostrador_desk_items_open{kind="ticket_resumed_twice",shop="FUEN"} 1.0',
    } <= lines(hub_url)


def test_the_numbers_tell_where_orders_are_and_what_customers_wait_for(
    busy: HubDatabase, hub_url: str, db_url: str
) -> None:
    placed(busy)
    order = placed(busy)
    closed = placed(busy, state=OrderState.COLLECTED, closed_at_ms=T0)
    refund = ("r-1", "p-1", order.order_id, 9_95, "left", "requested", T0, T0, 0, 0, "")
    notice = (
        f"{closed.order_id}-n",
        closed.order_id,
        "ready",
        "",
        "{}",
        "failed",
        T0,
        T0,
        0,
        0,
        "",
    )
    with busy.transaction() as connection:
        insert_rows(connection, order_refund, [refund])
        insert_rows(connection, order_notice, [notice])

    shown = CliRunner().invoke(app, ["hub", "status", "--db", db_url])

    assert {
        'mostrador_orders_open{shop="FUEN",state="placed"} 2.0',
        'mostrador_order_notices{state="queued"} 0.0',
        'mostrador_order_notices{state="failed"} 1.0',
        'mostrador_order_refunds{state="requested"} 1.0',
        'mostrador_order_refunds{state="refused"} 0.0',
        'mostrador_return_refunds{state="unknown"} 0.0',
    } <= lines(hub_url)
    assert not any('state="collected"' in line for line in lines(hub_url))
    assert "FUEN: 2 x order placed" in shown.output
    assert "1 x refund requested" in shown.output


def test_the_numbers_name_no_person(busy: HubDatabase, hub_url: str) -> None:
    text = "\n".join(lines(hub_url)).lower()

    assert not any(name in text for name in ("lucía", "ferrer", "marta", "ana", "cortina"))


def test_requests_are_timed_by_the_pattern_of_their_address(hub_url: str) -> None:
    with requests.Session() as session:
        for path in ("/health", "/v1/tills/FUEN-1/digest", "/v1/nowhere/7", "/desk/sign-in"):
            session.get(hub_url + path, timeout=30)
        session.request("BREW", f"{hub_url}/health", timeout=30)

    counted = {line for line in lines(hub_url) if line.startswith("mostrador_request_seconds_cou")}

    assert {line.partition("{")[2] for line in counted} == {
        'method="GET",route="/health",status="200"} 1.0',
        'method="GET",route="/v1/tills/{till}/digest",status="401"} 1.0',
        'method="GET",route="none",status="401"} 1.0',
        'method="GET",route="/desk",status="200"} 1.0',
        'method="none",route="/health",status="405"} 1.0',
    }


def test_the_health_says_the_revision_of_the_tables_and_when_a_till_last_spoke(
    busy: HubDatabase, hub_url: str
) -> None:
    with requests.Session() as session:
        health = session.get(f"{hub_url}/health", timeout=30).json()

    assert (health["status"], health["revision"][:2]) == ("ok", "00")
    assert health["heard_at_ms"] == T0 + 60_000


def test_a_till_says_of_itself_what_is_not_well(busy: HubDatabase) -> None:
    with busy.reading() as connection:
        (known,) = tills(connection)
        other_shop = tills(connection, ["GOYA"])

    assert (known.received, known.is_enrolled, known.not_ready) == (2, True, ("disk",))
    assert other_shop == ()


def test_a_report_of_a_later_version_is_no_report(busy: HubDatabase) -> None:
    with busy.transaction() as connection:
        connection.execute(till.update().values(report='{"queue": "many"}'))

    with busy.reading() as connection:
        (known,) = tills(connection)
    assert known.report is None


def test_the_office_sees_how_the_tills_stand(busy: HubDatabase, db_url: str) -> None:
    shown = CliRunner().invoke(app, ["hub", "status", "--db", db_url])
    said = CliRunner().invoke(app, ["hub", "status", "--db", db_url, "--json"])

    assert shown.exit_code == 0
    assert "FUEN-1" in shown.output
    assert "FUEN: 1 x ticket resumed twice" in shown.output
    (told,) = json.loads(said.stdout)["tills"]
    assert (told["queued"], told["parked"], told["not_ready"]) == (3, 1, ["disk"])


def test_a_hub_without_tills_says_how_to_get_one(database: HubDatabase, db_url: str) -> None:
    shown = CliRunner().invoke(app, ["hub", "status", "--db", db_url])

    assert "mostrador hub till-code" in shown.output
