"""Money of a web payment goes back once for a return, whatever is lost or refused on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from pos.domain.collection import Order, OrderState
from pos.domain.refund import RefundState
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund, Return
from sync.hub.conflicts import desk_items
from sync.hub.conflicts.desk import DeskAct, resolve
from sync.hub.database import HubDatabase
from sync.hub.orders import book, order_desk
from sync.hub.orders.paying import Payments
from sync.hub.orders.refunding import owe
from sync.hub.tables_returns import return_refund
from sync.wire.v1.desk import DeskItem, ItemKind, ItemState, Resolution
from tests.builders import new_id
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import line, place, stocked
from tests.sync.hub.returns.kit import ReturnTill, collect, euros, ledger_at, unseen, watch
from tests.sync.payments.kit import Simulator, simulated_provider
from tests.sync.serving import FixedClock

LATER_MS = 400_000
OIL = 7_95


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    with simulated_provider(tmp_path) as running:
        yield running


@pytest.fixture
def hub(database: HubDatabase, tmp_path: Path) -> HubDatabase:
    order_desk.register()
    return stocked(database, tmp_path)


@pytest.fixture
def payments(hub: HubDatabase, simulator: Simulator, clock: FixedClock) -> Payments:
    clock.at_ms = T0
    return Payments(hub, simulator.provider, clock.now_ms)


@pytest.fixture
def order(hub: HubDatabase, payments: Payments) -> Order:
    """Return three bottles that were paid on the web and collected."""
    placed = place(hub, prepaid=True, lines=[line(pieces=3)])
    payments.settle(placed.order_id)
    payments.work(rest)
    return collect(hub, placed)


@pytest.fixture
def till(hub: HubDatabase) -> ReturnTill:
    return ReturnTill(hub, "FUEN-1")


def rest(seconds: float) -> None:
    """Leave nothing to others: nobody else is there."""


def bring_back(till: ReturnTill, order: Order, pieces: int = 1, **changes: Any) -> Return:
    """Take bottles back, to be refunded to the web payment."""
    ledger = changes.pop("ledger", None) or ledger_at(till.database, order.order_id)
    web = Refund(
        new_id(),
        order.order_id,
        Means.WEB,
        euros(pieces * OIL),
        order.order_id,
        state=RefundState.REQUESTED,
    )
    return till.take_back(ledger, (1, pieces * 1000), refunds=(web,), **changes)


def states(hub: HubDatabase, order: Order) -> list[RefundState]:
    """Return how the refunds of an order stand, as every till is told."""
    returns = ledger_at(hub, order.order_id).returns
    return [out.state for one in returns for out in one.paid_out]


def open_items(hub: HubDatabase) -> list[DeskItem]:
    with hub.reading() as connection:
        return list(desk_items.items(connection, ["FUEN"], ItemState.OPEN))


def test_a_return_of_a_web_order_pays_back_what_came_back_and_says_so(
    till: ReturnTill, order: Order, payments: Payments, simulator: Simulator
) -> None:
    bring_back(till, order, 2)
    before = states(till.database, order)

    payments.work(rest)

    assert before == [RefundState.REQUESTED]
    assert states(till.database, order) == [RefundState.CONFIRMED]
    assert simulator.ledger()["refunded"] == 2 * OIL
    assert ledger_at(till.database, order.order_id).refundable == euros(OIL)


@pytest.mark.parametrize("mood", ["die", "lose_answer", "errors"])
def test_a_lost_answer_is_unknown_until_the_same_question_is_answered(
    till: ReturnTill,
    order: Order,
    payments: Payments,
    simulator: Simulator,
    clock: FixedClock,
    mood: str,
) -> None:
    bring_back(till, order)
    simulator.behave(**{mood: 1})

    payments.work(rest)
    lost = states(till.database, order)
    simulator.start_again()
    payments.work(rest)  # too early
    clock.at_ms += LATER_MS
    payments.work(rest)

    assert lost == [RefundState.UNKNOWN]
    assert states(till.database, order) == [RefundState.CONFIRMED]
    assert simulator.ledger()["refunds"] == 1
    assert simulator.ledger()["refunded"] == OIL


def test_a_hub_killed_between_the_question_and_its_answer_pays_once(
    till: ReturnTill, order: Order, payments: Payments, simulator: Simulator, clock: FixedClock
) -> None:
    bring_back(till, order)

    class Killed(BaseException):
        pass

    class Provider:
        def refund(self, *said: Any) -> object:
            simulator.provider.refund(*said)
            raise Killed

    with pytest.raises(Killed):
        Payments(till.database, Provider(), clock.now_ms).work(rest)  # type: ignore[arg-type]
    between = states(till.database, order)
    clock.at_ms += LATER_MS
    payments.work(rest)

    assert between == [RefundState.REQUESTED]
    assert states(till.database, order) == [RefundState.CONFIRMED]
    assert simulator.ledger()["refunds"] == 1


def test_what_the_provider_has_not_decided_is_asked_for_again(
    till: ReturnTill, order: Order, payments: Payments, simulator: Simulator, clock: FixedClock
) -> None:
    bring_back(till, order)
    simulator.behave(refunds_pending=1)

    payments.work(rest)
    pending = states(till.database, order)
    simulator.behave(confirm_refunds=True)
    clock.at_ms += LATER_MS
    payments.work(rest)

    assert pending == [RefundState.REQUESTED]
    assert states(till.database, order) == [RefundState.CONFIRMED]
    assert simulator.ledger()["refunded"] == OIL


def test_a_refused_refund_is_owed_again_and_can_be_asked_for_once_more(
    till: ReturnTill, order: Order, payments: Payments, simulator: Simulator
) -> None:
    bring_back(till, order)
    simulator.behave(refuse_refund=1)
    payments.work(rest)

    (item,) = open_items(till.database)
    refused = states(till.database, order)
    act = DeskAct("op-1", item.item_id, "ana", "FUEN", "hub", T0, Resolution.REFUND_AGAIN)
    with till.database.transaction() as connection:
        resolve(connection, act)
    payments.work(rest)

    assert (item.kind, item.money, item.subject) == (
        ItemKind.REFUND_REFUSED,
        OIL,
        order.number,
    )
    assert refused == [RefundState.FAILED]
    assert states(till.database, order) == [RefundState.CONFIRMED]
    assert simulator.ledger()["refunded"] == OIL


def test_never_more_goes_back_than_was_charged(
    till: ReturnTill, order: Order, payments: Payments, simulator: Simulator
) -> None:
    ledger = unseen(ledger_at(till.database, order.order_id))
    bring_back(till, order, 2, ledger=ledger)
    bring_back(ReturnTill(till.database, "FUEN-2"), order, 2, ledger=ledger)

    payments.work(rest)
    watch(till.database)

    assert simulator.ledger()["refunded"] == 2 * OIL
    assert sorted(state.value for state in states(till.database, order)) == [
        "confirmed",
        "failed",
    ]
    kinds = {item.kind for item in open_items(till.database)}
    assert kinds == {ItemKind.REFUND_REFUSED, ItemKind.RETURNED_TWICE}


def test_what_the_order_owed_before_is_no_part_of_it(
    till: ReturnTill, order: Order, payments: Payments, simulator: Simulator
) -> None:
    bring_back(till, order, 3)
    payments.work(rest)

    with till.database.transaction() as connection:
        owe(connection, order.order_id, "left", T0)
    payments.work(rest)

    assert simulator.ledger()["refunded"] == 3 * OIL
    assert open_items(till.database) == []


def test_a_refund_of_what_was_not_paid_on_the_web_is_for_the_desk(
    till: ReturnTill, payments: Payments
) -> None:
    sold = till.sell(OIL)
    web = Refund(new_id(), sold, Means.WEB, euros(OIL), state=RefundState.CONFIRMED)
    document = till.take_back(ledger_at(till.database, sold), refunds=(web,))

    payments.work(rest)

    (item,) = open_items(till.database)
    assert (item.kind, item.subject) == (ItemKind.REFUND_REFUSED, str(document.number))


def test_one_unit_that_came_back_in_two_shops_is_paid_once_until_somebody_says_otherwise(
    till: ReturnTill, hub: HubDatabase, payments: Payments, simulator: Simulator
) -> None:
    placed = place(hub, prepaid=True, lines=[line(pieces=1), line(pieces=1)])
    payments.settle(placed.order_id)
    payments.work(rest)
    order = collect(hub, placed)
    ledger = ledger_at(hub, order.order_id)
    bring_back(till, order, ledger=ledger)
    bring_back(ReturnTill(hub, "FUEN-2"), order, ledger=ledger)

    payments.work(rest)
    watch(hub)
    once = simulator.ledger()["refunded"]
    items = {item.kind: item for item in open_items(hub)}
    refused = items[ItemKind.REFUND_REFUSED]
    act = DeskAct("op-1", refused.item_id, "ana", "FUEN", "hub", T0, Resolution.REFUND_AGAIN)
    with hub.transaction() as connection:
        resolve(connection, act)
    payments.work(rest)

    assert once == OIL
    assert set(items) == {ItemKind.REFUND_REFUSED, ItemKind.RETURNED_TWICE}
    assert simulator.ledger()["refunded"] == 2 * OIL


def test_what_may_have_been_paid_is_not_called_refused_for_what_came_after(
    till: ReturnTill, order: Order, payments: Payments, simulator: Simulator, clock: FixedClock
) -> None:
    bring_back(till, order)
    simulator.behave(lose_answer=1)
    payments.work(rest)
    with till.database.transaction() as connection:
        held = book.held(connection, order.order_id)
        book.save(connection, held, replace(held.order, state=OrderState.CANCELLED))
        owe(connection, order.order_id, "cancelled", T0)
    simulator.behave(errors=1)  # for the two bottles that the order owes
    clock.at_ms += LATER_MS
    payments.work(rest)

    assert simulator.ledger()["refunded"] == OIL
    with till.database.reading() as connection:
        assert connection.scalars(select(return_refund.c.state)).all() == ["confirmed"]


def test_an_order_that_came_back_for_credit_is_not_paid_back_too_when_it_is_cancelled_after_all(
    hub: HubDatabase, payments: Payments, order: Order, till: ReturnTill, simulator: Simulator
) -> None:
    ledger = ledger_at(hub, order.order_id)
    credit = Refund(new_id(), order.order_id, Means.STORE_CREDIT, euros(2 * OIL), "card")
    till.take_back(ledger, (1, 2000), refunds=(credit,))

    with hub.transaction() as connection:
        known = book.held(connection, order.order_id)
        book.save(connection, known, replace(known.order, state=OrderState.CANCELLED))
        owe(connection, order.order_id, "cancelled", LATER_MS)
    payments.work(rest)

    assert simulator.ledger()["refunded"] == OIL  # the third bottle's


def test_what_was_left_at_the_counter_is_paid_back_beside_what_came_back(
    hub: HubDatabase, payments: Payments, order: Order, till: ReturnTill, simulator: Simulator
) -> None:
    ledger = ledger_at(hub, order.order_id)
    credit = Refund(new_id(), order.order_id, Means.STORE_CREDIT, euros(OIL), "card")
    till.take_back(ledger, (1, 1000), refunds=(credit,))

    with hub.transaction() as connection:
        known = book.held(connection, order.order_id)
        lines = tuple(replace(one, delivered=2000) for one in known.order.lines)
        book.save(connection, known, replace(known.order, lines=lines))
        owe(connection, order.order_id, "left", LATER_MS)
    payments.work(rest)

    assert simulator.ledger()["refunded"] == OIL
