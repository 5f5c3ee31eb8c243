"""The customer's cart in words: what differs between web and shop, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from pos.domain.cart import Resolved, Verdict
from pos.domain.web_cart import WebCart
from pos.screens import wording


class CartCounts(QObject):
    """Words with a number in them; their plural forms are found by `tr` only."""

    def lines(self, count: int) -> str:
        """Say how many lines a cart has."""
        return self.tr("%n lines", "", count)

    def taken_out(self, count: int) -> str:
        """Say how many products left the cart while they were on the ticket."""
        return self.tr("%n taken out of the cart meanwhile, still on the ticket", "", count)


def difference(one: Resolved) -> str:
    """Say what differs from the web, and what comes of it."""
    say = QCoreApplication.translate
    texts: dict[Verdict, Callable[[], str]] = {
        Verdict.SAME_PRICE: lambda: say("Cart", "Same price"),
        Verdict.WEB_PRICE: lambda: say("Cart", "In the shop {shop}: the web's counts"),
        Verdict.SHOP_PRICE: lambda: say("Cart", "On the web {web}: the shop's counts"),
        Verdict.PART_HERE: lambda: say("Cart", "Only {here} here: the rest stays on the web"),
        Verdict.ON_TICKET: lambda: say("Cart", "On the ticket"),
        Verdict.WEB_ONLY: lambda: say("Cart", "{promotion}: only on the web, finish it there"),
        Verdict.NOT_HERE: lambda: say("Cart", "None left here: stays on the web"),
        Verdict.UNKNOWN: lambda: say("Cart", "Not sold here: stays in the cart"),
        Verdict.ODD_PRICE: lambda: say("Cart", "Its price is not right: stays in the cart"),
        Verdict.ODD_QUANTITY: lambda: say("Cart", "Not sold in that quantity: stays in the cart"),
    }
    return texts[one.verdict]().format(
        shop=wording.money(one.shop) if one.shop else "",
        web=wording.money(one.web) if one.web else "",
        here=wording.number(one.quantity),
        promotion=one.line.web_only,
    )


def age(cart: WebCart, now_ms: int, *, is_live: bool) -> str:
    """Say how old what is shown is, and that nobody touched the cart for a day."""
    say = QCoreApplication.translate
    said = say("Cart", "live") if is_live else wording.age(cart.as_of_ms, now_ms)
    if not cart.is_abandoned(now_ms):
        return said
    left = say("Cart", "left since {day}").format(day=wording.short_day(cart.changed_at_ms))
    return f"{said} · {left}"
