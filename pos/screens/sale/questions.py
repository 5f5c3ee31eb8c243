"""What the entry row asks before a product can go on the ticket: its price, or how much of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from pos import formatting
from pos.domain.basket import MAX_PRICE_MINOR
from pos.domain.catalogue import Product
from pos.domain.money import Money
from pos.domain.quantity import MAX_THOUSANDTHS, THOUSAND, Quantity, QuantityNotPossible
from pos.screens import wording
from pos.services.scan import AskPrice, AskQuantity, Wanted

_LARGEST_KEYED_MINOR = 10_000_00  # beyond it a slip of the finger, as with quantities


class Question:
    """One open question; `answered` turns what was typed into what goes on the ticket."""

    def __init__(self, asked: AskPrice | AskQuantity, currency: str) -> None:
        self._asked, self._currency = asked, currency

    @property
    def product(self) -> Product:
        return self._asked.product

    @property
    def prompt(self) -> str:
        """What the entry row says while nothing is typed."""
        if isinstance(self._asked, AskPrice):
            text = QCoreApplication.translate("Sale", "Price of {name}")
            return text.format(name=self.product.name)
        text = QCoreApplication.translate("Sale", "How many {unit} of {name}")
        return text.format(name=self.product.name, unit=self.product.unit.value)

    @property
    def refusal(self) -> str:
        """What is said to a scan that comes in between."""
        return QCoreApplication.translate("Sale", "First answer: {prompt}").format(
            prompt=self.prompt
        )

    def answered(self, text: str) -> Wanted | str:
        """Return what is wanted, or why what was typed cannot be."""
        if isinstance(self._asked, AskPrice):
            return self._with_price(text)
        return self._with_quantity(text)

    def _with_price(self, text: str) -> Wanted | str:
        most = min(_LARGEST_KEYED_MINOR, MAX_PRICE_MINOR)
        try:
            minor = formatting.parse_amount(text, self._currency)
        except formatting.NumberError:
            minor = 0
        if not 0 < minor <= most:
            return QCoreApplication.translate("Sale", "From {least} to {most}").format(
                least=wording.money(Money(1, self._currency)),
                most=wording.money(Money(most, self._currency)),
            )
        wanted = self._asked.wanted
        price = Money(minor * wanted.count, self._currency)
        return replace(wanted, extended_price=price)

    def _with_quantity(self, text: str) -> Wanted | str:
        unit = self.product.unit
        try:
            thousandths = int(formatting.parse_quantity(text) * THOUSAND)
            quantity = Quantity(thousandths, unit)
        except (formatting.NumberError, QuantityNotPossible):
            return QCoreApplication.translate("Sale", "From {least} to {most} {unit}").format(
                least=wording.number(1), most=wording.number(MAX_THOUSANDTHS), unit=unit.value
            )
        return replace(self._asked.wanted, quantity=quantity)
