"""A till on a real encrypted file, with a clock and identifiers that tests can foresee."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pos.country import load_country
from pos.domain.catalogue import CatalogueInfo, Product, QuickKey, SearchHit, StockLevel
from pos.domain.journal import Fact
from pos.domain.money import Money
from pos.domain.quantity import Unit
from pos.domain.scan import InStoreTemplate, ScanRules, ValueKind
from pos.domain.staff import Policy, Role, StaffMember
from pos.domain.tax import TaxRate
from pos.domain.till_session import CashCount
from pos.fiscal.none import NoFiscalModule
from pos.services.till_session import open_session
from pos.services.workstation import SignOn, Workstation
from pos.store.facts import TillIdentity
from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from tests.templates import new_till

KEY = b"k" * 32
IVA, REDUCED = TaxRate(2100, "IVA"), TaxRate(1000, "IVA")

OIL = Product("oil", 8410000000009, "Aceite", Money(7_95, "EUR"), REDUCED)
COFFEE = Product("00123", None, "Café", Money(24_90, "EUR"), REDUCED, Unit.KILOGRAM)
TWIN = Product("twin", 8410000000023, "Manta", Money(39_90, "EUR"), IVA)
OTHER_TWIN = Product("twin-2", TWIN.gtin, "Manta gris", Money(35_90, "EUR"), IVA)
GIFT_WRAP = Product("wrap", None, "Envoltorio", Money(0, "EUR"), IVA, has_open_price=True)

LUCIA = StaffMember("lucia", "Lucía Romero", Role.CASHIER, badge="B1")
HUGO = StaffMember("hugo", "Hugo Gil", Role.SHIFT_LEAD, badge="B2")
MARTA = StaffMember("marta", "Marta Sanz", Role.MANAGER, badge="B3")
PINS = {"lucia": "1111", "hugo": "2222", "marta": "3333"}


class FakeClock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.ms = 1_790_000_000_000

    def now_ms(self) -> int:
        return self.ms


class CountingIds:
    """Gives id-1, id-2, …"""

    def __init__(self) -> None:
        self.given = 0

    def new(self) -> str:
        self.given += 1
        return f"id-{self.given:06d}"


class PlainPins:
    """Hashes a PIN to itself."""

    def matches(self, pin: str, stored_hash: str) -> bool:
        return pin == stored_hash


class ShelfCatalogue:
    """A catalogue of a few products in memory."""

    def __init__(self, *products: Product) -> None:
        self.products = products
        self.generation = 1

    def info(self) -> CatalogueInfo | None:
        return CatalogueInfo(self.generation, len(self.products), 0, 0)

    def contains(self, gtin: int) -> bool:
        return any(product.gtin == gtin for product in self.products)

    def by_gtin(self, gtin: int) -> tuple[Product, ...]:
        return tuple(product for product in self.products if product.gtin == gtin)

    def by_sku(self, sku: str) -> Product | None:
        return next((product for product in self.products if product.sku == sku), None)

    def search(self, text: str, *, limit: int = 50) -> tuple[SearchHit, ...]:
        found = [p for p in self.products if text.lower() in p.name.lower()]
        return tuple(SearchHit(product, None) for product in found[:limit])

    def stock(self, sku: str) -> StockLevel | None:
        return StockLevel(5_000, 0) if sku == OIL.sku else None

    def quick_keys(self) -> tuple[QuickKey, ...]:
        return ()

    def current(self) -> ShelfCatalogue:
        return self

    def pinned(self, generation: int) -> ShelfCatalogue:
        return self


@dataclass
class Shop:
    """What a test needs to look behind the counter."""

    station: Workstation
    clock: FakeClock
    path: Path

    def facts(self) -> list[Fact]:
        store = AgentStore(self.path, key=KEY)
        try:
            return store.facts_from(1, 1, 10_000, 50_000_000)
        finally:
            store.close()

    def kinds(self) -> list[str]:
        return [fact.kind.value for fact in self.facts()]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    path = tmp_path / "till.db"
    new_till(path, key=KEY, identity=TillIdentity("FUEN-2", "FUEN", 2, 1))
    agent = AgentStore(path, key=KEY)
    agent.apply_staff([(member, PINS[member.staff_id]) for member in (LUCIA, HUGO, MARTA)], 1)
    agent.close()
    store, clock, spain = TillStore(path, key=KEY), FakeClock(), load_country("ES")
    station = Workstation(
        shop="FUEN",
        till="FUEN-2",
        till_number=2,
        currency="EUR",
        store=store,
        catalogues=ShelfCatalogue(OIL, COFFEE, TWIN, OTHER_TWIN, GIFT_WRAP),
        clock=clock,
        ids=CountingIds(),
        fiscal=NoFiscalModule(),
        pins=PlainPins(),
        policy=Policy(),
        scan_rules=ScanRules((InStoreTemplate("precio", "21IIIIIVVVVVK", ValueKind.PRICE, 2),)),
        cash_policy=spain.cash_policy,
        denominations=spain.denominations,
    )
    yield Shop(station, clock, path)
    store.close()


@pytest.fixture
def at_work(shop: Shop) -> SignOn:
    """Lucía, a cashier, with an open shift and 100 euros of float."""
    signed_on = SignOn(shop.station, LUCIA)
    return open_session(signed_on, CashCount("EUR", {50_00: 2}), business_day="2026-11-22")


@pytest.fixture
def lead(at_work: SignOn) -> SignOn:
    """Hugo, the shift lead, in Lucía's shift."""
    return SignOn(at_work.station, HUGO, at_work.session)
