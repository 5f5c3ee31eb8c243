"""What no till of ours says of an order: kept, and nothing of the order changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.collection import ParcelState, ShortReason, Substitute
from pos.domain.collection_events import (
    HoldExtended,
    LineDelivered,
    LinePicked,
    LineShort,
    OrderStaged,
    ParcelSeen,
    ParcelsReceived,
    SubstituteAnswered,
    SubstituteProposed,
)
from pos.domain.quantity import THOUSAND
from sync.hub.database import HubDatabase
from sync.wire.v1.desk import ItemKind
from tests.order_builders import LUCIA, handover
from tests.sync.hub.order_kit import (
    OrderTill,
    deliver,
    items,
    now,
    on_hand,
    placed,
    staged,
)

APPLIED = ("applied", "")


@pytest.fixture
def one(database: HubDatabase) -> OrderTill:
    deliver(database, "FUEN", sku_1=10_000, sku_2=10_000)
    return OrderTill(database, "FUEN-1")


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(LinePicked("{}", LUCIA, 1, 2**70), id="a quantity beyond numbers"),
        pytest.param(LinePicked("{}", "x" * 300, 1, 1), id="a name beyond texts"),
        pytest.param(
            ParcelsReceived("{}", LUCIA, (ParcelSeen(1, ParcelState.RECEIVED),) * 600),
            id="parcels beyond counting",
        ),
    ],
)
def test_what_is_larger_than_anything_of_ours_is_kept_and_not_read(
    database: HubDatabase, one: OrderTill, event: LinePicked
) -> None:
    order = placed(database)

    outcome = one.says(replace(event, order_id=order.order_id))

    assert outcome == [("parked", "unreadable_body")]
    assert now(database, order) == order


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(LinePicked("{}", LUCIA, 1, -1), id="less than nothing picked"),
        pytest.param(LinePicked("{}", LUCIA, 77, 1), id="a line that is not there"),
        pytest.param(LineShort("{}", LUCIA, 1, -5, ShortReason.MISSING), id="short of less"),
        pytest.param(OrderStaged("{}", LUCIA, ()), id="nothing on the shelf"),
        pytest.param(HoldExtended("{}", LUCIA, 2**53), id="held for ever, before it is ready"),
    ],
)
def test_what_cannot_be_of_an_order_changes_nothing_of_it(
    database: HubDatabase, one: OrderTill, event: LinePicked
) -> None:
    order = placed(database)

    ((how, _),) = one.says(replace(event, order_id=order.order_id))

    assert how in {"applied_with_exception", "parked"}
    assert now(database, order) == order
    assert on_hand(database) == {"sku-1": 10_000, "sku-2": 10_000}


def test_a_product_put_in_a_line_s_place_that_no_line_can_hold_is_refused(
    database: HubDatabase, one: OrderTill
) -> None:
    order = placed(database)
    nothing = Substitute("sku-9", None, "Nada", -1, 2100, "general", 0)

    outcomes = one.says(
        SubstituteProposed(order.order_id, LUCIA, 1, nothing),
        SubstituteAnswered(order.order_id, LUCIA, 1, True),
    )

    assert outcomes == [APPLIED, ("applied_with_exception", "too_much")]
    assert now(database, order).line(1).sku == "sku-1"


def test_lines_delivered_beyond_what_was_in_the_parcels_take_nothing_off_the_stock(
    database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one)

    outcome = one.says(handover(order, lines=(LineDelivered(1, 99 * THOUSAND, 0),)))

    assert outcome == [("applied_with_exception", "too_much")]
    assert on_hand(database)["sku-1"] == 10_000
    (item,) = items(database)
    assert item.kind is ItemKind.ORDER_FACT_REFUSED
