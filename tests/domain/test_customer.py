"""A customer's record: what can be one, and what stays of it."""

from typing import Any

import pytest

from pos.domain.customer import (
    MOST_NOTES,
    Consent,
    ConsentKind,
    CustomerNote,
    ImpossibleCustomer,
    erased,
    is_birthday,
    merged,
    normal_card,
    normal_name,
    with_consent,
    with_note,
)
from pos.domain.mail_address import masked_mail
from tests.customer_builders import a_customer


@pytest.mark.parametrize("name", ["Ñ", "O", "Å" * 200, "Nadia Haddad · نادية", "李"])
def test_names_of_one_letter_and_of_two_hundred_are_names(name: str) -> None:
    assert a_customer(name=normal_name(name)).name == name


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "a" * 201])
def test_nobody_is_called_nothing_or_a_whole_page(name: str) -> None:
    with pytest.raises(ImpossibleCustomer):
        normal_name(name)


@pytest.mark.parametrize(
    "fields",
    [
        {"phones": ("600 000 101",)},
        {"phones": ("+34600000101",) * 2},
        {"phones": tuple(f"+3460000010{last}" for last in range(6))},
        {"emails": ("Carmen@cliente.example",)},
        {"emails": ("carmen",)},
        {"member_card": "nogal 1"},
        {"birthday": "02-30"},
        {"birthday": "17-05"},
        {"preferences": (("talla", "M"), ("talla", "L"))},
        {"merged_into": "other"},
        {"is_erased": True},
        {"customer_id": "a b"},
    ],
)
def test_a_record_that_cannot_be_is_refused_without_repeating_it(
    fields: dict[str, Any],
) -> None:
    with pytest.raises(ImpossibleCustomer) as refused:
        a_customer(**{"customer_id": "carmen", **fields})
    assert "6000" not in str(refused.value)


def test_somebody_without_phone_mail_and_card_is_a_customer() -> None:
    bare = a_customer(phones=(), emails=(), member_card="")
    assert bare.is_live


def test_a_birthday_on_the_29th_of_february_needs_no_year() -> None:
    assert is_birthday("02-29")
    assert is_birthday("2004-02-29")
    assert not is_birthday("2005-02-29")


def test_of_an_erased_customer_nothing_but_the_record_s_id_stays() -> None:
    gone = erased(a_customer(version=7))
    assert "armen" not in repr(gone).replace("customer_id='carmen'", "")
    assert gone.is_erased
    assert gone.version == 7


def test_a_customer_is_not_merged_into_themselves() -> None:
    with pytest.raises(ImpossibleCustomer):
        merged(a_customer(), "carmen")
    assert merged(a_customer(), "carmen-2").name == ""


def test_the_last_word_about_a_consent_counts() -> None:
    no = Consent(ConsentKind.SUGGESTIONS, False, 2_000, "es-1")
    said = with_consent(a_customer(), no)
    assert not said.agrees(ConsentKind.SUGGESTIONS)
    assert said.consents == (no,)
    assert not said.agrees(ConsentKind.MARKETING_SMS)


def test_the_oldest_note_makes_room_for_the_newest() -> None:
    customer = a_customer(notes=())
    for at_ms in range(MOST_NOTES + 1):
        customer = with_note(customer, CustomerNote("nota", at_ms, "ana"))
    assert [note.at_ms for note in customer.notes] == list(range(1, MOST_NOTES + 1))


def test_the_receipt_calls_customers_by_their_initials() -> None:
    assert a_customer().initials == "C. O. R."
    assert a_customer(name="Nadia Haddad · نادية").initials == "N. H. ن."


def test_a_card_is_read_with_and_without_capitals() -> None:
    assert normal_card(" nogal-000101") == "NOGAL-000101"
    with pytest.raises(ImpossibleCustomer):
        normal_card("¡NO!")


def test_a_masked_address_shows_its_ends_only() -> None:
    assert masked_mail("carmela@correo.es") == "c•••a@correo.es"
    assert masked_mail("ñ@correo.es") == "•••@correo.es"
    assert masked_mail("") == ""
