"""Who is found, in which order, and what answers over HTTP."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.customer_search import holds, matches, read_query, search_text
from sync.client import HubRefused
from sync.counter_client import CounterClient
from sync.credentials import Credentials
from sync.hub.customers.finding import find
from sync.hub.database import HubDatabase
from sync.wire.v1.customers import MAX_FOUND
from tests.customer_builders import a_customer
from tests.sync.enrolling import enrolled
from tests.sync.hub.customers.kit import CustomerTill, kept
from tests.sync.hub.test_openapi import LOOSE, TEXTS, call

NAMES = (
    "Carmen Ortega Ruiz", "María García López", "Mar García", "Mario Garcés", "Jesús Jiménez",
    "Xesús Ximénez", "O", "Ñ", "Å" * 200, "Nadia Haddad · نادية", "Maeve O'Brien",
    "Luc Saint-Jean", "100% Real_Name", "Wei 李",
)  # fmt: skip


def people(database: HubDatabase) -> None:
    kept(
        database,
        *(
            a_customer(f"c-{place}", name=name, phones=(f"+346000001{place:02}",), emails=(),
                       member_card=f"NOGAL-{place:06}")
            for place, name in enumerate(NAMES)
        ),
    )  # fmt: skip


def test_customers_are_found_by_words_sounds_and_slips(database: HubDatabase) -> None:
    people(database)
    till = CustomerTill(database)

    assert till.find("mar garcia") == ["Mar García", "María García López"]
    assert till.find("gracia") == ["Mar García", "María García López"]
    assert till.find("garcia lopes") == ["María García López"]
    assert till.find("gimenez") == ["Jesús Jiménez", "Xesús Ximénez"]
    assert till.find("garc")[0] == "Mar García"
    assert till.find("o") == ["O", "Maeve O'Brien", "Carmen Ortega Ruiz"]
    assert till.find("ñ") == ["Ñ", "Nadia Haddad · نادية", "100% Real_Name"]
    assert till.find("å" * 200) == ["Å" * 200]
    assert till.find("نادية") == ["Nadia Haddad · نادية"]
    assert till.find("obrien") == till.find("o'brien") == ["Maeve O'Brien"]
    assert till.find("saint jean") == till.find("saintjean") == ["Luc Saint-Jean"]
    assert till.find("%") == till.find("_") == till.find("") == till.find("·") == []
    assert till.find("100% real_name") == till.find("real") == ["100% Real_Name"]
    assert till.find("carmen garcia") == []


def test_a_card_or_phone_comes_before_names(database: HubDatabase) -> None:
    people(database)
    till = CustomerTill(database)

    assert till.find("nogal-000003") == ["Mario Garcés"]
    for spelling in ("600 000 103", "+34 600 000 103", "0034600000103", "600000103"):
        assert till.find(spelling) == ["Mario Garcés"]
    assert len(till.find("600 000")) == len(NAMES)
    assert till.find("600 000", country="MX") == []


def test_a_mexican_phone_of_yesterday_is_found(database: HubDatabase) -> None:
    kept(database, a_customer(phones=("+525512345678",)))
    till = CustomerTill(database)

    for spelling in ("5512345678", "+52 1 55 1234 5678", "044 55 1234 5678", "55 1234"):
        assert till.find(spelling, country="MX") == ["Carmen Ortega Ruiz"]


def test_whom_the_shop_knows_comes_first_of_those_of_one_name(database: HubDatabase) -> None:
    same = [a_customer(f"c-{n}", phones=(), emails=(), member_card="") for n in range(5)]
    kept(database, *same)
    kept(database, same[3], shop="FUEN")
    till = CustomerTill(database)

    with database.reading() as connection:
        found = find(connection, "carmen", shop="FUEN", country="ES")
    assert found[0].content["customer_id"] == "c-3"
    assert till.glance("c-3").content["customer_id"] == "c-3"


def test_more_than_are_shown_are_cut_off(database: HubDatabase) -> None:
    many = [a_customer(f"c-{n}", name=f"Ana {n:03}", phones=(), emails=()) for n in range(70)]
    kept(database, *many)
    assert len(CustomerTill(database).find("ana")) == MAX_FOUND


@given(st.sampled_from(NAMES), st.integers(0, 30), st.sampled_from("aeg hñ'"), st.booleans())
@settings(LOOSE, max_examples=60)
def test_the_hub_finds_whom_the_till_would_find(
    hub_of_people: CustomerTill, name: str, at: int, letter: str, has_more: bool
) -> None:
    word = name[:40]
    typed = word[:at] + letter * has_more + word[at + 1 - has_more :]
    query = read_query(typed, "ES")
    expected = {
        one
        for place, one in enumerate(NAMES)
        if matches(a_customer(name=one, phones=(), emails=(), member_card=""), query)
    }
    exact = {one for one in expected if holds(search_text(one), query.words)}
    assert set(hub_of_people.find(typed)) == (exact or expected)


@pytest.fixture
def hub_of_people(database: HubDatabase) -> CustomerTill:
    people(database)
    return CustomerTill(database)


def test_a_till_asks_over_http(
    database: HubDatabase, hub_url: str, credentials: Credentials
) -> None:
    people(database)
    client = CounterClient(hub_url, enrolled(database, "FUEN-7"))

    found = client.find_customers("600 000 103", deadline_s=30)
    glance = client.customer_glance("c-3", deadline_s=30)

    assert [one.content["name"] for one in found.customers] == ["Mario Garcés"]
    assert (found.customers[0].is_near, found.customers[0].seen_at_ms) == (False, 0)
    assert glance.content["member_card"] == "NOGAL-000003"
    assert client.find_customers("garces maryo", deadline_s=30).customers[0].is_near
    with pytest.raises(HubRefused, match="no_such_customer"):
        client.customer_glance("nobody", deadline_s=30)


@settings(LOOSE, max_examples=40)
@given(text=TEXTS, country=TEXTS, who=TEXTS)
def test_whatever_is_asked_is_answered(
    hub_url: str, credentials: Credentials, text: str, country: str, who: str
) -> None:
    told = {"text": text.encode("utf-8", "replace"), "country": country.encode("utf-8", "replace")}
    call("GET", f"{hub_url}/v1/customers", params=told)
    call("GET", f"{hub_url}/v1/customers/{quote(who, safe='', errors='replace')}/glance")
    call("GET", f"{hub_url}/v1/shops/FUEN/feed/customers", params={"cursor": told["text"]})
