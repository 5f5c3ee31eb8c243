"""The receipt of a return, which goes with the customer, and the slips for the bins.

What came back stands with a minus, as the receipt it was bought with has it the other way
round; how it is given back stands without one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
from pos.domain.money import total
from pos.domain.quantity import THOUSAND
from pos.domain.refund import RefundState
from pos.domain.return_purchase import Means
from pos.domain.return_words import Reason
from pos.domain.returns import Original, Refund, Return, ReturnExtra, ReturnFlag, ReturnLine
from pos.domain.scan_codes import receipt_code
from pos.domain.stored_value import masked_reference
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
from pos.receipts.sale import INDENT, NO_FISCAL_MODULE
from pos.receipts.stationery import Reprint, Stationery, centred, figures, heading, headline
from pos.receipts.tax_table import negative, tax_rows

Codes = Mapping[str, str]
NO_CODES: Codes = {}
_ON_A_CARD = frozenset({Means.GIFT_CARD, Means.STORE_CREDIT})
_TAKES_DAYS = frozenset({Means.CARD, Means.WEB})
_SHOWN_CHARACTERS = 4


def return_document(
    document: Return, on: Stationery, reprint: Reprint | None = None, codes: Codes = NO_CODES
) -> Document:
    """Return the receipt of a return; with `reprint`, a copy that says that it is one.

    Args:
        codes: By the id of a refund, the code of the credit it was paid with, which is money;
            without it the paper says its last characters alone.

    Source:
        Spain, RD 1619/2012 art. 15: a corrective invoice names the invoice it corrects, and
        why.
    """
    marks = tax_marks(document.tax_by_rate)
    stamp = document.fiscal
    return Document(
        (
            *on.letterhead(),
            *(fiscal_qr(stamp.qr, on.legal.fiscal_qr) if stamp.qr else []),
            Feed(),
            headline(on.words["return_title"], on.columns),
            *(on.copy_mark(reprint) if reprint else []),
            Rule(),
            *_heading(document, on),
            *_purchases(document, on, marks),
            Rule(),
            row(on.words["total"], on.money(-document.total), BIG),
            *_count(document, on),
            *_given_back(document, on, codes),
            Rule(),
            *tax_rows(negative(document.tax_by_rate), on, marks),
            *_closing(document, on),
        ),
        on.columns,
    )


def bin_document(document: Return, on: Stationery) -> Document:
    """Return a slip for each line that came back: what it is and where it goes."""
    blocks = [block for line in document.lines for block in _bin(document, line, on)]
    return Document(tuple(blocks), on.columns)


def _heading(document: Return, on: Stationery) -> list[Block]:
    is_invoice = document.fiscal.module != NO_FISCAL_MODULE
    title = on.legal.correction if is_invoice else on.words["receipt"]
    till_number = document.till.rpartition("-")[2]
    flags = [on.words[f"flag_{flag.value}"] for flag in ReturnFlag if flag in document.flags]
    return [
        row(title, str(document.number), BOLD),
        row(on.when(document.completed_at_ms), on.till(till_number)),
        Text(on.words["served_by"].format(name=document.staff_name)),
        *([Rule(), *centred(flags, BOLD)] if flags else []),
    ]


# -- what came back


def _purchases(document: Return, on: Stationery, marks: Marks) -> list[Block]:
    """Return what came back of each purchase, below the number it was bought with."""
    originals = {one.reference: one for one in document.originals}
    named = (*(line.purchase for line in document.lines), *document.tax)
    blocks: list[Block] = []
    for purchase in dict.fromkeys((*originals, *named)):
        lines = [line for line in document.lines if line.purchase == purchase]
        extras = [extra for extra in document.extras if extra.purchase == purchase]
        blocks += [Rule(), *_bought_with(originals.get(purchase), on)]
        blocks += [block for line in lines for block in _line(document, line, on, marks)]
        blocks += [block for extra in extras for block in _extra(extra, on, marks)]
    return blocks


def _bought_with(original: Original | None, on: Stationery) -> list[Block]:
    if original is None or not original.number:
        return []
    number = on.words["bought_with"].format(number=original.number)
    return [row(number, on.date(original.sold_at_ms) if original.sold_at_ms else "", BOLD)]


def _line(document: Return, line: ReturnLine, on: Stationery, marks: Marks) -> list[Block]:
    """Return name and value of what came back, and below it how much of it, and why.

    Whoever brings a gift back does not see what was paid for it.
    """
    mark = marks.get(line.tax_rate, "")
    is_gift = ReturnFlag.GIFT_RECEIPT in document.flags
    value = "" if is_gift else on.amount(-line.value)
    details = [
        (_calculation(line, on, hides_price=is_gift), ""),
        *((on.words["serial"].format(number=serial), "") for serial in line.serials),
        (on.words["why"].format(reason=_reason(line, on)) if _reason(line, on) else "", ""),
    ]
    if line.deduction:
        kept = "" if is_gift else on.amount(line.deduction)
        details.append((on.words["kept_for_wear"], kept))
    table = marked_table(NAME, [(line.name, value, mark)], marks)
    return [table, *details_table([one for one in details if one[0]], marks)]


def _calculation(line: ReturnLine, on: Stationery, *, hides_price: bool) -> str:
    """Return how many, and what was paid for each where that comes out even."""
    much = measure(line.quantity, line.unit, on)
    if not line.unit.is_counted:
        return much
    if line.quantity == THOUSAND:
        return ""
    each = line.value.scaled(THOUSAND, line.quantity)
    if hides_price or each.scaled(line.quantity, THOUSAND) != line.value:
        return f"{much} {on.words['unit_' + line.unit.value]}"
    return f"{much} × {on.amount(each)}"


def _reason(line: ReturnLine, on: Stationery) -> str:
    return "" if line.reason is Reason.OTHER else on.words[f"reason_{line.reason.value}"]


def _extra(extra: ReturnExtra, on: Stationery, marks: Marks) -> list[Block]:
    name, mark = on.words[f"extra_{extra.kind.value}"], marks.get(extra.tax_rate, "")
    table = marked_table(NAME, [(name, on.amount(-extra.amount), mark)], marks)
    return [table, *details_table([(extra.reason, "")] if extra.reason else [], marks)]


def _count(document: Return, on: Stationery) -> list[Block]:
    """Return how many articles came back; nothing where money alone went back."""
    if not document.lines:
        return []
    return [figures([(on.words["articles"], str(_articles(document)))])]


def _articles(document: Return) -> int:
    return articles((line.quantity, line.unit) for line in document.lines)


# -- how it is given back


def _given_back(document: Return, on: Stationery, codes: Codes) -> list[Block]:
    return given_back(document.refunds, on, codes, exchange_number=document.exchange_number)


def given_back(
    refunds: Sequence[Refund], on: Stationery, codes: Codes, *, exchange_number: str = ""
) -> list[Block]:
    """Return how money goes back, and the code of each credit that is on the paper.

    Args:
        exchange_number: Of the sale that took some of it instead, empty for none.
    """
    if not refunds:
        return []
    rows: list[tuple[str, str]] = []
    replaced = {refund.replaces for refund in refunds}
    for refund in _goods_together(refunds):
        rows.append((on.words[refund.means.value], on.amount(refund.amount)))
        said = _particulars(refund, exchange_number, on)
        if refund.refund_id in replaced:
            said = [on.words["refund_replaced"]]
        rows += [(INDENT + text, "") for text in said]
    blocks: list[Block] = [Rule(), heading(on.words["given_back"]), figures(rows)]
    for refund in refunds:
        if refund.refund_id in codes:
            blocks += _credit(refund, codes[refund.refund_id], on)
    return blocks


def _goods_together(refunds: Sequence[Refund]) -> list[Refund]:
    """Return refunds with goods taken in exchange as one, whatever they use up."""
    goods = [one for one in refunds if one.means is Means.EXCHANGE]
    if not goods:
        return list(refunds)
    worth = total((one.amount for one in goods), goods[0].amount.currency)
    others = (one for one in refunds if one.means is not Means.EXCHANGE)
    return [replace(goods[0], amount=worth), *others]


def _particulars(refund: Refund, exchange_number: str, on: Stationery) -> list[str]:
    """Return what it goes back to, and what is to be said of a refund that is not done."""
    if refund.means is Means.EXCHANGE:
        words = on.words["taken_for_it"]
        return [words.format(number=exchange_number)] if exchange_number else []
    card = masked_reference(refund.reference) if refund.means in _ON_A_CARD else ""
    said = filter(None, (refund.label, card, _state(refund, on)))
    return list(dict.fromkeys(said))  # the label of credit is its number


def _state(refund: Refund, on: Stationery) -> str:
    match refund.state:
        case RefundState.CONFIRMED:
            return on.words["refund_paid_now"] if refund.replaces else ""
        case RefundState.FAILED:
            return on.words["refund_failed"]
        case RefundState.REQUESTED if refund.means in _TAKES_DAYS:
            return on.words["refund_takes_days"]
        case _:
            return on.words["refund_waits"]


def _credit(refund: Refund, code: str, on: Stationery) -> list[Block]:
    """Return the code of a credit, to be scanned and to be typed."""
    body = code.rpartition(":")[2]
    steps = range(0, len(body), _SHOWN_CHARACTERS)
    shown = " ".join(body[step : step + _SHOWN_CHARACTERS] for step in steps)
    worth = f"{on.words[refund.means.value]}: {on.money(refund.amount)}"
    return [
        Rule(),
        Text(worth, Align.CENTER, BOLD),
        Text(on.words["credit_hint"], Align.CENTER),
        Feed(),
        *find_me(code, on.columns),
        Text(shown, Align.CENTER),
    ]


def _closing(document: Return, on: Stationery) -> list[Block]:
    return [
        Feed(),
        *centred(list(on.legal.legal)),
        *centred(list(document.fiscal.legend), BOLD),
        *(signature(on) if document.cash_paid_out else []),
        Feed(),
        *find_me(receipt_code(str(document.number), document.shop), on.columns),
        Cut(),
    ]


def signature(on: Stationery) -> list[Block]:
    """Return where the customer signs for cash."""
    return [Feed(4), Rule("_"), Text(on.words["customer_signs"])]


# -- for the bins


def _bin(document: Return, line: ReturnLine, on: Stationery) -> list[Block]:
    condition = on.words[f"condition_{line.condition.value}"]
    known_by = f"{line.sku} · {line.gtin}" if line.gtin else line.sku
    return [
        headline(on.words[f"bin_{line.disposition.value}"], on.columns),
        Rule(),
        row(line.name, measure(line.quantity, line.unit, on), BOLD),
        Text(known_by),
        *(Text(on.words["serial"].format(number=serial)) for serial in line.serials),
        Text(" · ".join(dict.fromkeys(filter(None, (condition, _reason(line, on)))))),
        *([Text(line.note)] if line.note else []),
        Rule(),
        row(str(document.number), on.when(document.completed_at_ms)),
        row(on.words["made_by"], document.staff_name),
        Cut(),
    ]
