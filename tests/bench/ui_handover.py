"""From the last key of a pickup code to its handover painted, among thousands of open orders.

The keys go through the X server as a scanner types them. The time begins when the Intro of the
code reaches the application and ends with the paint event that painted the order's lines; in
between the signature is verified, the order found and the handover kept on disk. The hub is
not reached, so that the act of going on alone is in it too.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from pos.app import WINDOW
from pos.domain.collection import Order, OrderState
from pos.domain.pickup_code import DAY_MS, PickupCode, pickup_code_text, tag_of
from pos.screens.handover.parts import TakeList
from pos.screens.navigator import Screen
from pos.signatures import Purpose, SigningKey
from pos.store.pickup_keys import HubPickupKeys
from tests.bench import shop
from tests.bench.catalogue import SEED, figures
from tests.bench.measures import Context
from tests.bench.report import Row, spread, times
from tests.bench.ui_display import Hands, display
from tests.bench.ui_scan import SLOWEST_SCANNER_MS
from tests.bench.ui_till import (
    BenchTill,
    TookTooLong,
    served_till,
    settle,
    wait_until,
    watch_paints,
)
from tests.order_builders import customer_order, order_line, staged

OPEN_ORDERS = 5_000
LINES = 5
ENOUGH_MS = 100
HUB = SigningKey(bytes(32))


class _Painted:
    """When lines of a handover were painted last."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self, _view: object, keys: set[str]) -> None:
        if keys and not self.at:
            self.at = time.perf_counter()


def measure(context: Context) -> list[Row]:
    """Scan codes of orders, one after the other, each handover given up again."""
    products = 20_000  # orders are what is many here
    count = context.of(OPEN_ORDERS, 200)
    painted = _Painted()
    with display(), shop.copy_of(shop.till_folder(products)) as data:
        shop.point_to(data, shop.NO_HUB)
        watch_paints(TakeList, painted)
        with served_till(data) as (bench, hands):
            bench.window.showNormal()
            bench.window.resize(WINDOW)  # without a window manager nobody else makes it so large
            orders = _fill(bench, count)
            dice = random.Random(SEED)
            chosen = dice.choices(orders, k=context.of(200, 10))
            taken = [_scan(bench, hands, order, painted) for order in chosen]
            found = figures([each for each in taken if each is not None])
            raw = figures(_raw_times(bench, chosen))
    return [_row(found, raw, count, taken)]


def _row(
    found: dict[str, float], raw: dict[str, float], count: int, taken: list[float | None]
) -> Row:
    how = (
        f"{len(taken)} codes typed by xdotool under Xvfb, from the Intro at the application to"
        f" the end of the paint event of the order's {LINES} lines; signature verified, draft"
        " committed three times (begun, bearer known, alone). Limit: finding and reading the"
        " order and verifying the signature."
    )
    return Row(
        f"pickup code → handover painted, {count:,} open orders",
        f"p99 ≤ {ENOUGH_MS} ms",
        spread(found),
        spread(raw, "p50", "p99"),
        times(found["p99"], raw["p99"]),
        found["p99"] <= ENOUGH_MS,
        (how, *_slow_hands(taken.count(None))),
    )


def _slow_hands(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    return (f"{count} codes left out: too busy a machine typed them slowly or wrong.",)


def _fill(bench: BenchTill, count: int) -> list[Order]:
    """Put orders on the shelves of a till that believes our key."""
    counter = bench.counter
    station = replace(counter.station, pickup_keys=HubPickupKeys(HUB.public))
    counter.station = station
    counter.work_as(replace(counter.sign_on, station=station))
    bench.till.navigator.go(Screen.SALE)
    lines = [order_line(number, 1, 9_95 + number) for number in range(1, LINES + 1)]
    model = replace(staged(customer_order(*lines, shop=station.shop)), state=OrderState.READY)
    orders = [
        replace(model, order_id=f"bench-{place}", number=f"W-{20_000 + place}",
                serial=20_000 + place, customer_name=f"Carmen Ortega {place}")
        for place in range(count)
    ]  # fmt: skip
    with station.store.transaction() as records:
        for order in orders:
            records.orders.save(order)
    return orders


def _code(bench: BenchTill, order: Order) -> PickupCode:
    day = bench.counter.station.clock.now_ms() // DAY_MS + 7
    code = PickupCode(
        order.serial, tag_of(order.order_id), order.version, day, bench.counter.station.shop
    )
    return replace(code, signature=HUB.sign(Purpose.PICKUP, code.signed_part))


def _scan(bench: BenchTill, hands: Hands, order: Order, painted: _Painted) -> float | None:
    """Return the milliseconds from Intro to paint; None for a code that was typed badly."""
    bench.keys.forget()
    painted.at = 0.0
    hands.scan(pickup_code_text(_code(bench, order)))
    wait_until(lambda: bool(bench.keys.returns))
    try:
        wait_until(lambda: painted.at > 0, ENOUGH_MS * 20)
        taken: float | None = (painted.at - bench.keys.returns[-1]) * 1000
    except TookTooLong:
        is_slow = bench.keys.slowest_gaps_ms[-1] > SLOWEST_SCANNER_MS
        if not is_slow and bench.till.navigator.panel is None:
            raise
        taken = None  # a lost Shift makes another text of it, which the till looks for
    settle(100)
    while bench.screen is not Screen.SALE or bench.till.navigator.panel is not None:
        hands.press("Escape")
        settle(150)
    return taken


def _raw_times(bench: BenchTill, orders: list[Order]) -> list[float]:
    """Find and read the order, verify the signature: with nothing around them."""
    QApplication.processEvents()
    station, found = bench.counter.station, []
    for order in orders:
        code = _code(bench, order)
        begun = time.perf_counter()
        with station.store.reading() as records:
            records.orders.by_serial(code.serial)
        station.pickup_keys.is_signed(code)
        found.append((time.perf_counter() - begun) * 1000)
    return found
