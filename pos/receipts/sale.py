"""The receipt of a sale: original, marked copy, and gift receipt without prices."""

from __future__ import annotations

from collections import defaultdict

from hardware.receipt_printer.document import (
    BIG,
    BOLD,
    Align,
    Block,
    Cut,
    Document,
    Feed,
    Rule,
    Text,
    row,
)
from pos.domain.customer import Customer
from pos.domain.money import Money, total
from pos.domain.promotion import GivenPromotion
from pos.domain.quantity import THOUSAND
from pos.domain.sale import Sale, SaleLine
from pos.domain.scan_codes import gift_receipt_code, receipt_code
from pos.domain.stored_value import masked_reference, read_left
from pos.domain.tender import STORED_VALUE, Tender, TenderKind
from pos.receipts.codes import find_me, fiscal_qr
from pos.receipts.lines import (
    NAME,
    Marks,
    articles,
    details_table,
    marked_table,
    measure,
    tax_marks,
)
from pos.receipts.stationery import Reprint, Stationery, centred, figures, headline
from pos.receipts.tax_table import tax_rows

NO_FISCAL_MODULE = "none"  # what it stamps is no invoice, so the paper is not called one
INDENT = "  "


def sale_document(
    sale: Sale, on: Stationery, reprint: Reprint | None = None, customer: Customer | None = None
) -> Document:
    """Return the receipt of a sale; with `reprint`, a copy that says that it is one.

    Whose it is, is said by initials: a receipt is left lying about.

    Source:
        Spain, RD 1619/2012 art. 7.1: number, date, seller with NIF, goods, tax rate with
        the base of each, total.
    """
    marks = tax_marks(sale.tax)
    return Document(
        (
            *on.letterhead(),
            *(fiscal_qr(sale.fiscal.qr, on.legal.fiscal_qr) if sale.fiscal.qr else []),
            *([Feed()] if sale.fiscal.qr or reprint else []),
            *(on.copy_mark(reprint) if reprint else []),
            Rule(),
            *_heading(sale, on),
            *_whose(sale, on, customer),
            Rule(),
            *_items(sale, on, marks),
            Rule(),
            *_totals(sale, on),
            *_tenders(sale, on),
            Rule(),
            *tax_rows(sale.tax, on, marks),
            *_closing(sale, on),
        ),
        on.columns,
    )


def gift_document(sale: Sale, on: Stationery) -> Document:
    """Return a receipt without any price, by which a gift can be exchanged.

    Its code is one of its own kind: whoever shows it must not see what was paid.
    """
    items = [Text(f"{_quantity(line, on)} × {line.name}") for line in sale.sold_lines]
    return Document(
        (
            *on.letterhead(),
            Feed(),
            headline(on.words["gift"], on.columns),
            Rule(),
            *_heading(sale, on),
            Rule(),
            *items,
            Rule(),
            Text(on.words["gift_hint"], Align.CENTER),
            Feed(),
            *find_me(gift_receipt_code(str(sale.number), sale.shop), on.columns),
            Cut(),
        ),
        on.columns,
    )


def _heading(sale: Sale, on: Stationery) -> list[Block]:
    is_invoice = sale.fiscal.module != NO_FISCAL_MODULE
    title = on.legal.document if is_invoice else on.words["receipt"]
    till_number = sale.till.rpartition("-")[2]
    return [
        row(title, str(sale.number), BOLD),
        row(on.when(sale.completed_at_ms), on.till(till_number)),
        Text(on.words["served_by"].format(name=sale.staff_name)),
    ]


def _whose(sale: Sale, on: Stationery, customer: Customer | None) -> list[Block]:
    """Return the customer's initials, and what they agreed to while this ticket was open."""
    if customer is None or not customer.initials:
        return []
    agreed = [
        on.words["agreed"].format(
            what=on.words[f"consent_{one.kind.value}"], version=one.text_version
        )
        for one in customer.consents
        if one.is_given
        and one.till == sale.till
        and sale.opened_at_ms <= one.at_ms <= sale.completed_at_ms
    ]
    named = on.words["customer_named"].format(name=customer.initials)
    return [Text(line) for line in (named, *agreed)]


def _items(sale: Sale, on: Stationery, marks: Marks) -> list[Block]:
    """Return each line's name and gross, and what is to be said of it indented below."""
    blocks: list[Block] = []
    taken_off = _promotions_by_line(sale, on)
    for line in sale.sold_lines:
        mark = marks.get(line.tax_rate, "")
        blocks.append(marked_table(NAME, [(line.name, on.amount(line.gross), mark)], marks))
        blocks += details_table(_details(line, on) + taken_off[line.number], marks)
    return blocks


def _details(line: SaleLine, on: Stationery) -> list[tuple[str, str]]:
    """Return what stands below a line: how much of it, price before, note, discount."""
    details = [(text, "") for text in (_calculation(line, on), _override(line, on), line.note)]
    if line.discount:
        text = _with_reason(on.words["discount"], line.discount_reason)
        details.append((text, on.amount(-line.discount)))
    return [detail for detail in details if detail[0]]


def _promotions_by_line(sale: Sale, on: Stationery) -> dict[int, list[tuple[str, str]]]:
    """Return what each promotion took off each line; those on the total stand above it."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for given in sale.promotions:
        for share in () if given.is_on_total else given.shares:
            found[share.line].append((_promotion(given, on), on.amount(-share.amount)))
    return found


def _promotion(given: GivenPromotion, on: Stationery) -> str:
    if not given.coupon:
        return given.name
    return on.words["with_coupon"].format(name=given.name, code=given.coupon)


def _calculation(line: SaleLine, on: Stationery) -> str:
    if line.unit.is_counted and line.quantity_thousandths == THOUSAND:
        return ""
    computed = line.unit_price.scaled(line.quantity_thousandths, THOUSAND)
    if computed != line.gross:
        return _quantity(line, on)  # the price was on the label: quantity alone explains it
    per = "" if line.unit.is_counted else f"/{on.words['unit_' + line.unit.value]}"
    return f"{_quantity(line, on)} × {on.amount(line.unit_price)}{per}"


def _quantity(line: SaleLine, on: Stationery) -> str:
    return measure(line.quantity_thousandths, line.unit, on)


def _override(line: SaleLine, on: Stationery) -> str:
    if line.unit_price == line.list_price or not line.list_price:
        return ""
    text = on.words["price_changed"].format(price=on.amount(line.list_price))
    return _with_reason(text, line.override_reason)


def _with_reason(text: str, reason: str) -> str:
    return f"{text}: {reason}" if reason else text


def _totals(sale: Sale, on: Stationery) -> list[Block]:
    off = _off_total(sale, on)
    before = sale.total + total((amount for _, amount in off), sale.currency)
    rows = [(on.words["subtotal"], on.amount(before))] if off else []
    rows += [(text, on.amount(-amount)) for text, amount in off]
    blocks: list[Block] = [figures(rows)] if rows else []
    blocks.append(row(on.words["total"], on.money(sale.total), BIG))
    counted = [(on.words["articles"], str(_articles(sale)))]
    if sale.savings:
        counted.append((on.words["savings"], on.amount(sale.savings)))
    return [*blocks, figures(counted)]


def _off_total(sale: Sale, on: Stationery) -> list[tuple[str, Money]]:
    """Return what was taken off the ticket as a whole: promotions on the total, a discount."""
    off = [
        (_promotion(given, on), total((share.amount for share in given.shares), sale.currency))
        for given in sale.promotions
        if given.is_on_total
    ]
    discount = total((line.ticket_discount for line in sale.sold_lines), sale.currency)
    if discount:
        text = _with_reason(on.words["ticket_discount"], sale.ticket_discount_reason)
        off.append((text, discount))
    return off


def _articles(sale: Sale) -> int:
    return articles((line.quantity_thousandths, line.unit) for line in sale.sold_lines)


def _tenders(sale: Sale, on: Stationery) -> list[Block]:
    rows: list[tuple[str, str]] = []
    for tender in sale.tenders:
        rows.append((_tender(tender, on), on.amount(tender.tendered)))
        rows += [(INDENT + text, "") for text in _particulars(tender, on)]
    blocks: list[Block] = [Rule(), figures(rows)] if rows else []
    if sale.change:
        blocks.append(row(on.words["change"], on.amount(sale.change), BOLD))
    return blocks


def _tender(tender: Tender, on: Stationery) -> str:
    """Return what a tender is called; goods that came back by the number of their return."""
    if tender.kind is TenderKind.EXCHANGE and tender.authorisation:
        return on.words["came_back"].format(number=tender.authorisation)
    return on.words[tender.kind.value]


def _particulars(tender: Tender, on: Stationery) -> list[str]:
    if tender.kind in STORED_VALUE:
        return _on_card(tender, on)
    if tender.kind is not TenderKind.CARD:
        return []
    texts = [] if tender.is_verified else [on.words["not_verified"]]
    if tender.authorisation:
        texts.append(on.words["authorisation"].format(code=tender.authorisation))
    return texts


def _on_card(tender: Tender, on: Stationery) -> list[str]:
    """Return which card paid and what is left on it, as far as that was known."""
    card = masked_reference(tender.reference)
    left = read_left(tender.authorisation, tender.amount.currency)
    if not card or left is None:
        return [card] if card else []
    return [f"{card} · {on.words['left_on_card'].format(amount=on.money(left))}"]


def _closing(sale: Sale, on: Stationery) -> list[Block]:
    return [
        Feed(),
        *centred(list(on.legal.legal)),
        *centred(list(sale.fiscal.legend), BOLD),
        Feed(),
        *centred(list(on.shop.receipt_footer) or [on.words["thanks"]]),
        Feed(),
        *find_me(receipt_code(str(sale.number), sale.shop), on.columns),
        Cut(),
    ]
