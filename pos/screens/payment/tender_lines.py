"""How the tenders taken so far are written on the payment screen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pos.domain.stored_value import masked_reference, read_left
from pos.domain.tender import STORED_VALUE, Tender, TenderKind
from pos.screens import wording


@dataclass(frozen=True, slots=True)
class TenderLine:
    """One tender taken so far; `why_stays` says why it cannot be handed back, if it cannot."""

    kind: TenderKind
    word: str
    second: str
    amount: str
    why_stays: str


def tender_line(tender: Tender) -> TenderLine:
    """Return the line of a tender."""
    amount = wording.money(-tender.amount)
    if tender.kind is TenderKind.CASH:
        word = QCoreApplication.translate("PaymentViewModel", "Cash")
        taken = QCoreApplication.translate("PaymentViewModel", "taken")
        return TenderLine(tender.kind, word, taken, amount, "")
    if tender.kind in STORED_VALUE:
        return TenderLine(tender.kind, _value_word(tender.kind), _on_card(tender), amount, "")
    if tender.kind is TenderKind.EXCHANGE:
        word = QCoreApplication.translate("PaymentViewModel", "Came back")
        second = QCoreApplication.translate("PaymentViewModel", "pays for what is taken")
        stays = QCoreApplication.translate("PaymentViewModel", "on the ticket")
        return TenderLine(tender.kind, word, second, amount, stays)
    code = tender.authorisation
    second = QCoreApplication.translate("PaymentViewModel", "authorised")
    if code:
        text = QCoreApplication.translate("PaymentViewModel", "authorised {code}")
        second = text.format(code=code)
    word = QCoreApplication.translate("PaymentViewModel", "Card")
    stays = QCoreApplication.translate("PaymentViewModel", "already charged")
    return TenderLine(tender.kind, word, second, amount, stays)


def _value_word(kind: TenderKind) -> str:
    if kind is TenderKind.GIFT_CARD:
        return QCoreApplication.translate("PaymentViewModel", "Gift card")
    return QCoreApplication.translate("PaymentViewModel", "Store credit")


def _on_card(tender: Tender) -> str:
    """Return which card it is, and what is left on it."""
    card = masked_reference(tender.reference)
    left = read_left(tender.authorisation, tender.amount.currency)
    if left is None:
        return QCoreApplication.translate("PaymentViewModel", "{card} · not checked").format(
            card=card
        )
    text = QCoreApplication.translate("PaymentViewModel", "{card} · {left} left")
    return text.format(card=card, left=wording.money(left))
