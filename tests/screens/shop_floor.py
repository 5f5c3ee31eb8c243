"""A counter with the goods of the shop, its pages in the window, and hands to use them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.catalogue import Product
from pos.domain.quantity import Unit
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.staff import StaffMember
from pos.screens.customer.page import CustomerPageViewModel
from pos.screens.customer.page_view import CustomerPage
from pos.screens.navigator import Screen
from pos.screens.open_shift.view import OpenShiftPage
from pos.screens.open_shift.view_model import OpenShiftViewModel
from pos.screens.preferences import Preferences
from pos.screens.sale.view import SalePage
from pos.screens.sale.view_model import SaleViewModel
from pos.screens.sign_in.view import SignInPage
from pos.screens.sign_in.view_model import SignInViewModel
from pos.screens.window import MainWindow
from pos.settings import TillSettings
from pos.store.outbox import AgentStore
from tests.builders import KEY, MORNING_MS, REDUCED, STANDARD, catalogue, eur, product
from tests.screens.counter_kit import LUCIA, Kit, open_kit

MINUTE_MS = 60_000


def _goods(
    sku: str, name: str, price: int, brand: str = "", picture: str = "", **more: object
) -> Product:
    return product(sku, price, name=name, brand=brand, picture=picture, **more)


OIL = _goods(
    "8410000000017", "Aceite de oliva virgen extra 500 ml", 795, "Sierra Alta", "p-bottle"
)
COFFEE = _goods(
    "20001", "Café en grano Colombia, a granel", 2490, "", "p-beans",
    unit=Unit.KILOGRAM, tax_rate=REDUCED,
)  # fmt: skip
CHOCOLATE = _goods("8410000000024", "Chocolate negro 70 % 100 g", 249, "Nogal", "p-choco")
BLANKET = _goods("8410000000031", "Manta de lana 130 × 170 gris", 3990, "La Nava", "p-blanket")
CANDLE = _goods("8410000000048", "Vela de soja higuera 220 g", 1450, "", "p-candle")
CLOTHS = _goods("8410000000055", "Paños de cocina algodón, 4 uds", 1295, "", "p-cloth")
CUP = _goods("8436012340179", "Taza de gres 350 ml azul", 995, "Alfar Talavera", "p-cup")
SAND_CUP = _goods("8436012340186", "Taza de gres 350 ml arena", 995, "Alfar Talavera", "p-cup")
WHITE_CUP = _goods("8437008891200", "Taza esmaltada 400 ml blanca", 750, "La Nava", "p-cup")
CUP_SET = _goods("8436012340193", "Juego 2 tazas café con plato", 1890, "Alfar Talavera")
MOKA = _goods("8437011720337", "Cafetera italiana 6 tazas", 3290, "Norte Menaje", "p-moka")
BAG = _goods("8410000000062", "Bolsa de papel kraft", 15, "", "p-bagkraft")
BREAD = _goods("8410000000079", "Pan de pueblo", 320, "", "p-bread", tax_rate=REDUCED)
OPEN = _goods("PL-HOGAR", "Precio libre hogar", 0, "", "tag", has_open_price=True, gtin=None)
TWIN = _goods("JARRA-1", "Jarra de vidrio 1 l", 650, "Vidrio Norte", "p-jar", gtin=8410000000086)
OTHER_TWIN = replace(TWIN, sku="JARRA-2", name="Jarra de vidrio 1 l, tapa", price=eur(695))
FREE = _goods("8410000000093", "Muestra de jabón", 0, "", "p-soap")

GOODS = (
    OIL, COFFEE, CHOCOLATE, BLANKET, CANDLE, CLOTHS, CUP, SAND_CUP, WHITE_CUP, CUP_SET, MOKA,
    BAG, BREAD, OPEN, TWIN, OTHER_TWIN, FREE,
)  # fmt: skip
QUICK_KEYS = (
    ("Favoritos", 1, "Bolsa papel", BAG.sku), ("Favoritos", 2, "Café Colombia", COFFEE.sku),
    ("Favoritos", 3, "Pan de pueblo", BREAD.sku), ("Favoritos", 4, "Aceite", OIL.sku),
    ("Favoritos", 5, "Vela pequeña", CANDLE.sku), ("Favoritos", 6, "Precio libre", OPEN.sku),
    ("Favoritos", 7, "Juego de tazas", CUP_SET.sku), ("Hogar", 1, "Manta", BLANKET.sku),
    ("Textil", 1, "Paños", CLOTHS.sku),
)  # fmt: skip
STOCK = (
    (CUP.sku, 14_000, MORNING_MS - 3 * MINUTE_MS), (SAND_CUP.sku, 6_000, MORNING_MS - MINUTE_MS),
    (WHITE_CUP.sku, 0, MORNING_MS - 3 * MINUTE_MS),
    (CUP_SET.sku, 1_000, MORNING_MS - 120 * MINUTE_MS), (MOKA.sku, 3_000, MORNING_MS),
)  # fmt: skip


class Floor:
    """The window of a till with sign-in, shift and sale; other pages are blank."""

    def __init__(self, kit: Kit, folder: Path, size: tuple[int, int] = (1366, 768)) -> None:
        self.kit, self.folder = kit, folder
        counter, navigator = kit.counter, kit.navigator
        self.preferences = Preferences.of(counter.settings)
        self.sale = SaleViewModel(counter, navigator)
        self.sign_in = SignInViewModel(counter, navigator)
        self.open_shift = OpenShiftViewModel(counter, navigator)
        factories: dict[Screen, Callable[[], QWidget]] = dict.fromkeys(Screen, QWidget)
        factories[Screen.SALE] = lambda: SalePage(self.sale)
        factories[Screen.SIGN_IN] = lambda: SignInPage(self.sign_in)
        factories[Screen.OPEN_SHIFT] = lambda: OpenShiftPage(self.open_shift)
        factories[Screen.CUSTOMER] = lambda: CustomerPage(
            CustomerPageViewModel(counter, navigator)
        )
        self.window = MainWindow(counter, navigator, factories, preferences=self.preferences)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def scan(self, what: Product | str) -> None:
        """Scan a product, or a code as text."""
        text = what if isinstance(what, str) else what.sku
        self.window.scanned(ScannedCode(text, None, ScanSource.WEDGE))

    def type(self, text: str) -> None:
        """Type on the keyboard, wherever the focus is."""
        for sign in text:
            QTest.keyClicks(self.focus, sign)

    def press(self, *keys: Qt.Key) -> None:
        """Press keys of the keyboard, wherever the focus is."""
        for key in keys:
            QTest.keyClick(self.focus, key)

    @property
    def sale_page(self) -> SalePage:
        return cast(SalePage, self.window.page(Screen.SALE))

    @property
    def sign_in_page(self) -> SignInPage:
        return cast(SignInPage, self.window.page(Screen.SIGN_IN))

    @property
    def open_shift_page(self) -> OpenShiftPage:
        return cast(OpenShiftPage, self.window.page(Screen.OPEN_SHIFT))

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    @property
    def panel(self) -> QWidget | None:
        """The widget of the panel on top."""
        return self.window.stage.host.panel

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Quantity, name and amount of the rows as they are painted."""
        rows = self.sale_page.ticket.lines.rows.rows
        return [(row.quantity, row.name, row.amount) for row in rows]

    def last_fact(self) -> tuple[str, str]:
        """Return kind and reason of the last fact in the journal."""
        agent = AgentStore(self.folder / "till.db", key=KEY)
        try:
            last = agent.facts_from(1, 1, 10_000, 10_000_000)[-1]
        finally:
            agent.close()
        return last.kind.value, str(last.body.get("reason", ""))

    @property
    def entry(self) -> str:
        """What the entry row says."""
        return self.sale_page.ticket.entry.accessibleName()


def open_floor(
    folder: Path,
    *,
    operator: StaffMember = LUCIA,
    settings: TillSettings | None = None,
    has_session: bool = True,
    screen: Screen = Screen.SALE,
    size: tuple[int, int] = (1366, 768),
) -> Floor:
    """Open a till of the shop in `folder` on a screen."""
    kit = open_kit(folder, operator=operator, settings=settings, has_session=has_session)
    catalogue(folder / "catalogue", GOODS, quick_keys=QUICK_KEYS, stock=STOCK)
    if screen is Screen.SIGN_IN:
        kit.counter.work_as(None)
    floor = Floor(kit, folder, size)
    kit.navigator.go(screen)
    return floor


__all__ = ["STANDARD", "Floor", "open_floor"]
