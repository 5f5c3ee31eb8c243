"""What the desk says of orders that customers collect, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos.domain.collection import OrderState
from pos.domain.desk import ItemKind, Resolution
from pos.domain.staff import Capability

translate = QCoreApplication.translate

ICONS = {
    ItemKind.HANDED_OVER_TWICE: "bag",
    ItemKind.HANDED_OVER_CANCELLED: "bag",
    ItemKind.HANDED_OVER_ELSEWHERE: "store",
    ItemKind.PARCEL_TROUBLE: "parcel",
    ItemKind.ORDER_FACT_REFUSED: "truck",
    ItemKind.REFUND_REFUSED: "return",
    ItemKind.GOODS_NOT_PAID: "coins",
}


def titles() -> dict[ItemKind, str]:
    """Name what happened, by kind."""
    return {
        ItemKind.HANDED_OVER_TWICE: translate("Desk", "Order handed over twice"),
        ItemKind.HANDED_OVER_CANCELLED: translate("Desk", "Cancelled order handed over"),
        ItemKind.HANDED_OVER_ELSEWHERE: translate("Desk", "Order of another shop handed over"),
        ItemKind.PARCEL_TROUBLE: translate("Desk", "Parcels not as sent"),
        ItemKind.ORDER_FACT_REFUSED: translate("Desk", "Work on an order that does not fit"),
        ItemKind.REFUND_REFUSED: translate("Desk", "Refund refused"),
        ItemKind.GOODS_NOT_PAID: translate("Desk", "Collected and not paid"),
    }


def stories() -> dict[ItemKind, str]:
    """Tell in two sentences what happened, by kind, with places for where, subject and money."""
    return {
        ItemKind.HANDED_OVER_TWICE: translate(
            "Desk",
            "Order {subject} was handed over at two tills, at least one of them offline."
            " Look which customer has the goods, worth {money}.",
        ),
        ItemKind.HANDED_OVER_CANCELLED: translate(
            "Desk",
            "{where} handed order {subject} over after it had been cancelled. The customer has"
            " goods worth {money} and may get the money back too.",
        ),
        ItemKind.HANDED_OVER_ELSEWHERE: translate(
            "Desk",
            "{where} handed order {subject} over after it had gone to another shop. That shop"
            " may prepare goods worth {money} once more.",
        ),
        ItemKind.PARCEL_TROUBLE: translate(
            "Desk",
            "The parcels of order {subject} did not arrive at {where} as they were sent.",
        ),
        ItemKind.ORDER_FACT_REFUSED: translate(
            "Desk",
            "{where} worked on order {subject} while it was elsewhere, over, or in other hands."
            " The order stays as the centre knows it.",
        ),
        ItemKind.REFUND_REFUSED: translate(
            "Desk",
            "The payment provider refused to give back {money} of order {subject}.",
        ),
        ItemKind.GOODS_NOT_PAID: translate(
            "Desk",
            "The customer of order {subject} has goods worth {money} whose payment was refused,"
            " or was given back before.",
        ),
    }


def safe_words() -> dict[ItemKind, str]:
    """Say whether the money and the records are safe, by kind."""
    both = translate("Desk", "Nothing was lost: both sides are stored whole.")
    return {
        ItemKind.HANDED_OVER_TWICE: both,
        ItemKind.HANDED_OVER_CANCELLED: both,
        ItemKind.HANDED_OVER_ELSEWHERE: both,
        ItemKind.PARCEL_TROUBLE: translate("Desk", "What arrived can be put on its shelf."),
        ItemKind.ORDER_FACT_REFUSED: both,
        ItemKind.REFUND_REFUSED: translate("Desk", "The refund stays owed until it is settled."),
        ItemKind.GOODS_NOT_PAID: both,
    }


def consequences() -> dict[tuple[ItemKind, Resolution], str]:
    """Say what follows from a way out, by kind."""
    stands = translate("Desk", "The customer keeps the goods. Nothing else changes.")
    return {
        (ItemKind.HANDED_OVER_TWICE, Resolution.BOTH_STAND): translate(
            "Desk", "Two customers have goods; the stock is counted and put right."
        ),
        (ItemKind.HANDED_OVER_TWICE, Resolution.SEEN): translate(
            "Desk", "It was one and the same handover, noted at two tills."
        ),
        (ItemKind.HANDED_OVER_CANCELLED, Resolution.BOTH_STAND): stands,
        (ItemKind.HANDED_OVER_CANCELLED, Resolution.SEEN): translate(
            "Desk", "The customer brought the goods back, or pays for them."
        ),
        (ItemKind.HANDED_OVER_ELSEWHERE, Resolution.BOTH_STAND): stands,
        (ItemKind.HANDED_OVER_ELSEWHERE, Resolution.SEEN): translate(
            "Desk", "The other shop was told and does not prepare it."
        ),
        (ItemKind.PARCEL_TROUBLE, Resolution.SEEN): translate(
            "Desk", "The sender and the customer know."
        ),
        (ItemKind.ORDER_FACT_REFUSED, Resolution.SEEN): translate(
            "Desk", "The goods are back where they belong."
        ),
        (ItemKind.REFUND_REFUSED, Resolution.REFUND_AGAIN): translate(
            "Desk", "The payment provider is asked once more."
        ),
        (ItemKind.REFUND_REFUSED, Resolution.SEEN): translate(
            "Desk", "The customer gets the money another way."
        ),
        (ItemKind.GOODS_NOT_PAID, Resolution.SEEN): translate(
            "Desk", "The customer paid another way, brought the goods back, or keeps them."
        ),
    }


def states() -> dict[str, str]:
    """Name what the rows of both sides say of orders and parcels."""
    return {
        "alone": translate("Desk", "till without network"),
        "with_claim": translate("Desk", "till with network"),
        "parcel_missing": translate("Desk", "missing"),
        "parcel_damaged": translate("Desk", "damaged"),
        "parcel_unexpected": translate("Desk", "not announced"),
        "cancelled_before": translate("Desk", "cancelled before"),
        "collected_before": translate("Desk", "collected before"),
        "moved_before": translate("Desk", "at another shop"),
        "not_now": translate("Desk", "not possible as the order is"),
        "no_such_line": translate("Desk", "a line it does not have"),
        "no_such_parcel": translate("Desk", "a parcel it does not have"),
        "too_much": translate("Desk", "more than there is"),
        "label_outdated": translate("Desk", "a label that was printed again"),
        **{f"order_{state.value}": name for state, name in _orders().items()},
    }


def capabilities() -> dict[str, str]:
    """Name what somebody is said to have allowed."""
    return {
        Capability.HAND_OVER_WITHOUT_CODE.value: translate("Desk", "handover without code"),
        Capability.HAND_OVER_OFFLINE.value: translate("Desk", "handover without network"),
        Capability.UNDO_HANDOVER.value: translate("Desk", "handover undone"),
        Capability.CANCEL_ORDER.value: translate("Desk", "cancelled order"),
    }


def _orders() -> dict[OrderState, str]:
    return {
        OrderState.PLACED: translate("Desk", "order to be prepared"),
        OrderState.PICKING: translate("Desk", "order being prepared"),
        OrderState.PICKED: translate("Desk", "order prepared"),
        OrderState.IN_TRANSIT: translate("Desk", "order on its way"),
        OrderState.RECEIVED: translate("Desk", "order arrived"),
        OrderState.STAGED: translate("Desk", "order on its shelf"),
        OrderState.READY: translate("Desk", "order ready"),
        OrderState.COLLECTED: translate("Desk", "order collected"),
        OrderState.PARTLY_COLLECTED: translate("Desk", "order collected in part"),
        OrderState.EXPIRED: translate("Desk", "order nobody came for"),
        OrderState.CANCELLED: translate("Desk", "order cancelled"),
        OrderState.RESTOCKED: translate("Desk", "order back in stock"),
    }
