"""Walks `exchanging.feature` through a real window, hub, agent and printer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytest_bdd import given, scenarios, then, when

from pos.commands.checking import check_folder
from pos.commands.demonstration import collecting, exchanging
from pos.commands.demonstration.articles import CANDLE, MOKA
from pos.commands.demonstration.cashier import Cashier
from pos.domain.return_purchase import Means
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.tender import TenderKind
from tests.acceptance.counter import Shop, open_shop

TOOLS = ("Xvfb", "openbox", "xdotool")
missing = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = [
    pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}"),
    pytest.mark.timeout(600),
]
MOKA_PRICE, CANDLE_PRICE = 32_90, 14_50
DIFFERENCE = MOKA_PRICE - CANDLE_PRICE

scenarios("exchanging.feature")


@dataclass
class Journey:
    """The shop, and both documents of each exchange on the way."""

    shop: Shop
    exchanges: list[tuple[Sale, Return]] = field(default_factory=list)

    @property
    def cashier(self) -> Cashier:
        return self.shop.floor.stand.cashier

    @property
    def cash(self) -> int:
        """What the drawer should hold."""
        return sum(minor * count for minor, count in self.cashier.drawer().items())


@pytest.fixture
def journey(tmp_path: Path) -> Iterator[Journey]:
    with open_shop(tmp_path) as shop:
        collecting.begin(shop.floor)
        yield Journey(shop)


@given("a candle was sold")
def a_candle(journey: Journey) -> None:
    journey.cashier.sell(CANDLE)


@given("a coffee maker was sold")
def a_coffee_maker(journey: Journey) -> None:
    journey.cashier.sell(MOKA)


# -- dearer


@when("it is brought back and a coffee maker is taken instead")
def dearer(journey: Journey) -> None:
    exchanging.bring(journey.cashier)
    journey.cashier.scan(MOKA)
    journey.shop.snap("to-pay")
    journey.exchanges.append(exchanging.pay_difference(journey.cashier))


@then("the difference is paid, once")
def paid_once(journey: Journey) -> None:
    ((sale, document),) = journey.exchanges
    assert [(one.kind, one.amount.minor) for one in sale.tenders] == [
        (TenderKind.EXCHANGE, CANDLE_PRICE),
        (TenderKind.CASH, DIFFERENCE),
    ]
    assert [one.means for one in document.refunds] == [Means.EXCHANGE]
    assert journey.cash == MOKA_PRICE


# -- the same, then cheaper


@when("it is brought back and the same again is taken with one key")
def the_same_again(journey: Journey) -> None:
    exchanging.bring(journey.cashier)
    exchanging.same_again(journey.cashier)
    journey.shop.snap("even")
    journey.exchanges.append(exchanging.change_evenly(journey.cashier))


@then("no money moves")
def no_money(journey: Journey) -> None:
    ((sale, document),) = journey.exchanges
    assert [one.kind for one in sale.tenders] == [TenderKind.EXCHANGE]
    assert document.total == sale.total
    assert journey.cash == MOKA_PRICE


@when("the new one is brought back and a candle is taken instead")
def cheaper(journey: Journey) -> None:
    exchanging.bring(journey.cashier)
    journey.cashier.scan(CANDLE)
    journey.shop.snap("to-give-back")
    journey.exchanges.append(exchanging.give_rest_back(journey.cashier))


@then("the rest goes back in cash, as the first one was paid")
def the_rest(journey: Journey) -> None:
    _, document = journey.exchanges[-1]
    assert document.cash_paid_out.minor == DIFFERENCE
    assert journey.cash == CANDLE_PRICE


# -- both


@then("both papers name each other, and the books are right")
def right(journey: Journey) -> None:
    journey.cashier.see_printed()
    papers = [receipt.text for receipt in journey.shop.printer.receipts]
    for sale, document in journey.exchanges:
        ours = [paper for paper in papers if f"({document.number})" in paper]
        theirs = [paper for paper in papers if f"Cambio por {sale.number}" in paper]
        assert len(ours) == len(theirs) == 1
    journey.cashier.see_everything_sent()
    checked = check_folder(journey.shop.opened.folder.root, journey.shop.opened.hub.url)
    assert checked.violations == ()
    assert journey.cashier.books.desk() == ()
