"""Walks `customers.feature` through a real window, hub, agent and printer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytest_bdd import given, scenarios, then, when

from pos.commands.demonstration import collecting, knowing
from pos.commands.demonstration.articles import CANDLE
from pos.commands.demonstration.cashier import Cashier
from pos.domain.customer_glance import GlancedPurchase
from tests.acceptance.counter import Shop, open_shop

TOOLS = ("Xvfb", "openbox", "xdotool")
missing = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = [
    pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}"),
    pytest.mark.timeout(600),
]

scenarios("customers.feature")


@dataclass
class Journey:
    """The shop, and what the hub told of Carmen's purchases before it went away."""

    shop: Shop
    told: tuple[GlancedPurchase, ...] = field(default=())

    @property
    def cashier(self) -> Cashier:
        return self.shop.floor.stand.cashier


@pytest.fixture
def journey(tmp_path: Path) -> Iterator[Journey]:
    with open_shop(tmp_path) as shop:
        collecting.begin(shop.floor)
        yield Journey(shop)


@given("Carmen bought something with her card")
def bought(journey: Journey) -> None:
    knowing.buy(journey.cashier)


@when("her card is scanned")
def scanned(journey: Journey) -> None:
    knowing.scan_card(journey.cashier)


@then("the ticket is hers, and the hub told what she bought")
def hers(journey: Journey) -> None:
    knowing.see_purchases(journey.cashier)
    journey.told = journey.cashier.books.purchases(knowing.CARMEN)
    sale = journey.cashier.books.last_sale()
    assert sale is not None
    assert sale.customer_id == knowing.CARMEN
    assert [one.number for one in journey.told] == [str(sale.number)]
    journey.shop.snap("known")


@when("the hub is away and she says her telephone with blanks")
def away(journey: Journey) -> None:
    journey.cashier.sell(CANDLE)
    journey.shop.opened.hub.kill()
    knowing.find_by_phone(journey.cashier)


@then("she is found in what the till kept, as old as it is")
def kept(journey: Journey) -> None:
    journey.shop.snap("kept")
    assert journey.cashier.books.purchases(knowing.CARMEN) == journey.told
