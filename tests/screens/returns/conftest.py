"""A till that takes things back by Spanish law, with its screen of returns in the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.country import load_country
from pos.domain.credit_code import credit_code
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_policy import Category, Kinds, ReturnPolicy
from pos.domain.return_purchase import Means, PaidBy
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.staff import StaffMember
from pos.screens.navigator import Screen
from pos.screens.ports import LinkState, LinkStatus
from pos.screens.returns.view import ReturnPage
from pos.screens.returns.view_model import ReturnViewModel
from pos.screens.window import MainWindow
from pos.services.hub_calls import ClaimState, FoundPurchase, FoundPurchases, PurchaseClaim
from pos.services.return_rules import ReturnRules
from tests.builders import catalogue, eur
from tests.return_builders import bought_line, came_back, purchase, web_purchase
from tests.screens.counter_kit import LUCIA, Kit, open_kit
from tests.screens.shop_floor import GOODS

DAY_MS = 86_400_000
MUG = Category("personalised", Kinds(skus=frozenset({"sku-3"})))


@dataclass
class Returns:
    """The counter with its screen of returns in the window."""

    kit: Kit
    model: ReturnViewModel
    page: ReturnPage
    window: MainWindow

    def press(self, *keys: Qt.Key) -> None:
        """Press keys of the keyboard, wherever the focus is."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.window, key)

    def type(self, text: str) -> None:
        """Type on the keyboard, wherever the focus is."""
        for sign in text:
            QTest.keyClicks(QApplication.focusWidget() or self.window, sign)

    def scan(self, text: str) -> None:
        """Scan a code."""
        self.window.scanned(ScannedCode(text, None, ScanSource.WEDGE))

    def say(self, word: str) -> None:
        """Touch the key of the unfolded line with that word."""
        unfolded = self.page.lines.unfolded
        for choices in (unfolded.reasons, unfolded.conditions):
            for key in choices.keys.values():
                if key.word == word:
                    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
                    return
        raise AssertionError(f"no key says {word}")

    def open_sale(self, sale: Sale) -> None:
        """Open a receipt of this till; the hub knows nothing else of it."""
        self.kit.navigator.go(Screen.RETURN, sale=sale)
        self.kit.devices.hub.answer(FoundPurchases((), self.kit.clock.at_ms))

    def open_order(self, ledger: Ledger) -> None:
        """Type the number of an order that the hub alone knows."""
        self.kit.navigator.go(Screen.RETURN)
        self.type("W-10311")
        self.press(Qt.Key.Key_Return)
        self.kit.devices.hub.answer(found(ledger, self.kit.clock.at_ms))

    def grant(self, ledger: Ledger, fence: int = 3) -> None:
        """Let the hub say that something of it may be taken back."""
        self.kit.devices.hub.answer(PurchaseClaim(ClaimState.GRANTED, fence, ledger=ledger))

    def go_offline(self) -> None:
        """Cut the connection."""
        self.kit.devices.link.say(LinkStatus(LinkState.OFFLINE, since_ms=1))

    def sold(self, *prices: int) -> Sale:
        """Sell for cash and return the sale."""
        self.kit.sold(*prices)
        sale = self.kit.counter.last_sale
        assert sale is not None
        return sale

    def card_order(self) -> Ledger:
        """Return what another till sold yesterday by card."""
        return card_ledger(self.kit.clock.at_ms)

    def web_order(self, *came: tuple[int, int]) -> Ledger:
        """Return an order of three lines, collected a week ago, of which this came back."""
        now = self.kit.clock.at_ms
        lines = (
            bought_line(1, pieces=2, net=83_92, name="Sheets", promotion=eur(5_98)),
            bought_line(2, net=19_95, name="Towels"),
            bought_line(3, net=12_50, name="Mug with a name"),
        )
        paid = (PaidBy(Means.WEB, eur(121_32), "pay-1", "Visa 7702"),)
        bought = web_purchase(
            *lines, paid=paid, delivery=eur(4_95), customer_name="Irene Salas",
            sold_at_ms=now - 11 * DAY_MS, handed_over_at_ms=now - 7 * DAY_MS,
        )  # fmt: skip
        ledger = ledger_of(bought, ())
        for part in came:
            back = came_back(ledger, part, shop="GOYA")
            ledger = ledger_of(bought, (*ledger.returns, replace(back, paid_out=())))
        return ledger

    @property
    def rows(self) -> list[str]:
        """What the lines say."""
        shown = self.model.shown
        return [row.spoken for row in shown.rows] if shown else []

    @property
    def said(self) -> str:
        """What the notice says."""
        return self.model.said

    @property
    def why_off(self) -> str:
        """What the closing key says while it is off."""
        return self.page.right.closing.reason


def card_ledger(now_ms: int) -> Ledger:
    """Return what another till sold by card, a day before a moment (UTC)."""
    at_ms = now_ms - DAY_MS
    paid = (PaidBy(Means.CARD, eur(10_00), "attempt-1"),)
    bought = purchase(paid=paid, sold_at_ms=at_ms, handed_over_at_ms=at_ms)
    return ledger_of(bought, ())


def found(ledger: Ledger, at_ms: int) -> FoundPurchases:
    """Return the hub's answer that knows one purchase."""
    return FoundPurchases((FoundPurchase("web", ledger),), at_ms)


def open_returns(folder: Path, operator: StaffMember = LUCIA) -> Returns:
    """Open a till on its screen of returns."""
    kit = open_kit(folder, operator=operator)
    catalogue(folder / "catalogue", GOODS)
    rules = ReturnRules(
        ReturnPolicy(categories=(MUG,)),
        load_country("ES").return_law,
        "ES",
        lambda refund_id: credit_code(b"k", refund_id),
        refunds_cards=True,
    )
    station = replace(kit.counter.station, returns=rules)
    kit.counter.station = station
    kit.counter.work_as(replace(kit.counter.sign_on, station=station))
    model = ReturnViewModel(kit.counter, kit.navigator)
    page = ReturnPage(model)
    factories = {
        screen: (lambda: page) if screen is Screen.RETURN else QWidget for screen in Screen
    }
    window = MainWindow(kit.counter, kit.navigator, factories)
    kit.windows.append(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    return Returns(kit, model, page, window)


def recorded(till: Returns) -> Return:
    document = till.model.document
    assert document is not None
    with till.kit.store.reading() as records:
        assert records.returns.get(document.return_id) == document
    return document


def count(till: Returns, row: int, end: str) -> None:
    """Touch an end of a line's stepper."""
    line = till.page.lines.rows[row]
    box = line.key_box
    x = box.right() - 10 if end == "+" else box.x() + 10
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPointF(x, box.center().y()).toPoint())


@pytest.fixture
def till(tmp_path: Path, qapp: QApplication) -> Iterator[Returns]:
    made = open_returns(tmp_path)
    yield made
    made.kit.close()
