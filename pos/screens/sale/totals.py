"""The foot of the ticket and the closing key: what is to be paid, or given back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos.domain.basket import Basket
from pos.domain.exchange import Balance
from pos.domain.money import Money
from pos.screens import wording
from pos.screens.sale.view_model import SaleViewModel
from pos.widgets.key import Key, Kind
from pos.widgets.ticket_parts import TotalsFoot


class TotalsWords(QObject):
    """Words of the foot and of the closing key."""

    def articles(self, basket: Basket | None) -> str:
        return self.tr("%n articles", "", basket.article_count if basket else 0)

    def saved(self, savings: Money) -> str:
        """Say what promotions and discounts took off; nothing when they took nothing."""
        text = self.tr("Saved {amount}").format(amount=wording.money(savings))
        return text if savings else ""

    @property
    def tax(self) -> str:
        return self.tr("VAT included")

    @property
    def total(self) -> str:
        return self.tr("Total")

    def came_back(self, balance: Balance) -> str:
        """Say what goods are worth that came back."""
        worth = wording.money(-(balance.exchanged + balance.to_refund))
        return self.tr("Came back {amount}").format(amount=worth)

    def left(self, balance: Balance) -> tuple[str, str]:
        """Return what is left between the customer and the shop, with its word."""
        if balance.to_refund:
            return self.tr("To give back"), wording.money(-balance.to_refund)
        if balance.to_pay:
            return self.tr("To pay"), wording.money(balance.to_pay)
        return self.tr("No difference"), wording.money(balance.to_pay)

    def closing(self, balance: Balance | None) -> tuple[str, str, Kind]:
        """Return word and second row of the closing key, and its colour."""
        if balance is None or balance.to_pay:
            return self.tr("Charge"), "", Kind.PAY
        if balance.to_refund:
            return self.tr("Give back"), "", Kind.DANGER
        return self.tr("Exchange"), self.tr("no difference"), Kind.PAY

    @property
    def empty(self) -> str:
        return self.tr("empty ticket")

    @property
    def nothing_taken(self) -> str:
        """Say what is missing while goods came back and nothing is taken for them."""
        return self.tr("scan what is taken instead")


def show_totals(model: SaleViewModel, foot: TotalsFoot, closing: Key) -> None:
    """Write the foot of the ticket and its closing key."""
    words, balance = TotalsWords(), model.exchange.balance
    basket = model.ticket.basket if model.ticket else None
    totals = basket.totals if basket else None
    nothing = Money(0, model.currency)
    total = wording.money(totals.total if totals else nothing)
    count = words.articles(basket)
    label, left, came_back = words.total, total, ""
    if balance is not None:
        (label, left), came_back = words.left(balance), words.came_back(balance)
        count = f"{count} · {total}"
    foot.set_figures(
        count=count,
        saving=words.saved(totals.savings if totals else nothing),
        tax_label=words.tax,
        tax=wording.money(totals.tax_total if totals else nothing),
        total_label=label,
        total=left,
        came_back=came_back,
        tone="danger-text" if balance is not None and balance.to_refund else "text",
        muted=not model.can_charge,
    )
    _show_closing(model, words, closing, left)


def _show_closing(model: SaleViewModel, words: TotalsWords, closing: Key, left: str) -> None:
    balance = model.exchange.balance
    word, second, kind = words.closing(balance if model.can_charge else None)
    closing.set_kind(kind)
    is_even = balance is not None and balance.is_even
    closing.set_word(word, second, amount="" if is_even else left.lstrip("\u2212"))
    if model.can_charge:
        closing.set_on()
    else:
        closing.set_off(words.empty if balance is None else words.nothing_taken)
