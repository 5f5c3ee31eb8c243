"""What the desk says of charges and refunds to cards that nobody knows the end of, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos.domain.desk import DeskItem, ItemKind, Resolution

translate = QCoreApplication.translate

CHARGE, REFUND = ItemKind.CARD_OUTCOME_UNKNOWN, ItemKind.CARD_REFUND_UNKNOWN
ICONS = {CHARGE: "card", REFUND: "card"}


def titles() -> dict[ItemKind, str]:
    """Name what happened, by kind."""
    return {
        CHARGE: translate("Desk", "Card without answer"),
        REFUND: translate("Desk", "Card refund without answer"),
    }


def stories(item: DeskItem) -> dict[ItemKind, str]:
    """Tell in two sentences what happened, by kind, with places for where, subject and money."""
    return _contradicted() if len(item.sides) > 1 else _never_answered()


def safe_words() -> dict[ItemKind, str]:
    """Say whether the money and the records are safe, by kind."""
    return {
        CHARGE: translate("Desk", "Do not charge the card again before this is decided."),
        REFUND: translate(
            "Desk", "The return is recorded. Give the money no other way before this is decided."
        ),
    }


def ways() -> dict[Resolution, str]:
    """Name the ways out, as on their keys."""
    return {
        Resolution.CHARGED: translate("Desk", "It was charged"),
        Resolution.NOT_CHARGED: translate("Desk", "It was not charged"),
        Resolution.PAID_BACK: translate("Desk", "It was given back"),
        Resolution.NOT_PAID_BACK: translate("Desk", "It was not given back"),
    }


def consequences() -> dict[tuple[ItemKind, Resolution], str]:
    """Say what follows from a way out, by kind."""
    return {
        (CHARGE, Resolution.CHARGED): translate(
            "Desk", "The slip says so. Without a sale it must be given back."
        ),
        (CHARGE, Resolution.NOT_CHARGED): translate("Desk", "The slip says so. No money came in."),
        (REFUND, Resolution.PAID_BACK): translate(
            "Desk", "The slip says so. The customer has the money."
        ),
        (REFUND, Resolution.NOT_PAID_BACK): translate(
            "Desk", "The slip says so. It is owed to the customer again."
        ),
    }


def states() -> dict[str, str]:
    """Name what the rows of both sides say of cards."""
    return {
        "approved": translate("Desk", "charged"),
        "declined": translate("Desk", "not charged"),
        "confirmed": translate("Desk", "given back"),
        "failed": translate("Desk", "not given back"),
    }


def _never_answered() -> dict[ItemKind, str]:
    return {
        CHARGE: translate(
            "Desk",
            "{where} asked for {money} by card and never learnt the outcome. The ticket is"
            " gone; the terminal's slip decides.",
        ),
        REFUND: translate(
            "Desk",
            "{where} gave {money} back to a card for return {subject} and never learnt whether it"
            " went. The till asks again by itself; the terminal's slip decides.",
        ),
    }


def _contradicted() -> dict[ItemKind, str]:
    return {
        CHARGE: translate(
            "Desk",
            "Somebody recorded by hand how the charge of {money} ended, and the terminal"
            " said otherwise afterwards. The terminal's slip decides.",
        ),
        REFUND: translate(
            "Desk",
            "It is recorded how the refund of {money} for return {subject} ended, and the"
            " terminal said otherwise afterwards. The terminal's slip decides.",
        ),
    }
