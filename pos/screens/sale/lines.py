"""The lines of a ticket in words: what is bought, why it costs what it costs."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pos.domain.basket import Basket, Discount, DiscountKind, Line
from pos.domain.money import Money, total
from pos.domain.promotion import GivenPromotion
from pos.screens import wording

TICKET_DISCOUNT = 0  # in place of a line number
FIRST_PROMOTION = -1  # and what is on the whole ticket below it

OnLine = tuple[tuple[str, Money], ...]  # promotions of one line: name, what it takes off


@dataclass(frozen=True, slots=True)
class LineWords:
    """One row of the ticket, every text ready to be painted; `number` names the line.

    `coupon` is the code of the coupon that the row stands for. `note` says what waits. `is_back`
    is for goods that came back and pay for the others.
    """

    number: int
    quantity: str
    name: str
    amount: str
    unit: str = ""
    detail: str = ""
    accent: str = ""
    icon: str = ""
    voided: str = ""
    note: str = ""
    coupon: str = ""
    is_back: bool = False


class TicketWords:
    """Writes the rows of a ticket, and only those again whose line or promotion changed.

    A scan changes one line of many; writing amounts in the language in force is what costs.
    """

    def __init__(self) -> None:
        self._written: dict[int, tuple[Line, OnLine, LineWords]] = {}

    def forget(self) -> None:
        """Write everything again next time, such as in another language."""
        self._written.clear()

    def rows(self, basket: Basket | None) -> tuple[LineWords, ...]:
        """Return the rows of a ticket; what is taken off the whole of it comes last."""
        if basket is None:
            self._written.clear()
            return ()
        given = _by_line(basket)
        rows = [self._row(line, given.get(line.number, ())) for line in basket.lines]
        rows += _on_the_ticket(basket)
        if basket.ticket_discount is not None:
            rows.append(_ticket_discount_row(basket, basket.ticket_discount))
        return tuple(rows)

    def _row(self, line: Line, given: OnLine) -> LineWords:
        known = self._written.get(line.number)
        if known is not None and known[0] is line and known[1] == given:
            return known[2]
        words = line_words(line, given)
        self._written[line.number] = (line, given, words)
        return words


def line_words(line: Line, given: OnLine = ()) -> LineWords:
    """Write one line with the promotions that are on it alone."""
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
    accents += [f"{name} {wording.money(-amount)}" for name, amount in given]
    taken_off = total((amount for _, amount in given), line.net.currency)
    return LineWords(
        number=line.number,
        quantity=wording.number(line.quantity.thousandths),
        name=line.product.name,
        amount=wording.bare_amount(line.net - taken_off),
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


def _by_line(basket: Basket) -> dict[int, OnLine]:
    """Return the promotions of each line that are not on the whole ticket."""
    found: dict[int, OnLine] = {}
    for given in basket.promotions:
        if not given.is_on_total:
            for share in given.shares:
                found[share.line] = (*found.get(share.line, ()), (given.name, share.amount))
    return found


def _on_the_ticket(basket: Basket) -> list[LineWords]:
    """Return a row for each promotion on the whole ticket, and for each other coupon.

    A coupon has a row, even where what it gives is said on the lines: there it is taken off.
    """
    rows = [
        _promotion_row(basket, given, FIRST_PROMOTION - place)
        for place, given in enumerate(basket.promotions)
        if given.is_on_total
    ]
    shown = {given.coupon for given in basket.promotions if given.is_on_total}
    others = [coupon.code for coupon in basket.coupons if coupon.code not in shown]
    names = {given.coupon: given.name for given in basket.promotions}
    below = FIRST_PROMOTION - len(basket.promotions)
    return rows + [
        _coupon_row(code, below - at, names.get(code, "")) for at, code in enumerate(others)
    ]


def _promotion_row(basket: Basket, given: GivenPromotion, number: int) -> LineWords:
    amount = total((share.amount for share in given.shares), basket.currency)
    return LineWords(
        number=number,
        quantity="",
        name=given.name,
        amount=wording.bare_amount(-amount),
        detail=coupon_words(given.coupon)
        if given.coupon
        else QCoreApplication.translate("TicketWords", "Promotion on the ticket"),
        icon="voucher" if given.coupon else "tag",
        coupon=given.coupon,
    )


def _coupon_row(code: str, number: int, given: str) -> LineWords:
    """Write a coupon: `given` is the promotion on the lines above, empty while it waits."""
    waits = QCoreApplication.translate("TicketWords", "Takes nothing off this ticket yet")
    return LineWords(
        number=number,
        quantity="",
        name=coupon_words(code),
        amount="",
        detail=given,
        icon="voucher",
        note="" if given else waits,
        coupon=code,
    )


def coupon_words(code: str) -> str:
    """Write a coupon's code as the ticket names it."""
    return QCoreApplication.translate("TicketWords", "Coupon {code}").format(code=code)
