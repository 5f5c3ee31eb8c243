"""The one way money, quantities, dates and ages are written and read, on screen and on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, auto
from functools import cache
from typing import Protocol

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import NumberPattern, get_currency_precision, parse_pattern

MINUS = "\u2212"
NBSP = "\u00a0"
_PLACES_OF_QUANTITY = 3


class HasMoney(Protocol):
    """Anything that carries an amount: minor units and an ISO 4217 code."""

    @property
    def minor(self) -> int: ...

    @property
    def currency(self) -> str: ...


class Problem(Enum):
    """Why a typed number cannot be taken."""

    NOT_A_NUMBER = auto()
    TOO_MANY_DECIMALS = auto()


class NumberError(ValueError):
    """A typed number that is refused, with the problem for the message to the cashier."""

    def __init__(self, text: str, problem: Problem, places: int) -> None:
        super().__init__(f"{text!r}: {problem.name.lower()}, at most {places} decimals")
        self.problem = problem
        self.places = places


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code.replace("-", "_"))


@cache
def _currency_pattern(code: str) -> NumberPattern:
    pattern: NumberPattern = _locale(code).currency_formats["standard"]
    return pattern


@cache
def _whole_currency_pattern(code: str) -> NumberPattern:
    return parse_pattern(_currency_pattern(code).pattern.replace(".00", ""))


@cache
def _number_pattern(code: str, least: int, most: int) -> NumberPattern:
    decimals = "." + "0" * least + "#" * (most - least) if most else ""
    return parse_pattern(f"#,##0{decimals}")


def _signs(text: str) -> str:
    return text.replace("-", MINUS).replace("\u202f", NBSP)


@cache
def places(currency: str) -> int:
    """Return how many decimals a currency has: 2 for EUR, 0 for JPY."""
    return get_currency_precision(currency)


def major(minor: int, currency: str) -> Decimal:
    """Return minor units as a decimal number of the currency's main unit."""
    return Decimal(minor).scaleb(-places(currency))


@dataclass(frozen=True, slots=True)
class _Mould:
    """What stands round and between the figures of an amount, learnt from a text of Babel's.

    Babel takes 130 µs for an amount; a list of fifty products is written at each key.
    """

    before: str
    group: str
    decimal: str
    after: str
    places: int

    def cast(self, minor: int) -> str:
        """Write an amount that is not negative."""
        whole, rest = divmod(minor, 10**self.places)
        fraction = f"{self.decimal}{rest:0{self.places}d}" if self.places else ""
        return f"{self.before}{whole:,}".replace(",", self.group) + fraction + self.after


_SAMPLE = re.compile(r"(\D*)1(?P<group>\D+)234(?P=group)567(?:(\D+)8\d*)?(\D*)")


@cache
def _mould(currency: str, locale: str, is_negative: bool, has_sign: bool) -> _Mould | None:
    """Learn from 1,234,567.8…; None where the groups are not of three figures."""
    count = places(currency)
    sample = int("1234567" + "8" * count) * (-1 if is_negative else 1)
    found = _SAMPLE.fullmatch(_by_babel(sample, currency, locale, has_sign=has_sign))
    if found is None or "," in found[1]:
        return None
    return _Mould(found[1], found[2], found[3] or "", found[4], count)


def _by_babel(minor: int, currency: str, locale: str, *, has_sign: bool) -> str:
    amount = major(minor, currency)
    if has_sign:
        pattern = _currency_pattern(locale)
        return _signs(pattern.apply(amount, _locale(locale), currency=currency))
    pattern = _number_pattern(locale, places(currency), places(currency))
    return _signs(pattern.apply(amount, _locale(locale)))


def _written(minor: int, currency: str, locale: str, *, has_sign: bool) -> str:
    mould = _mould(currency, locale, minor < 0, has_sign)
    if mould is None:
        return _by_babel(minor, currency, locale, has_sign=has_sign)
    return mould.cast(abs(minor))


def money_text(minor: int, currency: str, locale: str) -> str:
    """Write an amount with its currency: `1.234,50 €`, `−5,00 €` (NBSP, U+2212).

    Args:
        minor: Minor units of `currency`.
        currency: ISO 4217 code.
        locale: Such as `es_ES`.
    """
    return _written(minor, currency, locale, has_sign=True)


def amount_text(minor: int, currency: str, locale: str) -> str:
    """Write an amount without its currency, as on a ticket line: `1.234,50`."""
    return _written(minor, currency, locale, has_sign=False)


def text_of(money: HasMoney, locale: str) -> str:
    """Write a money value with its currency."""
    return money_text(money.minor, money.currency, locale)


def short_money_text(minor: int, currency: str, locale: str) -> str:
    """Write an amount without decimals if it has none, as on a note key: `60 €`, `0,50 €`."""
    whole = minor % 10 ** places(currency) == 0
    pattern = _whole_currency_pattern(locale) if whole else _currency_pattern(locale)
    text = pattern.apply(
        major(minor, currency), _locale(locale), currency=currency, currency_digits=not whole
    )
    return _signs(text)


def quantity_text(quantity: Decimal | int, locale: str, decimals: int | None = None) -> str:
    """Write a quantity: `2`, `0,412`; with `decimals` given, always that many."""
    least, most = (0, _PLACES_OF_QUANTITY) if decimals is None else (decimals, decimals)
    return _signs(_number_pattern(locale, least, most).apply(Decimal(quantity), _locale(locale)))


def percent_text(basis_points: int, locale: str) -> str:
    """Write a rate in basis points, 2100 as `21 %`."""
    number = _number_pattern(locale, 0, 2).apply(Decimal(basis_points) / 100, _locale(locale))
    sign = _locale(locale).percent_formats[None].pattern
    gap = NBSP if NBSP in sign or "\u202f" in sign else ""
    return _signs(number) + gap + "%"


def day_text(day: date, locale: str) -> str:
    """Write a day for the header: `sáb 21 nov`, `Sat 21 Nov`."""
    return format_date(day, "EEE d MMM", locale=_locale(locale)).replace(".", "")


def short_day_text(day: date, locale: str) -> str:
    """Write a day without its weekday: `26 nov`, `26 Nov`."""
    return format_date(day, "d MMM", locale=_locale(locale)).replace(".", "")


def date_text(day: date, locale: str) -> str:
    """Write a date in figures, as on a receipt: `21/11/2026`."""
    return format_date(
        day, "dd/MM/yyyy" if not locale.endswith("US") else "MM/dd/yyyy", locale=_locale(locale)
    )


def time_text(moment: datetime | time) -> str:
    """Write a time of day in 24 hours: `9:58`, `17:42`."""
    return format_time(moment, "H:mm", locale="es_ES")


def age_text(seconds: float, locale: str) -> str:
    """Write how long ago something was, in one unit: `hace 4 s`, `hace 3 min`, `hace 2 h`."""
    age = timedelta(seconds=-max(1, round(seconds)))
    text = format_timedelta(
        age, threshold=1.5, add_direction=True, format="short", locale=_locale(locale)
    )
    return text.replace(" ", NBSP)


def span_text(seconds: float, locale: str) -> str:
    """Write a length of time in one unit: `12 min`, `3 h`, `400 d`."""
    text = format_timedelta(
        timedelta(seconds=max(1, round(seconds))),
        threshold=1.5,
        format="short",
        locale=_locale(locale),
    )
    return text.replace(" ", NBSP)


_PLAIN = re.compile(r"([+\-\u2212]?)(\d*)(?:[.,](\d*))?")
_GROUPED = re.compile(r"([+\-\u2212]?)(\d{1,3}(?:\.\d{3})+)(?:,(\d*))?")
_GROUPED_ENGLISH = re.compile(r"([+\-\u2212]?)(\d{1,3}(?:,\d{3})+)(?:\.(\d*))?")


def parse_number(text: str, decimals: int) -> Decimal:
    """Read a typed number; `.` and `,` are both the decimal sign.

    Groups of thousands are understood only where they cannot be mistaken: when both signs
    occur (`1.234,50`, `1,234.50`) or a sign occurs twice (`1.234.567`). `1.234` alone has
    three decimals, and is refused where only two are allowed rather than read as thousands;
    where none are allowed it can only be thousands.

    Args:
        text: As typed; spaces and NBSP around it do not matter.
        decimals: How many decimals are allowed.

    Raises:
        NumberError: not a number, or more decimals than allowed.
    """
    typed = text.strip().strip(NBSP)
    shapes = (_PLAIN, _GROUPED, _GROUPED_ENGLISH)
    for shape in shapes if decimals else reversed(shapes):
        found = shape.fullmatch(typed)
        if found:
            break
    if found is None or not (found[2] or found[3]):
        raise NumberError(text, Problem.NOT_A_NUMBER, decimals)
    fraction = found[3] or ""
    if len(fraction) > decimals:
        raise NumberError(text, Problem.TOO_MANY_DECIMALS, decimals)
    whole = re.sub(r"[.,]", "", found[2]) or "0"
    sign = "-" if found[1] in ("-", MINUS) else ""
    return Decimal(f"{sign}{whole}.{fraction or '0'}")


def parse_amount(text: str, currency: str) -> int:
    """Read a typed amount and return it in minor units of `currency`.

    Raises:
        NumberError: not a number, or more decimals than the currency has.
    """
    count = places(currency)
    return int(parse_number(text, count).scaleb(count))


def parse_quantity(text: str) -> Decimal:
    """Read a typed quantity with at most three decimals.

    Raises:
        NumberError: not a number, or more than three decimals.
    """
    return parse_number(text, _PLACES_OF_QUANTITY)
