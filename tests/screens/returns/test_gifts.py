"""Whoever brings a gift back, with its paper: credit for it, and not a word of what was paid."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.domain.return_ledger import ledger_of
from pos.domain.return_purchase import Means
from pos.domain.returns import ReturnFlag
from pos.domain.sale import Sale
from pos.domain.scan_codes import gift_receipt_code, receipt_code
from pos.screens.navigator import Screen
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.returns.shown import Shown
from pos.services.hub_calls import FoundPurchases
from tests.screens.returns.conftest import Returns, count, found, recorded

_AN_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)")


def bring(till: Returns, sale: Sale) -> None:
    """Scan the paper of a gift that this till sold; the hub knows nothing else of it."""
    till.kit.navigator.go(Screen.RETURN)
    till.scan(gift_receipt_code(str(sale.number), sale.shop))
    till.kit.devices.hub.answer(FoundPurchases((), till.kit.clock.at_ms))


def shown(till: Returns) -> Shown:
    assert till.model.shown is not None
    return till.model.shown


def everything(till: Returns) -> str:
    """Return what the page says to whoever looks at it or listens, from every widget in sight."""
    seen = [widget for widget in till.page.findChildren(QWidget) if widget.isVisible()]
    texts = [f"{one.accessibleName()} {one.accessibleDescription()}" for one in seen]
    ways = [f"{row.words.second} {row.words.amount}" for row in till.page.right.ways.rows]
    return " ".join((*texts, *ways, *till.rows, shown(till).closing, shown(till).total))


def test_a_gift_becomes_credit_that_says_what_it_is_worth_only_at_the_end(till: Returns) -> None:
    bring(till, till.sold(12_95, 7_95))
    count(till, 1, "+")
    till.say("Not liked")
    till.say("Sealed")
    before = everything(till)
    till.press(Qt.Key.Key_F10)
    till.grant(shown(till).state.known.ledger)

    document = recorded(till)
    (refund,) = document.refunds
    assert not _AN_AMOUNT.search(before)
    assert (document.total.minor, document.lines[0].value.minor) == (7_95, 7_95)
    assert (refund.means, refund.amount.minor) == (Means.STORE_CREDIT, 7_95)
    assert document.flags == {ReturnFlag.GIFT_RECEIPT}
    assert till.kit.devices.printing.drawer_openings == 0
    assert till.page.done.amount.text() == "−€7.95"


def test_neither_who_gave_it_nor_how_it_was_paid_is_said_of_another_shop_s_gift(
    till: Returns,
) -> None:
    card = till.card_order()
    ledger = ledger_of(replace(card.purchase, customer_id="c-1", customer_name="Irene Salas"), ())
    till.kit.navigator.go(Screen.RETURN)
    till.scan(gift_receipt_code(ledger.purchase.number, "GOYA"))
    till.kit.devices.hub.answer(found(ledger, till.kit.clock.at_ms))
    till.press(Qt.Key.Key_Plus)
    till.type("21")
    said = everything(till)
    ways = {row.words.means: row.words for row in till.page.right.ways.rows if row.isVisible()}
    till.press(Qt.Key.Key_F10)
    till.grant(ledger)

    document = recorded(till)
    assert "Irene" not in said
    assert "card" not in ways[Means.CASH].second
    assert [means for means, way in ways.items() if way.is_on] == [Means.STORE_CREDIT]
    assert Means.CARD not in ways
    assert document.customer_id == ""
    assert ReturnFlag.GIFT_RECEIPT in document.flags


def test_the_hub_s_fresh_word_does_not_make_a_gift_a_receipt(till: Returns) -> None:
    card = till.card_order()
    till.kit.navigator.go(Screen.RETURN)
    till.scan(gift_receipt_code(card.purchase.number, "GOYA"))
    till.kit.devices.hub.answer(found(card, till.kit.clock.at_ms))
    till.go_offline()

    assert shown(till).is_gift
    assert shown(till).title == f"Gift receipt {card.purchase.number}"
    assert not _AN_AMOUNT.search(everything(till))


def test_alone_a_gift_is_credited_within_the_budget_and_marked(till: Returns) -> None:
    sale = till.sold(7_95)
    till.go_offline()
    till.kit.navigator.go(Screen.RETURN)
    till.scan(gift_receipt_code(str(sale.number), sale.shop))
    till.press(Qt.Key.Key_Plus)
    till.type("21")
    till.press(Qt.Key.Key_F10)

    assert recorded(till).flags == {ReturnFlag.GIFT_RECEIPT, ReturnFlag.OFFLINE}


def test_alone_a_gift_above_the_budget_is_not_credited(till: Returns) -> None:
    sale = till.sold(150_00)
    till.go_offline()
    till.kit.navigator.go(Screen.RETURN)
    till.scan(gift_receipt_code(str(sale.number), sale.shop))
    till.press(Qt.Key.Key_Plus)
    till.type("21")
    till.press(Qt.Key.Key_F10)

    assert till.why_off == "too much without connection"
    assert till.model.document is None


def test_the_gifts_of_two_shops_under_one_number_are_told_apart_without_prices(
    till: Returns,
) -> None:
    till.kit.navigator.go(Screen.RETURN)
    till.scan(gift_receipt_code("1-000007"))
    one, other = till.web_order(), till.web_order()
    till.kit.devices.hub.answer(
        FoundPurchases((*found(one, 1).purchases, *found(other, 1).purchases), 1)
    )
    rows = till.model.find_rows
    till.press(Qt.Key.Key_Down, Qt.Key.Key_Return)

    assert [row.amount for row in rows] == ["", ""]
    assert "Irene" not in " ".join(row.second for row in rows)
    assert shown(till).is_gift
    assert shown(till).notes[0].startswith("A gift")


def test_the_receipt_itself_shows_the_prices_again(till: Returns) -> None:
    sale = till.sold(7_95)
    bring(till, sale)
    till.scan(receipt_code(str(sale.number), sale.shop))

    assert not shown(till).is_gift
    assert "7.95" in till.rows[0]


def test_what_came_back_with_the_gift_s_paper_does_not_come_back_with_the_receipt(
    till: Returns,
) -> None:
    sale = till.sold(7_95)
    bring(till, sale)
    till.press(Qt.Key.Key_Plus)
    till.type("21")
    till.press(Qt.Key.Key_F10)
    till.grant(shown(till).state.known.ledger)
    till.press(Qt.Key.Key_Return)
    till.open_sale(sale)

    assert shown(till).rows[0].returnable == "0"


def test_whoever_allows_it_is_not_shown_the_price_either(till: Returns) -> None:
    ledger = till.web_order()
    till.kit.navigator.go(Screen.RETURN)
    till.scan(gift_receipt_code("1-000007", "GOYA"))
    till.kit.devices.hub.answer(found(ledger, till.kit.clock.at_ms))
    till.model.make_exception(3)

    panel = till.kit.navigator.panel
    assert isinstance(panel, OverrideViewModel)
    assert panel.request.amount is None
    assert "Mug" in panel.request.title
