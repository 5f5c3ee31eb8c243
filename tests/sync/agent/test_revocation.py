"""A till that was revoked while it works: it is told, forgets who bought, keeps what was sold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos.store.engine import make_engine, transaction
from sync.agent.revocation import Revocation
from sync.client import HubClient
from sync.hub.database import HubDatabase
from sync.hub.trust.enrolment import revoke
from tests.sync.agent.test_bad_network import HandClock
from tests.sync.facts import T0
from tests.sync.till_data import ShopTill, running_agent
from tests.sync.waiting import wait_until

CUSTOMER = "lucia@example.com"


@pytest.fixture
def till(tmp_path: Path, hub_url: str, database: HubDatabase) -> Iterator[ShopTill]:
    made = ShopTill(tmp_path / "till", hub_url)
    made.register(database)
    yield made
    made.close()


def run_in(till: ShopTill, *statements: str) -> list[tuple[object, ...]]:
    """Run SQL in the till's file; return the rows of the last statement."""
    engine = make_engine(till.folder.database, key=till.key)
    try:
        with transaction(engine) as connection:
            for statement in statements:
                result = connection.exec_driver_sql(statement)
            return [tuple(row) for row in result] if result.returns_rows else []
    finally:
        engine.dispose()


def know_people(till: ShopTill) -> None:
    """Give the till what it knows of people: a letter, other tills' tickets, a desk item."""
    (till.folder.outgoing / "1.eml").write_text(CUSTOMER, encoding="utf-8")
    run_in(
        till,
        "INSERT INTO email_job (job_id, sale_id, recipient, subject, text, pdf, created_at_ms,"
        f" state, tries, next_try_at_ms, error) VALUES ('j', 's', '{CUSTOMER}', 'a', 'b', x'00',"
        f" 1, 'queued', 0, {2**60}, '')",
        "INSERT INTO shop_ticket VALUES ('b', 'FUEN-2', 'Lucía', 'EUR', 1, 1, 1, 'parked', 'ana',"
        " '')",
        "INSERT INTO desk_item (item_id, state, opened_at_ms, body) VALUES ('i', 'open', 1, '{}')",
        "INSERT INTO sync_cursor (stream, cursor) VALUES ('parked', 7), ('desk', 7)",
    )


def notices(till: ShopTill) -> list[object]:
    return [name for (name,) in run_in(till, "SELECT name FROM notice")]


def test_a_revoked_till_keeps_its_sales_and_goes_on_when_it_is_let_in_again(
    till: ShopTill, database: HubDatabase, hub_url: str
) -> None:
    with running_agent(till), closing(till.open_agent_store()) as store:
        till.sell(2)
        wait_until(lambda: store.queue_state().queued == 0)

        revoke(database.engine, "FUEN-1", T0)
        till.sell(3)
        wait_until(lambda: notices(till) == ["revoked"])
        queued_while_revoked = store.queue_state().queued

        revoke(database.engine, "FUEN-1", 0)
        wait_until(lambda: store.queue_state().queued == 0 and notices(till) == [])

    assert queued_while_revoked == 3
    assert HubClient(hub_url, till.credentials).digest("FUEN-1").sales == 5


def test_what_a_till_knows_of_people_goes_and_what_was_sold_stays(till: ShopTill) -> None:
    till.sell(2)
    know_people(till)
    store = till.open_agent_store()
    revocation = Revocation(store, HandClock(), till.folder.outgoing)

    revocation.heed("revoked")

    left = run_in(
        till,
        "SELECT recipient, subject, text, length(pdf), state FROM email_job UNION ALL"
        " SELECT basket_id, '', '', 0, '' FROM shop_ticket UNION ALL"
        " SELECT item_id, '', '', 0, '' FROM desk_item UNION ALL"
        " SELECT stream, '', '', 0, '' FROM sync_cursor WHERE stream IN ('parked', 'desk')",
    )
    assert left == [("", "", "", 0, "failed")]
    assert list(till.folder.outgoing.iterdir()) == []
    assert (store.queue_state().queued, store.head()[1].seq) == (2, 2)
    store.close()


def test_since_when_it_is_revoked_stays_and_an_agent_that_starts_again_knows(
    till: ShopTill,
) -> None:
    store, clock = till.open_agent_store(), HandClock()
    Revocation(store, clock, till.folder.outgoing).heed("revoked")
    clock.ms += 60_000

    again = Revocation(store, clock, till.folder.outgoing)
    again.heed("revoked")

    assert again.is_revoked
    assert run_in(till, "SELECT name, since_ms FROM notice") == [("revoked", 1_000)]
    store.close()


@pytest.mark.parametrize("refusal", ["unknown_till", "bad_signature", "database_away"])
def test_another_refusal_neither_revokes_a_till_nor_lets_it_in(
    till: ShopTill, refusal: str
) -> None:
    store = till.open_agent_store()
    revocation = Revocation(store, HandClock(), till.folder.outgoing)

    before = revocation.is_revoked
    revocation.heed(refusal)
    untouched = revocation.is_revoked
    revocation.heed("revoked")
    revocation.heed(refusal)

    assert (before, untouched, revocation.is_revoked) == (False, False, True)
    store.close()
