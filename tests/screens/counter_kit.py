"""A counter on a real encrypted till, with devices that remember what they were asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QWidget

from pos.background import Background
from pos.country import load_country
from pos.domain.basket import EntryMethod
from pos.domain.catalogue import Product
from pos.domain.errors import StoreUnavailable
from pos.domain.fiscal import FiscalDocument, FiscalStamp
from pos.domain.quantity import Quantity
from pos.domain.staff import Role, StaffMember
from pos.domain.ticket import Ticket
from pos.pins import ArgonPins
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import LinkState, LinkStatus
from pos.screens.window import MainWindow
from pos.services import pay, sell
from pos.services.workstation import SignOn, Workstation
from pos.settings import TillSettings
from pos.store.catalogue_file import CatalogueFile
from pos.store.catalogue_source import CatalogueSource
from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from tests.builders import CURRENCY, IDENTITY, KEY, MORNING_MS, STAMP, new_id, product, till_store
from tests.fakes.devices import FakeDevices

PIN = "2468"


class SteppingClock:
    """Shows a time that only the test moves, in UTC Unix ms."""

    def __init__(self, at_ms: int = MORNING_MS) -> None:
        self.at_ms = at_ms

    def now_ms(self) -> int:
        return self.at_ms


class CountingIds:
    def new(self) -> str:
        return new_id()


class TestFiscal:
    __test__ = False

    def stamp(self, document: FiscalDocument) -> FiscalStamp:
        return STAMP


LUCIA = StaffMember("lucia", "Lucía Romero", Role.CASHIER, badge="LUCIA")
MARTA = StaffMember("marta", "Marta Sanz", Role.SHIFT_LEAD, badge="MARTA")
OSCAR = StaffMember("oscar", "Óscar Vega", Role.MANAGER, badge="OSCAR")


@dataclass
class Kit:
    """Everything of one counter; `sign_on` says who works there."""

    counter: Counter
    navigator: Navigator
    devices: FakeDevices
    clock: SteppingClock
    store: TillStore
    visited: list[Screen]
    windows: list[QWidget] = field(default_factory=list)

    def sell(self, *prices: int, names: tuple[str, ...] = ()) -> Ticket:
        """Put a ticket at the counter with one article for each price, in cents."""
        ticket = None
        for index, price in enumerate(prices):
            item = product(f"{8410000000000 + index}", price)
            if index < len(names):
                item = replace(item, name=names[index])
            ticket = self.add(ticket, item)
        assert ticket is not None
        self.counter.put(ticket)
        return ticket

    def add(self, ticket: Ticket | None, item: Product) -> Ticket:
        """Put one piece on a ticket."""
        sign_on, method = self.counter.sign_on, EntryMethod.SCANNED
        return sell.add_product(sign_on, ticket, item, Quantity.each(1), method)

    def sold(self, *prices: int, tendered: int | None = None) -> None:
        """Sell for cash, exactly or with what the customer hands over, in cents."""
        ticket = pay.begin(self.counter.sign_on, self.sell(*prices))
        due = ticket.payment.due
        given = due if tendered is None else replace(due, minor=tendered)
        paid = pay.take_cash(self.counter.sign_on, ticket, given)
        assert isinstance(paid, pay.Paid)
        self.counter.record_sale(paid.sale)

    def close(self) -> None:
        """Let running work end, close the windows and the files."""
        for window in self.windows:
            window.close()
            window.deleteLater()
        self.end()

    def end(self) -> None:
        """Let nobody look at the till any more and close its files."""
        for timer in self.counter.findChildren(QTimer):
            timer.stop()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the closed windows
        self.counter.background.finish()
        self.store.close()
        with suppress(StoreUnavailable):
            shelf = self.counter.station.catalogues.current()
            if isinstance(shelf, CatalogueFile):
                shelf.close()

    def show(
        self, screen: Screen, page: QWidget, size: tuple[int, int] = (1366, 768)
    ) -> MainWindow:
        """Show a page in the window as the till does."""
        factories: Mapping[Screen, Callable[[], QWidget]] = {
            other: (lambda: page) if other is screen else QWidget for other in Screen
        }
        self.navigator.go(screen)
        window = MainWindow(self.counter, self.navigator, factories)
        self.windows.append(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        page.setFocus()
        return window


@cache  # on purpose it takes long
def _hashed(pin: str) -> str:
    return ArgonPins().hash(pin)


def open_kit(
    folder: Path,
    *,
    operator: StaffMember = LUCIA,
    settings: TillSettings | None = None,
    has_session: bool = True,
) -> Kit:
    """Open a till in `folder` with three people of the shop and an open shift."""
    store = till_store(folder, has_session=has_session)
    agent = AgentStore(folder / "till.db", key=KEY)
    agent.apply_staff([(who, _hashed(PIN)) for who in (LUCIA, MARTA, OSCAR)], cursor=1)
    agent.close()
    (folder / "catalogue").mkdir(exist_ok=True)
    clock = SteppingClock()
    spain = load_country("ES")
    station = Workstation(
        shop=IDENTITY.shop,
        till=IDENTITY.till,
        till_number=IDENTITY.number,
        currency=CURRENCY,
        store=store,
        catalogues=CatalogueSource(folder / "catalogue"),
        clock=clock,
        ids=CountingIds(),
        fiscal=TestFiscal(),
        pins=ArgonPins(),
        cash_policy=spain.cash_policy,
        denominations=spain.denominations,
    )
    status = LinkStatus(LinkState.ONLINE, last_contact_ms=clock.at_ms - 4_000)
    devices = FakeDevices(status)
    counter = Counter(
        station,
        devices.devices,
        settings or TillSettings("FUEN", 2, "http://hub.example:8000"),
        Background(),
        shop_name="Nogal Fuencarral",
    )
    with store.reading() as records:
        session = records.sessions.current()
    counter.work_as(SignOn(station, operator, session))
    navigator = Navigator()
    visited: list[Screen] = []
    navigator.changed.connect(visited.append)
    return Kit(counter, navigator, devices, clock, store, visited)
