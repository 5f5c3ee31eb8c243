"""Telephone numbers: one written form of whatever spelling, and as they are shown."""

from __future__ import annotations

import re

import phonenumbers

LONGEST_TYPED = 40
SPAIN, MEXICO = "ES", "MX"
_MEXICAN = "+52"
# Dialled before Mexican numbers until 2019: to a mobile (044, 045, 1), to another city (01).
_OLD_MEXICAN_PREFIX = re.compile(r"\+52(?:044|045|01|1)(?=\d{10}$)")
# No Mexican area begins with these: a digit is lacking after an old prefix.
_NO_MEXICAN = re.compile(r"\+52[01]")
_LABEL = re.compile(
    r"(?:\s*(?:tel[eé]fono|telf|tel|tlf|tfno|m[oó]vil|celular|cel|whatsapp|phone)\s*[.:]*\s*){1,2}",
    re.IGNORECASE,
)
_INNER_ZERO = re.compile(r"\(0\)")  # dialled within a country that has it, never after +34
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_SHOWN_DIGITS = 3
_HIDDEN = "••• •••"


class NoPhone(ValueError):
    """A text that is no telephone number, or lacks digits or has too many; repeats none of it."""


def normal_phone(text: str, country: str) -> str:
    """Return a telephone number as E.164 (``+34600000418``), in whatever way it is written.

    `country` (ISO 3166-1 alpha-2) is where a number without a country is from. The length must
    be one that its country has; whether the number was ever given out is not asked, for new
    ranges are opened faster than tills are updated.

    Raises:
        NoPhone: It is none.

    Source:
        ITU-T E.164; the lengths are those of Google's libphonenumber. Mexico dials ten digits
        without a prefix since 2019-08-03 (IFT, Plan Técnico Fundamental de Numeración).
    """
    plain = _INNER_ZERO.sub("", _LABEL.sub("", text[: LONGEST_TYPED + 1], count=1))
    plain = " ".join(plain.split())  # thin spaces too, as web pages have them
    if len(text) > LONGEST_TYPED or any(char.isalpha() for char in plain):
        raise NoPhone("no telephone number")
    number = _parsed(plain, country)
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if written.startswith(_MEXICAN):
        written = _OLD_MEXICAN_PREFIX.sub(_MEXICAN, written)
        number = _parsed(written, MEXICO)
    if _NO_MEXICAN.match(written) or not _has_a_length_of_its_country(number):
        raise NoPhone("digits lack, or are too many")
    return written


def is_normal_phone(text: str) -> bool:
    """True for the written form that `normal_phone` returns."""
    return _E164.fullmatch(text) is not None


def shown_phone(phone: str) -> str:
    """Return an E.164 number in groups, as its country writes it: ``+34 600 00 04 18``."""
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def masked_phone(phone: str) -> str:
    """Return so much of a number that its owner knows it and nobody else can call it."""
    return f"{_HIDDEN} {phone[-_SHOWN_DIGITS:]}" if phone else ""


def _has_a_length_of_its_country(number: phonenumbers.PhoneNumber) -> bool:
    verdict = phonenumbers.is_possible_number_with_reason(number)
    return verdict == phonenumbers.ValidationResult.IS_POSSIBLE


def _parsed(text: str, country: str) -> phonenumbers.PhoneNumber:
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise NoPhone("no telephone number") from error
