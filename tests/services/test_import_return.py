"""Another system's returns: of the sales they came from, as far as those have units left."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.basket import MAX_LINES, EntryMethod, TooManyLines
from pos.domain.catalogue import Product
from pos.domain.money import Money
from pos.domain.quantity import THOUSAND, Quantity, QuantityNotPossible
from pos.domain.return_content import UnreadableReturn
from pos.domain.return_purchase import Means
from pos.domain.returns import Return, ReturnFlag
from pos.domain.sale import Sale
from pos.services import pay, sell
from pos.services.import_return import ImportedLine, take_back_imported
from pos.services.workstation import NoOpenSession, NotAllowed, SignOn
from tests.services.conftest import IVA, MARTA, Shop


@pytest.fixture
def importing(at_work: SignOn) -> SignOn:
    return SignOn(at_work.station, MARTA, at_work.session)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def rung_up(sign_on: SignOn, source: str, *lines: tuple[str, int, int]) -> Sale:
    """Return an imported sale of lines (sku, pieces, unit price in cents)."""
    wanted = [
        (Product(sku, None, sku.title(), eur(price), IVA), Quantity.each(pieces), None)
        for sku, pieces, price in lines
    ]
    ticket = sell.add_many(sign_on, None, wanted, EntryMethod.IMPORTED)
    return pay.pay_imported(sign_on, pay.begin(sign_on, ticket), source=source)


def back(sku: str, pieces: int, minor: int, *earlier: str) -> ImportedLine:
    return ImportedLine(sku, sku.title(), pieces, eur(minor), IVA, earlier)


def came_from(document: Return) -> list[tuple[str, int, int]]:
    """Return purchase, thousandths and cents of each line."""
    return [(line.purchase, line.quantity, line.value.minor) for line in document.lines]


def test_what_a_sale_still_has_came_back_of_it_and_is_refunded_to_its_tender(
    importing: SignOn,
) -> None:
    sale = rung_up(importing, "x:1", ("cup", 6, 2_55), ("pot", 1, 9_00))

    document = take_back_imported(importing, [back("cup", 2, 5_10, "x:1")], source="x:C2")

    assert came_from(document) == [(sale.sale_id, 2 * THOUSAND, 5_10)]
    assert [one.number for one in document.originals] == [str(sale.number)]
    (refund,) = document.refunds
    assert (refund.means, refund.reference, refund.amount) == (Means.IMPORT, "x:1", eur(5_10))
    assert document.flags == frozenset()
    assert (document.total, document.cash_paid_out, document.source) == (eur(5_10), eur(0), "x:C2")


def test_more_than_one_sale_has_left_comes_from_several_the_likeliest_first(
    importing: SignOn,
) -> None:
    first = rung_up(importing, "x:1", ("cup", 3, 1_00))
    second = rung_up(importing, "x:2", ("cup", 2, 1_00))

    document = take_back_imported(importing, [back("cup", 6, 6_00, "x:2", "x:1")], source="x:C3")

    assert came_from(document) == [
        (second.sale_id, 2 * THOUSAND, 2_00),
        (first.sale_id, 3 * THOUSAND, 3_00),
        ("", THOUSAND, 1_00),
    ]
    assert [(one.purchase, one.amount.minor) for one in document.refunds] == [
        (second.sale_id, 2_00), (first.sale_id, 3_00), ("", 1_00),
    ]  # fmt: skip
    assert document.flags == {ReturnFlag.NO_RECEIPT}


def test_a_unit_comes_back_once_over_documents_and_within_one(importing: SignOn) -> None:
    sale = rung_up(importing, "x:1", ("cup", 2, 1_00))

    first = take_back_imported(
        importing, [back("cup", 1, 1_00, "x:1"), back("cup", 1, 1_00, "x:1")], source="x:C2"
    )
    second = take_back_imported(importing, [back("cup", 1, 1_00, "x:1")], source="x:C3")

    assert [purchase for purchase, *_ in came_from(first)] == [sale.sale_id, sale.sale_id]
    assert came_from(second) == [("", THOUSAND, 1_00)]


def test_another_price_or_product_is_another_sale(importing: SignOn) -> None:
    rung_up(importing, "x:1", ("cup", 2, 1_00))

    document = take_back_imported(
        importing,
        [back("cup", 1, 1_50, "x:1"), back("pot", 1, 1_00, "x:1"), back("cup", 1, 1_00, "x:9")],
        source="x:C2",
    )

    assert {purchase for purchase, *_ in came_from(document)} == {""}
    assert document.total == eur(3_50)


def test_a_sale_at_a_price_finer_than_a_cent_is_left_when_its_parts_would_not_add_up(
    importing: SignOn,
) -> None:
    product = Product("bead", None, "Bead", eur(0), IVA)
    wanted = [(product, Quantity.each(3), eur(1))]
    ticket = sell.add_many(importing, None, wanted, EntryMethod.IMPORTED)
    sale = pay.pay_imported(importing, pay.begin(importing, ticket), source="x:1")

    part = take_back_imported(importing, [back("bead", 1, 1, "x:1")], source="x:C2")
    whole = take_back_imported(importing, [back("bead", 3, 1, "x:1")], source="x:C3")

    assert came_from(part) == [("", THOUSAND, 1)]
    assert came_from(whole) == [(sale.sale_id, 3 * THOUSAND, 1)]


@given(
    sold=st.lists(st.tuples(st.integers(1, 9), st.sampled_from([1, 33, 2_55])), max_size=4),
    returned=st.lists(st.tuples(st.integers(1, 9), st.sampled_from([1, 33, 2_55])), min_size=1,
                      max_size=5),
)  # fmt: skip
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_however_things_came_back_the_total_is_the_other_systems_and_no_unit_comes_twice(
    importing: SignOn, sold: list[tuple[int, int]], returned: list[tuple[int, int]]
) -> None:
    ids = importing.station.ids
    sources = {f"x:{ids.new()}": line for line in sold}
    for source, (pieces, price) in sources.items():
        rung_up(importing, source, ("cup", pieces, price))
    lines = [back("cup", pieces, pieces * price, *sources) for pieces, price in returned]

    documents = [take_back_imported(importing, [line], source=f"x:C{ids.new()}") for line in lines]

    assert [one.total for one in documents] == [line.amount for line in lines]
    taken: dict[str, int] = {}
    for line in (line for one in documents for line in one.lines):
        taken[line.purchase] = taken.get(line.purchase, 0) + line.quantity
    with importing.station.store.reading() as records:
        sales = [records.sales.by_source(source) for source in sources]
    assert all(
        taken.get(sale.sale_id, 0) <= sale.lines[0].quantity_thousandths
        for sale in sales
        if sale is not None
    )
    for price in {price for _, price in sold}:
        units = sum(pieces for pieces, at in sold if at == price)
        wanted = sum(pieces for pieces, at in returned if at == price)
        matched = sum(
            line.quantity // THOUSAND
            for one, (_, at) in zip(documents, returned, strict=True)
            for line in one.lines
            if at == price and line.purchase
        )
        assert matched == min(units, wanted)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (back("cup", 2_000_000, 1_00), QuantityNotPossible),
        (back("cup", 1, 10**15), UnreadableReturn),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_recorded(
    shop: Shop, importing: SignOn, line: ImportedLine, error: type[Exception]
) -> None:
    with pytest.raises(error):
        take_back_imported(importing, [line], source="x:C1")

    with shop.station.store.reading() as records:
        assert records.returns.by_source("x:C1") is None
    assert "return.completed" not in shop.kinds()


def test_too_many_lines_are_refused(importing: SignOn) -> None:
    with pytest.raises(TooManyLines):
        take_back_imported(importing, [back("cup", 1, 1)] * (MAX_LINES + 1), source="x:C1")


def test_whoever_may_not_take_back_without_a_receipt_imports_only_what_is_of_a_sale(
    at_work: SignOn,
) -> None:
    rung_up(at_work, "x:1", ("cup", 1, 1_00))

    take_back_imported(at_work, [back("cup", 1, 1_00, "x:1")], source="x:C2")

    with pytest.raises(NotAllowed):
        take_back_imported(at_work, [back("cup", 1, 1_00, "x:1")], source="x:C3")


def test_without_a_shift_nothing_is_taken_back(importing: SignOn) -> None:
    with pytest.raises(NoOpenSession):
        take_back_imported(importing.in_session(None), [back("cup", 1, 1_00)], source="x:C1")
