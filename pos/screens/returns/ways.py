"""The ways a refund can go, in words: what it is, how long it takes, or why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pos.domain.money import Money
from pos.domain.refund_options import RefundOption, Split, WhyNot
from pos.domain.return_purchase import Means, PaidBy
from pos.domain.returns import Refund
from pos.domain.stored_value import masked_reference
from pos.screens import wording

_ICONS = {
    Means.CASH: "cash",
    Means.CARD: "card",
    Means.WEB: "web",
    Means.STORE_CREDIT: "wallet",
    Means.GIFT_CARD: "gift",
    Means.IMPORT: "undo",
    Means.EXCHANGE: "swap",
}


@dataclass(frozen=True, slots=True)
class WayWords:
    """One way as its row shows it; `amount` is what goes that way.

    It is empty when nothing does, and where nobody is to see it.
    """

    means: Means
    reference: str
    title: str
    second: str
    icon: str
    amount: str = ""
    is_on: bool = True
    is_chosen: bool = False


def way_words(
    options: Iterable[RefundOption],
    splits: Iterable[Split],
    paid: tuple[PaidBy, ...],
    *,
    hides_amounts: bool = False,
) -> tuple[WayWords, ...]:
    """Return every way with what goes by it, those that cannot be with the reason."""
    amounts = {(split.option.means, split.option.reference): split.amount for split in splits}
    return tuple(
        _way(option, amounts.get((option.means, option.reference)), paid, hides=hides_amounts)
        for option in options
    )


def _way(
    option: RefundOption, amount: Money | None, paid: tuple[PaidBy, ...], *, hides: bool
) -> WayWords:
    return WayWords(
        option.means,
        option.reference,
        name(option.means, option.reference),
        _second(option, paid),
        _ICONS[option.means],
        "" if amount is None or hides else wording.money(amount),
        option.is_possible,
        is_chosen=amount is not None,
    )


def name(means: Means, reference: str) -> str:
    """Name a way as its row does."""
    if means is Means.GIFT_CARD and reference:
        text = QCoreApplication.translate("Return", "Back on gift card {card}")
        return text.format(card=masked_reference(reference))
    if means is Means.STORE_CREDIT and reference:
        text = QCoreApplication.translate("Return", "Back on credit {card}")
        return text.format(card=masked_reference(reference))
    return {
        Means.CASH: QCoreApplication.translate("Return", "Cash"),
        Means.CARD: QCoreApplication.translate("Return", "To the card that paid"),
        Means.WEB: QCoreApplication.translate("Return", "To the web payment"),
        Means.STORE_CREDIT: QCoreApplication.translate("Return", "Store credit"),
        Means.GIFT_CARD: QCoreApplication.translate("Return", "Gift card"),
        Means.IMPORT: QCoreApplication.translate("Return", "As in the other system"),
        Means.EXCHANGE: QCoreApplication.translate("Return", "Goods in exchange"),
    }[means]


def to_where(means: Means) -> str:
    """Say where money goes beside its amount, as on the closing key."""
    return {
        Means.CASH: QCoreApplication.translate("Return", "in cash"),
        Means.CARD: QCoreApplication.translate("Return", "to the card"),
        Means.WEB: QCoreApplication.translate("Return", "to the web payment"),
        Means.STORE_CREDIT: QCoreApplication.translate("Return", "as store credit"),
        Means.GIFT_CARD: QCoreApplication.translate("Return", "on the gift card"),
        Means.IMPORT: QCoreApplication.translate("Return", "as in the other system"),
        Means.EXCHANGE: QCoreApplication.translate("Return", "in goods"),
    }[means]


def refund_words(refund: Refund) -> tuple[str, str]:
    """Return (how, amount) of a refund that was recorded."""
    how = to_where(refund.means)
    how = how[:1].upper() + how[1:]
    if refund.label:
        how = f"{how} · {refund.label}"
    if refund.means in (Means.WEB, Means.CARD):
        how = f"{how} · {_when(refund.means)}"
    return how, wording.money(refund.amount)


def _second(option: RefundOption, paid: tuple[PaidBy, ...]) -> str:
    if option.why_not is not None:
        return why_not(option.why_not, paid)
    if option.means in (Means.WEB, Means.CARD):
        return " · ".join(part for part in (option.label, _when(option.means)) if part)
    if option.by_wish:
        return QCoreApplication.translate("Return", "At once, if the customer prefers it")
    if option.means is Means.CASH:
        return QCoreApplication.translate("Return", "Out of the drawer")
    return QCoreApplication.translate("Return", "At once")


def _when(means: Means) -> str:
    if means is Means.WEB:
        return QCoreApplication.translate("Return", "requested, 3–5 days")
    return QCoreApplication.translate("Return", "through the terminal")


def why_not(why: WhyNot, paid: tuple[PaidBy, ...]) -> str:
    """Say why a refund cannot go a way."""
    if why is WhyNot.PAID_OTHERWISE:
        text = QCoreApplication.translate("Return", "No: it was paid {how}")
        return text.format(how=_how_paid(paid))
    return {
        WhyNot.ALL_BACK: QCoreApplication.translate(
            "Return", "No: what was paid so went back already"
        ),
        WhyNot.GIFT: QCoreApplication.translate("Return", "No: a gift becomes credit"),
        WhyNot.NO_RECEIPT: QCoreApplication.translate("Return", "No: there is no receipt"),
        WhyNot.OFFLINE: QCoreApplication.translate("Return", "Not without connection"),
        WhyNot.NOT_HERE: QCoreApplication.translate("Return", "Not at this till"),
        WhyNot.PAID_OTHERWISE: "",
    }[why]


def _how_paid(paid: tuple[PaidBy, ...]) -> str:
    words = {
        Means.CASH: QCoreApplication.translate("Return", "in cash"),
        Means.CARD: QCoreApplication.translate("Return", "by card"),
        Means.WEB: QCoreApplication.translate("Return", "on the web"),
        Means.STORE_CREDIT: QCoreApplication.translate("Return", "with credit"),
        Means.GIFT_CARD: QCoreApplication.translate("Return", "with a gift card"),
        Means.EXCHANGE: QCoreApplication.translate("Return", "in goods"),
        Means.IMPORT: QCoreApplication.translate("Return", "in another system"),
    }
    return ", ".join(dict.fromkeys(words[part.means] for part in paid)) or "—"
