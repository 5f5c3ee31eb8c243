"""A purchase and its returns as hub and till tell each other of them, read strictly."""

from __future__ import annotations

from pos.domain.basket import MAX_LINES
from pos.domain.fields import IDENTIFIER
from pos.domain.journal import Json
from pos.domain.promotion import Channel
from pos.domain.quantity import MAX_THOUSANDTHS, Unit
from pos.domain.refund import RefundState
from pos.domain.return_content import (
    LATEST_MS,
    MAX_NAME_LENGTH,
    MAX_REFERENCE_LENGTH,
    MAX_SERIALS,
    ReturnFields,
    currency_of,
    read_tax,
    tax_body,
)
from pos.domain.return_ledger import Ledger, PaidOut, Returned, ReturnedLine, ledger_of
from pos.domain.return_purchase import Means, PaidBy, Purchase, PurchasedLine, PurchaseSource
from pos.domain.tax import BASIS_POINTS_PER_WHOLE, TaxRate

MAX_RETURNS = 1000


def ledger_content(ledger: Ledger) -> dict[str, Json]:
    """Return a purchase with its returns; amounts in minor units, quantities in thousandths."""
    return {
        "purchase": purchase_content(ledger.purchase),
        "returns": [returned_content(one) for one in ledger.returns],
    }


def read_ledger(content: object) -> Ledger:
    """Return what `ledger_content` made.

    Raises:
        UnreadableReturn: Something is missing or cannot be.
    """
    said = ReturnFields(content)
    purchase = read_purchase(said.maybe("purchase"))
    rows = said.rows("returns", MAX_RETURNS)
    return ledger_of(purchase, (read_returned(row, purchase.currency) for row in rows))


def purchase_content(purchase: Purchase) -> dict[str, Json]:
    """Return everything of a purchase."""
    return {
        "reference": purchase.reference,
        "number": purchase.number,
        "source": purchase.source.value,
        "channel": purchase.channel.value,
        "shop": purchase.shop,
        "currency": purchase.currency,
        "sold_at_ms": purchase.sold_at_ms,
        "handed_over_at_ms": purchase.handed_over_at_ms,
        "lines": [_line_content(line) for line in purchase.lines],
        "paid": [
            {
                "means": part.means.value,
                "amount": part.amount.minor,
                "reference": part.reference,
                "label": part.label,
            }
            for part in purchase.paid
        ],
        "delivery": purchase.delivery.minor,
        "delivery_tax_basis_points": purchase.delivery_tax_rate.basis_points,
        "delivery_tax_name": purchase.delivery_tax_rate.name,
        "customer_id": purchase.customer_id,
        "customer_name": purchase.customer_name,
    }


def read_purchase(content: object) -> Purchase:
    """Return what `purchase_content` made; raises UnreadableReturn as `read_ledger`."""
    said = ReturnFields(content)
    said.currency = currency_of(said)
    basis_points = said.number("delivery_tax_basis_points", 0, BASIS_POINTS_PER_WHOLE)
    handed_over = said.maybe("handed_over_at_ms")
    return said.possible(
        lambda: Purchase(
            reference=said.text("reference", IDENTIFIER),
            number=said.words("number", MAX_REFERENCE_LENGTH),
            source=said.choice("source", PurchaseSource),
            channel=said.choice("channel", Channel),
            shop=said.reference("shop"),
            currency=said.currency,
            sold_at_ms=said.moment("sold_at_ms"),
            handed_over_at_ms=None if handed_over is None else said.moment("handed_over_at_ms"),
            lines=tuple(_read_line(row) for row in said.parts("lines")),
            paid=tuple(_read_paid(row) for row in said.parts("paid")),
            delivery=said.amount("delivery"),
            delivery_tax_rate=TaxRate(
                basis_points, said.words("delivery_tax_name", MAX_NAME_LENGTH)
            ),
            customer_id=said.reference("customer_id"),
            customer_name=said.words("customer_name", MAX_NAME_LENGTH),
        )
    )


def returned_content(returned: Returned) -> dict[str, Json]:
    """Return one return of a purchase as its ledger holds it."""
    return {
        "return_id": returned.return_id,
        "purchase": returned.purchase,
        "shop": returned.shop,
        "at_ms": returned.at_ms,
        "lines": [_returned_line_content(line) for line in returned.lines],
        "paid_out": [paid_out_content(out) for out in returned.paid_out],
        "delivery": returned.delivery.minor,
        "goodwill": returned.goodwill.minor,
        "tax": [tax_body(entry) for entry in returned.tax],
    }


def read_returned(content: object, currency: str) -> Returned:
    """Return what `returned_content` made; raises UnreadableReturn as `read_ledger`."""
    said = ReturnFields(content, currency)
    return said.possible(
        lambda: Returned(
            return_id=said.text("return_id", IDENTIFIER),
            purchase=said.text("purchase", IDENTIFIER),
            shop=said.reference("shop"),
            at_ms=said.number("at_ms", 0, LATEST_MS),
            lines=tuple(_read_returned_line(row) for row in said.parts("lines")),
            paid_out=tuple(read_paid_out(row) for row in said.parts("paid_out")),
            delivery=said.amount("delivery"),
            goodwill=said.amount("goodwill"),
            tax=tuple(read_tax(row) for row in said.parts("tax")),
        )
    )


def _line_content(line: PurchasedLine) -> dict[str, Json]:
    return {
        "number": line.number,
        "sku": line.sku,
        "gtin": line.gtin,
        "name": line.name,
        "quantity": line.quantity,
        "unit": line.unit.value,
        "net": line.net.minor,
        "tax_basis_points": line.tax_rate.basis_points,
        "tax_name": line.tax_rate.name,
        "promotion": line.promotion.minor,
        "department": line.department,
        "serials": list(line.serials),
    }


def _read_line(said: ReturnFields) -> PurchasedLine:
    return PurchasedLine(
        number=said.number("number", 1, MAX_LINES),
        sku=said.words("sku", MAX_NAME_LENGTH),
        gtin=said.gtin(),
        name=said.words("name", MAX_NAME_LENGTH),
        quantity=said.number("quantity", 1, MAX_THOUSANDTHS),
        unit=said.choice("unit", Unit),
        net=said.amount("net"),
        tax_rate=said.rate(),
        promotion=said.amount("promotion"),
        department=said.words("department", MAX_NAME_LENGTH),
        serials=said.texts("serials", MAX_SERIALS),
    )


def _read_paid(said: ReturnFields) -> PaidBy:
    return PaidBy(
        said.choice("means", Means),
        said.amount("amount"),
        said.key("reference"),
        said.words("label", MAX_REFERENCE_LENGTH),
    )


def _returned_line_content(line: ReturnedLine) -> dict[str, Json]:
    return {
        "line": line.line,
        "quantity": line.quantity,
        "value": line.value.minor,
        "deduction": line.deduction.minor,
        "serials": list(line.serials),
    }


def _read_returned_line(said: ReturnFields) -> ReturnedLine:
    return ReturnedLine(
        said.number("line", 1, MAX_LINES),
        said.number("quantity", 1, MAX_THOUSANDTHS),
        said.amount("value"),
        said.amount("deduction"),
        said.texts("serials", MAX_SERIALS),
    )


def paid_out_content(out: PaidOut) -> dict[str, Json]:
    """Return one refund as the ledger holds it."""
    means, reference = out.origin or (None, "")
    return {
        "refund_id": out.refund_id,
        "means": out.means.value,
        "amount": out.amount.minor,
        "reference": out.reference,
        "state": out.state.value,
        "origin_means": None if means is None else means.value,
        "origin_reference": reference,
        "replaces": out.replaces,
    }


def read_paid_out(said: ReturnFields) -> PaidOut:
    """Return what `paid_out_content` made, of the currency that `said` is of."""
    has_origin = said.maybe("origin_means") is not None
    origin_reference = said.key("origin_reference")
    return PaidOut(
        refund_id=said.text("refund_id", IDENTIFIER),
        means=said.choice("means", Means),
        amount=said.amount("amount"),
        reference=said.key("reference"),
        state=said.choice("state", RefundState),
        origin=(said.choice("origin_means", Means), origin_reference) if has_origin else None,
        replaces=said.reference("replaces") if said.has("replaces") else "",
    )
