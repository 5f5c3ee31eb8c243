"""What the desk says of returns that cannot all be right, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos.domain.desk import ItemKind, Resolution
from pos.domain.return_purchase import Means
from pos.domain.staff import Capability

translate = QCoreApplication.translate

ICONS = {ItemKind.RETURNED_TWICE: "return", ItemKind.REFUND_ABOVE_PAID: "coins"}


def titles() -> dict[ItemKind, str]:
    """Name what happened, by kind."""
    return {
        ItemKind.RETURNED_TWICE: translate("Desk", "Taken back twice"),
        ItemKind.REFUND_ABOVE_PAID: translate("Desk", "More given back than was paid"),
    }


def stories() -> dict[ItemKind, str]:
    """Tell in two sentences what happened, by kind, with places for where, subject and money."""
    return {
        ItemKind.RETURNED_TWICE: translate(
            "Desk",
            "More came back of purchase {subject} than was sold, at tills that could not see each"
            " other. {money} went out for nothing.",
        ),
        ItemKind.REFUND_ABOVE_PAID: translate(
            "Desk",
            "More money went back for purchase {subject} than was paid for it, or to a form of"
            " payment than it paid. It is {money} too much.",
        ),
    }


def safe_words() -> dict[ItemKind, str]:
    """Say whether the money and the records are safe, by kind."""
    stored = translate("Desk", "Nothing was lost: every receipt of it is stored and counts.")
    return {ItemKind.RETURNED_TWICE: stored, ItemKind.REFUND_ABOVE_PAID: stored}


def consequences() -> dict[tuple[ItemKind, Resolution], str]:
    """Say what follows from a way out, by kind."""
    written_off = translate("Desk", "The goods came in; the shop bears what went out too much.")
    asked = translate("Desk", "The customer was asked and brings the money back, or owed nothing.")
    return {
        (kind, resolution): text
        for kind in (ItemKind.RETURNED_TWICE, ItemKind.REFUND_ABOVE_PAID)
        for resolution, text in (
            (Resolution.BOTH_STAND, written_off),
            (Resolution.SEEN, asked),
        )
    }


def states() -> dict[str, str]:
    """Name what rows are about besides sales."""
    return {"returns": translate("Desk", "returns")}


def means() -> dict[str, str]:
    """Name what money went back by, as far as it is no ordinary form of payment."""
    return {
        Means.WEB.value: translate("Desk", "Web payment"),
        Means.STORE_CREDIT.value: translate("Desk", "Store credit"),
        Means.GIFT_CARD.value: translate("Desk", "Gift card"),
        Means.EXCHANGE.value: translate("Desk", "Exchange"),
        Means.IMPORT.value: translate("Desk", "Imported"),
    }


def capabilities() -> dict[str, str]:
    """Name what somebody is said to have allowed."""
    return {
        Capability.RETURN.value: translate("Desk", "return"),
        Capability.RETURN_WITHOUT_RECEIPT.value: translate("Desk", "return without a receipt"),
        Capability.RETURN_OUTSIDE_POLICY.value: translate("Desk", "return outside the rules"),
        Capability.RETURN_OFFLINE.value: translate("Desk", "return without network"),
        Capability.REFUND_CASH_ABOVE_LIMIT.value: translate("Desk", "cash above the limit"),
        Capability.GOODWILL.value: translate("Desk", "goodwill"),
        Capability.GOODWILL_RAISED.value: translate("Desk", "goodwill"),
        Capability.GOODWILL_HIGH.value: translate("Desk", "goodwill"),
    }
