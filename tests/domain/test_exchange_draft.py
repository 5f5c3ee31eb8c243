"""What waits for its ticket is kept whole, and nothing of a purchase is used up twice by it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import Basket, EntryMethod
from pos.domain.exchange import exchange_refunds
from pos.domain.exchange_draft import ExchangeDraft, cut_to, exchange_content, read_exchange
from pos.domain.money import total
from pos.domain.quantity import THOUSAND, Quantity
from pos.domain.refund_options import RefundCase, refund_options, split_refund
from pos.domain.return_content import UnreadableReturn
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_policy import ReturnPolicy
from pos.domain.return_purchase import Means, PaidBy
from pos.domain.return_trouble import troubles_of
from pos.domain.returns import ExtraKind, ReturnExtra, ReturnFlag, returned_parts
from pos.domain.staff import Act, Approval, Capability
from tests.builders import MORNING_MS, STANDARD, eur, new_id, product
from tests.return_builders import (
    after_return,
    bought_line,
    purchase,
    return_document,
    return_lines,
)

THREE_FOR_TWO = bought_line(1, 3, 20_01, promotion=eur(10_00))
PAID = (PaidBy(Means.CARD, eur(13_00), "c-1", "Visa 7702"), PaidBy(Means.CASH, eur(7_01)))


def waiting(ledger: Ledger, *parts: tuple[int, int], **changes: object) -> ExchangeDraft:
    """Return (line, thousandths) of a purchase that wait for a ticket."""
    lines = return_lines(ledger, *parts)
    made = ExchangeDraft(
        basket_id=new_id(),
        return_id=new_id(),
        began_at_ms=MORNING_MS,
        ledgers=(cut_to(ledger, lines),),
        lines=lines,
        extras=(),
        flags=frozenset({ReturnFlag.OFFLINE}),
        approvals=(),
        currency="EUR",
        shop="FUEN",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def basket_of(*prices: int) -> Basket:
    made = Basket(new_id(), "EUR", MORNING_MS, "ana")
    for price in prices:
        made = made.with_product(product(price=price), Quantity.each(1), EntryMethod.SCANNED)
    return made


def a_full_draft() -> ExchangeDraft:
    bought = purchase(THREE_FOR_TWO, bought_line(2, 1, 5_00), delivery=eur(3_00))
    ledger = after_return(ledger_of(bought, ()), (2, THOUSAND))
    extra = ReturnExtra(ExtraKind.DELIVERY, bought.reference, eur(3_00), STANDARD)
    act = Act(Capability.RETURN_WITHOUT_RECEIPT)
    approval = Approval(act, "ana", "eva", "known", approval_id="a-1", granted_at_ms=MORNING_MS)
    return waiting(
        ledger,
        (1, 2 * THOUSAND),
        extras=(extra,),
        approvals=(approval,),
        customer_id="c-9",
        is_gift=True,
        ways=(Means.CARD, "c-1"),
    )


def test_a_draft_is_read_as_it_was_kept() -> None:
    draft = a_full_draft()

    kept = json.dumps(exchange_content(draft))

    assert read_exchange(json.loads(kept)) == draft
    assert [line.number for line in draft.ledgers[0].purchase.lines] == [1]
    assert draft.returned.due == draft.total


def test_nothing_of_a_draft_can_be_missing_or_of_another_purchase() -> None:
    content = exchange_content(a_full_draft())

    for name in content:
        with pytest.raises(UnreadableReturn):
            read_exchange({key: value for key, value in content.items() if key != name})
    wrong = {"ledgers": [], "currency": "MXN", "lines": "none", "ways": 3}
    for name, value in wrong.items():
        with pytest.raises(UnreadableReturn):
            read_exchange({**content, name: value})


def test_a_line_is_swapped_whole_and_once() -> None:
    ledger = ledger_of(purchase(bought_line(1, 2), bought_line(2)), ())
    draft = waiting(ledger, (1, 2 * THOUSAND), (2, THOUSAND))
    same = product("sku-1")

    scanned = basket_of().with_product(same, Quantity.each(2), EntryMethod.SCANNED)
    swapped = scanned.with_product(same, Quantity.each(2), EntryMethod.EXCHANGE)

    assert draft.not_swapped(scanned) == draft.lines
    assert draft.not_swapped(swapped) == draft.lines[1:]
    assert draft.not_swapped(swapped.with_line_voided(2)) == draft.lines


@given(
    st.sampled_from([(1, 1, 1), (1, 2), (2, 1), (3,)]),
    st.lists(st.integers(0, 30_00), min_size=3, max_size=3),
)
def test_three_for_the_price_of_two_come_back_in_any_parts_for_what_was_paid(
    parts: tuple[int, ...], prices: list[int]
) -> None:
    bought = purchase(THREE_FOR_TWO, paid=PAID)
    ledger = ledger_of(bought, ())
    worth = []
    for pieces, price in zip(parts, prices, strict=False):
        draft, basket = waiting(ledger, (1, pieces * THOUSAND)), basket_of(price)
        balance = draft.balance_with(basket)
        exchanged = exchange_refunds(
            [(ledger, draft.total)], balance, sale_id=basket.basket_id, new_id=new_id
        )
        used = replace(
            draft.returned, lines=(), paid_out=tuple(one.as_paid_out for one in exchanged)
        )
        left = ledger_of(bought, (*ledger.returns, used))
        options = refund_options(left, RefundCase(balance.to_refund), ReturnPolicy())
        splits, unpaid = split_refund(options, balance.to_refund)
        refunds = (
            *exchanged,
            *(one.option.refund(new_id(), bought.reference, one.amount) for one in splits),
        )
        document = return_document(ledger, draft.lines, refunds=refunds)
        ledger = ledger_of(bought, (*ledger.returns, *returned_parts(document)))
        worth.append(draft.total)
        assert not unpaid
        assert balance.exchanged + balance.to_pay == basket.totals.total
        assert total((one.amount for one in refunds), "EUR") == draft.total
        assert not troubles_of(ledger)
    assert total(worth, "EUR") == bought.total_paid
    assert [ledger.refunded_to(part) for part in PAID] == [part.amount for part in PAID]
