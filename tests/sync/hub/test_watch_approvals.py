"""An approval from afar that the hub did not give like that is a matter for the hub's desk."""

from __future__ import annotations

from typing import Any

import pytest

from pos.domain.journal import Fact, FactKind, Json
from pos.domain.staff import Role
from sync.credentials import Credentials
from sync.hub.admin import add_staff
from sync.hub.conflicts import desk, desk_items
from sync.hub.conflicts.desk import ActOutcome, DeskAct
from sync.hub.conflicts.watch import watch_once
from sync.hub.counter import approvals
from sync.hub.database import HubDatabase
from sync.hub.publishing.feeds import desk_page
from sync.hub.running.retention import KEPT_MS, forget
from sync.wire.v1.approvals import ApprovalRequest
from sync.wire.v1.desk import DeskItem, ItemKind, ItemState, Resolution
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, TillJournal
from tests.sync.hub.journal_kit import push

GRANTED = approvals.Event.GRANT
DENIED = approvals.Event.DENY


@pytest.fixture
def hub(database: HubDatabase, credentials: Credentials) -> HubDatabase:
    """Return a hub with a cashier, a manager and two tills."""
    for staff_id, role in (("ana", Role.CASHIER), ("marta", Role.MANAGER)):
        add_staff(
            database.engine, "FUEN", staff_id=staff_id, name=staff_id.title(), role=role,
            pin="2468",
        )  # fmt: skip
    enrolled(database, "FUEN-2")
    return database


def asked(hub: HubDatabase, event: approvals.Event | None = GRANTED, till: str = "FUEN-1") -> str:
    """Ask for a cash movement of 40.00 or a discount of 25 %, and decide it."""
    request = ApprovalRequest(
        request_id="r-1", capability="cash_movement", discount=25_00, amount=-40_00,
        currency="EUR", requested_by="ana",
    )  # fmt: skip
    with hub.transaction() as connection:
        approvals.ask(connection, till, "FUEN", request, T0)
        if event is not None:
            approvals.decide(connection, "FUEN", "r-1", "marta", event, T0 + 1)
    return request.request_id


def used(request_id: str = "r-1", **changed: Any) -> Fact:
    body: dict[str, Json] = {
        "capability": "cash_movement",
        "requested_by": "ana",
        "approved_by": "marta",
        "reason": "cambio",
        "way": "remote",
        "discount": 25_00,
        "detail": {"amount": 40_00},
    }
    return TillJournal().append(FactKind.OVERRIDE_GRANTED, body | changed, op_id=request_id)


def found(hub: HubDatabase, *facts: Fact) -> list[DeskItem]:
    push(hub, facts)
    watch_once(hub, T0 + 60_000)
    with hub.reading() as connection:
        return list(desk_items.items(connection, ["FUEN"], ItemState.OPEN))


def why(item: DeskItem) -> str:
    """Return what the hub says of the approval."""
    assert item.kind is ItemKind.APPROVAL_NEVER_GIVEN
    return item.sides[1].rows[-1].text


def test_an_approval_the_hub_gave_is_no_matter_for_the_desk(hub: HubDatabase) -> None:
    asked(hub)

    assert found(hub, used()) == []


def test_an_approval_given_at_the_till_is_none_the_hub_would_know(hub: HubDatabase) -> None:
    assert found(hub, used(way="pin")) == []


def test_an_approval_a_till_made_up_is_found_with_its_money_and_who_is_named(
    hub: HubDatabase,
) -> None:
    (item,) = found(hub, used("made-up"))

    assert why(item) == "never_asked"
    assert (item.subject, item.money, item.till) == ("Marta", 40_00, "FUEN-1")


@pytest.mark.parametrize(("event", "state"), [(None, "waiting"), (DENIED, "denied")])
def test_an_approval_nobody_granted_is_found(
    hub: HubDatabase, event: approvals.Event | None, state: str
) -> None:
    asked(hub, event)

    (item,) = found(hub, used())

    assert why(item) == state


def test_an_approval_another_till_was_given_is_found(hub: HubDatabase) -> None:
    asked(hub, till="FUEN-2")

    (item,) = found(hub, used())

    assert why(item) == "of_another_till"


@pytest.mark.parametrize(
    "changed",
    [
        {"capability": "open_drawer"},
        {"approved_by": "ana"},
        {"requested_by": "marta"},
        {"discount": 25_01},
        {"detail": {"amount": 40_01}},
    ],
)
def test_an_approval_used_for_something_else_or_for_more_is_found(
    hub: HubDatabase, changed: dict[str, Any]
) -> None:
    asked(hub)

    (item,) = found(hub, used(**changed))

    assert why(item) == "granted_otherwise"


def test_no_till_decides_whether_a_made_up_approval_is_all_right(hub: HubDatabase) -> None:
    (item,) = found(hub, used("made-up"))
    act = DeskAct(
        "d-1", item.item_id, "marta", "FUEN", "FUEN-2", T0, resolution=Resolution.SEEN
    )  # fmt: skip

    with hub.transaction() as connection:
        at_a_till = desk.take_fact(connection, desk.resolve, act)
        page = desk_page(connection, "FUEN", 0, 9, T0)
        on_the_page = desk.resolve(connection, DeskAct(
            "d-2", item.item_id, "marta", "FUEN", desk.AT_THE_HUB, T0, resolution=Resolution.SEEN
        ))  # fmt: skip

    assert (at_a_till, on_the_page) == (ActOutcome.MAY_NOT, ActOutcome.APPLIED)
    assert [told.resolutions for told in page.items] == [()]
    assert item.resolutions == (Resolution.SEEN,)


def test_a_till_that_comes_back_after_months_is_not_accused_of_what_the_hub_forgot(
    hub: HubDatabase,
) -> None:
    asked(hub)
    forget(hub, T0 + 2 * KEPT_MS)

    assert found(hub, used()) == []
    assert forget(hub, T0 + 2 * KEPT_MS)["approvals"] == 1


@pytest.mark.parametrize("changed", [{"detail": {"amount": "x"}}, {"capability": 7}])
def test_an_approval_that_cannot_be_read_is_none_the_hub_gave(
    hub: HubDatabase, changed: dict[str, Any]
) -> None:
    (item,) = found(hub, used("made-up", **changed))

    assert why(item) == "never_asked"
