"""A return as its fact carries it, and read back: strictly, because others hand it on."""

from __future__ import annotations

import re

from pos.domain.basket import MAX_LINES, MAX_PRICE_MINOR
from pos.domain.fields import IDENTIFIER, Fields
from pos.domain.fiscal import FiscalStamp
from pos.domain.free_text import MAX_REASON_LENGTH
from pos.domain.journal import Json
from pos.domain.money import Money
from pos.domain.numbering import ReceiptNumber
from pos.domain.quantity import MAX_THOUSANDTHS, Unit
from pos.domain.refund import RefundState
from pos.domain.return_purchase import Means
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.returns import (
    ExtraKind,
    Original,
    Refund,
    Return,
    ReturnExtra,
    ReturnFlag,
    ReturnLine,
    checked_return,
)
from pos.domain.staff import Act, Approval, Capability
from pos.domain.tax import BASIS_POINTS_PER_WHOLE, TaxAmount, TaxRate

MAX_NAME_LENGTH = 400
MAX_REFERENCE_LENGTH = 120
MAX_SERIALS = 500
LATEST_MS = 253_402_300_799_999  # the end of the year 9999
LARGEST_TOTAL = MAX_PRICE_MINOR * MAX_LINES
_CURRENCY = re.compile(r"[A-Z]{3}")
_SERIES = re.compile(r"[A-Z]?\d{1,6}(?:\.\d{1,9})?")
_KEY = re.compile(rf"[!-~]{{0,{MAX_REFERENCE_LENGTH}}}")
_ID_OR_EMPTY = re.compile(rf"(?:{IDENTIFIER.pattern})?")
_LARGEST_GTIN = 10**14 - 1


class UnreadableReturn(ValueError):
    """Something of the content is missing or cannot be; the return is not taken in."""


class ReturnFields(Fields):
    """One object of the content of a purchase or return, whose amounts are of one currency."""

    refusal = UnreadableReturn

    def __init__(self, content: object, currency: str = "") -> None:
        super().__init__(content)
        self.currency = currency

    def has(self, name: str) -> bool:
        """True unless it is from before there was a value of that name."""
        return name in self._values

    def amount(self, name: str, most: int = LARGEST_TOTAL) -> Money:
        return Money(self.number(name, 0, most), self.currency)

    def moment(self, name: str) -> int:
        return self.number(name, 0, LATEST_MS)

    def reference(self, name: str) -> str:
        return self.text(name, _ID_OR_EMPTY)

    def key(self, name: str) -> str:
        """Return what others know a payment by: as it is, or refused."""
        return self.text(name, _KEY)

    def rate(self) -> TaxRate:
        basis_points = self.number("tax_basis_points", 0, BASIS_POINTS_PER_WHOLE)
        return TaxRate(basis_points, self.words("tax_name", MAX_NAME_LENGTH))

    def gtin(self) -> int | None:
        return None if self.maybe("gtin") is None else self.number("gtin", 0, _LARGEST_GTIN)

    def texts(self, name: str, most: int) -> tuple[str, ...]:
        rows = self.rows(name, most)
        if not all(isinstance(row, str) and len(row) <= MAX_NAME_LENGTH for row in rows):
            self.refuse(name)
        return tuple(str(row) for row in rows)

    def later(self, name: str, most: int) -> str:
        """Return a text that only some contents name, empty for the others."""
        return self.words(name, most) if name in self._values else ""

    def parts(self, name: str, most: int = MAX_LINES) -> list[ReturnFields]:
        """Return the objects of a list."""
        return [type(self)(row, self.currency) for row in self.rows(name, most)]


def currency_of(fields: Fields) -> str:
    """Return the currency that an object names."""
    return fields.text("currency", _CURRENCY)


def return_body(document: Return) -> dict[str, Json]:
    """Return the body of the fact ``return.completed``: amounts in minor units, times in ms."""
    return {
        "return_id": document.return_id,
        "number": str(document.number),
        "series": document.number.series,
        "sequence": document.number.sequence,
        "shop": document.shop,
        "till": document.till,
        "session_id": document.session_id,
        "staff_id": document.staff_id,
        "staff_name": document.staff_name,
        "currency": document.currency,
        "began_at_ms": document.began_at_ms,
        "completed_at_ms": document.completed_at_ms,
        "total": document.total.minor,
        "originals": [_original_body(one) for one in document.originals],
        "lines": [line_body(line) for line in document.lines],
        "extras": [extra_body(extra) for extra in document.extras],
        "tax": [
            {"purchase": purchase, **tax_body(entry)}
            for purchase, entries in document.tax.items()
            for entry in entries
        ],
        "refunds": [refund_body(refund) for refund in document.as_recorded],
        "fiscal": {
            "module": document.fiscal.module,
            "legend": list(document.fiscal.legend),
            "qr": document.fiscal.qr,
        },
        "flags": sorted(flag.value for flag in document.flags),
        "approvals": [approval_body(approval) for approval in document.approvals],
        "customer_id": document.customer_id,
        "exchange_id": document.exchange_id,
        **({"exchange_number": document.exchange_number} if document.exchange_number else {}),
        "source": document.source,
    }


def read_return(content: object) -> Return:
    """Return the document that a body of ``return.completed`` tells of.

    Raises:
        UnreadableReturn: Something is missing, or cannot be, or does not add up.
    """
    said = ReturnFields(content)
    said.currency = currency_of(said)
    fiscal = ReturnFields(said.maybe("fiscal"))
    document = said.possible(
        lambda: Return(
            return_id=said.text("return_id", IDENTIFIER),
            number=ReceiptNumber(said.text("series", _SERIES), said.number("sequence", 1, 2**53)),
            shop=said.text("shop", IDENTIFIER),
            till=said.text("till", IDENTIFIER),
            session_id=said.text("session_id", IDENTIFIER),
            staff_id=said.text("staff_id", IDENTIFIER),
            staff_name=said.words("staff_name", MAX_NAME_LENGTH),
            currency=said.currency,
            began_at_ms=said.moment("began_at_ms"),
            completed_at_ms=said.moment("completed_at_ms"),
            originals=tuple(_read_original(row) for row in said.parts("originals")),
            lines=tuple(read_line(row) for row in said.parts("lines")),
            extras=tuple(read_extra(row) for row in said.parts("extras")),
            tax=_read_tax(said),
            refunds=tuple(read_refund(row) for row in said.parts("refunds")),
            total=said.amount("total"),
            fiscal=FiscalStamp(
                fiscal.words("module", MAX_NAME_LENGTH),
                fiscal.texts("legend", 20),
                fiscal.words("qr", MAX_NAME_LENGTH * 2),
            ),
            flags=frozenset(ReturnFlag(flag) for flag in said.texts("flags", len(ReturnFlag))),
            approvals=tuple(read_approval(row) for row in said.parts("approvals")),
            customer_id=said.reference("customer_id"),
            exchange_id=said.reference("exchange_id"),
            source=said.key("source"),
            exchange_number=said.later("exchange_number", MAX_REFERENCE_LENGTH),
        )
    )
    return said.possible(lambda: checked_return(document))


def tax_body(entry: TaxAmount) -> dict[str, Json]:
    """Return the tax of one rate as facts carry it."""
    return {
        "tax_basis_points": entry.rate.basis_points,
        "tax_name": entry.rate.name,
        "gross": entry.gross.minor,
        "base": entry.base.minor,
        "tax": entry.tax.minor,
    }


def read_tax(said: ReturnFields) -> TaxAmount:
    """Return the tax of one rate; base and tax must add up."""
    entry = TaxAmount(said.rate(), said.amount("gross"), said.amount("base"), said.amount("tax"))
    return entry if entry.base + entry.tax == entry.gross else said.refuse("tax does not add up")


def _original_body(one: Original) -> dict[str, Json]:
    return {"reference": one.reference, "number": one.number, "sold_at_ms": one.sold_at_ms}


def _read_original(said: ReturnFields) -> Original:
    number = said.words("number", MAX_REFERENCE_LENGTH)
    return Original(said.reference("reference"), number, said.moment("sold_at_ms"))


def line_body(line: ReturnLine) -> dict[str, Json]:
    """Return a line that came back as facts carry it."""
    return {
        "number": line.number,
        "purchase": line.purchase,
        "purchase_line": line.purchase_line,
        "sku": line.sku,
        "gtin": line.gtin,
        "name": line.name,
        "quantity": line.quantity,
        "unit": line.unit.value,
        "value": line.value.minor,
        "deduction": line.deduction.minor,
        "tax_basis_points": line.tax_rate.basis_points,
        "tax_name": line.tax_rate.name,
        "reason": line.reason.value,
        "condition": line.condition.value,
        "disposition": line.disposition.value,
        "serials": list(line.serials),
        "note": line.note,
    }


def read_line(said: ReturnFields) -> ReturnLine:
    """Return a line that came back; raises UnreadableReturn as `read_return`."""
    return ReturnLine(
        number=said.number("number", 1, MAX_LINES),
        purchase=said.reference("purchase"),
        purchase_line=said.number("purchase_line", 0, MAX_LINES),
        sku=said.words("sku", MAX_NAME_LENGTH),
        gtin=said.gtin(),
        name=said.words("name", MAX_NAME_LENGTH),
        quantity=said.number("quantity", 1, MAX_THOUSANDTHS),
        unit=said.choice("unit", Unit),
        value=said.amount("value"),
        deduction=said.amount("deduction"),
        tax_rate=said.rate(),
        reason=said.choice("reason", Reason),
        condition=said.choice("condition", Condition),
        disposition=said.choice("disposition", Disposition),
        serials=said.texts("serials", MAX_SERIALS),
        note=said.words("note", MAX_REASON_LENGTH),
    )


def extra_body(extra: ReturnExtra) -> dict[str, Json]:
    """Return what is given back beside goods as facts carry it."""
    return {
        "kind": extra.kind.value,
        "purchase": extra.purchase,
        "amount": extra.amount.minor,
        "tax_basis_points": extra.tax_rate.basis_points,
        "tax_name": extra.tax_rate.name,
        "reason": extra.reason,
    }


def read_extra(said: ReturnFields) -> ReturnExtra:
    """Return what is given back beside goods; raises UnreadableReturn as `read_return`."""
    return ReturnExtra(
        kind=said.choice("kind", ExtraKind),
        purchase=said.text("purchase", IDENTIFIER),
        amount=said.amount("amount"),
        tax_rate=said.rate(),
        reason=said.words("reason", MAX_REASON_LENGTH),
    )


def _read_tax(said: ReturnFields) -> dict[str, tuple[TaxAmount, ...]]:
    by_purchase: dict[str, tuple[TaxAmount, ...]] = {}
    for row in said.parts("tax"):
        purchase = row.reference("purchase")
        by_purchase[purchase] = (*by_purchase.get(purchase, ()), read_tax(row))
    return by_purchase


def refund_body(refund: Refund) -> dict[str, Json]:
    """Return one way money goes back, as facts carry it."""
    origin = refund.origin
    return {
        "refund_id": refund.refund_id,
        "purchase": refund.purchase,
        "means": refund.means.value,
        "amount": refund.amount.minor,
        "reference": refund.reference,
        "label": refund.label,
        "state": refund.state.value,
        "origin": None if origin is None else {"means": origin[0].value, "reference": origin[1]},
    }


def read_refund(said: ReturnFields) -> Refund:
    """Return what `refund_body` made, of the currency that `said` is of."""
    return Refund(
        refund_id=said.text("refund_id", IDENTIFIER),
        purchase=said.reference("purchase"),
        means=said.choice("means", Means),
        amount=said.amount("amount"),
        reference=said.key("reference"),
        label=said.words("label", MAX_REFERENCE_LENGTH),
        state=said.choice("state", RefundState),
        origin=_read_origin(said),
    )


def _read_origin(said: ReturnFields) -> tuple[Means, str] | None:
    if said.maybe("origin") is None:
        return None
    origin = ReturnFields(said.maybe("origin"))
    return origin.choice("means", Means), origin.key("reference")


def approval_body(approval: Approval) -> dict[str, Json]:
    """Return an approval as facts carry it."""
    return {
        "approval_id": approval.approval_id,
        "capability": approval.act.capability.value,
        "requested_by": approval.requested_by,
        "approved_by": approval.approved_by,
        "reason": approval.reason,
        "granted_at_ms": approval.granted_at_ms,
        "way": approval.way,
    }


def read_approval(said: ReturnFields) -> Approval:
    """Return an approval; raises UnreadableReturn as `read_return`."""
    return Approval(
        act=Act(said.choice("capability", Capability)),
        requested_by=said.text("requested_by", IDENTIFIER),
        approved_by=said.text("approved_by", IDENTIFIER),
        reason=said.words("reason", MAX_REASON_LENGTH),
        approval_id=said.reference("approval_id"),
        granted_at_ms=said.moment("granted_at_ms"),
        way=said.words("way", MAX_NAME_LENGTH),
    )
