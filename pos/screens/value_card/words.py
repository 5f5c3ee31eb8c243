"""What the counter says of gift cards and store credit."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos.domain.money import Money
from pos.domain.stored_value import Card, CardRefusal, CardState, StoredValueKind
from pos.screens import wording
from pos.services.hub_calls import HubAway

WRONG_CODE, TOO_MANY = "wrong_code", "too_many_tries"


def kind_word(kind: StoredValueKind) -> str:
    """Return what a code stands for."""
    return {
        StoredValueKind.GIFT_CARD: QCoreApplication.translate("ValueCard", "Gift card"),
        StoredValueKind.STORE_CREDIT: QCoreApplication.translate("ValueCard", "Store credit"),
    }[kind]


def not_a_code() -> str:
    """Return why a text that was typed is refused."""
    return QCoreApplication.translate(
        "ValueCard", "That is no code of a gift card or credit: compare it sign by sign"
    )


def away(answer: HubAway) -> str:
    """Return why nobody could say what is on a card."""
    if answer.code == WRONG_CODE:
        return not_a_code()
    if answer.code == TOO_MANY:
        return QCoreApplication.translate(
            "ValueCard", "Too many codes that do not exist: wait a while, then try again"
        )
    return QCoreApplication.translate(
        "ValueCard",
        "No connection: what is on the card cannot be known. Take another form of payment",
    )


def no_answer() -> str:
    """Return what is known when the hub did not answer whether it set something aside."""
    return QCoreApplication.translate(
        "ValueCard", "No answer: nothing was charged. Try again, or take another form of payment"
    )


def unknown(shown: str) -> str:
    """Return why a code nobody heard of is refused."""
    text = QCoreApplication.translate("ValueCard", "No card has the code {code}")
    return text.format(code=shown)


def why_not(card: Card, shown: str, currency: str) -> str:
    """Return why a card pays nothing here; empty when it does."""
    if card.state is None or card.balance is None or card.available is None:
        return unknown(shown)
    if card.balance.currency != currency:
        text = QCoreApplication.translate("ValueCard", "The card is in {currency}, not in {ours}")
        return text.format(currency=card.balance.currency, ours=currency)
    if card.state is not CardState.ACTIVE:
        return _not_active(card.state, card.expires_at_ms)
    if not card.balance:
        return QCoreApplication.translate("ValueCard", "Nothing is left on it")
    if not card.available:
        return QCoreApplication.translate(
            "ValueCard", "All of it is set aside for another ticket: finish that one first"
        )
    return ""


def refusal(why: CardRefusal, available: Money | None, shown: str, currency: str) -> str:
    """Return why the hub set nothing aside."""
    if why is CardRefusal.NOT_ENOUGH and available is not None:
        text = QCoreApplication.translate("ValueCard", "Only {amount} is left on it by now")
        return text.format(amount=wording.money(available))
    if why is CardRefusal.UNKNOWN:
        return unknown(shown)
    if why is CardRefusal.RELEASED:
        return QCoreApplication.translate(
            "ValueCard", "It took too long and nothing was charged: charge it again"
        )
    states = {
        CardRefusal.NOT_ACTIVE: CardState.MADE,
        CardRefusal.BLOCKED: CardState.BLOCKED,
        CardRefusal.EXPIRED: CardState.EXPIRED,
    }
    if why in states:
        return _not_active(states[why], 0)
    return QCoreApplication.translate("ValueCard", "The card is not in {ours}").format(
        ours=currency
    )


def facts(card: Card) -> tuple[tuple[str, str], ...]:
    """Return what is known of a card, as pairs of what and how much."""
    if card.balance is None or card.available is None:
        return ()
    pairs = []
    aside = card.balance - card.available
    if aside:
        set_aside = QCoreApplication.translate("ValueCard", "Set aside for another ticket")
        pairs.append((set_aside, wording.money(-aside)))
        free = QCoreApplication.translate("ValueCard", "Free")
        pairs.append((free, wording.money(card.available)))
    until = QCoreApplication.translate("ValueCard", "Valid until")
    never = QCoreApplication.translate("ValueCard", "does not expire")
    pairs.append((until, _last_day(card.expires_at_ms) if card.expires_at_ms else never))
    return tuple(pairs)


def _not_active(state: CardState, expired_at_ms: int) -> str:
    if state is CardState.MADE:
        return QCoreApplication.translate("ValueCard", "It was not sold yet: nothing is on it")
    if state is CardState.BLOCKED:
        return QCoreApplication.translate("ValueCard", "It is blocked: the office knows why")
    if not expired_at_ms:
        return QCoreApplication.translate("ValueCard", "It has expired")
    text = QCoreApplication.translate("ValueCard", "It was valid until {day}")
    return text.format(day=_last_day(expired_at_ms))


def _last_day(expires_at_ms: int) -> str:
    """Return the day of the last moment at which a card is good, with its year."""
    return wording.date_in_figures(wording.moment(expires_at_ms - 1).date())
