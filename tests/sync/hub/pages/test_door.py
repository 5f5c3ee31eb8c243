"""Signing in to the hub's pages: with a PIN, a few guesses, and for a working day at most."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pos.domain.staff import FIRST_LOCK_MS, TRIES_BEFORE_LOCK, Role
from sync.hub.admin import add_staff
from sync.hub.database import HubDatabase
from sync.hub.pages.sessions import IDLE_MS, LONGEST_MS
from sync.hub.pages.sign_in import DOOR_TRIES
from sync.hub.tables_desk import desk_session
from tests.sync.hub.pages.conftest import PIN, Browser
from tests.sync.serving import FixedClock


def test_a_stranger_is_asked_who_they_are(browser: Browser) -> None:
    answer = browser.get("/desk/")

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in")


def test_the_door_asks_for_shop_person_and_pin_and_names_no_cashier(browser: Browser) -> None:
    shops = browser.get("/desk/sign-in").text
    people = browser.get("/desk/sign-in?shop=FUEN").text
    pin = browser.get("/desk/sign-in?shop=FUEN&person=marta").text

    assert "Fuencarral" in shops
    assert "Goya" in shops
    assert ("Marta Sanz" in people, "Romero" in people, "Pau" in people) == (True, False, False)
    assert 'name="pin"' in pin


def test_a_manager_signs_in_and_out(browser: Browser) -> None:
    browser.sign_in()
    inside = browser.get("/desk/")
    out = browser.post("/desk/sign-out", {})
    after = browser.get("/desk/")

    assert inside.status_code == 200
    assert "Marta Sanz" in inside.text
    assert (out.status_code, after.status_code) == (303, 303)


def test_signing_out_ends_the_session_also_for_who_copied_the_cookie(
    marta: Browser, another: Browser
) -> None:
    another.http.cookies.update(marta.http.cookies)
    marta.post("/desk/sign-out", {})

    assert another.get("/desk/").status_code == 303


@pytest.mark.parametrize(
    ("person", "pin", "why"),
    [
        ("marta", "1111", "wrong"),
        ("marta", "no digits", "no PIN"),
        ("lucia", PIN, "a cashier"),
        ("pau", PIN, "of another shop"),
        ("nadie", PIN, "nobody"),
    ],
)
def test_nobody_else_gets_in(browser: Browser, person: str, pin: str, why: str) -> None:
    answer = browser.sign_in(person, pin=pin)

    assert answer.status_code == 403
    assert browser.get("/desk/").status_code == 303


def test_the_cookie_is_for_no_script_no_other_site_and_is_stored_as_a_hash(
    browser: Browser, people: HubDatabase
) -> None:
    cookie = browser.sign_in().headers["set-cookie"]

    token = browser.http.cookies["mostrador_desk"]
    with people.reading() as connection:
        stored = connection.execute(select(desk_session)).one()
    assert {"HttpOnly", "SameSite=strict", "Path=/desk"} <= set(cookie.split("; "))
    assert token not in str(stored)


def test_five_wrong_pins_lock_for_half_a_minute_and_then_for_longer(
    browser: Browser, at_ms: FixedClock
) -> None:
    tries = [browser.sign_in(pin="0000").status_code for _ in range(TRIES_BEFORE_LOCK)]
    right = browser.sign_in()
    at_ms.at_ms += FIRST_LOCK_MS
    sixth = browser.sign_in(pin="0000")
    at_ms.at_ms += FIRST_LOCK_MS
    still = browser.sign_in()
    at_ms.at_ms += FIRST_LOCK_MS
    free = browser.sign_in()

    assert tries == [403] * 4 + [429]
    assert right.status_code == 429
    assert "30 s" in right.text
    assert (sixth.status_code, still.status_code, free.status_code) == (429, 429, 303)


def test_half_an_hour_of_doing_nothing_ends_the_session(marta: Browser, at_ms: FixedClock) -> None:
    at_ms.at_ms += IDLE_MS - 1
    busy = marta.get("/desk/").status_code
    at_ms.at_ms += IDLE_MS - 1
    still_busy = marta.get("/desk/").status_code
    at_ms.at_ms += IDLE_MS
    idle = marta.get("/desk/").status_code

    assert (busy, still_busy, idle) == (200, 200, 303)


def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(
    marta: Browser, at_ms: FixedClock
) -> None:
    for _ in range(4):
        at_ms.at_ms += IDLE_MS // 4
        last = marta.get("/desk/approvals?auto=1").status_code

    assert last == 303


def test_after_eight_hours_the_pin_is_asked_for_again(marta: Browser, at_ms: FixedClock) -> None:
    answers = []
    for _ in range(LONGEST_MS // (IDLE_MS // 2)):
        at_ms.at_ms += IDLE_MS // 2
        answers.append(marta.get("/desk/").status_code)

    assert answers == [200] * (len(answers) - 1) + [303]


@pytest.mark.parametrize(("role", "active"), [(Role.CASHIER, True), (Role.MANAGER, False)])
def test_the_session_of_somebody_who_left_or_fell_is_over_at_once(
    marta: Browser, people: HubDatabase, role: Role, active: bool
) -> None:
    add_staff(
        people.engine, "FUEN", staff_id="marta", name="Marta", role=role, pin=PIN,
        is_active=active,
    )  # fmt: skip

    page = marta.get("/desk/")
    form = marta.post("/desk/items/x/note", {"note": "still here"})

    assert (page.status_code, form.status_code) == (303, 403)


def test_the_language_can_be_switched_and_leads_back_to_our_pages_only(
    marta: Browser,
) -> None:
    there = marta.get("/desk/language/en?to=/desk/tills")
    page = marta.get("/desk/")
    elsewhere = [
        marta.get(f"/desk/language/en?to={address}").headers["location"]
        for address in ("//evil.example/", "https://evil.example", "/desk/\\\\evil", "/health")
    ]

    assert there.headers["location"] == "/desk/tills"
    assert "Conflict desk" in page.text
    assert elsewhere == ["/desk/"] * 4


def test_who_tries_a_pin_on_one_name_after_the_other_is_locked_out_of_the_shop(
    browser: Browser, people: HubDatabase, at_ms: FixedClock
) -> None:
    names = [f"jefa{number}" for number in range(DOOR_TRIES + 1)]
    for name in names:
        add_staff(
            people.engine, "FUEN", staff_id=name, name=name, role=Role.SHIFT_LEAD, pin="8642"
        )

    tries = [browser.sign_in(name, pin="0000").status_code for name in names[:-1]]
    right = browser.sign_in(names[-1], pin="8642")
    elsewhere = browser.sign_in("pau", "GOYA").status_code
    at_ms.at_ms += FIRST_LOCK_MS
    later = browser.sign_in(names[-1], pin="8642").status_code

    assert tries == [403] * (DOOR_TRIES - 1) + [429]
    assert (right.status_code, elsewhere, later) == (429, 303, 303)


def test_signing_in_as_somebody_else_ends_the_session_before(marta: Browser) -> None:
    cookie = marta.http.cookies["mostrador_desk"]

    marta.sign_in("hugo")
    marta.http.cookies.clear()
    marta.http.cookies.set("mostrador_desk", cookie, path="/desk")

    assert marta.get("/desk/").status_code == 303


def test_a_changed_pin_ends_the_sessions_that_began_with_the_one_before(
    marta: Browser, people: HubDatabase
) -> None:
    assert marta.get("/desk/").status_code == 200

    add_staff(people.engine, "FUEN", staff_id="marta", name="Marta", role=Role.MANAGER, pin="1357")

    assert marta.get("/desk/").status_code == 303


@pytest.mark.parametrize("origin", ["http://[bad", "null", "http://evil.example", ""])
def test_a_form_from_elsewhere_is_refused_however_it_names_itself(
    browser: Browser, origin: str
) -> None:
    form = {"shop": "FUEN", "person": "marta", "pin": PIN}

    answer = browser.post("/desk/sign-in", form, {"Origin": origin})

    assert answer.status_code == 403
    assert browser.get("/desk/").status_code == 303
