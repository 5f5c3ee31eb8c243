"""Goods that came back pay for new ones: two documents that name each other, recorded as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pos.domain.basket import EntryMethod
from pos.domain.card_payment import AttemptEvent
from pos.domain.journal import FactKind
from pos.domain.quantity import Quantity
from pos.domain.return_purchase import Means
from pos.domain.returns import ReturnFlag
from pos.domain.staff import Capability
from pos.domain.tender import TenderKind
from pos.domain.ticket import TicketState
from pos.services import exchange, park, pay, sell, take_back
from pos.services.at_counter import GoodsCameBack, TicketChanged
from pos.services.exchange import AlreadyExchanging, NoExchange
from pos.services.find_purchase import Known, Wanted, here
from pos.services.give_back import give_back
from pos.services.paying_out import NotComplete
from pos.services.record_return import PurchaseChanged
from pos.services.return_figures import figures_of
from pos.services.workstation import APPROVAL_LASTS_MS, NotAllowed, SignOn
from tests.builders import eur
from tests.services.conftest import OIL, OTHER_TWIN, TWIN, Shop
from tests.services.exchange_things import (
    attached,
    bought,
    drawer,
    faults,
    given_all_back,
    is_whole,
    sales_and_returns,
    waiting,
    with_back,
)
from tests.services.return_things import sold
from tests.services.test_take_back import approval, said, with_rules

FREE = replace(OIL, sku="free", gtin=None, price=eur(0))


@pytest.fixture
def counter(at_work: SignOn) -> SignOn:
    return with_rules(at_work)


# -- what is to be paid, what is even, what is left


def test_dearer_goods_cost_the_difference_and_both_papers_name_each_other(
    shop: Shop, counter: SignOn
) -> None:
    ticket = with_back(counter, sold(counter), TWIN)
    paying = exchange.begin(counter, ticket)
    (given,) = paying.tenders
    assert (given.kind, given.amount) == (TenderKind.EXCHANGE, eur(7_95))
    assert paying.payment.due == eur(39_90 - 7_95)

    done = pay.take_cash(counter, paying, eur(50_00))

    assert isinstance(done, pay.Paid)
    document = exchange.return_with(counter.station, done.sale)
    assert document is not None
    assert is_whole(done.sale, document)
    assert done.sale.total == eur(39_90)  # never netted
    assert (document.total, document.cash_paid_out) == (eur(7_95), eur(0))
    assert done.sale.change == eur(18_05)
    assert waiting(counter) == 0
    assert drawer(counter) == eur(3 * 7_95 + 39_90 - 7_95)
    assert faults(shop) == []


def test_the_same_again_is_even_and_moves_no_money(shop: Shop, counter: SignOn) -> None:
    was_sold = sold(counter)
    before = drawer(counter)
    ticket = exchange.same_again(counter, with_back(counter, was_sold, pieces=2))
    assert exchange.same_again(counter, ticket) == ticket  # once is enough
    draft = exchange.draft_of(counter.station, ticket)
    assert draft is not None
    assert exchange.balance_of(draft, ticket).is_even

    done = exchange.complete(counter, ticket)

    assert is_whole(done.sale, done.document)
    assert [line.entry_method for line in done.sale.lines] == ["exchange"]
    assert {one.means for one in done.document.refunds} == {Means.EXCHANGE}
    assert drawer(counter) == before
    assert exchange.complete(counter, ticket) == done  # pressed twice
    assert faults(shop) == []


def test_the_same_again_costs_what_was_paid_whatever_it_costs_today(counter: SignOn) -> None:
    ticket = with_back(counter, sold(counter, 1, replace(OIL, price=eur(5_00))))

    (line,) = exchange.same_again(counter, ticket).basket.lines

    assert (line.product.name, line.net, line.unit_price) == (OIL.name, eur(5_00), eur(5_00))


def test_what_the_shop_sells_no_longer_is_swapped_all_the_same(counter: SignOn) -> None:
    gone = replace(OIL, sku="gone", gtin=None, name="Jarra")
    ticket = with_back(counter, sold(counter, 1, gone))

    done = exchange.complete(counter, exchange.same_again(counter, ticket))

    assert [line.name for line in done.sale.lines] == ["Jarra"]


def test_of_cheaper_goods_the_rest_goes_back_the_way_it_came(shop: Shop, counter: SignOn) -> None:
    was_sold = sold(counter, 1, TWIN)
    before = drawer(counter)
    ticket = with_back(counter, was_sold, OTHER_TWIN)

    done = exchange.complete(counter, ticket)

    assert is_whole(done.sale, done.document)
    assert [(one.means, one.amount) for one in done.document.refunds] == [
        (Means.EXCHANGE, eur(35_90)),
        (Means.CASH, eur(4_00)),
    ]
    assert drawer(counter) == before - eur(4_00)
    assert faults(shop) == []


def test_the_rest_can_be_credit_when_the_customer_wants_it(shop: Shop, counter: SignOn) -> None:
    ticket = with_back(counter, sold(counter, 1, TWIN), OTHER_TWIN)

    done = exchange.complete(counter, ticket, (Means.STORE_CREDIT, ""))

    assert done.document.refunds[-1].means is Means.STORE_CREDIT
    assert ReturnFlag.CREDIT_WISHED in done.document.flags
    loads = [f.body for f in shop.facts() if f.kind is FactKind.VALUE_ISSUED]
    assert [one["amount"] for one in loads] == [4_00]
    assert faults(shop) == []


def test_new_goods_that_cost_nothing_use_nothing_up(shop: Shop, counter: SignOn) -> None:
    ticket = with_back(counter, sold(counter), FREE)

    with pytest.raises(NotComplete):
        pay.complete_free(counter, exchange.begin(counter, ticket))
    paying = exchange.draft_of(counter.station, ticket)
    assert paying is not None
    with counter.station.store.reading() as records:
        stored = records.tickets.current()
    assert stored is not None
    done = exchange.complete(counter, stored)

    assert done.sale.tenders == ()
    assert [one.means for one in done.document.refunds] == [Means.CASH]
    assert exchange.complete(counter, ticket) == done  # pressed twice
    assert exchange.recorded(counter.station, ticket.basket.basket_id) == done
    assert faults(shop) == []


def test_goods_that_are_worth_nothing_any_more_come_back_with_what_is_bought(
    shop: Shop, counter: SignOn
) -> None:
    was_sold = sold(counter)
    given_all_back(counter, was_sold)
    paying = exchange.begin(counter, with_back(counter, was_sold, TWIN))
    assert paying.tenders == ()

    done = pay.take_cash(counter, paying, eur(39_90))

    assert isinstance(done, pay.Paid)
    document = exchange.return_with(counter.station, done.sale)
    assert document is not None
    assert (document.total, document.exchange_number) == (eur(0), str(done.sale.number))
    assert exchange.return_with(counter.station, was_sold) is None
    assert faults(shop) == []


def test_cash_above_the_limit_is_asked_for_only_when_it_goes_out(
    shop: Shop, counter: SignOn
) -> None:
    policy = replace(counter.station.returns.policy, cash_limit=3_00)
    strict = with_rules(counter, policy=policy)
    ticket = with_back(strict, sold(strict, 1, TWIN), OTHER_TWIN)
    draft = exchange.draft_of(strict.station, ticket)
    assert draft is not None
    rest = exchange.rest_of(strict, draft, ticket)
    assert rest.asks_for is not None

    with pytest.raises(NotAllowed):
        exchange.complete(strict, ticket)
    given = approval(Capability.REFUND_CASH_ABOVE_LIMIT, strict)
    done = exchange.complete(strict, ticket, approval=given)

    assert [one.approval_id for one in done.document.approvals] == [given.approval_id]
    assert shop.kinds().count("override.granted") == 1
    assert faults(shop) == []


def test_of_a_gift_the_rest_is_credit_and_what_was_taken_comes_back_as_credit(
    counter: SignOn,
) -> None:
    gift = said(bought(counter, sold(counter, 1, TWIN), is_gift=True))
    ticket = attached(counter, gift)
    ticket = sell.add_product(counter, ticket, OIL, Quantity.each(1), EntryMethod.SCANNED)

    done = exchange.complete(counter, ticket)

    assert [one.means for one in done.document.refunds] == [Means.EXCHANGE, Means.STORE_CREDIT]
    options = figures_of(said(bought(counter, done.sale))).options
    assert [one.means for one in options if one.is_possible] == [Means.STORE_CREDIT]


def test_goods_taken_in_exchange_go_back_to_what_first_paid(counter: SignOn) -> None:
    ticket = with_back(counter, sold(counter), TWIN)
    paying = exchange.begin(counter, ticket)
    attempt = pay.request_card(counter, paying, paying.payment.due, terminal="t")
    done = pay.settle_card(counter, paying, attempt, AttemptEvent.APPROVAL)
    assert isinstance(done, pay.Paid)

    known = here(counter.station, Wanted(str(done.sale.number)))

    assert isinstance(known, Known)
    assert [(one.means, one.amount) for one in known.ledger.purchase.paid] == [
        (Means.CASH, eur(7_95)),
        (Means.CARD, eur(39_90 - 7_95)),
    ]


# -- the ticket they are on


def test_goods_open_a_ticket_and_one_ticket_takes_one_return(counter: SignOn) -> None:
    state = said(bought(counter, sold(counter)))
    other = said(bought(counter, sold(counter)))
    ticket = attached(counter, state)

    assert attached(counter, state, ticket) == ticket  # pressed twice
    with pytest.raises(AlreadyExchanging):
        attached(counter, other, ticket)
    with pytest.raises(TicketChanged):  # not beside the ticket at the counter
        attached(counter, other)
    assert waiting(counter) == 1


def test_the_tender_of_goods_stays_until_the_payment_is_left(counter: SignOn) -> None:
    paying = exchange.begin(counter, with_back(counter, sold(counter), TWIN))

    with pytest.raises(pay.TenderStays):
        pay.remove_tender(counter, paying, 0)
    with pytest.raises(sell.TicketBusy):
        exchange.detach(counter, paying)
    back = pay.back_to_ticket(counter, paying)

    assert (back.state, back.tenders) == (TicketState.OPEN, ())
    assert exchange.begin(counter, back).tenders == paying.tenders


def test_goods_taken_off_are_the_customers_again(counter: SignOn) -> None:
    was_sold = sold(counter)
    ticket = with_back(counter, was_sold, TWIN)

    draft = exchange.detach(counter, ticket)

    assert draft is not None
    assert draft.purchase == was_sold.sale_id
    assert exchange.detach(counter, ticket) is None
    paying = exchange.begin(counter, ticket)
    assert paying.tenders == ()
    assert isinstance(pay.take_cash(counter, paying, eur(39_90)), pay.Paid)
    assert sales_and_returns(counter) == (2, 0)
    assert bought(counter, was_sold).known.ledger.line(1).returnable == 3_000


def test_a_ticket_with_nothing_but_goods_that_came_back_goes_with_them(
    counter: SignOn,
) -> None:
    ticket = with_back(counter, sold(counter))
    with pytest.raises(pay.EmptyTicket):
        exchange.begin(counter, ticket)
    with pytest.raises(pay.EmptyTicket):
        exchange.complete(counter, ticket)

    exchange.detach(counter, ticket)

    with counter.station.store.reading() as records:
        assert records.tickets.current() is None


def test_a_ticket_that_is_cancelled_leaves_the_goods_to_the_customer(
    counter: SignOn, lead: SignOn
) -> None:
    ticket = with_back(counter, sold(counter), TWIN)

    sell.cancel(lead, ticket, reason="changed their mind")

    assert waiting(counter) == 0
    assert sales_and_returns(counter) == (1, 0)


def test_a_ticket_with_goods_that_came_back_is_not_parked(counter: SignOn) -> None:
    ticket = with_back(counter, sold(counter), TWIN)

    with pytest.raises(GoodsCameBack):
        park.park(counter, ticket)

    assert waiting(counter) == 1


def test_nothing_is_exchanged_on_a_ticket_that_no_goods_came_back_for(counter: SignOn) -> None:
    ticket = sell.add_product(counter, None, OIL, Quantity.each(1), EntryMethod.SCANNED)

    for act in (exchange.complete, exchange.same_again):
        with pytest.raises(NoExchange):
            act(counter, ticket)


# -- between the page of returns and the last tender


def test_what_waits_on_a_ticket_is_not_given_back_beside_it(counter: SignOn) -> None:
    was_sold = sold(counter, 3)
    state = said(bought(counter, was_sold))
    early = take_back.count(said(bought(counter, was_sold)), 1, 3_000)
    attached(counter, state)

    with pytest.raises(PurchaseChanged):
        give_back(counter, state, figures_of(state))
    with pytest.raises(ValueError, match="returnable"):
        give_back(counter, early, figures_of(early))
    assert bought(counter, was_sold).known.ledger.line(1).returnable == 2_000
    two = take_back.count(said(bought(counter, was_sold)), 1, 2_000)
    assert give_back(counter, two, figures_of(two)).total == eur(2 * 7_95)


def test_what_was_given_back_already_pays_for_nothing(counter: SignOn) -> None:
    state = said(bought(counter, sold(counter)))
    give_back(counter, state, figures_of(state))

    with pytest.raises(PurchaseChanged):
        attached(counter, state)


def test_what_is_still_to_be_said_is_said_before_goods_pay(counter: SignOn) -> None:
    state = take_back.add_one(bought(counter, sold(counter)), 1)

    with pytest.raises(NotComplete):
        attached(counter, state)


def test_an_approval_is_good_as_of_the_moment_the_goods_came_back(
    shop: Shop, counter: SignOn
) -> None:
    late = bought(counter, sold(counter))
    state = said(replace(late, today=late.today + timedelta(days=400)))
    needed = figures_of(state).permissions[0]
    ground = needed.verdict.ground
    given = approval(needed.verdict.capability, counter)
    allowed = take_back.allow(
        state, needed.line, ground.why, needed.verdict.capability, given, ground.asked
    )
    with pytest.raises(NotComplete):
        attached(counter, state)
    ticket = attached(counter, allowed)
    shop.clock.ms += APPROVAL_LASTS_MS + 60_000

    done = exchange.complete(counter, exchange.same_again(counter, ticket))

    assert [one.approval_id for one in done.document.approvals] == [given.approval_id]
    granted = [f for f in shop.facts() if f.kind is FactKind.OVERRIDE_GRANTED]
    assert [fact.op_id for fact in granted] == [given.approval_id]


def test_without_the_hub_what_waits_uses_up_the_budget_too(counter: SignOn) -> None:
    known = bought(counter, sold(counter)).known
    alone = said(take_back.begin(counter.station, known, is_isolated=True))
    ticket = attached(counter, alone)

    meanwhile = take_back.begin(counter.station, known, is_isolated=True)
    done = exchange.complete(counter, exchange.same_again(counter, ticket))

    assert meanwhile.isolated_today == eur(7_95)
    assert ReturnFlag.OFFLINE in done.document.flags
    after = take_back.begin(counter.station, known, is_isolated=True)
    assert after.isolated_today == eur(7_95)
