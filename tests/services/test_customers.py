"""Customers at the counter: made, changed, on the ticket, and nothing of them in the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from pos.domain.basket import EntryMethod
from pos.domain.customer import ConsentKind, Customer, erased, merged
from pos.domain.customer_content import read_beside
from pos.domain.customer_glance import Glance, GlancedPurchase, PurchaseKind
from pos.domain.free_text import LooksLikeCardNumber
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.ticket import Ticket
from pos.services import customers, park, pay, sell
from pos.services.customers import CustomerDraft, NoSuchCustomer, WrongField
from pos.services.scan import CustomerRead, scan
from pos.services.ticket_customer import (
    customer_of,
    followed,
    put_on_ticket,
    take_off_ticket,
)
from pos.services.workstation import SignOn
from pos.store.customers import CustomersTold
from pos.store.outbox import AgentStore
from pos.store.verify import verify
from tests.customer_builders import a_customer
from tests.services.conftest import KEY, OIL, Shop

NADIA = CustomerDraft(
    "Nadia Haddad", phone="600 000 103", email="Nadia@Cliente.example", birthday="02-29"
)


@pytest.fixture
def agent(shop: Shop) -> Iterator[AgentStore]:
    made = AgentStore(shop.path, key=KEY)
    yield made
    made.close()


def told(agent: AgentStore, *changed: Customer) -> None:
    agent.apply_customers(CustomersTold(changed), 1, at_ms=5)


def with_oil(sign_on: SignOn, ticket: Ticket | None = None) -> Ticket:
    return sell.add_product(sign_on, ticket, OIL, Quantity.each(1), EntryMethod.SCANNED)


def paid(sign_on: SignOn, ticket: Ticket) -> str:
    done = pay.take_cash(sign_on, pay.begin(sign_on, ticket), OIL.price)
    assert isinstance(done, pay.Paid)
    return done.sale.customer_id


def test_who_is_made_here_is_found_at_once_and_the_journal_names_nobody(
    at_work: SignOn, shop: Shop, agent: AgentStore
) -> None:
    made = customers.create(at_work, NADIA, [(ConsentKind.RECEIPT_BY_EMAIL, "es-1")])

    assert [k.customer for k in customers.find(shop.station, "nadia hadad")] == [made]
    assert (made.phones, made.emails) == (("+34600000103",), ("nadia@cliente.example",))
    fact = shop.facts()[-1]
    body: dict[str, Any] = fact.body
    assert fact.kind.value == "customer.saved"
    assert not any(word in fact.body_json.lower() for word in ("nadia", "600000103", "02-29"))
    assert [c["kind"] for c in body["consents"]] == ["receipt_by_email"]
    beside = json.loads(agent.beside([fact.op_id])[fact.op_id])
    assert read_beside(beside, body["commitment"]) == made


@pytest.mark.parametrize(
    ("field", "draft"),
    [("name", replace(NADIA, name=" ")), ("name", replace(NADIA, name="N" * 201)),
     ("phone", replace(NADIA, phone="12")), ("email", replace(NADIA, email="nadia@")),
     ("birthday", replace(NADIA, birthday="02-30")),
     ("member_card", replace(NADIA, member_card="?"))],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_field_and_nothing_is_recorded(
    at_work: SignOn, shop: Shop, field: str, draft: CustomerDraft
) -> None:
    before = shop.kinds()

    with pytest.raises(WrongField) as refused:
        customers.create(at_work, draft)

    assert refused.value.field == field
    assert shop.kinds() == before


def test_an_edit_keeps_what_was_not_shown_and_changes_nothing_twice(
    at_work: SignOn, shop: Shop, agent: AgentStore
) -> None:
    told(agent, a_customer(phones=("+34600000101", "+34600000199")))
    draft = CustomerDraft("Carmen Vidal", "+34 600 000 101", "", "NOGAL-000101", "05-17",
                          preferences=(("talla", "M"),))  # fmt: skip

    customers.edit(at_work, "carmen", draft)
    after = customers.edit(at_work, "carmen", draft)

    assert (after.name, after.emails) == ("Carmen Vidal", ())
    assert after.phones == ("+34600000101", "+34600000199")
    assert shop.kinds().count("customer.saved") == 1
    assert shop.facts()[-1].body["fields"] == ["name", "emails"]


def test_notes_and_consents_are_the_last_word(at_work: SignOn, agent: AgentStore) -> None:
    told(agent, a_customer())

    customers.write_note(at_work, "carmen", "  Cumple el martes ")
    with pytest.raises(LooksLikeCardNumber):
        customers.write_note(at_work, "carmen", "paga con 4111 1111 1111 1111")
    after = customers.set_consent(
        at_work, "carmen", ConsentKind.SUGGESTIONS, is_given=False, text_version="es-1"
    )

    assert [note.text for note in after.notes] == [
        "Prefiere la bolsa de papel",
        "Cumple el martes",
    ]
    assert not after.agrees(ConsentKind.SUGGESTIONS)
    with pytest.raises(NoSuchCustomer):
        customers.write_note(at_work, "nobody", "hola")


def test_who_has_the_phone_already_is_offered_in_place_of_a_second_record(
    at_work: SignOn, agent: AgentStore
) -> None:
    told(agent, a_customer(), a_customer("other", phones=("+34600000109",), emails=()))

    found = customers.twins(at_work.station, CustomerDraft("Carmen", phone="600.000.101"))

    assert [one.customer.customer_id for one in found] == ["carmen"]


def test_a_card_is_read_and_its_customer_goes_with_the_ticket_into_the_sale(
    at_work: SignOn, shop: Shop, agent: AgentStore
) -> None:
    told(agent, a_customer())
    read = scan(at_work, None, ScannedCode("nogal-000101", None, ScanSource.WEDGE))
    assert read == CustomerRead("NOGAL-000101")
    known = customers.by_card(shop.station, "NOGAL-000101")
    assert known is not None

    ticket = put_on_ticket(at_work, None, known.customer.customer_id)
    ticket = with_oil(at_work, ticket)
    job = park.park(at_work, ticket)
    ticket = park.resume(at_work, job.subject_id)
    assert customer_of(shop.station, ticket) == known

    assert paid(at_work, ticket) == "carmen"
    assert shop.facts()[-1].body["customer_id"] == "carmen"
    glance = customers.glance_of(shop.station, "carmen")
    assert [one.total.minor for one in glance.purchases] == [OIL.price.minor]
    assert verify(shop.path, key=KEY) == []


def test_a_sale_of_nobody_says_nothing_of_customers(at_work: SignOn, shop: Shop) -> None:
    assert paid(at_work, with_oil(at_work)) == ""

    assert "customer_id" not in shop.facts()[-1].body


def test_who_was_taken_off_the_ticket_is_not_in_the_sale(
    at_work: SignOn, agent: AgentStore
) -> None:
    told(agent, a_customer())
    ticket = put_on_ticket(at_work, with_oil(at_work), "carmen")

    nobodys = take_off_ticket(at_work, ticket)
    assert nobodys is not None
    assert paid(at_work, nobodys) == ""
    assert take_off_ticket(at_work, put_on_ticket(at_work, None, "carmen")) is None
    with at_work.station.store.reading() as records:
        assert records.tickets.current() is None  # the shift can be closed
    with pytest.raises(NoSuchCustomer):
        put_on_ticket(at_work, None, "nobody")


def test_a_merged_customer_is_followed_and_an_erased_one_leaves_the_open_ticket(
    at_work: SignOn, shop: Shop, agent: AgentStore
) -> None:
    told(agent, a_customer(), a_customer("stays", name="Carmen O.", member_card=""))
    ticket = put_on_ticket(at_work, with_oil(at_work), "carmen")
    told(agent, merged(a_customer(), "stays"))

    merged_one = followed(at_work, ticket)
    assert merged_one is not None
    assert merged_one.basket.customer_id == "stays"
    assert customer_of(shop.station, merged_one) is not None
    told(agent, erased(a_customer("stays")))
    nobodys = followed(at_work, merged_one)

    assert nobodys is not None
    assert nobodys.basket.customer_id == ""
    assert followed(at_work, nobodys) is nobodys
    assert len(nobodys.basket.lines) == 1


def test_a_ticket_of_an_erased_customer_alone_goes_so_that_the_shift_can_be_closed(
    at_work: SignOn, agent: AgentStore
) -> None:
    told(agent, a_customer())
    ticket = put_on_ticket(at_work, None, "carmen")
    told(agent, erased(a_customer()))

    assert followed(at_work, ticket) is None
    with at_work.station.store.reading() as records:
        assert records.tickets.current() is None


def test_an_erasure_that_comes_while_the_ticket_is_paid_stops_no_sale(
    at_work: SignOn, agent: AgentStore
) -> None:
    told(agent, a_customer())
    paying = pay.begin(at_work, put_on_ticket(at_work, with_oil(at_work), "carmen"))
    told(agent, erased(a_customer()))

    done = pay.take_cash(at_work, paying, OIL.price)

    assert isinstance(done, pay.Paid)
    assert done.sale.customer_id == ""


def test_what_the_hub_said_and_what_was_sold_since_are_one_list(
    at_work: SignOn, shop: Shop, agent: AgentStore
) -> None:
    told(agent, a_customer())
    paid(at_work, put_on_ticket(at_work, with_oil(at_work), "carmen"))
    web = GlancedPurchase(
        PurchaseKind.ORDER, "o1", "W-10355", "", "", "web", 5, Money(58_40, "EUR"), 2
    )
    customers.keep_glance(shop.station, "carmen", Glance(7, purchases=(web,)))

    glance = customers.glance_of(shop.station, "carmen")

    assert [one.kind for one in glance.purchases] == [PurchaseKind.SALE, PurchaseKind.ORDER]
    assert glance.as_of_ms == 7


def test_what_the_hub_finds_is_kept_and_found_without_it_after(shop: Shop) -> None:
    kept = customers.keep_found(shop.station, [a_customer(), erased(a_customer("gone"))])

    assert [one.customer.customer_id for one in kept] == ["carmen"]
    assert customers.find(shop.station, "600000101") == kept
    assert not customers.find(shop.station, " ")
