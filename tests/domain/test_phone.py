"""One telephone number in every spelling of two countries."""

import pytest

from pos.domain.phone import NoPhone, is_normal_phone, masked_phone, normal_phone, shown_phone

SPANISH = [
    "600000418", "600 000 418", "600.000.418", "600-00-04-18", "+34600000418", "+34 600 000 418",
    "(+34) 600 000 418", "0034 600 000 418", "34 600 000 418", "tel:+34600000418",
    "Tlf.: 600 00 04 18", "٦٠٠٠٠٠٤١٨", "６００ ０００ ４１８", "\u200e+34 600 000 418",
    "+34(600)000418", "+34 (0) 600 000 418", "600\u2009000\u2009418", "Telf. 600000418",
    "Teléfono móvil: 600 000 418", "WhatsApp +34 600 000 418",
]  # fmt: skip
MEXICAN = [
    "5512345678", "55 1234 5678", "(55) 1234-5678", "+52 55 1234 5678", "+52 1 55 1234 5678",
    "+5215512345678", "0052 55 1234 5678", "52 55 1234 5678", "5215512345678", "044 55 1234 5678",
    "045 55 1234 5678", "01 55 1234 5678", "1 55 1234 5678", "+52 044 55 1234 5678",
    "Cel. 55 1234 5678", "celular: (044 55) 1234-5678",
]  # fmt: skip


@pytest.mark.parametrize("typed", SPANISH)
def test_a_spanish_number_is_one_number_in_every_spelling(typed: str) -> None:
    assert normal_phone(typed, "ES") == "+34600000418"


@pytest.mark.parametrize("typed", MEXICAN)
def test_a_mexican_number_is_one_number_in_every_spelling_of_yesterday(typed: str) -> None:
    assert normal_phone(typed, "MX") == "+525512345678"


def test_a_visitor_s_number_keeps_its_country() -> None:
    assert normal_phone("+33 6 00 00 01 03", "ES") == "+33600000103"
    assert normal_phone("+34 600 000 418", "MX") == "+34600000418"
    assert normal_phone("+52 1 55 1234 5678", "ES") == "+525512345678"


@pytest.mark.parametrize(
    "typed",
    ["", " ", "112", "60000041", "6000004188", "carmen", "600 CARMEN", "+999 1234567", "+",
     "1" * 400, "+52 1 55 1234 567", "600000418 600000419", "600000418\n600000419"],
)  # fmt: skip
def test_what_is_no_number_or_lacks_a_digit_is_refused(typed: str) -> None:
    with pytest.raises(NoPhone):
        normal_phone(typed, "ES")


@pytest.mark.parametrize("typed", [*SPANISH, "+33 6 00 00 01 03"])
def test_the_written_form_of_a_number_is_its_own_written_form(typed: str) -> None:
    phone = normal_phone(typed, "ES")
    assert is_normal_phone(phone)
    assert normal_phone(phone, "MX") == normal_phone(shown_phone(phone), "MX") == phone


def test_a_number_is_shown_in_groups_and_masked_to_its_end() -> None:
    assert shown_phone("+34600000418") == "+34 600 00 04 18"
    assert shown_phone("nothing") == "nothing"
    assert masked_phone("+34600000418") == "••• ••• 418"
    assert masked_phone("") == ""


def test_digits_of_other_scripts_are_not_the_written_form() -> None:
    assert not is_normal_phone("+34٦٠٠٠٠٠٤١٨")


def test_a_refusal_repeats_no_number() -> None:
    with pytest.raises(NoPhone) as refused:
        normal_phone("600 000 41", "ES")
    assert "600" not in str(refused.value)
