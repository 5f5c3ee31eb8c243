"""What the customer's page says beside what the tab says already."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pos.domain.customer import ConsentKind, Customer
from pos.domain.customer_glance import Glance, WaitingOrder
from pos.domain.mail_address import masked_mail
from pos.domain.phone import masked_phone
from pos.screens import pickup_words, wording
from pos.screens.customer import words
from pos.screens.customer.form import ASKED
from pos.screens.customer.on_ticket import TicketCustomer


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """What a customer agrees to, or does not."""

    text: str
    is_given: bool


def amounts(glance: Glance) -> list[tuple[str, str]]:
    """Name points and credit; only what there is."""
    rows = []
    if glance.points:
        name = QCoreApplication.translate("Customer", "Points")
        rows.append((name, wording.number(glance.points * 1_000)))
    credit = words.total_of(tuple(one.amount for one in glance.credit))
    if credit:
        rows.append((QCoreApplication.translate("Customer", "Credit"), credit))
    return rows


def ways(customer: Customer, *, is_unsent: bool) -> list[tuple[str, str]]:
    """Say how the customer is reached, masked, and whether the record is sent."""
    phone = masked_phone(customer.phones[0]) if customer.phones else ""
    mail = masked_mail(customer.emails[0]) if customer.emails else ""
    unsent = QCoreApplication.translate("Customer", "not sent yet") if is_unsent else ""
    rows = (
        (QCoreApplication.translate("Customer", "Telephone"), phone),
        (QCoreApplication.translate("Customer", "E-mail"), mail),
        (QCoreApplication.translate("Customer", "Card"), customer.member_card),
        (QCoreApplication.translate("Customer", "Changes"), unsent),
    )
    return [row for row in rows if row[1]]


def consents(customer: Customer) -> list[ConsentWords]:
    """Say what was agreed to, then what was not: that which is asked here or was answered."""
    given = [kind for kind in ConsentKind if customer.agrees(kind)]
    others = [
        kind
        for kind in ConsentKind
        if kind not in given and (kind in ASKED or customer.consent(kind) is not None)
    ]
    no = QCoreApplication.translate("Customer", "{what}: no")
    return [
        *(ConsentWords(words.consent(kind), is_given=True) for kind in given),
        *(ConsentWords(no.format(what=words.consent(kind)), is_given=False) for kind in others),
    ]


def about(customer: Customer) -> str:
    """Say since when, and that the ticket is theirs."""
    on = QCoreApplication.translate("Customer", "on this ticket")
    return " · ".join(part for part in (words.since(customer), on) if part)


def first_order(model: TicketCustomer) -> str:
    """Name the order that waits longest here, with its state."""
    if not model.waiting:
        return ""
    first = model.waiting[0]
    return f"{first.number} · {pickup_words.state_words(first)[0].lower()}"


def elsewhere(model: TicketCustomer, shop: str) -> list[str]:
    """Say which orders wait in other shops."""
    return [_elsewhere(one) for one in model.glance.waiting if one.shop != shop]


def _elsewhere(order: WaitingOrder) -> str:
    text = QCoreApplication.translate("Customer", "{number} in {shop}")
    said = text.format(number=order.number, shop=order.shop_name or order.shop)
    if not order.to_pay.minor:
        return said
    pay = QCoreApplication.translate("Customer", "to pay {amount}")
    return f"{said} · {pay.format(amount=wording.money(order.to_pay))}"
