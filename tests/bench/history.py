"""Years of sales in a till's database, written through the store without the counter."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pos.domain.basket import Basket, EntryMethod
from pos.domain.catalogue import Product
from pos.domain.fiscal import FiscalStamp
from pos.domain.journal import FactKind, Json
from pos.domain.money import Money
from pos.domain.numbering import DocumentKind, ReceiptNumber
from pos.domain.quantity import Quantity
from pos.domain.sale import Sale, complete_sale, sale_body
from pos.domain.tax import TaxRate
from pos.domain.tender import CashPolicy, Payment
from pos.domain.till_session import CashCount, TillSession
from pos.store.data_folder import DataFolder
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.store.till_store import StoredRecords, TillStore
from tests.bench.catalogue import SEED
from tests.bench.shop import (
    CURRENCY,
    SHOP,
    TILL,
    TILL_FILES,
    copy_of,
    generated_rows,
    made_once,
    till_folder,
)

SALES_A_DAY = 700
FIRST_MS = 1_700_000_000_000
BETWEEN_MS = 60_000
STAMP = FiscalStamp("none", ("documento no fiscal – demostración",))
STANDARD, REDUCED = TaxRate(2100, "general"), TaxRate(1000, "reducido")
SHAPES = 200


def folder_with_history(products: int, sales: int) -> Path:
    """Return a till's data folder with that many recorded sales; do not write in it.

    The sales are acknowledged, in shifts of a day; the last shift is open.
    """

    def make(folder: Path) -> None:
        with copy_of(till_folder(products)) as copied:
            add_history(copied, sales)
            for found in copied.iterdir():
                found.rename(folder / found.name)

    return made_once(f"till-{products}-with-{sales}", make, *TILL_FILES)


def add_history(
    data: Path,
    sales: int,
    *,
    lines: int | None = None,
    is_sent: bool = True,
    a_day: int = SALES_A_DAY,
) -> None:
    """Record sales in a till's database.

    Args:
        lines: Of each sale; None for two to six.
        a_day: Sales of a business day, which has one shift.
        is_sent: Whether the hub is thought to have acknowledged them.
    """
    folder = DataFolder(data)
    key = load_key(folder)
    with closing(TillStore(folder.database, key=key)) as store:
        shapes = [_sold(basket, "template") for basket in _baskets(lines)]
        for day, first in enumerate(range(0, sales, a_day)):
            count = min(a_day, sales - first)
            with store.transaction() as records:
                is_last = first + count == sales
                _record_day(records, shapes, day, first, count, is_last=is_last)
    if is_sent:
        with closing(AgentStore(folder.database, key=key)) as agent:
            _acknowledge(agent, folder, key)


def _acknowledge(agent: AgentStore, folder: DataFolder, key: bytes | None) -> None:
    with closing(TillStore(folder.database, key=key)) as store, store.reading() as records:
        head = records.journal.head()
    agent.mark_acknowledged(1, head.seq, head.hash, FIRST_MS)


def _record_day(
    records: StoredRecords, shapes: list[Sale], day: int, first: int, count: int, *, is_last: bool
) -> None:
    begins_ms = FIRST_MS + first * BETWEEN_MS
    shift = TillSession(
        session_id=f"shift-{day:06d}",
        number=day + 1,
        business_day=f"{2023 + day // 336}-{day // 28 % 12 + 1:02d}-{day % 28 + 1:02d}",
        opened_at_ms=begins_ms,
        opened_by="ana",
        opening_float=CashCount(CURRENCY, {20_00: 5}),
    )
    records.sessions.save(shift)
    _tell_opened(records, shift)
    for place in range(count):
        number = first + place
        shape = shapes[number % len(shapes)]
        at_ms = begins_ms + (place + 1) * BETWEEN_MS
        _record(records, shape, f"{number:032x}", shift.session_id, at_ms)
    if not is_last:
        ends_ms = begins_ms + (count + 1) * BETWEEN_MS
        records.sessions.save(replace(shift, closed_at_ms=ends_ms))


def _tell_opened(records: StoredRecords, shift: TillSession) -> None:
    """Record that a shift began: from this fact the hub knows the business day of its sales."""
    body: dict[str, Json] = {
        "session_id": shift.session_id,
        "number": shift.number,
        "business_day": shift.business_day,
        "staff_id": shift.opened_by,
        "currency": CURRENCY,
        "float": shift.opening_float.body(),
        "float_total": shift.opening_float.total.minor,
    }
    records.journal.append(
        FactKind.SESSION_OPENED,
        body,
        op_id=f"op-{shift.session_id}",
        at_ms=shift.opened_at_ms,
        session_id=shift.session_id,
    )


def _record(
    records: StoredRecords, shape: Sale, sale_id: str, session_id: str, at_ms: int
) -> None:
    sold = replace(
        shape,
        sale_id=sale_id,
        number=records.numbers.next(DocumentKind.SALE),
        session_id=session_id,
        opened_at_ms=at_ms - 30_000,
        completed_at_ms=at_ms,
    )
    records.sales.add(sold)
    records.journal.append(
        FactKind.SALE_COMPLETED,
        sale_body(sold),
        op_id=f"op-{sale_id}",
        at_ms=at_ms,
        session_id=session_id,
    )


def _baskets(lines: int | None) -> Iterator[Basket]:
    """Yield baskets of products as a shop sells them."""
    dice = random.Random(SEED)
    products = [
        Product(
            sku=str(sku),
            gtin=int(str(gtin)),
            name=str(name),
            price=Money(int(str(price)), CURRENCY),
            tax_rate=STANDARD if place % 3 else REDUCED,
            brand=str(brand),
        )
        for place, (sku, gtin, name, brand, _, price, *_) in enumerate(generated_rows(1000))
    ]
    for _ in range(SHAPES):
        basket = Basket("template", CURRENCY, FIRST_MS, "ana")
        for item in dice.sample(products, lines or dice.randint(2, 6)):
            basket = basket.with_product(item, Quantity.each(1), EntryMethod.SCANNED)
        yield basket


def _sold(basket: Basket, session_id: str) -> Sale:
    total = basket.totals.total
    return complete_sale(
        basket,
        Payment(total).with_cash(total, CashPolicy()),
        number=ReceiptNumber("1", 1),
        shop=SHOP,
        till=TILL,
        session_id=session_id,
        staff_id="ana",
        staff_name="Ana",
        completed_at_ms=FIRST_MS,
        fiscal=STAMP,
    )
