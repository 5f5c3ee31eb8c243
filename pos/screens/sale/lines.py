"""The lines of a ticket in words: what is bought, why it costs what it costs."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pos.domain.basket import Basket, Discount, DiscountKind, Line
from pos.domain.money import Money
from pos.screens import wording

TICKET_DISCOUNT = 0  # in place of a line number


@dataclass(frozen=True, slots=True)
class LineWords:
    """One row of the ticket, every text ready to be painted; `number` names the line."""

    number: int
    quantity: str
    name: str
    amount: str
    unit: str = ""
    detail: str = ""
    accent: str = ""
    icon: str = ""
    voided: str = ""


class TicketWords:
    """Writes the rows of a ticket, and only those again whose line changed.

    A scan changes one line of many; writing amounts in the language in force is what costs.
    """

    def __init__(self) -> None:
        self._written: dict[int, tuple[Line, LineWords]] = {}

    def forget(self) -> None:
        """Write everything again next time, such as in another language."""
        self._written.clear()

    def rows(self, basket: Basket | None) -> tuple[LineWords, ...]:
        """Return the rows of a ticket, its own discount last."""
        if basket is None:
            self._written.clear()
            return ()
        rows = [self._row(line) for line in basket.lines]
        if basket.ticket_discount is not None:
            rows.append(_ticket_discount_row(basket, basket.ticket_discount))
        return tuple(rows)

    def _row(self, line: Line) -> LineWords:
        known = self._written.get(line.number)
        if known is not None and known[0] is line:
            return known[1]
        words = line_words(line)
        self._written[line.number] = (line, words)
        return words


def line_words(line: Line) -> LineWords:
    """Write one line."""
    unit = "" if line.quantity.unit.is_counted else line.quantity.unit.value
    each = wording.unit_price(line.unit_price, line.quantity.unit)
    accents = []
    if line.price_override is not None:
        was = wording.money(line.product.price)
        accents.append(
            QCoreApplication.translate("TicketWords", "price changed, was {was}").format(was=was)
        )
    if line.discount is not None:
        accents.append(discount_words(line.discount, line.discount_amount))
    return LineWords(
        number=line.number,
        quantity=wording.number(line.quantity.thousandths),
        name=line.product.name,
        amount=wording.bare_amount(line.net),
        unit=unit,
        detail=f"{each} · {line.note}" if line.note else each,
        accent=" · ".join(accents),
        voided=QCoreApplication.translate("TicketWords", "VOIDED") if line.is_void else "",
    )


def discount_words(discount: Discount, amount: Money) -> str:
    """Write a discount as the ticket shows it: size, what it takes off, why."""
    word = QCoreApplication.translate("TicketWords", "Discount")
    size = f" {wording.percent(discount.value)}" if discount.kind is DiscountKind.PERCENT else ""
    reason = f" · {discount.reason[:1].lower()}{discount.reason[1:]}" if discount.reason else ""
    return f"{word}{size} {wording.money(-amount)}{reason}"


def _ticket_discount_row(basket: Basket, discount: Discount) -> LineWords:
    amount = discount.amount_of(basket.subtotal)
    name = QCoreApplication.translate("TicketWords", "Discount on the ticket")
    if discount.kind is DiscountKind.PERCENT:
        name = f"{name} {wording.percent(discount.value)}"
    return LineWords(
        number=TICKET_DISCOUNT,
        quantity="",
        name=name,
        amount=wording.bare_amount(-amount),
        detail=discount.reason,
        icon="percent",
    )
