"""Overrides asked for at a till: decided once, in time, by somebody else who may."""

from __future__ import annotations

from itertools import product

import pytest
import requests

from pos.domain.staff import Role
from sync.credentials import Credentials
from sync.hub.admin import add_shop, add_staff
from sync.hub.counter.approvals import (
    MOST_WAITING,
    TRANSITIONS,
    WAITS_MS,
    Event,
    NotAsked,
    Ruling,
    ask,
    decide,
    look,
    waiting,
    withdraw,
)
from sync.hub.database import HubDatabase
from sync.wire.v1.approvals import ApprovalRequest, ApprovalState
from tests.sync.enrolling import SignedBy
from tests.sync.facts import T0

TEAM = {"ana": Role.CASHIER, "hugo": Role.SHIFT_LEAD, "marta": Role.MANAGER}


def request(request_id: str = "r-1", **changed: object) -> ApprovalRequest:
    said = {
        "request_id": request_id,
        "capability": "discount",
        "discount": 25_00,
        "amount": 39_90,
        "currency": "EUR",
        "requested_by": "ana",
        "reason": "Tara en la pantalla",
        "detail": "Lámpara de mesa lino",
    }
    return ApprovalRequest.model_validate({**said, **changed})


@pytest.fixture
def shop(database: HubDatabase) -> HubDatabase:
    """Return a hub with people in FUEN, and a manager in GOYA."""
    add_shop(database.engine, "GOYA", name="Goya", currency="EUR", country="ES", now_ms=T0)
    for staff_id, role in TEAM.items():
        add_staff(
            database.engine, "FUEN", staff_id=staff_id, name=staff_id.title(), role=role,
            pin="2468",
        )  # fmt: skip
    add_staff(database.engine, "GOYA", staff_id="pau", name="Pau", role=Role.MANAGER, pin="1357")
    return database


def asked(hub: HubDatabase, question: ApprovalRequest | None = None) -> ApprovalState:
    with hub.transaction() as connection:
        return ask(connection, "FUEN-1", "FUEN", question or request(), T0).state


def decided(
    hub: HubDatabase,
    staff_id: str,
    event: Event = Event.GRANT,
    at_ms: int = T0 + 1,
    shop: str = "FUEN",
) -> Ruling:
    with hub.transaction() as connection:
        return decide(connection, shop, "r-1", staff_id, event, at_ms)


def state(hub: HubDatabase, at_ms: int = T0 + 2) -> tuple[str, str]:
    with hub.reading() as connection:
        answer = look(connection, "FUEN-1", "r-1", at_ms)
    assert answer is not None
    return answer.state.value, answer.decided_by_name


def test_a_manager_who_is_not_there_grants_what_a_cashier_asks(shop: HubDatabase) -> None:
    assert asked(shop) is ApprovalState.WAITING

    ruling = decided(shop, "marta")

    assert ruling is Ruling.DECIDED
    assert state(shop) == ("granted", "Marta")


def test_asking_again_after_a_lost_answer_asks_once(shop: HubDatabase) -> None:
    asked(shop)
    decided(shop, "marta", Event.DENY)

    again = asked(shop)

    assert again is ApprovalState.DENIED
    with shop.reading() as connection:
        assert waiting(connection, "FUEN", T0 + 2) == ()


@pytest.mark.parametrize(
    "changed", [{"discount": 90_00}, {"capability": "open_drawer"}, {"requested_by": "hugo"}]
)
def test_what_was_granted_is_no_answer_to_another_question_of_the_same_id(
    shop: HubDatabase, changed: dict[str, object]
) -> None:
    asked(shop)
    decided(shop, "marta")

    with pytest.raises(NotAsked, match="other_request"):
        asked(shop, request().model_copy(update=changed))

    assert asked(shop) is ApprovalState.GRANTED


@pytest.mark.parametrize(
    ("who", "why"),
    [("hugo", "above the shift lead's limit"), ("ana", "asked"), ("pau", "other shop"),
     ("nadie", "nobody")],
)  # fmt: skip
def test_who_may_not_do_the_act_alone_cannot_grant_it(
    shop: HubDatabase, who: str, why: str
) -> None:
    asked(shop)

    assert decided(shop, who) is Ruling.MAY_NOT
    assert state(shop) == ("waiting", "")


def test_nobody_grants_what_they_asked_for_themselves(shop: HubDatabase) -> None:
    asked(shop, request(requested_by="marta"))

    assert decided(shop, "marta") is Ruling.MAY_NOT


def test_the_manager_of_another_shop_sees_no_request_of_this_one(shop: HubDatabase) -> None:
    asked(shop)

    assert decided(shop, "pau", shop="GOYA") is Ruling.UNKNOWN
    with shop.reading() as connection:
        assert waiting(connection, "GOYA", T0) == ()


def test_a_decision_after_the_time_is_up_comes_too_late(shop: HubDatabase) -> None:
    asked(shop)

    ruling = decided(shop, "marta", at_ms=T0 + WAITS_MS)

    assert ruling is Ruling.TOO_LATE
    assert state(shop, T0 + WAITS_MS) == ("expired", "")


def test_a_decision_after_the_till_took_it_back_comes_too_late(shop: HubDatabase) -> None:
    asked(shop)
    with shop.transaction() as connection:
        answer = withdraw(connection, "FUEN-1", "r-1", T0 + 1)

    assert answer is not None
    assert answer.state is ApprovalState.WITHDRAWN
    assert decided(shop, "marta") is Ruling.TOO_LATE


def test_a_till_that_takes_back_what_was_granted_hears_that_it_was(shop: HubDatabase) -> None:
    asked(shop)
    decided(shop, "marta")

    with shop.transaction() as connection:
        answer = withdraw(connection, "FUEN-1", "r-1", T0 + 2)

    assert answer is not None
    assert (answer.state.value, answer.decided_by_name) == ("granted", "Marta")


def test_another_till_neither_sees_nor_takes_back_a_request(shop: HubDatabase) -> None:
    asked(shop)

    with shop.transaction() as connection:
        assert look(connection, "FUEN-2", "r-1", T0) is None
        assert withdraw(connection, "FUEN-2", "r-1", T0) is None
        with pytest.raises(NotAsked, match="other_till"):
            ask(connection, "FUEN-2", "FUEN", request(), T0)


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"requested_by": "nadie"}, "unknown_person"), ({"capability": "fly"}, "unknown_capability")],
)
def test_what_nobody_could_grant_is_not_asked(
    shop: HubDatabase, changed: dict[str, str], code: str
) -> None:
    with pytest.raises(NotAsked, match=code):
        asked(shop, request().model_copy(update=changed))


@pytest.mark.parametrize(("before", "event"), list(product(ApprovalState, Event)), ids=str)
def test_only_what_waits_can_still_change(before: ApprovalState, event: Event) -> None:
    assert ((before, event) in TRANSITIONS) == (before is ApprovalState.WAITING)


def test_a_till_asks_looks_and_takes_back_over_the_network(
    shop: HubDatabase, hub_url: str, credentials: Credentials
) -> None:
    with requests.Session() as till:
        till.auth = SignedBy(credentials)
        body = request().model_dump()

        asked_now = till.post(f"{hub_url}/v1/approvals", json=body, timeout=30)
        looked = till.get(f"{hub_url}/v1/approvals/r-1", timeout=30)
        back = till.post(f"{hub_url}/v1/approvals/r-1/withdraw", timeout=30)
        unknown = till.get(f"{hub_url}/v1/approvals/r-9", timeout=30)
        impossible = till.post(
            f"{hub_url}/v1/approvals", json={**body, "requested_by": "nadie"}, timeout=30
        )

    states = [answer.json()["state"] for answer in (asked_now, looked, back)]
    assert states == ["waiting", "waiting", "withdrawn"]
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_request")
    assert (impossible.status_code, impossible.json()["code"]) == (422, "unknown_person")


def test_a_till_that_asks_without_end_does_not_bury_what_others_ask(shop: HubDatabase) -> None:
    for number in range(MOST_WAITING):
        asked(shop, request(f"r-{number}"))

    with pytest.raises(NotAsked, match="too_many"):
        asked(shop, request("one-more"))

    assert asked(shop, request("r-0")) is ApprovalState.WAITING
    with shop.transaction() as connection:
        ask(connection, "FUEN-2", "FUEN", request("other"), T0)
        later = ask(connection, "FUEN-1", "FUEN", request("later"), T0 + WAITS_MS)
    assert later.state is ApprovalState.WAITING
