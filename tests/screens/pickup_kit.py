"""The orders of a shop on a till with a window, as the pictures show them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pos.domain.catalogue import Product
from pos.domain.collection import Order, OrderLine, OrderState
from pos.domain.collection_events import LinePicked, PickingBegun
from pos.domain.quantity import THOUSAND
from pos.domain.scan import ScannedCode, ScanSource
from pos.pages import Pages
from pos.screens.navigator import Screen
from pos.screens.window import MainWindow
from pos.services import recover
from pos.store.outbox import AgentStore
from tests.builders import KEY, catalogue
from tests.order_builders import after, customer_order, order_line, picking, staged
from tests.screens.counter_kit import Kit
from tests.screens.shop_floor import BLANKET, CANDLE, CUP, GOODS, MOKA, STOCK, TWIN

MINUTE_MS, DAY_MS = 60_000, 86_400_000


class Shop:
    """A window with every page, the orders of the test, and hands to use them."""

    def __init__(self, kit: Kit, folder: Path, orders: tuple[Order, ...]) -> None:
        self.kit, self._folder = kit, folder
        catalogue(folder / "catalogue", GOODS, stock=STOCK)
        know(kit, *orders)
        counter = kit.counter
        found = recover.look_around(counter.station)
        pages = Pages(counter, kit.navigator, found, folder)
        self.window = MainWindow(counter, kit.navigator, pages.factories())
        kit.windows.append(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.look()

    def look(self) -> None:
        """Read the queue, and wait until it is shown."""
        loop = QEventLoop()  # unlike QSignalSpy.wait, it lets other threads work
        self.kit.counter.pickups.changed.connect(loop.quit)
        QTimer.singleShot(20_000, loop, lambda: loop.exit(1))
        self.kit.counter.pickups.look()
        assert loop.exec() == 0, "the queue was not read"

    def go(self, screen: Screen, **arguments: object) -> None:
        """Show a screen and wait until the queue was read for it."""
        self.kit.navigator.go(screen, **arguments)
        if screen is Screen.PICKUPS:
            self.look()

    def scan(self, text: str) -> None:
        """Scan a code, wherever the till is."""
        self.window.scanned(ScannedCode(text, None, ScanSource.WEDGE))

    def press(self, *keys: Qt.Key) -> None:
        """Press keys of the keyboard on the page that is shown."""
        for key in keys:
            QTest.keyClick(self.page, key)

    def type(self, text: str) -> None:
        """Type on the page that is shown."""
        QTest.keyClicks(self.page, text)

    @property
    def screen(self) -> Screen:
        return self.kit.navigator.current

    @property
    def page(self) -> QWidget:
        return self.window.page(self.screen)

    @property
    def panel(self) -> QObject | None:
        """The view model of the panel on top."""
        return self.kit.navigator.panel

    def order(self, serial: int) -> Order:
        """Return an order as the till has it on its disk."""
        with self.kit.store.reading() as records:
            found = records.orders.get(f"o-{serial}")
        assert found is not None
        return found

    def kinds(self) -> list[str]:
        """Return the kinds of the facts that were recorded, the oldest first."""
        agent = AgentStore(self._folder / "till.db", key=KEY)
        try:
            return [fact.kind.value for fact in agent.facts_from(1, 1, 10_000, 50_000_000)]
        finally:
            agent.close()


def know(kit: Kit, *orders: Order) -> None:
    """Let the till know orders, as when the hub told of them."""
    with kit.store.transaction() as records:
        for order in orders:
            records.orders.save(order)


def tell(kit: Kit, *orders: Order) -> None:
    """Let the agent say that orders came."""
    know(kit, *orders)
    kit.devices.link.orders_changed.emit()


def line_of(number: int, product: Product, pieces: int, location: str = "") -> OrderLine:
    """Return a line for pieces of a product of the shop."""
    return order_line(
        number,
        pieces,
        product.price.minor,
        sku=product.sku,
        gtin=product.gtin,
        name=product.name,
        picture=product.picture,
        location=location,
    )


def an_order(serial: int, name: str, *lines: OrderLine, **changes: object) -> Order:
    """Return an order of a customer, placed and prepaid unless said otherwise."""
    wanted = lines or (line_of(1, CUP, 2, "Pasillo 2 · B-14"),)
    order = customer_order(
        *wanted,
        order_id=f"o-{serial}",
        number=f"W-{serial}",
        serial=serial,
        customer_name=name,
    )
    return replace(order, **changes)  # type: ignore[arg-type]


def four_articles() -> tuple[OrderLine, ...]:
    """Return what picture g is about."""
    return (
        line_of(1, MOKA, 1, "Pasillo 2 · C-02"),
        line_of(2, CUP, 2, "Pasillo 2 · B-14"),
        line_of(3, TWIN, 1, "Pasillo 3 · D-11"),
        line_of(4, BLANKET, 2, "Pasillo 4 · A-07"),
    )


def ready(order: Order, *shelves: str, **changes: object) -> Order:
    """Return an order on its shelves, its customer told."""
    fields: dict[str, object] = {"state": OrderState.READY, **changes}
    return replace(staged(order, shelves or ("B3",)), **fields)  # type: ignore[arg-type]


def shop_orders(now: int) -> tuple[Order, ...]:
    """Return the orders of picture f."""
    begun = an_order(10491, "Nuria Paz", line_of(1, CUP, 4), promised_at_ms=now - 6 * MINUTE_MS)
    begun = after(
        begun,
        PickingBegun(begun.order_id, "marta"),
        LinePicked(begun.order_id, "marta", 1, 3 * THOUSAND),
    )
    picked = an_order(10494, "Óscar Tena", line_of(1, CUP, 1), channel="app")
    return (
        replace(begun, placed_at_ms=now - 44 * MINUTE_MS),
        ready(
            an_order(10482, "Carmen Ortega", line_of(1, CUP, 3), is_prepaid=False),
            "B3", "B3",
            arrived_at_ms=now - 2 * MINUTE_MS, placed_at_ms=now - DAY_MS,
        ),
        an_order(
            10497, "Javier Mora", *four_articles(),
            promised_at_ms=now + 9 * MINUTE_MS, placed_at_ms=now - 16 * MINUTE_MS, channel="app",
        ),
        an_order(
            10498, "Inés Rubio", line_of(1, CANDLE, 2), is_prepaid=False,
            promised_at_ms=now + 23 * MINUTE_MS, placed_at_ms=now - 2 * MINUTE_MS,
        ),
        replace(after(picked, *picking(picked)), from_shop="GOYA",
                promised_at_ms=now + 31 * MINUTE_MS, placed_at_ms=now - 90 * MINUTE_MS),
        ready(
            an_order(10377, "Elena Sanz", line_of(1, CUP, 1)), "A1",
            hold_until_ms=now + MINUTE_MS,
            notified_at_ms=(now - 7 * DAY_MS, now - 2 * DAY_MS, now - DAY_MS),
        ),
        ready(
            an_order(10468, "Andrés Lago", line_of(1, BLANKET, 5), is_prepaid=False),
            "C2", "C2", "C2", hold_until_ms=now + 5 * DAY_MS,
        ),
        ready(an_order(10473, "Pilar Gil", line_of(1, CUP, 2)), "A4",
              hold_until_ms=now + 6 * DAY_MS, channel="app"),
    )  # fmt: skip
