"""What the screens say of a customer: never more than the owner knows already."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QCoreApplication, QObject

from pos.domain.customer import ConsentKind, Customer
from pos.domain.customer_glance import GlancedPurchase, PurchaseKind
from pos.domain.mail_address import masked_mail
from pos.domain.money import Money
from pos.domain.phone import masked_phone
from pos.screens import wording

SHOP = "shop"


class CustomerCounts(QObject):
    """Words with a number in them; their plural forms are found by `tr` only."""

    def articles(self, count: int) -> str:
        """Say how many articles a purchase has."""
        return self.tr("%n articles", "", count)

    def others(self, count: int) -> str:
        """Say that others wait too."""
        return self.tr("and %n more", "", count)


def reached_by(customer: Customer) -> str:
    """Return phone, address and card so that the owner knows them and nobody else."""
    ways = (
        masked_phone(customer.phones[0]) if customer.phones else "",
        masked_mail(customer.emails[0]) if customer.emails else "",
        customer.member_card,
    )
    text = " · ".join(way for way in ways if way)
    return text or QCoreApplication.translate("Customer", "no telephone, e-mail or card")


def since(customer: Customer) -> str:
    """Say since when somebody is a customer; empty when nobody knows."""
    if not customer.since_ms:
        return ""
    year = wording.moment(customer.since_ms).year
    return QCoreApplication.translate("Customer", "since {year}").format(year=year)


def birthday(customer: Customer, now_ms: int) -> str:
    """Say that the birthday is today or within a week; else empty."""
    if not customer.birthday:
        return ""
    today = wording.moment(now_ms).date()
    month, day = (int(part) for part in customer.birthday.split("-")[-2:])
    for ahead in range(8):
        on = today + datetime.timedelta(days=ahead)
        if (on.month, on.day) == (month, day):
            if not ahead:
                return QCoreApplication.translate("Customer", "Birthday today")
            text = QCoreApplication.translate("Customer", "Birthday on {day}")
            return text.format(day=wording.day(wording_ms(on)))
    return ""


def wording_ms(day: datetime.date) -> int:
    """Return noon of a day as the clock on the wall shows it, in Unix ms."""
    noon = datetime.datetime.combine(day, datetime.time(12)).astimezone()
    return int(noon.timestamp() * 1000)


def consent(kind: ConsentKind) -> str:
    """Name what a customer can agree to, as it stands on a key."""
    return {
        ConsentKind.RECEIPT_BY_EMAIL: QCoreApplication.translate("Customer", "Receipt by e-mail"),
        ConsentKind.SUGGESTIONS: QCoreApplication.translate("Customer", "Suggestions"),
        ConsentKind.MARKETING_EMAIL: QCoreApplication.translate("Customer", "Offers by e-mail"),
        ConsentKind.MARKETING_SMS: QCoreApplication.translate("Customer", "Offers by SMS"),
        ConsentKind.MARKETING_POST: QCoreApplication.translate("Customer", "Offers by post"),
    }[kind]


def purchase_title(purchase: GlancedPurchase, here: str) -> str:
    """Say where something was bought, and its number."""
    if purchase.kind is PurchaseKind.RETURN:
        where = QCoreApplication.translate("Customer", "Return")
    elif purchase.channel == SHOP:
        where = purchase.shop_name or here
    else:
        where = purchase.channel.capitalize()
    return f"{where} · {purchase.number}" if where else purchase.number


def purchase_second(purchase: GlancedPurchase) -> str:
    """Say when it was and what it was."""
    day = wording.short_day(purchase.at_ms)
    first = purchase.articles[0].name if purchase.articles else ""
    what = first if purchase.items == 1 and first else CustomerCounts().articles(purchase.items)
    return f"{day} · {what}"


def purchase_icon(purchase: GlancedPurchase) -> str:
    """Return the icon of the channel."""
    if purchase.kind is PurchaseKind.RETURN:
        return "return"
    return "store" if purchase.channel == SHOP else "web"


def total_of(amounts: tuple[Money, ...]) -> str:
    """Write the sum of amounts of one currency; empty for nothing."""
    if not amounts or any(one.currency != amounts[0].currency for one in amounts):
        return ""
    whole = Money(sum(one.minor for one in amounts), amounts[0].currency)
    return wording.money(whole) if whole.minor else ""
