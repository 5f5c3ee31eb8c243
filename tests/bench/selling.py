"""A ten-line sale recorded durably by the service that the screen calls."""

from __future__ import annotations

import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path

from pos.domain.basket import EntryMethod
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.staff import Role, StaffMember
from pos.domain.till_session import CashCount
from pos.fiscal.none import NoFiscalModule
from pos.pins import ArgonPins
from pos.services import pay, sell, till_session
from pos.services.workstation import SignOn, Workstation
from pos.store.catalogue_source import CatalogueSource
from pos.store.till_store import TillStore
from pos.system import SystemClock, Uuid7
from tests.bench.catalogue import figures, timed
from tests.bench.measures import Context
from tests.bench.report import Row, spread, times
from tests.bench.store import LINES, rows_of_one_sale, time_fsync, time_raw
from tests.builders import CURRENCY, IDENTITY, product, till_store

P50_MS, P99_MS, MOST_RATIO = 3, 10, 3.0
OPERATOR = StaffMember("ana", "Ana", Role.CASHIER)


def measure(context: Context) -> list[Row]:
    """Sell for cash; only the tender that records the sale is timed."""
    sales = context.of(1_000, 100)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with closing(till_store(folder, has_session=False)) as store:
            sign_on = signed_on(store, folder)
            found = figures([sell_ten_lines(sign_on) for _ in range(sales)])
        raw = figures(time_raw(folder / "till.db", rows_of_one_sale(folder)))
        fsync = figures(time_fsync(folder))
    how = (
        "The service `pay.take_cash`: payment, number, stamp, rows, chained fact, outbox entry,"
        " one commit. Limit: the same rows with sqlcipher3 alone, one commit;"
        f" fdatasync of 16 KiB: {spread(fsync, 'p50', 'p99')}."
    )
    ratio = found["p50"] / raw["p50"]
    is_reached = found["p50"] <= P50_MS and found["p99"] <= P99_MS and ratio <= MOST_RATIO
    return [
        Row(
            f"{LINES}-line sale recorded durably",
            f"p50 ≤ {P50_MS} ms, p99 ≤ {P99_MS} ms, ≤ {MOST_RATIO:g} × raw",
            spread(found),
            spread(raw),
            times(found["p50"], raw["p50"]),
            is_reached,
            (how,),
        )
    ]


def signed_on(store: TillStore, folder: Path) -> SignOn:
    """Return somebody who works at a till of that store, with an open shift."""
    station = Workstation(
        shop=IDENTITY.shop,
        till=IDENTITY.till,
        till_number=IDENTITY.number,
        currency=CURRENCY,
        store=store,
        catalogues=CatalogueSource(folder / "catalogue"),
        clock=SystemClock(),
        ids=Uuid7(),
        fiscal=NoFiscalModule(),
        pins=ArgonPins(),
    )
    with store.reading() as records:
        session = records.sessions.current()
    nobody_yet = SignOn(station, OPERATOR, session)
    if session is not None:
        return nobody_yet
    return till_session.open_session(
        nobody_yet, CashCount(CURRENCY, {20_00: 5}), business_day=time.strftime("%Y-%m-%d")
    )


def sell_ten_lines(sign_on: SignOn) -> float:
    """Ring up ten products and return how many ms the payment took."""
    wanted = [
        (product(f"84100000{place:05d}", 100 + place), Quantity.each(1), None)
        for place in range(LINES)
    ]
    ticket = pay.begin(sign_on, sell.add_many(sign_on, None, wanted, EntryMethod.SCANNED))
    total: Money = ticket.basket.totals.total
    return timed(partial(pay.take_cash, sign_on, ticket, total))
