"""The shop of an acceptance test: hub, payment provider, a till with its window, browsers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

from hardware.receipt_printer.emulator.printer import EmulatedPrinter
from hardware.receipt_printer.emulator.server import TcpPrinterServer
from pos.commands.demonstration.collecting import Pickups
from pos.commands.demonstration.eyes import still_picture
from pos.commands.demonstration.opening import Opened, demonstration
from pos.commands.demonstration.stand import Stand, at_counter
from pos.commands.demonstration.web_shop import Ordered, WebShop
from pos.commands.hub_database import open_hub
from pos.domain.collection import Order
from pos.domain.pickup_figures import PickupFigures
from pos.system import SystemClock
from sync.hub.database import begin
from sync.hub.orders import book
from sync.hub.orders.codes import pickup_code_of, signing_key
from sync.hub.orders.figures import pickup_figures
from sync.hub.tables import stock_level, stock_pending
from sync.hub.tables_orders import stock_reserved
from tests.browser import LAPTOP, Browser, browser

ZONE = "Europe/Madrid"


@dataclass
class Shop:
    """The shop with one till; `pictures` is where its screens are kept."""

    opened: Opened
    printer: EmulatedPrinter
    floor: Pickups
    pictures: Path

    def snap(self, name: str) -> None:
        """Keep a picture of the till's window."""
        picture = still_picture(self.floor.stand.display.picture)
        picture.save(self.pictures / f"{name}.png")

    def stock(self, sku: str) -> tuple[int, int]:
        """Return how much there is of an article, and how much of it is promised (thousandths)."""
        shop = self.opened.shop.code
        with open_hub(self.opened.db_url) as engine, begin(engine) as connection:
            level, pending, kept = (
                connection.execute(
                    table.select().where(table.c.shop == shop, table.c.sku == sku)
                ).all()
                for table in (stock_level, stock_pending, stock_reserved)
            )
        on_hand = sum(row.on_hand for row in level) - sum(row.thousandths for row in pending)
        return on_hand, sum(row.thousandths for row in kept)

    def ledger(self) -> dict[str, int]:
        """Return what money moved at the payment provider."""
        assert self.opened.provider is not None
        address = f"{self.opened.provider.url}/ledger"
        said: dict[str, int] = requests.get(address, timeout=20).json()
        return said

    def papers(self) -> str:
        """Return everything that was printed."""
        return "\n".join(receipt.text for receipt in self.printer.receipts)


@dataclass
class Counter(Shop):
    """Everything a journey from the web meets."""

    phone: Browser
    laptop: Browser
    before: dict[str, int] = field(default_factory=dict)
    page: str = ""

    @property
    def ordered(self) -> Ordered:
        """The order of the journey."""
        assert self.floor.paid is not None
        return self.floor.paid

    def order_at_hub(self) -> Order:
        """Return the only order the hub has."""
        with open_hub(self.opened.db_url) as engine, begin(engine) as connection:
            return book.known(connection, self.ordered.order_id)

    def code_of(self, order_id: str) -> Ordered:
        """Return an order with the code its customer is shown."""
        with open_hub(self.opened.db_url) as engine, begin(engine) as connection:
            order = book.known(connection, order_id)
            return Ordered(order_id, order.number, pickup_code_of(order, signing_key(connection)))

    def figures(self) -> PickupFigures:
        """Return today's figures of orders."""
        with open_hub(self.opened.db_url) as engine, begin(engine) as connection:
            return pickup_figures(
                connection,
                self.opened.shop.code,
                days=1,
                zone=ZONE,
                now_ms=SystemClock().now_ms(),
            )


@contextmanager
def open_shop(folder: Path) -> Iterator[Shop]:
    """Open shop and web shop, and the window of its till; everything ends with the block."""
    logs, pictures = folder / "logs", folder / "pictures"
    for each in (logs, pictures):
        each.mkdir(parents=True)
    with ExitStack() as stack:
        printer = EmulatedPrinter(48)
        server = stack.enter_context(TcpPrinterServer(printer))
        opened = stack.enter_context(demonstration(folder / "data", at_counter(server)))
        stand = Stand("till", opened, printer, logs)
        stack.callback(stand.close)
        stand.open()
        stand.wait()
        yield Shop(opened, printer, Pickups(stand, WebShop(opened), opened, pictures), pictures)


@contextmanager
def open_counter(folder: Path) -> Iterator[Counter]:
    """Open a shop, and a phone and a laptop to look at its web shop."""
    with open_shop(folder) as shop, browser(is_phone=True) as phone, browser(LAPTOP) as laptop:
        yield Counter(shop.opened, shop.printer, shop.floor, shop.pictures, phone, laptop)
