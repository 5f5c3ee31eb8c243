"""What a refund that failed owes: exactly that, once, and no tender above what it paid."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.refund import RefundState
from pos.domain.refund_options import WhyNot
from pos.domain.reissue import (
    NotOwed,
    PaysSomethingElse,
    Reissue,
    owed_of,
    owed_options,
    paid_again,
    read_reissue,
    reissue_body,
    reissued,
    with_reissues,
)
from pos.domain.return_content import UnreadableReturn
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_policy import ReturnPolicy
from pos.domain.return_purchase import Means, PaidBy
from pos.domain.return_trouble import troubles_of
from pos.domain.returns import Refund
from tests.builders import eur, new_id
from tests.return_builders import bought_line, came_back, paid_out, purchase

WAYS = [Means.CASH, Means.STORE_CREDIT, Means.GIFT_CARD, Means.CARD]


def refused(minor: int = 10_00) -> Ledger:
    """Return what was paid by two cards, of which all came back and the first card refused."""
    paid = (PaidBy(Means.CARD, eur(minor), "t-1"), PaidBy(Means.CARD, eur(5_00), "t-2"))
    bought = purchase(bought_line(net=minor + 5_00), paid=paid)
    outs = (
        paid_out(eur(minor), Means.CARD, reference="t-1", state=RefundState.FAILED),
        paid_out(eur(5_00), Means.CARD, reference="t-2"),
    )
    back = came_back(ledger_of(bought, ()), (1, 1000), paid_out=outs)
    return ledger_of(bought, (back,))


@given(data=st.data(), minor=st.integers(1, 200_00))
def test_what_is_owed_is_due_less_paid_whatever_fails_next(
    data: st.DataObject, minor: int
) -> None:
    ledger = refused(minor)
    for _ in range(4):
        (returned,) = ledger.returns
        owed = owed_of(ledger)
        assert sum(one.amount.minor for one in owed) == returned.owed.minor
        assert not troubles_of(ledger)
        if not owed:
            break
        first = owed[0]
        cuts = sorted(data.draw(st.lists(st.integers(1, first.amount.minor), max_size=2)))
        edges = [0, *cuts, first.amount.minor]
        parts = [b - a for a, b in itertools.pairwise(edges) if b > a]
        refunds = [
            paid_out(
                eur(part), data.draw(st.sampled_from(WAYS)), origin=first.failed.tender,
                replaces=first.failed.refund_id,
                state=data.draw(st.sampled_from([RefundState.CONFIRMED, RefundState.FAILED])),
            )
            for part in parts
        ]  # fmt: skip
        ledger = replace(ledger, returns=(reissued(returned, first.failed.refund_id, refunds),))
        with pytest.raises(NotOwed):
            reissued(ledger.returns[0], first.failed.refund_id, refunds)


def test_nothing_but_what_failed_can_be_paid_again_and_only_whole() -> None:
    ledger = refused()
    (returned,) = ledger.returns
    failed, fine = returned.paid_out
    half = paid_out(eur(5_00), replaces=failed.refund_id)

    with pytest.raises(PaysSomethingElse):
        reissued(returned, failed.refund_id, [half])
    with pytest.raises(NotOwed):
        reissued(returned, fine.refund_id, [replace(half, replaces=fine.refund_id)])
    with pytest.raises(NotOwed):
        reissued(returned, new_id(), [half])


def test_the_same_card_is_asked_first_and_no_tender_that_got_all_back() -> None:
    ledger = refused()
    (owed,) = owed_of(ledger)

    options = owed_options(ledger, owed, ReturnPolicy(), is_isolated=False)

    assert [(one.means, one.reference) for one in options] == [
        (Means.CARD, "t-1"), (Means.CASH, ""), (Means.STORE_CREDIT, ""), (Means.GIFT_CARD, ""),
    ]  # fmt: skip
    assert all(one.most == eur(10_00) for one in options)


def test_a_till_alone_pays_no_cash_and_asks_no_card_yet() -> None:
    ledger = refused()
    (owed,) = owed_of(ledger)

    options = owed_options(ledger, owed, ReturnPolicy(), is_isolated=True)

    found = {one.means: one for one in options}
    assert found[Means.CARD].waits
    assert found[Means.CASH].why_not is WhyNot.OFFLINE
    assert found[Means.STORE_CREDIT].is_possible


def test_what_is_heard_twice_counts_once() -> None:
    ledger = refused()
    (returned,) = ledger.returns
    again = paid_out(eur(10_00), replaces=returned.paid_out[0].refund_id)

    once = with_reissues(returned, [again])

    assert with_reissues(once, [again]) == once
    assert once.owed == eur(0)


def test_the_fact_is_read_back_as_it_was_and_nothing_else_is() -> None:
    ledger = refused()
    (owed,) = owed_of(ledger)
    options = owed_options(ledger, owed, ReturnPolicy(), is_isolated=False)
    refund = paid_again(options[1], Refund(new_id(), owed.purchase, Means.CASH, owed.amount), owed)
    reissue = Reissue(
        owed.return_id, "D2-000001", owed.failed.refund_id, refund, "vieja", "ana", "s1", 7
    )
    body = reissue_body(reissue)

    assert read_reissue(body) == reissue
    assert refund.origin == (Means.CARD, "t-1")
    for name, wrong in (("replaces", ""), ("currency", "x"), ("refund", {}), ("at_ms", -1)):
        with pytest.raises(UnreadableReturn):
            read_reissue({**body, name: wrong})
