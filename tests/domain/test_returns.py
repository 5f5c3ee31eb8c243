"""The document of a return: what it comes to, its tax, and what it tells the ledgers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.fiscal import FiscalStamp
from pos.domain.journal import canonical_json
from pos.domain.money import total
from pos.domain.numbering import ReceiptNumber
from pos.domain.quantity import THOUSAND
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_purchase import Means
from pos.domain.return_tax import goodwill_by_rate
from pos.domain.returns import (
    ExtraKind,
    Refund,
    RefundsDiffer,
    Return,
    ReturnExtra,
    amount_of,
    checked_return,
    document_tax,
    fiscal_document,
    kept_within,
    returned_parts,
)
from pos.domain.tax import TaxAmount, TaxRate, tax_of_ticket
from pos.fiscal.none import NoFiscalModule
from tests.builders import REDUCED, STANDARD, eur
from tests.return_builders import bought_line, purchase, return_document, return_lines

RATES = [STANDARD, REDUCED, TaxRate(400, "superreducido"), TaxRate(0, "exento")]


@st.composite
def sold(draw: st.DrawFn) -> Ledger:
    each = st.tuples(st.integers(1, 4), st.integers(0, 99_99), st.sampled_from(RATES))
    lines = [
        bought_line(at, pieces, net, tax_rate=rate)
        for at, (pieces, net, rate) in enumerate(draw(st.lists(each, min_size=1, max_size=5)), 1)
    ]
    return ledger_of(purchase(*lines), ())


def _pieces(ledger: Ledger) -> list[tuple[int, int]]:
    return [
        (line.number, THOUSAND)
        for line in ledger.purchase.lines
        for _ in range(line.quantity // THOUSAND)
    ]


def _returned(ledger: Ledger, *parts: tuple[int, int]) -> tuple[Return, Ledger]:
    document = checked_return(return_document(ledger, return_lines(ledger, *parts)))
    after = ledger_of(ledger.purchase, (*ledger.returns, *returned_parts(document)))
    return document, after


def _tax_of_sale(ledger: Ledger) -> tuple[TaxAmount, ...]:
    return tax_of_ticket((line.tax_rate, line.net) for line in ledger.purchase.lines)


@given(sold())
def test_a_whole_sale_comes_back_with_the_tax_it_was_sold_with(ledger: Ledger) -> None:
    document, _ = _returned(ledger, *((x.number, x.quantity) for x in ledger.purchase.lines))

    assert document.tax_by_rate == _tax_of_sale(ledger)


@given(sold(), st.data())
def test_parts_in_every_order_have_together_the_tax_of_the_sale(
    ledger: Ledger, data: st.DataObject
) -> None:
    sale_tax, documents = _tax_of_sale(ledger), []
    for piece in data.draw(st.permutations(_pieces(ledger))):
        document, ledger = _returned(ledger, piece)
        documents.append(document)

    by_rate = {
        entry.rate: total(
            (e.base for d in documents for e in d.tax_by_rate if e.rate == entry.rate), "EUR"
        )
        for entry in sale_tax
    }
    assert by_rate == {entry.rate: entry.base for entry in sale_tax}


@given(sold(), st.data())
def test_the_tax_of_each_part_adds_up_and_is_at_most_a_cent_beside_its_own(
    ledger: Ledger, data: st.DataObject
) -> None:
    for piece in data.draw(st.permutations(_pieces(ledger))):
        document, ledger = _returned(ledger, piece)
        alone = tax_of_ticket((line.tax_rate, line.refund) for line in document.lines)

        for entry, own in zip(document.tax_by_rate, alone, strict=True):
            assert entry.base + entry.tax == entry.gross == own.gross
            assert entry.base.minor >= 0
            assert entry.tax.minor >= 0
            assert abs(entry.base.minor - own.base.minor) <= 1


@given(sold(), st.integers(1, 500_00))
def test_goodwill_is_taxed_as_what_was_paid(ledger: Ledger, minor: int) -> None:
    if not ledger.purchase.total_paid:
        return
    shares = goodwill_by_rate(ledger.purchase, eur(minor))

    assert total((share for _, share in shares), "EUR") == eur(minor)
    assert {rate for rate, _ in shares} <= {line.tax_rate for line in ledger.purchase.lines}


def test_goodwill_and_delivery_are_in_the_document_and_in_the_ledger() -> None:
    ledger = ledger_of(purchase(bought_line(1, 1, 20_00), delivery=eur(4_95)), ())
    reference = ledger.purchase.reference
    extras = (
        ReturnExtra(ExtraKind.DELIVERY, reference, eur(4_95), STANDARD),
        ReturnExtra(ExtraKind.GOODWILL, reference, eur(1_00), STANDARD, "retraso"),
    )

    document = checked_return(return_document(ledger, (), extras))

    (part,) = returned_parts(document)
    assert (part.delivery, part.goodwill, part.due) == (eur(4_95), eur(1_00), eur(5_95))
    assert [entry.gross for entry in document.tax_by_rate] == [eur(5_95)]
    assert document.cash_paid_out == eur(5_95)


def test_a_return_of_two_papers_is_in_both_ledgers() -> None:
    one, other = (ledger_of(purchase(bought_line(1, 2, net)), ()) for net in (10_00, 7_00))
    lines = (*return_lines(one, (1, THOUSAND)), *return_lines(other, (1, THOUSAND), number=2))
    document = return_document(
        one,
        lines,
        originals=(
            *return_document(one).originals,
            *return_document(other).originals,
        ),
        tax=document_tax([one, other], lines, ()),
        refunds=(
            Refund("r-1", one.purchase.reference, Means.CASH, eur(5_00)),
            Refund("r-2", other.purchase.reference, Means.CASH, eur(3_50)),
        ),
    )

    parts = returned_parts(checked_return(document))

    assert [(part.purchase, part.due, part.owed) for part in parts] == [
        (one.purchase.reference, eur(5_00), eur(0)),
        (other.purchase.reference, eur(3_50), eur(0)),
    ]
    swapped = (replace(document.refunds[0], purchase=other.purchase.reference),)
    with pytest.raises(RefundsDiffer):
        checked_return(replace(document, refunds=(*swapped, document.refunds[1])))


def test_without_a_receipt_the_tax_is_that_of_a_ticket_and_no_ledger_hears_of_it() -> None:
    ledger = ledger_of(purchase(), ())
    lines = return_lines(ledger, (1, THOUSAND), purchase="", purchase_line=0)
    document = return_document(
        ledger,
        lines,
        originals=(),
        refunds=(Refund("r-1", "", Means.STORE_CREDIT, eur(10_00), "credit-1"),),
    )

    assert returned_parts(checked_return(document)) == ()
    assert document.tax_by_rate == tax_of_ticket([(STANDARD, eur(10_00))])


def test_a_document_whose_money_differs_is_not_made() -> None:
    ledger = ledger_of(purchase(), ())
    document = return_document(ledger, return_lines(ledger, (1, THOUSAND)))

    for changed in (
        replace(document, refunds=()),
        replace(document, total=eur(9_99)),
        replace(document, tax={}),
    ):
        with pytest.raises(RefundsDiffer):
            checked_return(changed)


@given(st.lists(st.integers(0, 50_00), min_size=1, max_size=5), st.integers(0, 300_00))
def test_no_more_goes_back_than_may_and_no_line_below_nothing(nets: list[int], most: int) -> None:
    ledger = ledger_of(purchase(*(bought_line(at, 1, net) for at, net in enumerate(nets, 1))), ())
    lines = return_lines(ledger, *((at, THOUSAND) for at in range(1, len(nets) + 1)))

    kept = kept_within(lines, eur(most))

    assert amount_of(kept, (), "EUR").minor == min(most, sum(nets))
    assert all(line.value == before.value for line, before in zip(kept, lines, strict=True))


def test_amounts_that_cannot_be_are_no_return() -> None:
    ledger = ledger_of(purchase(), ())

    with pytest.raises(ValueError, match="kept"):
        return_lines(ledger, (1, THOUSAND), deduction=eur(10_01))
    with pytest.raises(ValueError, match="of nothing"):
        return_lines(ledger, (1, THOUSAND), purchase="")
    with pytest.raises(ValueError, match="by cash"):
        Refund("r-1", "", Means.CASH, eur(0))


def test_the_fiscal_module_sees_amounts_below_zero() -> None:
    ledger = ledger_of(purchase(), ())
    document = return_document(ledger, return_lines(ledger, (1, THOUSAND)))

    stamped = fiscal_document(ReceiptNumber("D2", 1), 5, document.total, document.tax_by_rate)

    assert (stamped.total, stamped.tax_total) == (eur(-10_00), eur(-1_74))
    assert isinstance(NoFiscalModule().stamp(stamped), FiscalStamp)


def test_a_free_thing_comes_back_without_a_refund() -> None:
    ledger = ledger_of(purchase(bought_line(1, 1, 0)), ())

    document, after = _returned(ledger, (1, THOUSAND))

    assert (document.total, document.refunds) == (eur(0), ())
    assert after.line(1).returnable == 0
    assert canonical_json({"total": document.total.minor})
