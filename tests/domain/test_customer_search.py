"""Customers are found by what they say, also misheard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.customer_search import (
    closeness,
    folded,
    holds,
    is_near,
    matches,
    name_words,
    near_forms,
    read_query,
    search_text,
)
from tests.customer_builders import a_customer

_words = st.text("abcdefghijlnrsuvz", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ortega", "Carmen Ortega Ruiz"), ("carmen ort", "Carmen Ortega Ruiz"),
        ("ruiz carmen", "Carmen Ortega Ruiz"), ("guell", "Tomás Güell"), ("TOMAS", "Tomás Güell"),
        ("gimenes", "Elena Jiménez"), ("baca", "Luis Vaca"), ("ernandes", "Ana Hernández"),
        ("yanes", "Sara Llanes"), ("chabarria", "Eva Chavarría"), ("guillen", "Paz Guillén"),
        ("ortgea", "Carmen Ortega Ruiz"), ("orteg", "Carmen Ortega Ruiz"),
        ("ortegaa", "Carmen Ortega Ruiz"), ("artega", "Carmen Ortega Ruiz"),
        ("obrien", "Maeve O'Brien"), ("o'brien", "Maeve O'Brien"),
        ("saint jean", "Luc Saint-Jean"),
        ("نادية", "Nadia Haddad · نادية"), ("ñ", "Ñ"), ("n", "Ñ"), ("sanchez", "Mar SÁNCHEZ"),
    ],
)  # fmt: skip
def test_a_name_is_found_as_it_is_said_heard_and_mistyped(typed: str, name: str) -> None:
    assert matches(a_customer(name=name), read_query(typed, "ES"))


@pytest.mark.parametrize(
    ("typed", "name"),
    [("eva", "Ana"), ("lea", "Leo"), ("ortega lopez", "Carmen Ortega Ruiz"), ("", "Carmen"),
     ("martinez", "Martin"), ("· ·", "Carmen")],
)  # fmt: skip
def test_another_name_is_not_found(typed: str, name: str) -> None:
    assert not matches(a_customer(name=name), read_query(typed, "ES"))


@given(_words, st.integers(0, 11), st.integers(0, 3), st.sampled_from("abcdefgz"))
def test_near_words_have_a_form_in_common(word: str, at: int, way: int, letter: str) -> None:
    at = min(at, len(word) - 1)
    typed = [
        word[:at] + word[at + 1 :], word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :], word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ][way]  # fmt: skip
    assert is_near(typed, word) == is_near(word, typed)
    if is_near(typed, word):
        assert near_forms(typed) & near_forms(word)


@given(st.text(max_size=260))
def test_whatever_is_typed_is_read(typed: str) -> None:
    query = read_query(typed, "MX")
    assert len(query.words) <= 6
    matches(a_customer(), query)
    assert all(folded(word) == word for word in query.words)


@given(st.text(min_size=1, max_size=200))
def test_the_words_of_a_name_are_few_and_found_in_its_text(name: str) -> None:
    words = name_words(name)
    assert len(words) <= 16
    assert holds(search_text(name), words)


@pytest.mark.parametrize(
    "typed", ["600000101", "+34 600 000 101", "0034600000101", "600 00", "+34 600", "(600) 000"]
)
def test_a_phone_is_found_by_how_it_begins_in_every_spelling(typed: str) -> None:
    assert matches(a_customer(), read_query(typed, "ES"))


def test_a_mexican_phone_said_with_its_old_prefix_is_found() -> None:
    customer = a_customer(phones=("+525512345678",))
    assert matches(customer, read_query("+52 1 55 1234 5678", "ES"))
    assert matches(customer, read_query("55 1234", "MX"))
    assert not matches(customer, read_query("55 1234", "ES"))


def test_mail_and_card_are_found() -> None:
    assert matches(a_customer(), read_query("Carmen@Cliente.example", "ES"))
    assert matches(a_customer(), read_query("carmen@cl", "ES"))
    assert matches(a_customer(), read_query("nogal-000101", "ES"))
    assert not matches(a_customer(), read_query("nogal-00010", "ES"))


def test_who_is_called_as_typed_comes_before_who_is_called_nearly_so() -> None:
    query = read_query("marin", "ES")
    names = ["Martín Sanz", "Marina Gil", "Luis Marín Gil", "Marín"]
    assert sorted(names, key=lambda name: closeness(query, name)) == [
        "Marín", "Luis Marín Gil", "Marina Gil", "Martín Sanz",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["(+34) 600 000 418", "Tel.: 600 000 418", "600\u2013000\u2013418", "\u202d600000418"]
)
def test_a_phone_is_looked_for_in_whatever_spelling_it_is_taken(typed: str) -> None:
    query = read_query(typed, "ES")
    assert (query.phone, query.words) == ("+34600000418", ())
