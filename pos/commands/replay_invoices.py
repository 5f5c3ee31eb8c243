"""Rings the invoices of a history up, one after the other: sales, and what came back of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pos.commands.history import HistoryLine, Invoice
from pos.domain.basket import BasketError, EntryMethod
from pos.domain.catalogue import Product
from pos.domain.money import Money
from pos.domain.quantity import Quantity, QuantityNotPossible
from pos.domain.return_content import UnreadableReturn
from pos.domain.returns import Return, ReturnFlag
from pos.domain.sale import Sale
from pos.domain.tax import TaxRate
from pos.services import pay, sell
from pos.services.import_return import ImportedLine, take_back_imported
from pos.services.workstation import SignOn

SOURCE = "replay"
_NOT_POSSIBLE = (BasketError, QuantityNotPossible, UnreadableReturn)


@dataclass
class ReplayResult:
    """What was rung up; amounts in minor units, counts and sums include earlier runs.

    What came back is below zero. `without_receipt` counts the returns of which something is of
    no sale that was rung up before.
    """

    invoices: int = 0
    recorded: int = 0
    skipped: list[dict[str, str]] = field(default_factory=list)
    lines: int = 0
    total_minor: int = 0
    hub_total_minor: int = 0
    returns: int = 0
    return_lines: int = 0
    without_receipt: int = 0
    returns_total_minor: int = 0
    hub_returns_total_minor: int = 0
    seconds: float = 0.0
    rung_up: int = 0

    @property
    def agrees(self) -> bool:
        """True when the hub holds the same sums."""
        here = self.total_minor, self.returns_total_minor
        return here == (self.hub_total_minor, self.hub_returns_total_minor)

    def as_json(self) -> dict[str, Any]:
        per_second = self.rung_up / self.seconds if self.seconds else 0.0
        return {
            "invoices": self.invoices,
            "recorded": self.recorded,
            "returns": self.returns,
            "skipped": self.skipped,
            "lines": self.lines,
            "total_minor": self.total_minor,
            "hub_total_minor": self.hub_total_minor,
            "return_lines": self.return_lines,
            "without_receipt": self.without_receipt,
            "returns_total_minor": self.returns_total_minor,
            "hub_returns_total_minor": self.hub_returns_total_minor,
            "seconds": round(self.seconds, 3),
            "documents_per_second": round(per_second, 1),
        }

    def skip(self, invoice: Invoice, reason: str) -> None:
        self.skipped.append({"invoice": invoice.number, "reason": reason})


class InvoiceReplay:
    """Rings invoices up in the order of the file, each once.

    A return is matched with the sales that came before it in the file: of the same customer,
    product and price, the latest first.
    """

    def __init__(self, sign_on: SignOn, rate: TaxRate, result: ReplayResult) -> None:
        self._sign_on, self._rate, self.result = sign_on, rate, result
        self._sold: dict[tuple[str, str, Decimal], list[str]] = {}

    def ring_up(self, invoice: Invoice) -> None:
        """Record an invoice unless an earlier run did; one that cannot be is skipped."""
        reason = _reason_to_skip(invoice)
        if reason:
            self.result.skip(invoice, reason)
            return
        try:
            (self._take_back if invoice.is_return else self._sell)(invoice)
        except _NOT_POSSIBLE as error:
            self.result.skip(invoice, f"not possible: {error}")

    def _sell(self, invoice: Invoice) -> None:
        source = _source(invoice)
        with self._sign_on.station.store.reading() as records:
            sale = records.sales.by_source(source)
        if sale is None:
            sale = self._record_sale(invoice, source)
            self.result.rung_up += 1
        self.result.recorded += 1
        self.result.lines += len(sale.lines)
        self.result.total_minor += sale.total.minor
        for line in invoice.lines if invoice.customer else ():
            self._sold.setdefault(_sold_as(invoice, line), []).append(source)

    def _record_sale(self, invoice: Invoice, source: str) -> Sale:
        wanted = [self._wanted(line) for line in invoice.lines]
        ticket = sell.add_many(self._sign_on, None, wanted, EntryMethod.IMPORTED)
        return pay.pay_imported(self._sign_on, pay.begin(self._sign_on, ticket), source=source)

    def _wanted(self, line: HistoryLine) -> tuple[Product, Quantity, Money | None]:
        """A unit price finer than a cent cannot be a price here: the line's amount stands."""
        cents, currency = line.unit_price * 100, self._sign_on.station.currency
        price = Money(int(cents.to_integral_value()), currency)
        amount = None if cents == int(cents) else Money(line.amount_minor, currency)
        product = Product(line.sku, None, line.name, price, self._rate)
        return product, Quantity.each(line.quantity), amount

    def _take_back(self, invoice: Invoice) -> None:
        source = _source(invoice)
        with self._sign_on.station.store.reading() as records:
            document = records.returns.by_source(source)
        if document is None:
            document = self._record_return(invoice, source)
            self.result.rung_up += 1
        self.result.returns += 1
        self.result.return_lines += len(document.lines)
        self.result.without_receipt += ReturnFlag.NO_RECEIPT in document.flags
        self.result.returns_total_minor -= document.total.minor

    def _record_return(self, invoice: Invoice, source: str) -> Return:
        currency = self._sign_on.station.currency
        lines = [
            ImportedLine(
                line.sku,
                line.name,
                -line.quantity,
                Money(-line.amount_minor, currency),
                self._rate,
                tuple(reversed(self._sold.get(_sold_as(invoice, line), ()))),
            )
            for line in invoice.lines
        ]
        return take_back_imported(self._sign_on, lines, source=source)


def _source(invoice: Invoice) -> str:
    return f"{SOURCE}:{invoice.number}"


def _sold_as(invoice: Invoice, line: HistoryLine) -> tuple[str, str, Decimal]:
    return invoice.customer, line.sku, line.unit_price


def _reason_to_skip(invoice: Invoice) -> str:
    if invoice.fault:
        return f"unreadable: {invoice.fault}"
    if invoice.total_minor == 0:
        return "not a return" if invoice.is_return else "not a sale"
    if invoice.is_return and any(
        line.quantity >= 0 or line.amount_minor > 0 for line in invoice.lines
    ):
        return "not possible: a return of which something was not given back"
    return ""
