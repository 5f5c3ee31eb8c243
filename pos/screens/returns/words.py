"""What the screen of returns says of a purchase and its lines, and why one may not come back."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from pos.domain.promotion import Channel
from pos.domain.quantity import THOUSAND, Quantity, Unit
from pos.domain.return_ledger import LineStanding
from pos.domain.return_policy import GIFT_CARDS
from pos.domain.return_purchase import Purchase, PurchaseSource
from pos.domain.return_verdict import Approved, Basis, Ground, Remedy, Verdict, Why
from pos.domain.return_words import Condition, Disposition, Reason
from pos.screens import wording
from pos.services.return_figures import Lacking

# As the keys stand on the screen.
REASONS = (
    Reason.SIZE, Reason.DISLIKED, Reason.ARRIVED_DAMAGED, Reason.FAULTY, Reason.OUR_ERROR,
    Reason.OTHER,
)  # fmt: skip
CONDITIONS = (
    Condition.SEALED, Condition.OPENED, Condition.USED, Condition.DAMAGED, Condition.FAULTY,
    Condition.NOT_OURS,
)  # fmt: skip


class ReturnCounts(QObject):
    """Words with a number in them; their plural forms are found by `tr` only."""

    def articles(self, count: int) -> str:
        return self.tr("%n articles", "", count)

    def days_left(self, count: int) -> str:
        """Say how long something can still come back."""
        return self.tr("%n days left", "", count)

    def days_over(self, count: int) -> str:
        """Say how long ago the last day was."""
        return self.tr("%n days too late", "", count)


def title(purchase: Purchase, *, is_gift: bool = False) -> str:
    """Name the purchase: order or receipt, with its number, or the paper of a gift."""
    if is_gift:
        text = QCoreApplication.translate("Return", "Gift receipt {number}")
    elif purchase.source is PurchaseSource.ORDER:
        text = QCoreApplication.translate("Return", "Order {number}")
    else:
        text = QCoreApplication.translate("Return", "Receipt {number}")
    return text.format(number=purchase.number)


def about(purchase: Purchase, shop_name: str, *, is_gift: bool = False) -> str:
    """Say where and when it was bought, when it was handed over, and by whom.

    Who gave a gift is not said.
    """
    channel = QCoreApplication.translate("Return", "web")
    if purchase.channel is Channel.SHOP:
        channel = shop_name or QCoreApplication.translate("Return", "this shop")
    parts = [f"{channel}, {wording.short_day(purchase.sold_at_ms)}"]
    handed_over = purchase.handed_over_at_ms
    if handed_over is not None and purchase.source is PurchaseSource.ORDER:
        text = QCoreApplication.translate("Return", "handed over {day}")
        parts.append(text.format(day=wording.short_day(handed_over)))
    customer = "" if is_gift else purchase.customer_name
    return " · ".join(part for part in (*parts, customer) if part)


def reason(of: Reason) -> str:
    """Name a reason as its key does."""
    return {
        Reason.SIZE: QCoreApplication.translate("Return", "Size or fit"),
        Reason.DISLIKED: QCoreApplication.translate("Return", "Not liked"),
        Reason.ARRIVED_DAMAGED: QCoreApplication.translate("Return", "Came damaged"),
        Reason.FAULTY: QCoreApplication.translate("Return", "Faulty"),
        Reason.OUR_ERROR: QCoreApplication.translate("Return", "Our error"),
        Reason.OTHER: QCoreApplication.translate("Return", "Other reason"),
    }[of]


def condition(of: Condition) -> str:
    """Name how something comes back as its key does."""
    return {
        Condition.SEALED: QCoreApplication.translate("Return", "Sealed"),
        Condition.OPENED: QCoreApplication.translate("Return", "Opened"),
        Condition.USED: QCoreApplication.translate("Return", "Used"),
        Condition.DAMAGED: QCoreApplication.translate("Return", "Damaged"),
        Condition.FAULTY: QCoreApplication.translate("Return", "Does not work"),
        Condition.NOT_OURS: QCoreApplication.translate("Return", "Not ours"),
    }[of]


def goes_to(of: Disposition) -> str:
    """Say in a sentence where goods go."""
    return {
        Disposition.RESTOCK: QCoreApplication.translate(
            "Return", "Goes back on sale after a look at it"
        ),
        Disposition.QUARANTINE: QCoreApplication.translate("Return", "Goes to quarantine"),
        Disposition.SEND_BACK: QCoreApplication.translate("Return", "Goes back to the supplier"),
        Disposition.DESTROY: QCoreApplication.translate("Return", "Is thrown away"),
    }[of]


def bin_word(of: Disposition) -> str:
    """Say where goods go beside other words."""
    return {
        Disposition.RESTOCK: QCoreApplication.translate("Return", "back on sale"),
        Disposition.QUARANTINE: QCoreApplication.translate("Return", "to quarantine"),
        Disposition.SEND_BACK: QCoreApplication.translate("Return", "to the supplier"),
        Disposition.DESTROY: QCoreApplication.translate("Return", "thrown away"),
    }[of]


def amount_of(thousandths: int, unit: Unit) -> str:
    """Write how much of a line: pieces as a number, what is measured with its unit."""
    if not thousandths:
        return "0"
    return wording.measured(Quantity(thousandths, unit))


def pieces(thousandths: int, unit: Unit) -> int:
    """Return how many articles that is: what is measured counts as one."""
    return thousandths // THOUSAND if unit.is_counted else min(thousandths, 1)


def returned_where(standing: LineStanding, shop: str) -> str:
    """Say in which shops something of a line came back; nothing when it was this one alone."""
    shops = [name for name, _ in standing.by_shop if name != shop]
    if not shops:
        return ""
    text = QCoreApplication.translate("Return", "in {shops}")
    return text.format(shops=", ".join(name.capitalize() for name in shops))


def window(verdict: Verdict) -> tuple[str, bool]:
    """Say how long a line can still come back, and whether that is over."""
    if isinstance(verdict, Approved):
        if verdict.until is None:
            return "", False
        if verdict.basis is Basis.GUARANTEE:
            text = QCoreApplication.translate("Return", "Guarantee until {day}")
            return text.format(day=wording.date_in_figures(verdict.until)), False
        if not verdict.days_left:
            return QCoreApplication.translate("Return", "Last day"), False
        return ReturnCounts().days_left(verdict.days_left), False
    if verdict.ground.why is Why.TOO_LATE:
        return ReturnCounts().days_over(verdict.ground.days_over), True
    return "", False


def category(name: str) -> str:
    """Name a kind of goods as the law does."""
    known = {
        "personalised": QCoreApplication.translate("Return", "Made to order"),
        "hygiene": QCoreApplication.translate("Return", "Hygiene"),
        "perishable": QCoreApplication.translate("Return", "Perishable"),
        "mixed": QCoreApplication.translate("Return", "Mixed with other goods"),
        "recording": QCoreApplication.translate("Return", "Recording or software"),
        "press": QCoreApplication.translate("Return", "Press"),
        GIFT_CARDS: QCoreApplication.translate("Return", "Gift card"),
        "digital": QCoreApplication.translate("Return", "Digital content"),
    }
    return known.get(name, name.capitalize())


def ground(of: Ground) -> str:
    """Say why something may not simply come back, as a cashier can read it out."""
    text = _of_goods(of) or _of_money(of)
    if of.category:
        text = f"{category(of.category)}: {text[:1].lower()}{text[1:]}"
    return text


def _of_goods(of: Ground) -> str:
    until = "" if of.until is None else wording.date_in_figures(of.until)
    texts = {
        Why.NOT_OURS: QCoreApplication.translate("Return", "Not ours: it is not taken back"),
        Why.NOTHING_LEFT: QCoreApplication.translate("Return", "All of it came back already"),
        Why.OTHER_PIECE: QCoreApplication.translate(
            "Return", "That serial number is not one of those sold"
        ),
        Why.TOO_LATE: QCoreApplication.translate("Return", "Could come back until {day}"),
        Why.NOT_RETURNABLE: QCoreApplication.translate("Return", "Cannot be returned"),
        Why.OPENED: QCoreApplication.translate("Return", "Comes back sealed only"),
        Why.USED: QCoreApplication.translate("Return", "Comes back unused only"),
    }
    return texts.get(of.why, "").format(day=until)


def _of_money(of: Ground) -> str:
    limit = "" if of.limit is None else wording.short_money(of.limit)
    texts = {
        Why.NO_RECEIPT: QCoreApplication.translate("Return", "Without a receipt"),
        Why.NO_RECEIPT_LIMIT: QCoreApplication.translate(
            "Return", "Without a receipt up to {limit} a day and customer"
        ),
        Why.NO_RECEIPT_SHOP_LIMIT: QCoreApplication.translate(
            "Return", "Without a receipt up to {limit} a day in this shop"
        ),
        Why.OFFLINE_UNKNOWN: QCoreApplication.translate(
            "Return", "Without connection nobody knows what else came back"
        ),
        Why.OFFLINE_TICKET_LIMIT: QCoreApplication.translate(
            "Return", "Without connection up to {limit} at a time"
        ),
        Why.OFFLINE_DAY_LIMIT: QCoreApplication.translate(
            "Return", "Without connection up to {limit} a day at this till"
        ),
        Why.CASH_LIMIT: QCoreApplication.translate("Return", "Cash up to {limit}"),
        Why.GOODWILL_BUDGET: QCoreApplication.translate("Return", "Goodwill up to {limit}"),
        Why.GOODWILL_LIMIT: QCoreApplication.translate("Return", "Goodwill up to {limit}"),
    }
    return texts.get(of.why, "").format(limit=limit)


def lacking(of: Lacking) -> str:
    """Say what is still to be done before anything can be given back."""
    return {
        Lacking.NOTHING_CHOSEN: QCoreApplication.translate("Return", "choose what comes back"),
        Lacking.REFUSED: QCoreApplication.translate("Return", "a line cannot come back"),
        Lacking.REASON: QCoreApplication.translate("Return", "choose a reason"),
        Lacking.CONDITION: QCoreApplication.translate("Return", "say how it comes back"),
        Lacking.SERIAL: QCoreApplication.translate("Return", "the serial number is missing"),
        Lacking.PERMISSION: QCoreApplication.translate("Return", "somebody has to allow a line"),
        Lacking.OFFLINE_LIMIT: QCoreApplication.translate("Return", "too much without connection"),
        Lacking.NO_RECEIPT_LIMIT: QCoreApplication.translate(
            "Return", "too much without a receipt"
        ),
        Lacking.NO_WAY: QCoreApplication.translate("Return", "choose how it is given back"),
    }[of]


def first_offered(remedies: tuple[Remedy, ...], name: str) -> str:
    """Say what is offered before money for goods under guarantee."""
    if Remedy.REPLACEMENT in remedies and Remedy.REPAIR in remedies:
        text = QCoreApplication.translate(
            "Return", "{name}: under guarantee. Offer another one first, or to repair it."
        )
    elif Remedy.REPAIR in remedies:
        text = QCoreApplication.translate(
            "Return", "{name}: under guarantee. Offer to repair it first."
        )
    else:
        text = QCoreApplication.translate(
            "Return", "{name}: under guarantee. Offer another one first."
        )
    return text.format(name=name)
