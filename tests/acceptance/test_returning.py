"""Walks `returning.feature` through real windows, hub, agents, payment provider and printer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytest_bdd import given, scenarios, then, when

from hardware.receipt_printer.emulator.printer import EmulatedPrinter
from hardware.receipt_printer.emulator.server import TcpPrinterServer
from pos.commands.checking import check_folder
from pos.commands.demonstration import collecting, returning
from pos.commands.demonstration.articles import BLANKET, CANDLE, CHOCOLATE, MOKA
from pos.commands.demonstration.eyes import still_picture
from pos.commands.demonstration.floor import Floor
from pos.commands.demonstration.opening import demonstration
from pos.commands.demonstration.stand import Stand, at_counter
from pos.commands.demonstration.together import open_floor
from pos.domain.collection import OrderState
from pos.domain.desk import ItemKind
from pos.domain.refund import RefundState
from pos.domain.return_purchase import Means
from pos.domain.return_words import Condition, Reason
from pos.domain.returns import Return, ReturnFlag
from pos.domain.scan_codes import badge_code
from tests.acceptance.counter import Shop, open_shop

TOOLS = ("Xvfb", "openbox", "xdotool")
missing = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = [
    pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}"),
    pytest.mark.timeout(600),
]
BLANKET_PRICE, CANDLE_PRICE, THREE_FOR_TWO = 39_90, 14_50, 4_98
GIFT_KEY = "4"  # on the screen after a sale
BOTH_STAND = "1"  # the key of the first way out of an item of the desk

scenarios("returning.feature")


@dataclass
class Journey:
    """The shop, and what was given back on the way."""

    shop: Shop
    given: list[Return] = field(default_factory=list)
    before: int = 0


@pytest.fixture
def journey(tmp_path: Path) -> Iterator[Journey]:
    with open_shop(tmp_path) as shop:
        yield Journey(shop)


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    """Two tills of a shop, the other one on a cable."""
    (tmp_path / "logs").mkdir()
    printer = EmulatedPrinter(48)
    with (
        TcpPrinterServer(printer) as server,
        demonstration(tmp_path / "data", at_counter(server)) as opened,
        open_floor(tmp_path, opened, printer) as floor,
    ):
        for stand, badge in ((floor.here, "FUEN-HUGO"), (floor.there, "FUEN-DIEGO")):
            stand.open()
            stand.wait()
            stand.begin(badge)
            stand.cashier.see_link("online")
        yield floor


def keep_picture(stand: Stand, picture: Path) -> None:
    still_picture(stand.display.picture).save(picture)


# -- from the web


@given("Carmen ordered a coffee maker and a blanket on the web, and collected both")
def ordered_and_collected(journey: Journey) -> None:
    floor = journey.shop.floor
    collecting.begin(floor)
    floor.paid = floor.web.order(collecting.CARMEN, MOKA, BLANKET, prepaid=True)
    floor.see(floor.paid, OrderState.PLACED)
    collecting.prepare(floor, floor.paid, "B3")
    collecting.come(floor, floor.paid)
    with floor.stand.cashier.books.expecting("order.handed_over"):
        floor.stand.cashier.hand.key("F10")
    floor.stand.cashier.hand.key("Return")
    floor.see_at_hub(floor.paid, "collected", "captured")
    journey.before = journey.shop.stock(BLANKET)[0]


@given("the hub stops")
def the_hub_stops(journey: Journey) -> None:
    journey.shop.opened.hub.kill()
    journey.shop.floor.stand.cashier.see_link("offline")


@when("she brings the blanket back with her order's number")
def she_brings_it_back(journey: Journey) -> None:
    floor = journey.shop.floor
    cashier, order = floor.stand.cashier, floor.order(floor.paid)
    place = [line.sku for line in order.lines].index(BLANKET) + 1
    returning.open_number(cashier, order.number)
    returning.choose(cashier, place, Reason.DISLIKED, Condition.SEALED)
    journey.shop.snap("return")


@when("it is given back")
def it_is_given_back(journey: Journey) -> None:
    journey.given.append(returning.give_back(journey.shop.floor.stand.cashier))
    journey.shop.snap("returned")


@when("the hub is back")
def the_hub_is_back(journey: Journey) -> None:
    journey.shop.opened.hub.start()
    journey.shop.floor.stand.cashier.see_link("online")


@then("the money waits for the hub, and the paper says so")
def the_money_waits(journey: Journey) -> None:
    (given,) = journey.given
    assert ReturnFlag.OFFLINE in given.flags
    assert [(one.means, one.state) for one in given.refunds] == [
        (Means.WEB, RefundState.REQUESTED)
    ]
    assert "Hecha sin conexión" in _paper(journey)


@then("she has what the blanket cost, where she paid it")
def she_has_the_money(journey: Journey) -> None:
    (given,) = journey.given
    returning.see_refunded(journey.shop.opened, given)
    assert given.total.minor == BLANKET_PRICE
    assert journey.shop.ledger()["refunded"] == BLANKET_PRICE


@then("the paper says that it was asked for")
def the_paper_says_so(journey: Journey) -> None:
    paper = _paper(journey)
    assert "Pago en la web" in paper
    assert "Solicitado" in paper


@then("the blanket is for sale again, and the books are right")
def the_blanket_is_back(journey: Journey) -> None:
    _see_right(journey.shop)
    assert journey.shop.stock(BLANKET)[0] == journey.before + 1000


# -- part of an offer


@given("three bars of chocolate were sold for the price of two")
def three_for_two(journey: Journey) -> None:
    floor = journey.shop.floor
    collecting.begin(floor)
    journey.before = journey.shop.stock(CHOCOLATE)[0]
    returning.sell_three_for_two(floor)
    assert floor.stand.cashier.books.sales() == (1, THREE_FOR_TWO)


@when("each of them is brought back by itself")
def one_by_one(journey: Journey) -> None:
    for _ in range(3):
        returning.bring_a_bar_back(journey.shop.floor)
        it_is_given_back(journey)
        returning.go_on(journey.shop.floor.stand.cashier)


@then("each gave back a third of what was paid, and nothing is left to come back")
def a_third_each(journey: Journey) -> None:
    assert [one.total.minor for one in journey.given] == [THREE_FOR_TWO // 3] * 3
    cashier = journey.shop.floor.stand.cashier
    sale = cashier.books.last_sale()
    assert sale is not None
    returning.open_receipt(cashier, str(sale.number), sale.shop)
    returning.choose(cashier, 1, Reason.DISLIKED, Condition.SEALED)
    journey.shop.snap("nothing-left")
    cashier.hand.key("F10")
    cashier.look()
    assert cashier.books.facts("return.completed") == len(journey.given)


@then("the drawer holds what it held before, and the books are right")
def the_drawer(journey: Journey) -> None:
    books = journey.shop.floor.stand.cashier.books
    session = books.session()
    assert session is not None
    figures = books.figures(session.session_id)
    assert (figures.total, figures.refunds) == (THREE_FOR_TWO, {Means.CASH: THREE_FOR_TWO})
    _see_right(journey.shop)
    assert journey.shop.stock(CHOCOLATE)[0] == journey.before


# -- a gift


@given("a candle was sold as a gift")
def sold_as_a_gift(journey: Journey) -> None:
    cashier = journey.shop.floor.stand.cashier
    collecting.begin(journey.shop.floor)
    cashier.scan(CANDLE)
    cashier.charge()
    with cashier.books.expecting("sale.completed"):
        cashier.hand.key("Return")
    cashier.look()
    with cashier.books.expecting("receipt.printed"):
        cashier.hand.key(GIFT_KEY)
    cashier.hand.key("Return")
    cashier.look()


@when("it is brought back with the gift's paper")
def the_gift_comes_back(journey: Journey) -> None:
    cashier = journey.shop.floor.stand.cashier
    sale = cashier.books.last_sale()
    assert sale is not None
    returning.open_gift(cashier, str(sale.number), sale.shop)
    returning.choose(cashier, 1, Reason.DISLIKED, Condition.SEALED)
    journey.shop.snap("gift")
    cashier.see_printed()
    assert "14,50" not in journey.shop.papers()
    it_is_given_back(journey)


@then("there is credit for it, and no paper told what it cost before")
def credit_for_the_gift(journey: Journey) -> None:
    (given,) = journey.given
    (refund,) = given.refunds
    assert given.flags == {ReturnFlag.GIFT_RECEIPT}
    assert (refund.means, refund.amount.minor) == (Means.STORE_CREDIT, CANDLE_PRICE)
    assert "14,50" in _paper(journey)
    _see_right(journey.shop)


# -- without a receipt


@given("a cashier serves who may not do so alone")
def a_cashier_serves(journey: Journey) -> None:
    journey.shop.floor.stand.begin("FUEN-LUCIA")
    journey.shop.floor.stand.cashier.see_link("online")


@when("a candle is brought back without a receipt, and somebody allows it")
def without_a_receipt(journey: Journey) -> None:
    cashier = journey.shop.floor.stand.cashier
    returning.bring_without_receipt(cashier, CANDLE)
    returning.choose(cashier, 0, Reason.DISLIKED, Condition.SEALED)
    cashier.hand.key("F10")
    cashier.look()
    journey.shop.snap("allowed")
    with cashier.books.expecting("return.completed"):
        cashier.hand.scan(badge_code("FUEN-HUGO"))
    cashier.look()
    given = cashier.books.last_return()
    assert given is not None
    journey.given.append(given)


@then("there is credit for its lowest price, and who allowed it is known")
def credit_for_the_lowest_price(journey: Journey) -> None:
    (given,) = journey.given
    assert given.flags == {ReturnFlag.NO_RECEIPT}
    assert [one.means for one in given.refunds] == [Means.STORE_CREDIT]
    assert given.total.minor == CANDLE_PRICE
    assert [one.approved_by for one in given.approvals] == ["hugo"]
    assert "Sin ticket de compra" in _paper(journey)
    _see_right(journey.shop)


# -- twice


@given("a candle was sold at the other till, and its cable is pulled")
def sold_there(floor: Floor) -> None:
    floor.there.cashier.sell(CANDLE)
    floor.there.cashier.see_everything_sent()
    floor.cable.pull()
    floor.there.cashier.see_link("offline")


@when("the candle is brought back at this till, which finds it at the hub")
def brought_back_here(floor: Floor) -> None:
    assert _given_back(floor, floor.here).flags == frozenset()
    floor.here.cashier.see_everything_sent()


@when("it is brought back at the other till too, which cannot know")
def brought_back_there(floor: Floor) -> None:
    assert ReturnFlag.OFFLINE in _given_back(floor, floor.there).flags


@when("the cable is plugged in again")
def plugged_in(floor: Floor) -> None:
    floor.cable.plug()
    floor.there.cashier.see_link("online")
    floor.there.cashier.see_everything_sent()


@then("the conflict desk tells of it with both papers, and somebody decides")
def decided(floor: Floor, tmp_path: Path) -> None:
    item = floor.open_item(ItemKind.RETURNED_TWICE)
    cashier = floor.here.cashier
    cashier.menu("desk")
    keep_picture(floor.here, tmp_path / "desk.png")
    papers = {str(one.number) for one in _given(floor)}
    assert item.money.minor == CANDLE_PRICE
    assert papers <= {row.text for side in item.sides for row in side.rows}
    with cashier.books.expecting("desk.resolved"):
        cashier.hand.key(BOTH_STAND)
    floor.see_decided(item.item_id)
    for stand in (floor.here, floor.there):
        assert check_folder(stand.folder.root, floor.opened.hub.url).violations == ()


def _given_back(floor: Floor, stand: Stand) -> Return:
    sale = floor.there.cashier.books.last_sale()
    assert sale is not None
    returning.open_receipt(stand.cashier, str(sale.number), sale.shop)
    returning.choose(stand.cashier, 1, Reason.DISLIKED, Condition.SEALED)
    given = returning.give_back(stand.cashier)
    returning.go_on(stand.cashier)
    return given


def _given(floor: Floor) -> list[Return]:
    given = [stand.cashier.books.last_return() for stand in (floor.here, floor.there)]
    return [one for one in given if one is not None]


def _see_right(shop: Shop) -> None:
    """Everything is sent, the till's books are in order, and the hub has the same."""
    shop.floor.stand.cashier.see_everything_sent()
    checked = check_folder(shop.opened.folder.root, shop.opened.hub.url)
    assert checked.violations == ()
    assert shop.floor.stand.cashier.books.desk() == ()


def _paper(journey: Journey) -> str:
    """Return the paper of the latest return."""
    number = str(journey.given[-1].number)
    journey.shop.floor.stand.cashier.see_printed()
    papers = [receipt.text for receipt in journey.shop.printer.receipts]
    return next(paper for paper in papers if number in paper)
