"""What people see and decide on the hub's pages, and what nobody can make them do."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from sync.hub.conflicts import desk_items
from sync.hub.conflicts.desk import Found, item_id_of, open_item
from sync.hub.counter import approvals
from sync.hub.database import HubDatabase
from sync.hub.tables_desk import desk_fact
from sync.wire.v1.approvals import ApprovalRequest
from sync.wire.v1.desk import ItemKind, ItemState
from tests.sync.facts import T0
from tests.sync.hub.desk_cases import side, ticket_resumed_twice
from tests.sync.hub.pages.conftest import Browser
from tests.sync.serving import FixedClock

EVIL = "<script>alert(1)</script>"
ITEM = item_id_of(ItemKind.TICKET_RESUMED_TWICE, "basket-1")
OP = "0123456789abcdef" * 2


@pytest.fixture
def item(people: HubDatabase) -> HubDatabase:
    with people.transaction() as connection:
        open_item(connection, ticket_resumed_twice())
    return people


def ask(database: HubDatabase, request_id: str = "r-1", by: str = "lucia", **said: object) -> None:
    question = {
        "request_id": request_id, "capability": "discount", "discount": 25_00,
        "amount": 39_90, "currency": "EUR", "requested_by": by,
    }  # fmt: skip
    with database.transaction() as connection:
        request = ApprovalRequest.model_validate({**question, **said})
        approvals.ask(connection, "FUEN-1", "FUEN", request, T0)


def facts(database: HubDatabase) -> list[tuple[str, str]]:
    with database.reading() as connection:
        rows = connection.execute(select(desk_fact).order_by(desk_fact.c.op_id))
        return [(row.action, row.outcome) for row in rows]


def test_an_empty_desk_says_what_would_be_here(marta: Browser) -> None:
    pages = [
        marta.get(path).text
        for path in ("/desk/", "/desk/?show=mine", "/desk/?show=resolved", "/desk/approvals",
                     "/desk/tills")
    ]  # fmt: skip

    assert all('class="panel empty"' in page for page in pages)


def test_an_item_shows_both_sides_its_money_and_its_ways_out(
    marta: Browser, item: HubDatabase
) -> None:
    page = marta.get(f"/desk/items/{ITEM}").text

    for text in ("Cortina lino 140 × 260", "54,90\u00a0€", "1-000219", "2-000874", "Caja 2",
                 "Lucía Romero", "Valen las dos ventas"):  # fmt: skip
        assert text in page
    assert set(re.findall(r'name="resolution" value="(\w+)"', page)) == {"both_stand", "seen"}


def test_what_others_wrote_is_shown_and_never_run(marta: Browser, people: HubDatabase) -> None:
    found = Found(
        ItemKind.TICKET_RESUMED_TWICE, "evil", "FUEN", "FUEN-1", EVIL, "EUR", T0, 5,
        (side("FUEN-1", staff=EVIL, document='"><img src=x>'),),
    )  # fmt: skip
    with people.transaction() as connection:
        open_item(connection, found)
    ask(people, detail=EVIL, reason='"onmouseover="alert(1)')
    evil = item_id_of(found.kind, found.key)
    marta.post(f"/desk/items/{evil}/note", {"op_id": OP, "note": EVIL})

    pages = [
        marta.get(path).text
        for path in ("/desk/", f"/desk/items/{evil}", "/desk/approvals", f"/desk/{EVIL}")
    ]

    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page
        assert '"onmouseover' not in page
        assert "<b>Romero" not in page
    assert pages[1].count("&lt;script&gt;") == 4


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/sign-in", f"/desk/items/{ITEM}", "/desk/approvals", "/desk/nowhere"]
)
def test_no_page_can_be_kept_framed_or_made_to_run_anything(
    marta: Browser, item: HubDatabase, path: str
) -> None:
    headers = marta.get(path).headers

    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_every_page_obeys_its_own_policy(marta: Browser, item: HubDatabase) -> None:
    ask(item)
    pages = [
        marta.get(path).text
        for path in ("/desk/", f"/desk/items/{ITEM}", "/desk/approvals", "/desk/tills")
    ]

    for page in pages:
        assert not re.search(
            r"\son\w+=|\sstyle=|<style|javascript:|https?://(?!www.w3.org/2000)", page
        )
        assert re.findall(r"<script(?! src=\"/desk/static/)", page) == []


def test_everything_a_page_loads_is_there(marta: Browser) -> None:
    page = marta.get("/desk/").text
    loaded = re.findall(r'(?:src|href)="(/desk/static/[^"]+)"', page)
    styles = next(address for address in loaded if address.endswith("desk.css"))
    fonts = re.findall(r'url\("([^"]+)"\)', marta.get(styles).text)
    addresses = [*loaded, *(f"{styles.rpartition('/')[0]}/{font}" for font in fonts)]

    answers = [marta.get(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert marta.get("/desk/static/x/..%2fdesk.html").status_code == 404


def test_a_decision_resolves_the_item_under_the_name_of_who_took_it(
    marta: Browser, item: HubDatabase
) -> None:
    form = {"op_id": OP, "resolution": "both_stand", "note": "Hablado con Goya"}
    answers = [marta.post(f"/desk/items/{ITEM}/resolve", form).status_code for _ in range(2)]

    page = marta.get(f"/desk/items/{ITEM}?done=resolve").text
    listed = marta.get("/desk/?show=resolved").text
    assert answers == [303, 303]
    assert facts(item) == [("resolve", "applied")]
    assert "«Valen las dos ventas»: Marta Sanz" in page
    assert "Hablado con Goya" in page
    assert "Ticket en dos cajas" in listed


def test_who_decides_second_is_told_that_it_changes_nothing(
    marta: Browser, another: Browser, item: HubDatabase
) -> None:
    another.sign_in("hugo")
    for browser, op_id, resolution in (
        (marta, OP, "both_stand"),
        (another, OP[::-1], "seen"),
    ):
        answer = browser.post(
            f"/desk/items/{ITEM}/resolve", {"op_id": op_id, "resolution": resolution}
        )

    page = another.get(answer.headers["location"]).text
    with item.reading() as connection:
        (resolved,) = desk_items.items(connection, ["FUEN"], ItemState.RESOLVED)
    assert "se adelantó" in page
    assert (resolved.resolution, resolved.resolved_by) == ("both_stand", "marta")


def test_an_item_is_taken_on_and_given_back(marta: Browser, item: HubDatabase) -> None:
    marta.post(f"/desk/items/{ITEM}/assign", {"op_id": OP, "owner": "me"})
    mine = marta.get("/desk/?show=mine").text
    marta.post(f"/desk/items/{ITEM}/assign", {"op_id": OP[::-1], "owner": "nobody"})

    assert f"/desk/items/{ITEM}" in mine
    assert f"/desk/items/{ITEM}" not in marta.get("/desk/?show=mine").text


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"op_id": OP, "resolution": "charged"}, 422),
        ({"op_id": OP, "resolution": "burn"}, 422),
        ({"op_id": "short", "resolution": "seen"}, 422),
        ({"op_id": OP, "resolution": "seen", "note": "4111 1111 1111 1111"}, 422),
        ({"op_id": OP, "resolution": "seen", "note": "x" * 20_000}, 413),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(
    marta: Browser, item: HubDatabase, form: dict[str, str], status: int
) -> None:
    answer = marta.post(f"/desk/items/{ITEM}/resolve", form)

    assert answer.status_code == status
    assert "<h2>" in answer.text
    assert facts(item) == []


@pytest.mark.parametrize(
    ("token", "headers"),
    [
        ("", {}),
        ("f" * 64, {}),
        ("ñ", {}),
        (None, {"Origin": "https://evil.example"}),
        (None, {"Origin": "null"}),
        (None, {"Sec-Fetch-Site": "cross-site"}),
    ],
)
def test_a_form_of_another_site_or_session_does_nothing(
    marta: Browser, item: HubDatabase, token: str | None, headers: dict[str, str]
) -> None:
    form = {"op_id": OP, "resolution": "seen"} | ({} if token is None else {"csrf": token})

    answer = marta.post(f"/desk/items/{ITEM}/resolve", form, headers)

    assert answer.status_code == 403
    assert facts(item) == []


def test_the_token_of_another_session_does_nothing(
    marta: Browser, another: Browser, item: HubDatabase
) -> None:
    another.sign_in("hugo")
    form = {"op_id": OP, "resolution": "seen", "csrf": another.csrf}

    assert marta.post(f"/desk/items/{ITEM}/resolve", form).status_code == 403
    assert another.csrf != marta.csrf


def test_a_manager_neither_sees_nor_decides_what_is_another_shops(
    another: Browser, item: HubDatabase, at_ms: FixedClock
) -> None:
    another.sign_in("pau", "GOYA")
    ask(item)

    seen = another.get(f"/desk/items/{ITEM}")
    listed = another.get("/desk/").text
    acts = [
        another.post(f"/desk/items/{ITEM}/{act}", {"op_id": OP, "resolution": "seen", "note": "x"})
        for act in ("resolve", "assign", "note")
    ]
    decided = another.post("/desk/approvals/r-1", {"decision": "granted"})

    assert seen.status_code == 404
    assert ITEM not in listed
    assert [answer.status_code for answer in acts] == [404] * 3
    assert decided.status_code == 404
    assert facts(item) == []


def test_a_manager_authorises_from_the_phone(marta: Browser, people: HubDatabase) -> None:
    ask(people, reason="Tara", detail="Lámpara de mesa")

    page = marta.get("/desk/approvals").text
    answer = marta.post("/desk/approvals/r-1", {"decision": "granted"})

    with people.reading() as connection:
        known = approvals.look(connection, "FUEN-1", "r-1", T0)
    assert "Descuento · 25\u00a0%" in page
    assert "lo autoriza Marta Sanz" in page
    assert answer.headers["location"] == "/desk/approvals?done=granted"
    assert known is not None
    assert (known.state.value, known.decided_by_name) == ("granted", "Marta Sanz")


def test_who_may_not_grant_it_sees_no_key_for_it(
    another: Browser, people: HubDatabase, at_ms: FixedClock
) -> None:
    another.sign_in("hugo")
    ask(people)
    ask(people, "r-2", by="hugo", capability="open_drawer", discount=0)

    page = another.get("/desk/approvals").text
    answers = [
        another.post(f"/desk/approvals/{request}", {"decision": "granted"}).status_code
        for request in ("r-1", "r-2")
    ]

    assert 'name="decision"' not in page
    assert "Lo pediste tú" in page
    assert answers == [403, 403]


def test_a_decision_that_comes_too_late_is_said_to(
    marta: Browser, people: HubDatabase, at_ms: FixedClock
) -> None:
    ask(people)
    at_ms.at_ms += approvals.WAITS_MS

    answer = marta.post("/desk/approvals/r-1", {"decision": "granted"})

    assert "Llegas tarde" in marta.get(answer.headers["location"]).text
    assert 'data-key="r-1"' not in marta.get("/desk/approvals").text


def test_the_numbers_beside_the_tabs_are_those_of_the_shop(
    marta: Browser, item: HubDatabase
) -> None:
    ask(item)

    assert marta.get("/desk/counts?auto=1").json() == {"open": 1, "approvals": 1}
