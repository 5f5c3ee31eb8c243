"""Reads recorded sales and their tickets' tax back from the body of their fact."""

from __future__ import annotations

from typing import Any

from pos.domain.fiscal import FiscalStamp
from pos.domain.journal import Fact
from pos.domain.money import Money
from pos.domain.numbering import ReceiptNumber
from pos.domain.quantity import Unit
from pos.domain.sale import Sale, SaleLine
from pos.domain.tax import TaxAmount, TaxRate
from pos.domain.tender import Tender, TenderKind
from pos.store.snapshots import promotion_from


def sale_of(fact: Fact, names: dict[str, str]) -> Sale:
    """Return the sale that a fact ``sale.completed`` tells of.

    Older facts name neither the cashier nor the tax of each line: the cashier is looked up in
    `names` (by id), the tax is the one of that rate on the ticket. Nor do they know promotions.

    Raises:
        LookupError, TypeError, ValueError: The body is not one of a sale.
    """
    body: dict[str, Any] = fact.body
    currency = body["currency"]
    tax = tuple(_tax(entry, currency) for entry in body["tax"])
    tax_names = {amount.rate.basis_points: amount.rate.name for amount in reversed(tax)}
    fiscal = body["fiscal"]
    return Sale(
        sale_id=body["sale_id"],
        number=ReceiptNumber(body["series"], body["sequence"]),
        shop=body["shop"],
        till=fact.till,
        session_id=body["session_id"],
        staff_id=body["staff_id"],
        staff_name=body.get("staff_name") or names.get(body["staff_id"], body["staff_id"]),
        currency=currency,
        opened_at_ms=body["opened_at_ms"],
        completed_at_ms=body["completed_at_ms"],
        lines=tuple(_line(line, currency, tax_names) for line in body["lines"]),
        tax=tax,
        tenders=tuple(_tender(tender, currency) for tender in body["tenders"]),
        total=Money(body["total"], currency),
        fiscal=FiscalStamp(fiscal["module"], tuple(fiscal["legend"]), fiscal["qr"]),
        ticket_discount_reason=body["ticket_discount_reason"],
        promotions=tuple(promotion_from(given, currency) for given in body.get("promotions", ())),
        source=body["source"],
        customer_id=body.get("customer_id", ""),
    )


def _line(line: dict[str, Any], currency: str, tax_names: dict[int, str]) -> SaleLine:
    basis_points = line["tax_basis_points"]
    name = line.get("tax_name")
    return SaleLine(
        number=line["number"],
        sku=line["sku"],
        gtin=line["gtin"],
        name=line["name"],
        quantity_thousandths=line["quantity"],
        unit=Unit(line["unit"]),
        unit_price=Money(line["unit_price"], currency),
        list_price=Money(line["list_price"], currency),
        gross=Money(line["gross"], currency),
        discount=Money(line["discount"], currency),
        promotion=Money(line.get("promotion", 0), currency),
        ticket_discount=Money(line["ticket_discount"], currency),
        net=Money(line["net"], currency),
        tax_rate=TaxRate(basis_points, tax_names.get(basis_points, "") if name is None else name),
        entry_method=line["entry"],
        note=line["note"],
        discount_reason=line["discount_reason"],
        override_reason=line["override_reason"],
        approved_by=line["approved_by"],
        is_void=line["void"],
    )


def _tax(entry: dict[str, Any], currency: str) -> TaxAmount:
    return TaxAmount(
        TaxRate(entry["basis_points"], entry["name"]),
        Money(entry["gross"], currency),
        Money(entry["base"], currency),
        Money(entry["tax"], currency),
    )


def _tender(entry: dict[str, Any], currency: str) -> Tender:
    return Tender(
        TenderKind(entry["kind"]),
        Money(entry["amount"], currency),
        Money(entry["tendered"], currency),
        entry["reference"],
        entry["authorisation"],
        entry["verified"],
    )
