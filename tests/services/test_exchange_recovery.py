"""An exchange is whole or not there: killed between any two steps, restored, or with an order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.basket import EntryMethod
from pos.domain.card_payment import AttemptEvent
from pos.domain.collection import OrderState
from pos.domain.quantity import Quantity
from pos.domain.return_purchase import Means
from pos.domain.tender import TenderKind
from pos.domain.ticket import Ticket, TicketState
from pos.services import exchange, park, pay, sell
from pos.services.hand_over_payment import back_to_counter, to_ticket
from pos.services.recover import look_around
from pos.services.workstation import SignOn
from pos.store.statements import Statements
from pos.store.till_store import TillStore
from tests.builders import eur
from tests.services.conftest import KEY, OIL, OTHER_TWIN, TWIN, Shop
from tests.services.exchange_things import faults, is_whole, sales_and_returns, waiting, with_back
from tests.services.handover_kit import Counter, pay_in_shop
from tests.services.handover_kit import counter as order_counter
from tests.services.return_things import sold
from tests.services.test_restored_handover import restored
from tests.services.test_take_back import with_rules

__all__ = ["order_counter"]

Act = Callable[[SignOn, Ticket], object]


class PowerCut(BaseException):
    """The machine is off."""


@pytest.fixture
def counter(at_work: SignOn) -> SignOn:
    return with_rules(at_work)


@contextmanager
def cut_before(statement: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Switch the machine off before the how many-eth statement that writes."""
    left = iter(range(statement))

    def counted(run: Callable[..., object]) -> Callable[..., object]:
        def step(*of: object) -> object:
            if next(left, None) is None:
                raise PowerCut
            return run(*of)

        return step

    with monkeypatch.context() as patch:
        for name in ("run", "run_many", "insert"):
            patch.setattr(Statements, name, counted(getattr(Statements, name)))
        yield


def pay_in_cash(sign_on: SignOn, ticket: Ticket) -> object:
    return pay.take_cash(sign_on, ticket, ticket.payment.due)


def to_pay(sign_on: SignOn) -> Ticket:
    return exchange.begin(sign_on, with_back(sign_on, sold(sign_on), TWIN))


def even(sign_on: SignOn) -> Ticket:
    return exchange.same_again(sign_on, with_back(sign_on, sold(sign_on)))


def as_credit(sign_on: SignOn) -> Ticket:
    return with_back(sign_on, sold(sign_on, 1, TWIN), OTHER_TWIN)


def in_credit(sign_on: SignOn, ticket: Ticket) -> object:
    return exchange.complete(sign_on, ticket, (Means.STORE_CREDIT, ""))


@pytest.mark.parametrize(
    ("make", "act"),
    [(to_pay, pay_in_cash), (even, exchange.complete), (as_credit, in_credit)],
    ids=["to pay", "even", "credit left"],
)
def test_a_till_switched_off_at_any_step_has_both_documents_or_neither(
    make: Callable[[SignOn], Ticket],
    act: Act,
    shop: Shop,
    counter: SignOn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket = make(counter)
    before = (sales_and_returns(counter), shop.kinds(), waiting(counter))
    steps = 0
    while True:
        try:
            with cut_before(steps, monkeypatch):
                act(counter, ticket)
            break
        except PowerCut:
            steps += 1
        assert (sales_and_returns(counter), shop.kinds(), waiting(counter)) == before
        assert look_around(counter.station).ticket == ticket

    assert steps > 15
    with counter.station.store.reading() as records:
        (document,), sale = records.returns.recent(5), records.sales.recent(1)[0]
    assert is_whole(sale, document)
    assert waiting(counter) == 0
    assert faults(shop) == []


def test_a_till_that_was_killed_finds_the_goods_with_their_ticket(
    shop: Shop, counter: SignOn
) -> None:
    ticket = to_pay(counter)
    draft = exchange.draft_of(counter.station, ticket)

    with closing(TillStore(shop.path, key=KEY)) as store:
        again = replace(counter, station=replace(counter.station, store=store))
        found = look_around(again.station).ticket
        assert found == ticket
        assert exchange.draft_of(again.station, found) == draft
        assert isinstance(pay_in_cash(again, found), pay.Paid)


# -- restored from its facts


def test_a_card_charged_for_an_exchange_brings_both_back_after_a_restore(
    shop: Shop, counter: SignOn, tmp_path: Path
) -> None:
    paying = to_pay(counter)
    attempt = pay.request_card(counter, paying, paying.payment.due, terminal="t")
    held = Counter(shop, counter)

    with restored(held, tmp_path) as again:
        sign_on = with_rules(again.sign_on)
        ticket = look_around(sign_on.station).ticket
        assert ticket is not None
        assert ticket.tenders == paying.tenders
        done = pay.settle_card(sign_on, ticket, attempt, AttemptEvent.APPROVAL)

        assert isinstance(done, pay.Paid)
        document = exchange.return_with(sign_on.station, done.sale)
        assert document is not None
        assert is_whole(done.sale, document)
        assert faults(again.shop) == []


def test_what_was_recorded_or_given_up_does_not_wait_after_a_restore(
    shop: Shop, counter: SignOn, lead: SignOn, tmp_path: Path
) -> None:
    paying = to_pay(counter)
    first = pay.request_card(counter, paying, paying.payment.due, terminal="t")
    pay.settle_card(counter, paying, first, AttemptEvent.DECLINE)
    sell.cancel(lead, pay.back_to_ticket(counter, paying), reason="too dear")
    again = to_pay(counter)
    second = pay.request_card(counter, again, again.payment.due, terminal="t")
    pay.settle_card(counter, again, second, AttemptEvent.APPROVAL)

    with restored(Counter(shop, counter), tmp_path) as later:
        assert waiting(later.sign_on) == 0
        assert sales_and_returns(later.sign_on) == sales_and_returns(counter)
        assert faults(later.shop) == []


def test_goods_taken_off_do_not_come_back_with_the_next_card(
    shop: Shop, counter: SignOn, tmp_path: Path
) -> None:
    paying = to_pay(counter)
    first = pay.request_card(counter, paying, paying.payment.due, terminal="t")
    pay.settle_card(counter, paying, first, AttemptEvent.DECLINE)
    ticket = pay.back_to_ticket(counter, paying)
    exchange.detach(counter, ticket)
    plain = pay.begin(counter, ticket)
    pay.request_card(counter, plain, plain.payment.due, terminal="t")

    with restored(Counter(shop, counter), tmp_path) as later:
        assert waiting(later.sign_on) == 0
        found = look_around(later.sign_on.station).ticket
        assert found is not None
        assert found.tenders == ()


def test_goods_taken_off_before_the_ticket_was_parked_do_not_wait_with_it(
    shop: Shop, counter: SignOn, tmp_path: Path
) -> None:
    paying = to_pay(counter)
    asked = pay.request_card(counter, paying, paying.payment.due, terminal="t")
    pay.settle_card(counter, paying, asked, AttemptEvent.DECLINE)
    ticket = pay.back_to_ticket(counter, paying)
    exchange.detach(counter, ticket)
    park.park(counter, ticket)

    with restored(Counter(shop, counter), tmp_path) as later:
        assert waiting(later.sign_on) == 0
        resumed = park.resume(later.sign_on, ticket.basket.basket_id)
        assert exchange.draft_of(later.sign_on.station, resumed) is None


# -- collected, brought back and bought in one ticket


def test_an_order_is_collected_goods_come_back_and_more_is_bought_in_one_ticket(
    order_counter: Counter,
) -> None:
    sign_on = with_rules(order_counter.sign_on)
    order = pay_in_shop()
    ticket = with_back(sign_on, sold(sign_on), OIL)
    order_counter.prepare(order)

    paying = to_ticket(sign_on, order.order_id, ticket)
    assert [one.kind for one in paying.tenders] == [TenderKind.EXCHANGE]
    assert paying.payment.due == order.total  # the oil that came back pays for the oil
    done = pay_in_cash(sign_on, paying)

    assert isinstance(done, pay.Paid)
    document = exchange.return_with(sign_on.station, done.sale)
    assert document is not None
    assert is_whole(done.sale, document)
    assert order_counter.order(order).state is OrderState.COLLECTED
    assert order_counter.shop.kinds()[-3:] == [
        "sale.completed", "order.handed_over", "return.completed",
    ]  # fmt: skip
    assert faults(order_counter.shop) == []


def test_goods_that_are_worth_more_than_the_order_pay_for_it(order_counter: Counter) -> None:
    sign_on = with_rules(order_counter.sign_on)
    order = pay_in_shop()
    ticket = with_back(sign_on, sold(sign_on, 4, TWIN), pieces=4)
    order_counter.prepare(order)

    done = exchange.complete(sign_on, to_ticket(sign_on, order.order_id, ticket))

    assert done.document.cash_paid_out == eur(4 * 39_90) - order.total
    assert order_counter.order(order).state is OrderState.COLLECTED


def test_goods_stay_with_the_customers_ticket_on_the_way_back_from_the_payment(
    order_counter: Counter,
) -> None:
    sign_on = with_rules(order_counter.sign_on)
    order = pay_in_shop()
    ticket = with_back(sign_on, sold(sign_on))
    order_counter.prepare(order)

    back = back_to_counter(sign_on, to_ticket(sign_on, order.order_id, ticket))

    assert back is not None
    assert (back.state, back.basket.lines, back.tenders) == (TicketState.OPEN, (), ())
    assert exchange.draft_of(sign_on.station, back) is not None
    more = sell.add_product(sign_on, back, OIL, Quantity.each(1), EntryMethod.SCANNED)
    assert exchange.complete(sign_on, more).sale.total == OIL.price
