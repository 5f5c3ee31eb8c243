"""What the hub forgets of people, and what it never forgets."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace

from sqlalchemy import func, select

from pos.domain.staff import Role
from sync.credentials import Credentials
from sync.hub.admin import add_staff
from sync.hub.agreement.epochs import highest_epoch
from sync.hub.conflicts import desk_items
from sync.hub.conflicts.desk import open_item, resolve
from sync.hub.conflicts.desk_items import changed_items, history
from sync.hub.counter import approvals
from sync.hub.database import HubDatabase
from sync.hub.pages import sessions
from sync.hub.running.retention import DAY_MS, KEPT_MS, forget
from sync.hub.schema import SCHEMA
from sync.hub.trust.enrolment import issue_code
from sync.wire.v1.approvals import ApprovalRequest
from sync.wire.v1.desk import RowKind
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, TillJournal
from tests.sync.hub.desk_cases import act_on, ticket_resumed_twice
from tests.sync.hub.journal_kit import outcomes, push


def rows(hub: HubDatabase, name: str) -> int:
    with hub.reading() as connection:
        table = SCHEMA.tables[name]
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_names_and_notes_go_from_what_was_resolved_long_ago_and_the_tills_are_told(
    database: HubDatabase,
) -> None:
    found = ticket_resumed_twice()
    act = act_on(found, note="La clienta es Teresa Roldán")
    with database.transaction() as connection:
        open_item(connection, found)
        resolve(connection, act)
        cursor = changed_items(connection, "FUEN", 0, 9, T0)[-1].change

    gone = [forget(database, act.at_ms + KEPT_MS + late)["items"] for late in (0, 1, 2)]

    with database.reading() as connection:
        item = desk_items.item(connection, "FUEN", act.item_id)
        (fact,) = history(connection, act.item_id)
        told = changed_items(connection, "FUEN", cursor, 9, T0)
    assert gone == [0, 1, 0]
    assert item is not None
    said = {row.kind for side in item.sides for row in side.rows}
    assert said == {RowKind.AT, RowKind.DOCUMENT, RowKind.TOTAL}
    assert (item.resolution, item.resolved_by) == ("both_stand", "marta")
    assert json.loads(fact.body_json)["note"] == ""
    assert len(told) == 1


def test_what_is_open_keeps_its_names_however_old_it_is(database: HubDatabase) -> None:
    found = ticket_resumed_twice()
    with database.transaction() as connection:
        open_item(connection, found)

    assert forget(database, T0 + 10 * KEPT_MS)["items"] == 0


def test_old_approvals_ended_sessions_and_codes_that_nobody_used_go(
    database: HubDatabase, credentials: Credentials
) -> None:
    add_staff(database.engine, "FUEN", staff_id="ana", name="Ana", role=Role.CASHIER, pin="2468")
    request = ApprovalRequest(
        request_id="r-1", capability="discount", currency="EUR", requested_by="ana"
    )
    with database.transaction() as connection:
        approvals.ask(connection, "FUEN-1", "FUEN", request, T0)
        sessions.begin(connection, "FUEN", "ana", T0, bytes)
    issue_code(database.engine, "FUEN", 2, T0, secrets.token_bytes)

    soon = forget(database, T0 + 60_000)
    later = forget(database, T0 + KEPT_MS + 2 * DAY_MS)

    assert set(soon.values()) == {0}
    assert (later["approvals"], later["sessions"], later["codes"]) == (1, 1, 1)
    assert rows(database, "enrolment_code") == 1


def test_no_two_machines_get_one_epoch_however_long_ago_the_first_was_enrolled(
    database: HubDatabase,
) -> None:
    def epoch_of_machine(secret: str) -> int:
        enrolled(database, "FUEN-1", secret=secret)
        with database.reading() as connection:
            return highest_epoch(connection, "FUEN-1")

    epochs = [epoch_of_machine("11" * 32), epoch_of_machine("22" * 32)]
    forget(database, T0 + 10 * KEPT_MS)  # the second one sells without its hub
    epochs.append(epoch_of_machine("33" * 32))

    assert epochs == [1, 2, 3]


def test_what_a_key_of_long_ago_signed_is_taken_when_it_comes(database: HubDatabase) -> None:
    enrolled(database, "FUEN-1")
    journal = TillJournal()
    journal.sell()

    enrolled(database, "FUEN-1", secret="22" * 32)
    forget(database, T0 + 10 * KEPT_MS)

    assert [how for _, how, _ in outcomes(push(database, journal.facts))] == ["applied"]


def test_facts_and_their_ids_are_kept_for_ever(
    database: HubDatabase, credentials: Credentials
) -> None:
    journal = TillJournal()
    journal.open_session()
    journal.sell()
    push(database, journal.facts)
    with database.transaction() as connection:
        open_item(connection, ticket_resumed_twice())
        resolve(connection, replace(act_on(ticket_resumed_twice()), note="x"))
    before = [rows(database, name) for name in ("inbox", "sale", "desk_item", "desk_fact")]

    forget(database, T0 + 100 * KEPT_MS)

    assert before == [2, 1, 1, 1]
    assert [rows(database, name) for name in ("inbox", "sale", "desk_item", "desk_fact")] == before
