"""What the desk says of gift cards and store credit, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos.domain.desk import ItemKind, Resolution
from pos.domain.stored_value import CardState

translate = QCoreApplication.translate

ICONS = {ItemKind.GIFT_CARD_OVERDRAWN: "gift"}


def titles() -> dict[ItemKind, str]:
    """Name what happened, by kind."""
    return {ItemKind.GIFT_CARD_OVERDRAWN: translate("Desk", "Card without enough on it")}


def stories() -> dict[ItemKind, str]:
    """Tell in two sentences what happened, by kind, with places for where, subject and money."""
    return {
        ItemKind.GIFT_CARD_OVERDRAWN: translate(
            "Desk",
            "{where} sold with card {subject}, and {money} of that was not on it any more. The"
            " customer has the goods.",
        )
    }


def safe_words() -> dict[ItemKind, str]:
    """Say whether the money and the records are safe, by kind."""
    return {
        ItemKind.GIFT_CARD_OVERDRAWN: translate(
            "Desk", "The sale counts. The card is worth nothing less than zero."
        )
    }


def consequences() -> dict[tuple[ItemKind, Resolution], str]:
    """Say what follows from a way out, by kind."""
    kind = ItemKind.GIFT_CARD_OVERDRAWN
    return {
        (kind, Resolution.APPLY_AGAIN): translate(
            "Desk", "What is on the card by now is taken, as far as it goes."
        ),
        (kind, Resolution.SEEN): translate("Desk", "The shop bears it, or the customer paid."),
    }


def states() -> dict[str, str]:
    """Name what the rows of both sides say of cards."""
    return {
        "value_reserved": translate("Desk", "set aside before"),
        "value_not_reserved": translate("Desk", "not set aside"),
        "value_unknown": translate("Desk", "card nobody knows"),
        **{f"value_{state.value}": name for state, name in _cards().items()},
    }


def _cards() -> dict[CardState, str]:
    return {
        CardState.MADE: translate("Desk", "card not sold yet"),
        CardState.ACTIVE: translate("Desk", "card in use"),
        CardState.BLOCKED: translate("Desk", "card blocked"),
        CardState.EXPIRED: translate("Desk", "card expired"),
    }
