"""A till that takes back by Spanish law with all its pages in the window, for exchanges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.country import load_country
from pos.domain.catalogue import Product
from pos.domain.credit_code import credit_code
from pos.domain.return_policy import ReturnPolicy
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.scan import ScannedCode, ScanSource
from pos.pages import Pages
from pos.screens.change.view import ChangePage
from pos.screens.navigator import Screen
from pos.screens.payment.view import PaymentPage
from pos.screens.returns.view import ReturnPage
from pos.screens.sale.view import SalePage
from pos.screens.window import MainWindow
from pos.services import exchange, pay
from pos.services.hub_calls import ClaimState, FoundPurchases, PurchaseClaim
from pos.services.recover import Found
from pos.services.return_rules import ReturnRules
from tests.builders import catalogue
from tests.screens.counter_kit import Kit, open_kit
from tests.screens.shop_floor import GOODS, QUICK_KEYS

FENCE = 3
NOTHING_FOUND = Found(None, None, (), ())


@dataclass
class Till:
    """The counter with its pages, and hands to use them."""

    kit: Kit
    window: MainWindow

    @property
    def sale(self) -> SalePage:
        return cast(SalePage, self.window.page(Screen.SALE))

    @property
    def returns(self) -> ReturnPage:
        return cast(ReturnPage, self.window.page(Screen.RETURN))

    @property
    def payment(self) -> PaymentPage:
        return cast(PaymentPage, self.window.page(Screen.PAYMENT))

    @property
    def change(self) -> ChangePage:
        return cast(ChangePage, self.window.page(Screen.CHANGE))

    @property
    def screen(self) -> Screen:
        return self.kit.navigator.current

    def press(self, *keys: Qt.Key) -> None:
        """Press keys of the keyboard, wherever the focus is."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.window, key)

    def type(self, text: str) -> None:
        """Type on the keyboard, wherever the focus is."""
        for sign in text:
            QTest.keyClicks(QApplication.focusWidget() or self.window, sign)

    def scan(self, what: Product | str) -> None:
        """Scan a product, or a code as text."""
        text = what if isinstance(what, str) else what.sku
        self.window.scanned(ScannedCode(text, None, ScanSource.WEDGE))

    def sold(self, *goods: Product, by_card: bool = False) -> Sale:
        """Sell for cash, or by card, and return the sale."""
        counter = self.kit.counter
        ticket = None
        for item in goods:
            ticket = self.kit.add(ticket, item)
        assert ticket is not None
        begun = pay.begin(counter.sign_on, ticket)
        paid = pay.take_cash(counter.sign_on, begun, begun.payment.due)
        assert isinstance(paid, pay.Paid)
        counter.record_sale(paid.sale)
        return paid.sale

    def bring(self, sale: Sale, line: int = 1) -> None:
        """Open a receipt on the page of returns and choose a piece, not liked and sealed."""
        self.kit.navigator.go(Screen.RETURN, sale=sale)
        self.kit.devices.hub.answer(FoundPurchases((), self.kit.clock.at_ms))
        if self.returns.view_model.chosen != line:
            self.returns.view_model.choose(line)
        self.press(Qt.Key.Key_Plus)
        self.type("21")

    def exchange(self, sale: Sale, line: int = 1) -> None:
        """Let a piece of a sale pay for the ticket at the counter."""
        self.bring(sale, line)
        shown = self.returns.view_model.shown
        assert shown is not None
        ledger = shown.state.known.ledger
        self.press(Qt.Key.Key_F9)
        self.kit.devices.hub.answer(PurchaseClaim(ClaimState.GRANTED, FENCE, ledger=ledger))

    def recorded(self) -> tuple[Sale, Return]:
        """Return what the exchange was recorded as."""
        sale = self.kit.counter.last_sale
        assert sale is not None
        document = exchange.return_with(self.kit.counter.station, sale)
        assert document is not None
        return sale, document

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Quantity, name and amount of the ticket's rows."""
        return [(row.quantity, row.name, row.amount) for row in self.sale.ticket.lines.rows.rows]


def open_till(folder: Path, size: tuple[int, int] = (1366, 768)) -> Till:
    """Open a till in `folder` on the sale screen."""
    kit = open_kit(folder)
    catalogue(folder / "catalogue", GOODS, quick_keys=QUICK_KEYS)
    rules = ReturnRules(
        ReturnPolicy(),
        load_country("ES").return_law,
        "ES",
        lambda refund_id: credit_code(b"k", refund_id),
        refunds_cards=True,
    )
    station = replace(kit.counter.station, returns=rules)
    kit.counter.station = station
    kit.counter.work_as(replace(kit.counter.sign_on, station=station))
    pages = Pages(kit.counter, kit.navigator, NOTHING_FOUND, folder)
    window = MainWindow(kit.counter, kit.navigator, pages.factories())
    kit.windows.append(window)
    window.resize(*size)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    kit.navigator.go(Screen.SALE)
    return Till(kit, window)


@pytest.fixture
def till(tmp_path: Path, qapp: QApplication) -> Iterator[Till]:
    made = open_till(tmp_path)
    yield made
    made.kit.close()
