"""Plain things of the shop for tests: products, baskets, paid sales, people, data folders."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

from pos.domain.basket import Basket, EntryMethod
from pos.domain.catalogue import Product
from pos.domain.fiscal import FiscalStamp
from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.numbering import DocumentKind, ReceiptNumber
from pos.domain.promotion import Coupon, GivenPromotion, Share
from pos.domain.quantity import Quantity, Unit
from pos.domain.sale import Sale, complete_sale, sale_body
from pos.domain.staff import Role, StaffMember
from pos.domain.tax import TaxRate
from pos.domain.tender import CashPolicy, Payment, TenderKind
from pos.domain.ticket import TicketState
from pos.domain.till_session import CashCount, SessionFigures, SessionReport, TillSession
from pos.store.catalogue_builder import CatalogueBuilder, CatalogueMeta
from pos.store.facts import TillIdentity
from pos.store.till_store import StoredRecords, TillStore
from tests.templates import new_till

CURRENCY = "EUR"
KEY = bytes(range(32))
IDENTITY = TillIdentity(till="FUEN-2", shop="FUEN", number=2)
MORNING_MS = 1_790_000_000_000  # a moment to begin with; tests add to it
STANDARD = TaxRate(2100, "general")
REDUCED = TaxRate(1000, "reducido")
STAMP = FiscalStamp("test", ("documento no fiscal",))

_ids = itertools.count(1)


def new_id() -> str:
    """Return an identifier no other test of this process has."""
    return f"00000000-0000-7000-8000-{next(_ids):012d}"


def eur(minor: int) -> Money:
    """Return an amount in euro cents."""
    return Money(minor, CURRENCY)


def product(sku: str = "8410000000017", price: int = 1_00, **changes: object) -> Product:
    """Return a product; `price` is cents."""
    fields: dict[str, object] = {
        "sku": sku,
        "gtin": int(sku) if sku.isdigit() else None,
        "name": f"Producto {sku}",
        "price": eur(price),
        "tax_rate": STANDARD,
    }
    return Product(**{**fields, **changes})  # type: ignore[arg-type]


def basket(lines: int = 3, *, basket_id: str | None = None) -> Basket:
    """Return an open basket of so many lines, one piece each, 1.01, 1.02… euros."""
    made = Basket(basket_id or new_id(), CURRENCY, MORNING_MS, "ana")
    for number in range(1, lines + 1):
        rate = STANDARD if number % 2 else REDUCED
        item = product(f"84100000{number:05d}", 100 + number, tax_rate=rate)
        made = made.with_product(item, Quantity.each(1), EntryMethod.SCANNED)
    return made


def promoted(made: Basket, *amounts: int, coupon: str = "") -> Basket:
    """Return a basket with a promotion for each of `amounts` (cents) off its first line.

    All of them are for the `coupon`, if one is named.
    """
    number = next(line.number for line in made.lines if line.takes_promotions)
    given = tuple(
        GivenPromotion(f"p{place}", f"Oferta {place}", (Share(number, eur(minor)),), coupon)
        for place, minor in enumerate(amounts, start=1)
    )
    if coupon:
        made = made.with_coupon(Coupon(coupon, "p1", 3))
    return made.with_promotions(given)


def weighed(grams: int, price_per_kilogram: int = 4_00) -> Basket:
    """Return a basket with one weighed line."""
    item = product("20001", price_per_kilogram, unit=Unit.KILOGRAM)
    quantity = Quantity(grams, Unit.KILOGRAM)
    return basket(0).with_product(item, quantity, EntryMethod.KEYED)


def paid_in_cash(made: Basket, *, tendered: int | None = None) -> Payment:
    """Return the payment of a basket in cash, exact when `tendered` (cents) is not given."""
    total = made.totals.total
    if not total:
        return Payment(total)
    given = total if tendered is None else eur(tendered)
    return Payment(total).with_cash(given, CashPolicy())


def paid_by_card(made: Basket, *, is_verified: bool = True) -> Payment:
    """Return the payment of a basket by card."""
    total = made.totals.total
    return Payment(total).with_exact(
        TenderKind.CARD, total, reference=new_id(), is_verified=is_verified
    )


def sale(
    made: Basket | None = None,
    *,
    payment: Payment | None = None,
    number: ReceiptNumber | None = None,
    session_id: str = "session-1",
    at_ms: int = MORNING_MS,
    source: str = "",
) -> Sale:
    """Return a completed sale of a basket, paid in cash unless said otherwise."""
    made = made or basket()
    return complete_sale(
        made,
        payment or paid_in_cash(made),
        number=number or ReceiptNumber("2", 1),
        shop=IDENTITY.shop,
        till=IDENTITY.till,
        session_id=session_id,
        staff_id="ana",
        staff_name="Ana",
        completed_at_ms=at_ms,
        fiscal=STAMP,
        source=source,
    )


def session(session_id: str = "session-1", number: int = 1, **changes: object) -> TillSession:
    """Return an open shift with a float of 100 euros."""
    fields: dict[str, object] = {
        "session_id": session_id,
        "number": number,
        "business_day": "2026-11-22",
        "opened_at_ms": MORNING_MS,
        "opened_by": "ana",
        "opening_float": CashCount(CURRENCY, {20_00: 5}),
    }
    return TillSession(**{**fields, **changes})  # type: ignore[arg-type]


def z_report(shift: TillSession, figures: SessionFigures) -> SessionReport:
    """Return the Z of a shift."""
    return SessionReport(shift, "Z2-000001", figures, MORNING_MS, "Ana", eur(0), 1, "f" * 64)


def staff_member(staff_id: str = "ana", role: Role = Role.CASHIER) -> StaffMember:
    """Return a person of the shop."""
    return StaffMember(staff_id, staff_id.capitalize(), role, badge=f"badge-{staff_id}")


def till_store(folder: Path, *, has_session: bool = True) -> TillStore:
    """Return the store of a till made in `folder`, with an open shift unless told otherwise."""
    path = folder / "till.db"
    new_till(path, key=KEY, identity=IDENTITY)
    store = TillStore(path, key=KEY)
    if has_session:
        with store.transaction() as records:
            if records.sessions.current() is None:
                records.sessions.save(session())
    return store


def record(
    records: StoredRecords,
    made: Basket | None = None,
    *,
    payment: Payment | None = None,
    session_id: str = "session-1",
) -> Sale:
    """Record a sale as the services do: number, rows, fact, and the ticket is gone."""
    number = records.numbers.next(DocumentKind.SALE)
    done = sale(made, payment=payment, number=number, session_id=session_id)
    records.sales.add(done)
    records.journal.append(
        FactKind.SALE_COMPLETED,
        sale_body(done, made.coupons if made else ()),
        op_id=new_id(),
        at_ms=done.completed_at_ms,
        session_id=done.session_id,
    )
    records.tickets.remove(done.sale_id, TicketState.RECORDED)
    return done


def catalogue_row(item: Product, popularity: int = 0) -> tuple[object, ...]:
    """Return a product as a row of the catalogue's stream."""
    return (
        item.sku, item.gtin, item.name, item.brand, item.department, item.price.minor,
        item.price.currency, item.tax_rate.basis_points, item.tax_rate.name, item.unit.value,
        item.picture, item.has_open_price, item.has_demonstration_price, popularity,
    )  # fmt: skip


def catalogue(
    folder: Path,
    products: Iterable[Product],
    *,
    generation: int = 1,
    quick_keys: Sequence[tuple[str, int, str, str]] = (),
    stock: Sequence[tuple[str, int, int]] = (),
) -> Path:
    """Build a catalogue generation in `folder`, make it current, and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [catalogue_row(item) for item in products]
    meta = CatalogueMeta(generation, CURRENCY, MORNING_MS)
    with CatalogueBuilder(folder, meta) as builder:
        builder.add_products(rows)
        builder.add_quick_keys(quick_keys)
        builder.add_stock(stock)
        return builder.finish(len(rows))
