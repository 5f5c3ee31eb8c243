"""Why a code did nothing, in one line for the entry row."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos.domain.basket import MAX_LINES, MAX_PRICE_MINOR, TooManyLines
from pos.domain.quantity import MAX_THOUSANDTHS, THOUSAND, QuantityNotPossible
from pos.screens import wording
from pos.screens.scan_refusal import refusal_text
from pos.services.scan import Expired, NotPossible, Refused, ScanOutcome


def refusal_of(outcome: ScanOutcome) -> str:
    """Return why an outcome left the ticket as it was."""
    match outcome:
        case Refused(reason):
            return refusal_text(reason)
        case Expired(product, expiry):
            return QCoreApplication.translate("Sale", "{name} expired on {day}").format(
                name=product.name, day=wording.date_in_figures(expiry)
            )
        case NotPossible(error):
            return not_possible(error)
        case _:
            return QCoreApplication.translate("Scan", "That code is of no use here")


def not_possible(error: ValueError) -> str:
    """Return why a line cannot be, with the range that can."""
    if isinstance(error, TooManyLines):
        return QCoreApplication.translate("Sale", "At most {count} lines on a ticket").format(
            count=MAX_LINES
        )
    if isinstance(error, QuantityNotPossible):
        most = wording.number(MAX_THOUSANDTHS)
        return QCoreApplication.translate(
            "Sale", "Quantity: above 0, at most {most}, whole pieces"
        ).format(most=most)
    most = wording.number(MAX_PRICE_MINOR // 100 * THOUSAND)
    return QCoreApplication.translate("Sale", "Price: from 0 to {most}").format(most=most)
