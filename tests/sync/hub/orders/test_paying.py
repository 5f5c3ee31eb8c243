"""Payments of prepaid orders: charged once, whatever is lost, killed or refused on the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from pos.domain.collection import Order, OrderState, PaymentState
from sync.hub.conflicts import desk_items
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.orders.paying import Payments
from sync.hub.orders.payment_book import State, state_of
from sync.hub.orders.refunding import ask_again, owe
from sync.hub.tables import setting
from sync.hub.tables_orders import order_payment, order_refund, stock_reserved
from sync.wire.v1.desk import ItemKind, ItemState
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import place, stocked
from tests.sync.payments.kit import Simulator, simulated_provider
from tests.sync.serving import FixedClock

LATER_MS = 400_000


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    with simulated_provider(tmp_path) as running:
        yield running


@pytest.fixture
def hub(database: HubDatabase, tmp_path: Path) -> HubDatabase:
    return stocked(database, tmp_path)


@pytest.fixture
def payments(hub: HubDatabase, simulator: Simulator, clock: FixedClock) -> Payments:
    clock.at_ms = T0
    return Payments(hub, simulator.provider, clock.now_ms)


def rest(seconds: float) -> None:
    """Leave nothing to others: nobody else is there."""


def now(database: HubDatabase, order: Order) -> Order:
    with database.reading() as connection:
        known = book.get(connection, order.order_id)
    assert known is not None
    return known


def standing(database: HubDatabase, order: Order) -> State | None:
    with database.reading() as connection:
        return state_of(connection, order.order_id)


def became(database: HubDatabase, order: Order, state: OrderState, reason: str) -> None:
    with database.transaction() as connection:
        known = book.held(connection, order.order_id)
        book.save(connection, known, replace(known.order, state=state))
        owe(connection, order.order_id, reason, T0)


def charge_when_ready(database: HubDatabase) -> None:
    with database.transaction() as connection:
        connection.execute(
            setting.insert().values(
                shop="FUEN", key="payments", value_json='{"capture": "ready"}', change=1
            )
        )


def refund_states(database: HubDatabase) -> list[tuple[int, str]]:
    with database.reading() as connection:
        rows = connection.execute(select(order_refund).order_by(order_refund.c.refund_id))
        return [(row.amount, row.state) for row in rows]


def test_a_prepaid_order_is_charged_when_it_is_placed(
    hub: HubDatabase, payments: Payments, simulator: Simulator
) -> None:
    order = place(hub, prepaid=True)

    payments.settle(order.order_id)
    payments.work(rest)

    assert standing(hub, order) is State.CAPTURED
    assert now(hub, order).payment is PaymentState.CAPTURED
    assert simulator.ledger()["captured"] == order.total.minor


def test_a_shop_may_charge_only_what_is_ready(
    hub: HubDatabase, payments: Payments, simulator: Simulator
) -> None:
    charge_when_ready(hub)
    order = place(hub, prepaid=True)
    payments.settle(order.order_id)
    payments.work(rest)
    before = simulator.ledger()["captured"], now(hub, order).payment

    became(hub, order, OrderState.READY, "shortage")
    payments.work(rest)

    assert before == (0, PaymentState.AUTHORISED)
    assert now(hub, order).payment is PaymentState.CAPTURED


def test_an_order_whose_payment_is_declined_is_cancelled_and_its_goods_free(
    hub: HubDatabase, payments: Payments, simulator: Simulator
) -> None:
    simulator.behave(decline=1)
    order = place(hub, prepaid=True)

    payments.settle(order.order_id)

    known = now(hub, order)
    assert (known.state, known.payment) == (OrderState.CANCELLED, PaymentState.DECLINED)
    with hub.reading() as connection:
        assert connection.execute(select(stock_reserved)).first() is None
    assert simulator.ledger()["captured"] == 0


@pytest.mark.parametrize("mood", ["lose_answer", "errors"])
def test_a_lost_answer_is_asked_for_and_never_charged_twice(
    hub: HubDatabase, payments: Payments, simulator: Simulator, clock: FixedClock, mood: str
) -> None:
    simulator.behave(**{mood: 1})
    order = place(hub, prepaid=True)

    payments.settle(order.order_id)
    unknown = now(hub, order).payment
    payments.work(rest)  # too early
    still = now(hub, order).payment
    clock.at_ms += LATER_MS
    payments.work(rest)

    assert (unknown, still) == (PaymentState.UNKNOWN, PaymentState.UNKNOWN)
    assert now(hub, order).payment is PaymentState.CAPTURED
    assert simulator.ledger()["payments"] == 1
    assert simulator.ledger()["captured"] == order.total.minor


@pytest.mark.parametrize("steps_before", [0, 1])
def test_a_provider_killed_between_doing_and_answering_charges_once(
    hub: HubDatabase,
    payments: Payments,
    simulator: Simulator,
    clock: FixedClock,
    steps_before: int,
) -> None:
    order = place(hub, prepaid=True)
    if steps_before:  # the authorisation gets through, the capture is cut
        simulator.provider.authorise(f"pay-{order.order_id}", order.total.minor, "EUR")
    simulator.behave(die=1)

    payments.settle(order.order_id)
    simulator.start_again()
    clock.at_ms += LATER_MS
    payments.work(rest)
    clock.at_ms += LATER_MS
    payments.work(rest)

    assert now(hub, order).payment is PaymentState.CAPTURED
    assert simulator.ledger()["captured"] == order.total.minor


def test_a_hub_killed_after_asking_looks_the_payment_up(
    hub: HubDatabase, payments: Payments, simulator: Simulator, clock: FixedClock
) -> None:
    order = place(hub, prepaid=True)

    class Killed(BaseException):
        pass

    class Provider:
        def __getattr__(self, name: str) -> object:
            def die(*said: object) -> object:
                getattr(simulator.provider, name)(*said)
                raise Killed

            return die

    with pytest.raises(Killed):
        Payments(hub, Provider(), clock.now_ms).settle(order.order_id)  # type: ignore[arg-type]
    clock.at_ms += LATER_MS
    simulator.behave(decline=1)  # asked anew it would be declined
    payments.work(rest)

    assert now(hub, order).payment is PaymentState.CAPTURED
    assert simulator.ledger()["payments"] == 1


def test_two_who_settle_at_once_charge_once(
    hub: HubDatabase, payments: Payments, simulator: Simulator
) -> None:
    order = place(hub, prepaid=True)

    threads = [threading.Thread(target=payments.settle, args=(order.order_id,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert simulator.ledger()["captured"] == order.total.minor
    assert now(hub, order).payment is PaymentState.CAPTURED


def test_an_order_cancelled_before_it_was_asked_for_is_never_charged(
    hub: HubDatabase, payments: Payments, simulator: Simulator
) -> None:
    order = place(hub, prepaid=True)
    became(hub, order, OrderState.CANCELLED, "cancelled")

    payments.settle(order.order_id)

    assert standing(hub, order) is State.VOIDED
    assert simulator.ledger()["payments"] == 0


@pytest.mark.parametrize("mood", ["lose_answer", "errors"])
def test_an_order_cancelled_while_nothing_is_known_is_never_charged(
    hub: HubDatabase, payments: Payments, simulator: Simulator, clock: FixedClock, mood: str
) -> None:
    simulator.behave(**{mood: 1})
    order = place(hub, prepaid=True)
    payments.settle(order.order_id)

    became(hub, order, OrderState.CANCELLED, "cancelled")
    clock.at_ms += LATER_MS
    payments.work(rest)

    assert standing(hub, order) is State.VOIDED
    assert now(hub, order).payment is PaymentState.NONE
    assert simulator.ledger()["captured"] == 0
    assert simulator.ledger()["payments"] == (mood == "lose_answer")


def test_an_order_cancelled_while_the_provider_takes_the_money_gets_it_back(
    hub: HubDatabase, payments: Payments, simulator: Simulator, clock: FixedClock
) -> None:
    order = place(hub, prepaid=True)
    simulator.provider.authorise(f"pay-{order.order_id}", order.total.minor, "EUR")
    simulator.behave(lose_answer=1)
    payments.settle(order.order_id)
    simulator.behave(lose_answer=1)  # now that of the capture
    clock.at_ms += LATER_MS
    payments.work(rest)

    became(hub, order, OrderState.CANCELLED, "cancelled")
    for _ in range(2):
        clock.at_ms += LATER_MS
        payments.work(rest)

    assert simulator.ledger()["captured"] == simulator.ledger()["refunded"] == order.total.minor
    assert now(hub, order).payment is PaymentState.REFUNDED


def test_a_refund_is_requested_and_then_confirmed(
    hub: HubDatabase, payments: Payments, simulator: Simulator, clock: FixedClock
) -> None:
    simulator.behave(refunds_pending=1)
    order = place(hub, prepaid=True)
    payments.settle(order.order_id)
    became(hub, order, OrderState.CANCELLED, "cancelled")

    payments.work(rest)
    requested = now(hub, order).payment
    simulator.behave(confirm_refunds=True)
    clock.at_ms += LATER_MS
    payments.work(rest)

    assert requested is PaymentState.REFUND_REQUESTED
    assert now(hub, order).payment is PaymentState.REFUNDED
    assert refund_states(hub) == [(order.total.minor, "confirmed")]
    assert simulator.ledger()["refunded"] == order.total.minor


@pytest.mark.parametrize("mood", ["die", "lose_answer", "errors"])
def test_a_refund_whose_answer_is_lost_is_paid_once(
    hub: HubDatabase, payments: Payments, simulator: Simulator, clock: FixedClock, mood: str
) -> None:
    order = place(hub, prepaid=True)
    payments.settle(order.order_id)
    became(hub, order, OrderState.CANCELLED, "cancelled")
    simulator.behave(**{mood: 1})

    payments.work(rest)
    simulator.start_again()
    clock.at_ms += LATER_MS
    payments.work(rest)

    assert now(hub, order).payment is PaymentState.REFUNDED
    assert simulator.ledger()["refunds"] == 1
    assert simulator.ledger()["refunded"] == order.total.minor


def test_a_refused_refund_goes_to_the_desk_and_can_be_asked_for_again(
    hub: HubDatabase, payments: Payments, simulator: Simulator
) -> None:
    simulator.behave(refuse_refund=1)
    order = place(hub, prepaid=True)
    payments.settle(order.order_id)
    became(hub, order, OrderState.CANCELLED, "cancelled")
    payments.work(rest)

    with hub.reading() as connection:
        (item,) = desk_items.items(connection, ["FUEN"], ItemState.OPEN)
    with hub.transaction() as connection:
        ask_again(connection, order.order_id, f"pay-{order.order_id}-r1", T0)
    payments.work(rest)

    assert (item.kind, item.money) == (ItemKind.REFUND_REFUSED, order.total.minor)
    assert item.subject == order.number
    amount = order.total.minor
    assert refund_states(hub) == [(amount, "replaced"), (amount, "confirmed")]
    assert simulator.ledger()["refunded"] == amount


@pytest.mark.parametrize("how", ["refused", "let_go"])
def test_money_the_provider_refuses_once_the_customer_has_the_goods_is_for_the_desk(
    hub: HubDatabase, payments: Payments, simulator: Simulator, how: str
) -> None:
    charge_when_ready(hub)
    order = place(hub, prepaid=True)
    payments.settle(order.order_id)
    simulator.provider.void(f"pay-{order.order_id}")
    lines = tuple(replace(line, delivered=line.quantity) for line in order.lines)
    with hub.transaction() as connection:
        known = book.held(connection, order.order_id)
        state = OrderState.COLLECTED
        book.save(connection, known, replace(known.order, lines=lines, state=state))
        if how == "let_go":  # it is asked first how the payment stands
            connection.execute(
                order_payment.update().values(next_step="capture", tries=1, next_try_at_ms=0)
            )

    payments.work(rest)

    with hub.reading() as connection:
        (item,) = desk_items.items(connection, ["FUEN"], ItemState.OPEN)
    assert (item.kind, item.money) == (ItemKind.GOODS_NOT_PAID, order.total.minor)
    assert now(hub, order).state is OrderState.COLLECTED


def test_an_order_whose_money_the_provider_let_go_is_cancelled(
    hub: HubDatabase, payments: Payments, simulator: Simulator
) -> None:
    charge_when_ready(hub)
    order = place(hub, prepaid=True)
    payments.settle(order.order_id)
    simulator.provider.void(f"pay-{order.order_id}")
    became(hub, order, OrderState.READY, "shortage")
    with hub.transaction() as connection:
        connection.execute(
            order_payment.update().values(next_step="capture", tries=1, next_try_at_ms=0)
        )

    payments.work(rest)

    assert now(hub, order).state is OrderState.CANCELLED


def test_a_charge_that_was_carried_out_meanwhile_is_no_refusal(
    hub: HubDatabase, payments: Payments, simulator: Simulator
) -> None:
    charge_when_ready(hub)
    order = place(hub, prepaid=True)
    payments.settle(order.order_id)
    simulator.provider.capture(f"pay-{order.order_id}", order.total.minor - 1)

    became(hub, order, OrderState.READY, "shortage")
    payments.work(rest)

    assert standing(hub, order) is State.CAPTURED
    assert now(hub, order).state is OrderState.READY


def test_without_a_provider_what_is_to_be_paid_waits(
    hub: HubDatabase, simulator: Simulator, clock: FixedClock
) -> None:
    nobody = Payments(hub, None, clock.now_ms)
    order = place(hub, prepaid=True)

    nobody.settle(order.order_id)
    nobody.work(rest)

    assert not nobody.is_possible
    assert standing(hub, order) is State.AUTHORISING
