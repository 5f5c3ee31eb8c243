"""A till with all its pages, orders on its shelves, and a hub that answers when told to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.collection import Order, OrderState
from pos.domain.pickup_code import DAY_MS, PickupCode, pickup_code_text, tag_of
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.scan_codes import parcel_code
from pos.pages import Pages
from pos.screens.handover.view import HandoverPage
from pos.screens.handover.view_model import HandoverViewModel
from pos.screens.navigator import Screen
from pos.screens.ports import LinkState, LinkStatus
from pos.screens.window import MainWindow
from pos.services.hub_calls import ClaimState, OrderClaim
from pos.services.recover import look_around
from pos.signatures import Purpose, SigningKey
from pos.store.outbox import AgentStore
from pos.store.pickup_keys import HubPickupKeys
from tests.builders import KEY, MORNING_MS, catalogue
from tests.fakes.devices import FakeHub
from tests.order_builders import customer_order, order_line, staged
from tests.screens.counter_kit import Kit, open_kit
from tests.screens.shop_floor import GOODS

HUB = SigningKey(b"h" * 32)
ONLINE = LinkStatus(state=LinkState.ONLINE, last_contact_ms=MORNING_MS)
OFFLINE = LinkStatus(state=LinkState.OFFLINE)
GRANTED = OrderClaim(ClaimState.GRANTED, fence=7)
MOKA, BLANKET, CUSHION = (
    order_line(1, 1, 32_90, name="Cafetera italiana 6 tazas", picture="p-moka"),
    order_line(2, 1, 27_95, name="Mantel antimanchas", picture="p-blanket"),
    order_line(3, 1, 18_00, name="Cojín lino mostaza", picture="p-pillow"),
)


class Till:
    """The window of a till, and the hands that use it."""

    def __init__(self, kit: Kit, folder: Path) -> None:
        self.kit, self._folder = kit, folder
        catalogue(folder / "catalogue", GOODS)
        station = replace(kit.counter.station, pickup_keys=HubPickupKeys(HUB.public))
        kit.counter.station = station
        kit.counter.work_as(replace(kit.counter.sign_on, station=station))
        kit.devices.link.say(ONLINE)
        pages = Pages(kit.counter, kit.navigator, look_around(station), folder)
        kit.navigator.go(Screen.SALE)
        self.window = MainWindow(kit.counter, kit.navigator, pages.factories())
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    @property
    def hub(self) -> FakeHub:
        return self.kit.devices.hub

    @property
    def page(self) -> HandoverPage:
        return cast(HandoverPage, self.window.page(Screen.HANDOVER))

    @property
    def model(self) -> HandoverViewModel:
        return self.page.view_model

    def is_on(self, screen: Screen) -> bool:
        """True while a screen is shown."""
        return self.kit.navigator.current is screen

    @property
    def panel(self) -> QWidget | None:
        return self.window.stage.host.panel

    def know(self, *orders: Order) -> None:
        with self.kit.store.transaction() as records:
            for order in orders:
                records.orders.save(order)

    def order(self, order: Order) -> Order:
        with self.kit.store.reading() as records:
            found = records.orders.get(order.order_id)
        assert found is not None
        return found

    def scan(self, text: str) -> None:
        self.window.scanned(ScannedCode(text, None, ScanSource.WEDGE))

    def scan_code(self, order: Order, **changes: object) -> None:
        """Scan the code on the customer's phone."""
        day = MORNING_MS // DAY_MS + 7
        made = PickupCode(order.serial, tag_of(order.order_id), order.version, day, "FUEN")
        code = replace(made, **changes)  # type: ignore[arg-type]
        signed = replace(code, signature=HUB.sign(Purpose.PICKUP, code.signed_part))
        self.scan(pickup_code_text(signed))

    def scan_parcels(self, order: Order) -> None:
        for parcel in order.parcels:
            self.scan(parcel_code(order.number, parcel.number, parcel.print_number))

    def at_counter(self, order: Order) -> None:
        """Do everything but press the closing key."""
        self.know(order)
        self.scan_code(order)
        self.hub.answer(GRANTED)
        self.scan_parcels(order)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.window, key)

    def touch(self, row: int, side: int) -> None:
        """Touch the left (0) or right (1) half of a line's choice."""
        middle = self.page.list.half(row, side).center().toPoint()
        QTest.mouseClick(self.page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle))

    def facts(self, kind: str) -> list[dict[str, object]]:
        """Return what the journal says of a kind."""
        agent = AgentStore(self._folder / "till.db", key=KEY)
        try:
            facts = agent.facts_from(1, 1, 10_000, 10_000_000)
        finally:
            agent.close()
        return [dict(fact.body) for fact in facts if fact.kind.value == kind]


def shelf_order(number: str = "W-10482", **changes: object) -> Order:
    """Return an order that stands ready in two parcels, paid in the shop unless said."""
    fields = {"order_id": f"o-{number}", "number": number, "serial": int(number[2:])}
    made = customer_order(MOKA, BLANKET, CUSHION, **{"is_prepaid": False, **fields, **changes})
    return replace(staged(made), state=OrderState.READY)


@pytest.fixture
def till(tmp_path: Path, qapp: QApplication) -> Iterator[Till]:
    kit = open_kit(tmp_path)
    made = Till(kit, tmp_path)
    yield made
    made.window.close()
    made.window.deleteLater()
    kit.end()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
