"""Amounts, quantities, times and ages as the screens write them, in the language in force."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from pos import formatting
from pos.domain.money import Money
from pos.domain.quantity import THOUSAND, Quantity, Unit
from pos.domain.staff import Role, StaffMember

_WITHOUT_LOCALE = "en_GB"  # where the system names none ("C")


def locale() -> str:
    """Return the locale in force, such as `es_ES`: Qt's default, set with the language."""
    name = QLocale().name()
    return _WITHOUT_LOCALE if name == "C" else name


def money(amount: Money) -> str:
    """Write an amount with its currency."""
    return formatting.text_of(amount, locale())


def short_money(amount: Money) -> str:
    """Write an amount with its currency, without decimals if it has none."""
    return formatting.short_money_text(amount.minor, amount.currency, locale())


def bare_amount(amount: Money) -> str:
    """Write an amount without its currency, as on a ticket line."""
    return formatting.amount_text(amount.minor, amount.currency, locale())


def decimal_sign() -> str:
    """Return what parts whole and fraction in the language in force."""
    return QLocale().decimalPoint() if QLocale().name() != "C" else "."


def number(thousandths: int) -> str:
    """Write thousandths as a number: 412 as `0,412`, 2000 as `2`."""
    return formatting.quantity_text(Decimal(thousandths) / THOUSAND, locale())


def measured(quantity: Quantity) -> str:
    """Write a quantity with its unit; pieces without one: `2`, `0,412 kg`."""
    unit = "" if quantity.unit.is_counted else f"{formatting.NBSP}{quantity.unit.value}"
    return number(quantity.thousandths) + unit


def stock(thousandths: int, unit: Unit) -> str:
    """Write a stock level, which may be negative, with the unit of what is measured."""
    return number(thousandths) + ("" if unit.is_counted else f"{formatting.NBSP}{unit.value}")


def unit_price(price: Money, unit: Unit) -> str:
    """Write a unit price: `7,95 € / ud`, `24,90 €/kg`."""
    if unit.is_counted:
        each = QCoreApplication.translate("Wording", "each")
        return f"{money(price)}{formatting.NBSP}/{formatting.NBSP}{each}"
    return f"{money(price)}/{unit.value}"


def percent(basis_points: int) -> str:
    """Write a rate in basis points, 2100 as `21 %`."""
    return formatting.percent_text(basis_points, locale())


def moment(at_ms: int) -> datetime:
    """Return a time in UTC Unix ms as the clock on the wall shows it."""
    return datetime.fromtimestamp(at_ms / 1000, tz=UTC).astimezone()


def clock(at_ms: int) -> str:
    """Write the time of day of a time in UTC Unix ms: `17:42`."""
    return formatting.time_text(moment(at_ms))


def day(at_ms: int) -> str:
    """Write the day of a time in UTC Unix ms: `sáb 21 nov`."""
    return formatting.day_text(moment(at_ms).date(), locale())


def short_day(at_ms: int) -> str:
    """Write the day of a time in UTC Unix ms without its weekday: `26 nov`."""
    return formatting.short_day_text(moment(at_ms).date(), locale())


def date_in_figures(of: date) -> str:
    """Write a date as `21/11/2026`."""
    return formatting.date_text(of, locale())


def age(then_ms: int, now_ms: int) -> str:
    """Write how long ago a time was, both in Unix ms: `hace 3 min`."""
    return formatting.age_text(max(0, now_ms - then_ms) / 1000, locale())


def when(at_ms: int, now_ms: int) -> str:
    """Write a time in UTC Unix ms: the clock alone today, else with its day."""
    is_today = moment(at_ms).date() == moment(now_ms).date()
    return clock(at_ms) if is_today else f"{day(at_ms)}, {clock(at_ms)}"


def span(milliseconds: int) -> str:
    """Write a length of time in one unit: `12 min`, `400 d`."""
    return formatting.span_text(milliseconds / 1000, locale())


def till_name(till: str) -> str:
    """Name a till without its shop, by the number at the end of its id."""
    text = QCoreApplication.translate("Wording", "Till {number}")
    return text.format(number=till.rpartition("-")[2])


def role(of: Role) -> str:
    """Name a role."""
    return {
        Role.CASHIER: QCoreApplication.translate("Wording", "Cashier"),
        Role.SHIFT_LEAD: QCoreApplication.translate("Wording", "Shift lead"),
        Role.MANAGER: QCoreApplication.translate("Wording", "Manager"),
    }[of]


def initials(name: str) -> str:
    """Return the first letters of a person's first two names."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def first_name(of: StaffMember) -> str:
    """Return what the person is called at the counter."""
    return of.name.split()[0] if of.name.split() else of.name
