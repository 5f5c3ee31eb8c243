"""Purchases and returns for tests: what was bought for how much, and what came back of it."""

from __future__ import annotations

from pos.domain.journal import FactKind
from pos.domain.money import Money, total
from pos.domain.numbering import DocumentKind, ReceiptNumber
from pos.domain.promotion import Channel
from pos.domain.quantity import THOUSAND, Unit
from pos.domain.return_content import return_body
from pos.domain.return_ledger import Ledger, PaidOut, Returned, ReturnedLine, ledger_of
from pos.domain.return_purchase import Means, PaidBy, Purchase, PurchasedLine, PurchaseSource
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.returns import (
    Original,
    Refund,
    Return,
    ReturnExtra,
    ReturnLine,
    amount_of,
    document_tax,
)
from pos.store.till_store import StoredRecords
from tests.builders import MORNING_MS, STAMP, STANDARD, eur, new_id


def bought_line(
    number: int = 1, pieces: int = 1, net: int = 10_00, **changes: object
) -> PurchasedLine:
    """Return a line as bought; `net` is cents for all of its pieces."""
    fields: dict[str, object] = {
        "number": number,
        "sku": f"sku-{number}",
        "gtin": 8436012340000 + number,
        "name": f"Taza {number}",
        "quantity": pieces * THOUSAND,
        "unit": Unit.EACH,
        "net": eur(net),
        "tax_rate": STANDARD,
        "promotion": eur(0),
    }
    return PurchasedLine(**{**fields, **changes})  # type: ignore[arg-type]


def purchase(
    *lines: PurchasedLine, paid: tuple[PaidBy, ...] | None = None, **changes: object
) -> Purchase:
    """Return a purchase in the shop, paid in cash unless said otherwise."""
    lines = lines or (bought_line(),)
    delivery = changes.get("delivery", eur(0))
    assert isinstance(delivery, Money)
    whole = total((line.net for line in lines), "EUR") + delivery
    fields: dict[str, object] = {
        "reference": new_id(),
        "number": "2-000001",
        "source": PurchaseSource.SALE,
        "channel": Channel.SHOP,
        "shop": "FUEN",
        "currency": "EUR",
        "sold_at_ms": MORNING_MS,
        "handed_over_at_ms": MORNING_MS,
        "lines": lines,
        "paid": (PaidBy(Means.CASH, whole),) if paid is None else paid,
        "delivery": delivery,
    }
    return Purchase(**{**fields, **changes})  # type: ignore[arg-type]


def web_purchase(*lines: PurchasedLine, **changes: object) -> Purchase:
    """Return an order of the web shop that was handed over."""
    made = purchase(*lines)
    fields: dict[str, object] = {
        "number": "W-10311",
        "source": PurchaseSource.ORDER,
        "channel": Channel.WEB,
        "paid": (PaidBy(Means.WEB, made.total_paid, "pay-1", "Visa 7702"),),
    }
    return purchase(*made.lines, **{**fields, **changes})  # type: ignore[arg-type]


def came_back(ledger: Ledger, *parts: tuple[int, int], **changes: object) -> Returned:
    """Return the return of (line, thousandths) of a purchase at the value the ledger says."""
    lines = tuple(
        ReturnedLine(number, quantity, ledger.line(number).value_of(quantity), eur(0))
        for number, quantity in parts
    )
    amount = total((line.refund for line in lines), ledger.purchase.currency)
    fields: dict[str, object] = {
        "return_id": new_id(),
        "purchase": ledger.purchase.reference,
        "shop": "FUEN",
        "at_ms": MORNING_MS,
        "lines": lines,
        "paid_out": (paid_out(amount),) if amount else (),
        "delivery": eur(0),
        "goodwill": eur(0),
    }
    return Returned(**{**fields, **changes})  # type: ignore[arg-type]


def paid_out(amount: Money, means: Means = Means.CASH, **changes: object) -> PaidOut:
    """Return a refund that was paid."""
    fields: dict[str, object] = {"refund_id": new_id(), "means": means, "amount": amount}
    return PaidOut(**{**fields, **changes})  # type: ignore[arg-type]


def after_return(ledger: Ledger, *parts: tuple[int, int]) -> Ledger:
    """Return the ledger after these (line, thousandths) came back too."""
    return ledger_of(ledger.purchase, (*ledger.returns, came_back(ledger, *parts)))


def return_lines(
    ledger: Ledger, *parts: tuple[int, int], **changes: object
) -> tuple[ReturnLine, ...]:
    """Return lines of a document for (line, thousandths) of a purchase."""
    return tuple(_return_line(at, ledger, *part, changes) for at, part in enumerate(parts, 1))


def _return_line(
    at: int, ledger: Ledger, number: int, quantity: int, changes: dict[str, object]
) -> ReturnLine:
    row = ledger.line(number)
    fields: dict[str, object] = {
        "number": at,
        "purchase": ledger.purchase.reference,
        "purchase_line": number,
        "sku": row.line.sku,
        "gtin": row.line.gtin,
        "name": row.line.name,
        "quantity": quantity,
        "unit": row.line.unit,
        "value": row.value_of(quantity),
        "deduction": eur(0),
        "tax_rate": row.line.tax_rate,
        "reason": Reason.SIZE,
        "condition": Condition.SEALED,
        "disposition": Disposition.RESTOCK,
    }
    return ReturnLine(**{**fields, **changes})  # type: ignore[arg-type]


def return_document(
    ledger: Ledger,
    lines: tuple[ReturnLine, ...] = (),
    extras: tuple[ReturnExtra, ...] = (),
    **changes: object,
) -> Return:
    """Return a completed return of one purchase, paid out in cash unless said otherwise."""
    bought = ledger.purchase
    amount = amount_of(lines, extras, bought.currency)
    cash = Refund(new_id(), bought.reference, Means.CASH, amount) if amount else None
    fields: dict[str, object] = {
        "return_id": new_id(),
        "number": ReceiptNumber("D2", 1),
        "shop": "FUEN",
        "till": "FUEN-2",
        "session_id": "session-1",
        "staff_id": "ana",
        "staff_name": "Ana",
        "currency": bought.currency,
        "began_at_ms": MORNING_MS,
        "completed_at_ms": MORNING_MS + 60_000,
        "originals": (Original(bought.reference, bought.number, bought.sold_at_ms),),
        "lines": lines,
        "extras": extras,
        "tax": {} if "tax" in changes else document_tax([ledger], lines, extras),
        "refunds": () if cash is None else (cash,),
        "total": amount,
        "fiscal": STAMP,
    }
    return Return(**{**fields, **changes})  # type: ignore[arg-type]


def take_back(
    records: StoredRecords, bought: Purchase, *parts: tuple[int, int], **changes: object
) -> Return:
    """Record the return of (line, thousandths) as the services do: number, rows and fact."""
    ledger = ledger_of(bought, records.returns.of_purchase(bought.reference))
    number = records.numbers.next(DocumentKind.RETURN)
    lines = return_lines(ledger, *parts)
    document = return_document(ledger, lines, number=number, **changes)  # type: ignore[arg-type]
    return keep_return(records, document)


def keep_return(records: StoredRecords, document: Return) -> Return:
    """Store a return and its fact, whatever it is of."""
    records.returns.add(document)
    records.journal.append(
        FactKind.RETURN_COMPLETED,
        return_body(document),
        op_id=new_id(),
        at_ms=document.completed_at_ms,
        session_id=document.session_id,
    )
    return document
