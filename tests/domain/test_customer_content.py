"""A customer's record as it travels, and how versions of it become one."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.customer import (
    LATEST_MS,
    Consent,
    ConsentKind,
    Customer,
    CustomerNote,
    ImpossibleCustomer,
    with_consent,
    with_note,
    without_note,
)
from pos.domain.customer_content import (
    UnreadableCustomer,
    beside_text,
    commitment,
    customer_body,
    read_beside,
    read_customer,
    saved_body,
)
from pos.domain.customer_merging import changed_fields, dated, joined, united
from tests.customer_builders import a_customer

SALT = "0f" * 16
_at = st.integers(0, 20)
_consents = st.builds(
    Consent,
    st.sampled_from(ConsentKind),
    st.booleans(),
    _at,
    st.sampled_from(["es-1", "es-2"]),
)
_times = st.dictionaries(st.sampled_from(["name", "phones", "emails", "birthday", "tier"]), _at)
_dropped = st.sets(_at, max_size=2)


@st.composite
def versions(draw: st.DrawFn) -> Customer:
    """Versions of one record; seldom one that ended."""
    end = draw(st.sampled_from(["", "", "", "", "erased", "into-1", "into-2"]))
    version = draw(st.integers(0, 3))
    if end == "erased":
        return Customer("carmen", version, "", is_erased=True)
    if end:
        return Customer("carmen", version, "", merged_into=end)
    said = draw(st.lists(_consents, max_size=3, unique_by=lambda one: one.kind))
    base = a_customer()
    dropped = draw(_dropped)
    notes = tuple(
        type(base.notes[0])(text, at, "ana")
        for text, at in draw(st.sets(st.tuples(st.sampled_from("xyz"), _at), max_size=4))
        if at not in dropped
    )
    return a_customer(
        version=version,
        name=draw(st.sampled_from(["Carmen", "Carmen Ortega", "C."])),
        phones=tuple(draw(st.sets(st.sampled_from(["+34600000101", "+34600000102"])))),
        emails=(),
        birthday=draw(st.sampled_from(["", "05-17"])),
        consents=tuple(sorted(said, key=lambda one: one.kind.value)),
        notes=tuple(sorted(notes, key=lambda note: (note.at_ms, note.staff_id, note.text))),
        dropped_notes=tuple((at, "ana") for at in sorted(dropped)),
        since_ms=draw(_at),
        changed=tuple(sorted(draw(_times).items())),
    )


@given(versions(), versions(), versions())
def test_versions_become_one_in_whatever_order_they_come(
    one: Customer, two: Customer, three: Customer
) -> None:
    assert united(one, two) == united(two, one)
    assert united(united(one, two), three) == united(one, united(two, three))
    assert united(united(one, two), two) == united(one, two)
    assert united(one, one) == one


@given(versions())
def test_a_record_is_read_as_it_was_written(customer: Customer) -> None:
    assert read_customer(json.loads(json.dumps(customer_body(customer)))) == customer


def test_what_two_tills_changed_of_one_record_is_both_in_it() -> None:
    before = dated(None, a_customer(), 1_000)
    phone = dated(before, a_customer(phones=("+34600000999",), changed=before.changed), 5_000)
    name = dated(before, a_customer(name="Carmen Ortega", changed=before.changed), 4_000)
    both = united(phone, name)
    assert (both.name, both.phones) == ("Carmen Ortega", ("+34600000999",))
    assert changed_fields(before, both) == ("name", "phones")


def test_who_sees_a_change_and_changes_it_again_wins_whatever_their_clock_says() -> None:
    ahead = dated(None, a_customer(name="Carme"), 9_000_000)
    later = dated(ahead, a_customer(name="Carmen", changed=ahead.changed), 1_000)
    assert united(ahead, later).name == "Carmen"


def test_the_record_that_stays_of_two_knows_what_either_knew() -> None:
    other = a_customer(
        "carmen-2", phones=("+34600000102",), emails=(), tier="gold", member_card="NOGAL-2"
    )
    kept = joined(a_customer(), other, 9_000)
    assert kept.customer_id == "carmen"
    assert kept.phones == ("+34600000101", "+34600000102")
    assert (kept.member_card, kept.tier) == ("NOGAL-000101", "gold")
    assert len(kept.notes) == 1


def test_the_fact_of_a_record_holds_nothing_of_the_person() -> None:
    customer = a_customer()
    body = saved_body(customer, SALT, is_new=True, fields=("name",), staff_id="ana")
    text = json.dumps(body)
    for personal in ("Carmen", "600000101", "cliente.example", "NOGAL", "05-17", "bolsa", '"M"'):
        assert personal not in text
    assert body["commitment"] == commitment(SALT, customer_body(customer))
    assert commitment("0e" * 16, customer_body(customer)) != body["commitment"]


def test_the_content_beside_a_fact_is_taken_only_if_it_is_the_one_meant() -> None:
    customer = a_customer()
    said = commitment(SALT, customer_body(customer))
    beside = json.loads(beside_text(customer, SALT))
    assert read_beside(beside, said) == customer
    beside["content"]["name"] = "Somebody Else"
    with pytest.raises(UnreadableCustomer):
        read_beside(beside, said)


def test_a_field_that_a_later_till_writes_is_passed_over() -> None:
    record = {**customer_body(a_customer()), "shoe_size": 39}
    beside = {"salt": SALT, "content": record}
    assert read_beside(beside, commitment(SALT, record)) == a_customer()


@pytest.mark.parametrize(
    "damage",
    [
        {"phones": ["600"]}, {"phones": "+34600000101"}, {"name": ""}, {"name": None},
        {"is_erased": 1}, {"since_ms": -1}, {"birthday": "2026-13-01"}, {"consents": [{}]},
        {"changed": [{"field": "customer_id", "at_ms": 1}]}, {"since_ms": 1.5},
        {"preferences": [{"key": "a", "value": "b"}] * 2}, {"customer_id": "../x"},
        {"notes": [{"text": "", "at_ms": 1, "staff_id": ""}]}, {"merged_into": "other"},
    ],
)  # fmt: skip
def test_a_content_that_cannot_be_is_refused(damage: dict[str, object]) -> None:
    record = {**customer_body(a_customer()), **damage}
    with pytest.raises(UnreadableCustomer):
        read_customer(record)
    with pytest.raises(UnreadableCustomer):
        read_beside({"salt": SALT, "content": record}, "0" * 64)


def test_a_content_that_no_text_or_stack_can_hold_is_refused() -> None:
    deep: object = []
    for _ in range(5_000):
        deep = [deep]
    for record in ({"name": "\ud800"}, {"name": deep}, {"name": 1.5}):
        with pytest.raises(UnreadableCustomer):
            read_beside({"salt": SALT, "content": record}, "0" * 64)


def test_a_record_too_large_for_its_message_is_refused_before_anything_is_recorded() -> None:
    note = a_customer().notes[0]
    huge = tuple(type(note)("🧾" * 160, at_ms, "ana") for at_ms in range(50))
    with pytest.raises(ImpossibleCustomer):
        beside_text(a_customer(notes=huge), SALT)


def test_no_is_the_last_word_also_where_the_clock_is_an_hour_behind() -> None:
    yes = Consent(ConsentKind.MARKETING_SMS, True, 3_600_000 + 5_000, "es-1", "FUEN-1")
    seen = a_customer(consents=(yes,))
    no = replace(yes, is_given=False, at_ms=9_000, till="GOYA-1")

    assert not united(with_consent(seen, no), seen).agrees(ConsentKind.MARKETING_SMS)


def test_a_date_at_the_end_of_time_can_be_followed_by_a_change_that_is_read() -> None:
    before = a_customer(changed=(("name", LATEST_MS),))
    after = dated(before, replace(before, name="Carmen O."), 1_000)

    assert read_customer(customer_body(after)) == after


def test_a_note_that_was_dropped_stays_dropped_where_it_was_not_heard_of() -> None:
    seen = a_customer()
    other = CustomerNote("Llama los lunes", 2_000, "leo")
    dropped = without_note(seen, seen.notes[0])

    both = united(dropped, with_note(seen, other))

    assert both.notes == (other,)
    assert united(both, seen).notes == (other,)
    assert "bolsa" not in json.dumps(customer_body(both))
    assert joined(dropped, a_customer("carmen-2"), 9_000).notes == ()
